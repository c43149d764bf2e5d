using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Cuts each block's table operations into regions. A region is a run of operations with only transparent instructions between them that
/// do not use its results: those can be evaluated before it, so the region's original instructions can stand together in a fallback path and
/// fail in the order eager fails. A read of an object, which fails where there is none, may stand between them too: on the kernel's way the
/// object is asked for first. An operation that needs a reduction of the region starts the next one, since a reduction is known only
/// after the whole loop. A run is cut again wherever no chain of shared tensors crosses, so that unrelated shapes do not share a fallback.
/// What writes to memory from outside the region cannot be undone: such a region is one kernel, which decides before its first element
/// whether it runs, and so holds no operator that may give up midway. A product is part of a region only as the first step of a kernel
/// that goes on with its elements, and only where nobody else sees them; any other stays a call.
/// </summary>
internal sealed class RegionPartition
{
    private readonly Function function;
    private readonly Dictionary<Instruction, TensorOperation> operations = [];
    private HashSet<Instruction> conversions;

    public RegionPartition(Function function)
    {
        this.function = function;
        var used = function.CountUses().Keys;
        Users = new Users(function);
        Views = new TensorViews(function, Users);
        foreach (var block in function.Blocks)
        {
            var scope = new ViewScope(Views);
            foreach (var instruction in block.Instructions)
            {
                if (TensorOperation.Recognise(instruction, used, scope) is { } operation)
                {
                    operations.Add(instruction, operation);
                    if (operation.Destination is not null)
                    {
                        scope.ForgetCopies();
                    }
                }
                else if (TensorSpans.IsConversionOfSpan(instruction))
                {
                    scope.Keep(instruction);
                }
                else if (!scope.Open(instruction) && !Views.IsOfLiteral(instruction) && !TensorSpans.IsConversionOfTensor(instruction) && !Transparency.IsTransparent(instruction, function.Method))
                {
                    scope.Forget(isRead: GuardedReads.Is(instruction));
                }
            }
        }

        conversions = PrivateConversions();
        LeaveLoneContractions();
    }

    /// <summary>The users of each value of the function.</summary>
    public Users Users { get; }

    /// <summary>The function's views.</summary>
    public TensorViews Views { get; }

    /// <summary>Conversions and views whose results only table operations use; they belong to the operations' original instructions.</summary>
    public IReadOnlyCollection<Instruction> Conversions => conversions;

    /// <summary>Every region, in program order within its block.</summary>
    public IEnumerable<Region> Partition() => function.Blocks.ToList().SelectMany(PartitionBlock);

    /// <summary>Without a product, what stood in its region may stand in another with a product of its own: so again until all that are left have kernels.</summary>
    private void LeaveLoneContractions()
    {
        var uses = new OutsideUses(Users);
        while (Partition().SelectMany(region => region.Components).SelectMany(component => component.Where(operation => IsLone(operation, component, uses))).ToList() is { Count: > 0 } lone)
        {
            lone.ForEach(operation => operations.Remove(operation.Call));
            conversions = PrivateConversions();
        }
    }

    private static bool IsLone(TensorOperation operation, IReadOnlyList<TensorOperation> component, OutsideUses uses) => operation.IsContraction
        && (component.All(other => other.IsContraction)
            || (uses.Outputs(component).Contains(operation.Call) && !component.Any(other => other.Destination?.Key == operation.Call)));

    private HashSet<Instruction> PrivateConversions()
    {
        var held = operations.Values.Select(operation => new HashSet<Instruction>(operation.Conversions)).ToList();
        var candidates = new HashSet<Instruction>(held.SelectMany(conversions => conversions));
        bool changed;
        do
        {
            changed = false;
            foreach (var block in function.Blocks)
            {
                foreach (var user in block.Instructions.Where(user => !candidates.Contains(user)))
                {
                    changed |= user.Inputs.OfType<Instruction>().Where(input => !(operations.TryGetValue(user, out var operation) && operation.Conversions.Contains(input))).Count(candidates.Remove) > 0;
                }

                changed |= block.Terminator.Inputs.Concat(block.Phis.SelectMany(phi => phi.Operands).Select(operand => operand.Value))
                    .OfType<Instruction>().Count(candidates.Remove) > 0;
            }

            // What one operation goes through and another takes as it is, as a copy made before something was written, stays for that other.
            foreach (var conversion in candidates.ToList())
            {
                changed |= conversion.Inputs.OfType<Instruction>().Where(input => held.Exists(holder => holder.Contains(conversion) && !holder.Contains(input))).Count(candidates.Remove) > 0;
            }

            // A span is filled where it is made, or nowhere.
            foreach (var literal in Views.Literals.Where(literal => literal.Instructions.Any(candidates.Contains) && !literal.Instructions.All(candidates.Contains)))
            {
                candidates.ExceptWith(literal.Instructions);
                changed = true;
            }
        }
        while (changed);

        return candidates;
    }

    private IEnumerable<Region> PartitionBlock(BasicBlock block) => RunsOf(block).SelectMany(run => Split(block, run));

    private IEnumerable<IReadOnlyList<TensorOperation>> RunsOf(BasicBlock block)
    {
        var run = new List<TensorOperation>();
        foreach (var instruction in block.Instructions)
        {
            if (operations.TryGetValue(instruction, out var operation) && operation.MayGiveUp && WritesOutside(operation, run))
            {
                operation = null;
            }

            var ends = operation is not null
                ? NeedsWhole(operation, run) || !CanShareRegion(run, operation)
                : conversions.Contains(instruction) ? run.Any(member => DependsOn(instruction, member.Call))
                : !(Transparency.IsTransparent(instruction, function.Method) || GuardedReads.Is(instruction))
                    || run.Any(member => instruction.Inputs.Contains(member.Call) || MayWrite(member, instruction));
            if (ends && run.Count > 0)
            {
                // What has been computed since the last writing may be for this operation.
                var written = operation is null ? run.Count : run.FindLastIndex(member => WritesOutside(member, run)) + 1;
                var rest = run.Skip(written).ToList();
                var isRest = written > 0 && rest.Count > 0 && !NeedsWhole(operation!, rest) && CanShareRegion(rest, operation!);
                foreach (var part in CutAtOthersConversions(block, isRest ? run.GetRange(0, written) : run))
                {
                    yield return part;
                }

                run = isRest ? rest : [];
            }

            if (operation is not null)
            {
                run.Add(operation);
            }
        }

        foreach (var part in CutAtOthersConversions(block, run))
        {
            yield return part;
        }
    }

    /// <summary>Whether a view is one of a result, or is told it: it can only be taken when that is there.</summary>
    private bool DependsOn(Instruction conversion, Instruction result)
    {
        if (Views.IsOfLiteral(conversion))
        {
            return conversion.Inputs.Contains(result);
        }

        var source = Views.Find(conversion)?.Source;
        while (source is Instruction instruction && conversions.Contains(instruction))
        {
            source = instruction.Inputs[0];
        }

        return source == result || Views.Find(conversion)?.Operands.Contains(result) == true;
    }

    /// <summary>A conversion that only later operations need is evaluated, and fails, where it stands.</summary>
    private IEnumerable<IReadOnlyList<TensorOperation>> CutAtOthersConversions(BasicBlock block, List<TensorOperation> run)
    {
        if (run.Count == 0)
        {
            yield break;
        }

        var own = new HashSet<Instruction>(run.SelectMany(operation => operation.Conversions));
        var index = block.Instructions.IndexOf(run[0].Call);
        var part = new List<TensorOperation>();
        foreach (var operation in run)
        {
            for (; block.Instructions[index] != operation.Call; index++)
            {
                var instruction = block.Instructions[index];
                if (part.Count > 0 && conversions.Contains(instruction) && !own.Contains(instruction) && !Views.IsOfLiteral(instruction))
                {
                    yield return part;
                    part = [];
                }
            }

            part.Add(operation);
        }

        yield return part;
    }

    /// <summary>Whether an operation needs all elements of a tensor of the run, or all of them reduced, before its first.</summary>
    private static bool NeedsWhole(TensorOperation next, IReadOnlyCollection<TensorOperation> run) => next.IsContraction
        ? run.Any(member => next.Call.Inputs.Any(argument => argument == member.Call || argument == member.Destination?.Key))
        : run.Any(member => member.EndsKernel && (next.Call.Inputs.Contains(member.Call) || next.Memory.Any(memory => memory.Base == member.Call)))
            || (next.IsByRow && next.Memory.Any(memory => RowShapes.RowValues(run).Contains(memory.Base)));

    private static bool CanShareRegion(IReadOnlyCollection<TensorOperation> run, TensorOperation next)
    {
        // Through another view, what has been written is not known to be what is read.
        if (run.Any(member => member.Destination is { } written && next.Memory.Any(memory => memory.Base.Equals(written.Base) && !memory.Key.Equals(written.Key))))
        {
            return false;
        }

        var together = run.Append(next).ToList();
        if (TakesAnothersResult(next, together))
        {
            return false;
        }

        if (next.Match.Row.Kind == OperatorKind.Composite
            && next.Operands.Skip(1).Any(operand => run.Any(member => member.Call == operand.Base || operand.Base.Equals(member.Destination?.Base))))
        {
            return false;
        }

        if (!RowShapes.WritesWholeRows(together))
        {
            return false;
        }

        if (together.Any(operation => operation.IsContraction)
            && Components(together).Any(component => component.Any(operation => operation.IsContraction)
                && component.Any(operation => operation.IsReduction || operation.IsByRow)))
        {
            return false;
        }

        return !together.Any(operation => WritesOutside(operation, together))
            || (!together.Any(operation => operation.MayGiveUp) && Components(together).Count == 1);
    }

    /// <summary>
    /// Whether an operation goes on with a view of a result, or with a result of another component: the kernels of a region run with what was there
    /// before it.
    /// </summary>
    private static bool TakesAnothersResult(TensorOperation operation, IReadOnlyList<TensorOperation> run)
    {
        var taken = operation.Memory.Where(memory => run.Any(member => member.Call == memory.Base)).ToList();
        return taken.Exists(memory => !memory.Key.Equals(memory.Base))
            || (taken.Count > 0 && Components(run) is var components
                && taken.Exists(memory => components.Any(component => !component.Contains(operation) && component.Any(member => member.Call == memory.Base))));
    }

    private static bool WritesOutside(TensorOperation operation, IEnumerable<TensorOperation> run) =>
        operation.Destination is { } destination && run.All(member => member.Call != destination.Base);

    /// <summary>Whether what an instruction reads may be what an operation writes: a span may lie over a local or a field, a tensor never does.</summary>
    private static bool MayWrite(TensorOperation operation, Instruction read) =>
        operation.Destination is { Kind: not InputKind.Tensor } && read.Code is Code.Ldloc or Code.Ldfld or Code.Ldsfld
        && read.Type!.IsValueType && !TensorSpans.IsSpan(read.Type);

    private static IEnumerable<Region> Split(BasicBlock block, IReadOnlyList<TensorOperation> run)
    {
        var components = Components(run);
        var order = run.ToList();
        var open = new List<IReadOnlyList<TensorOperation>>();
        var end = -1;
        foreach (var component in components)
        {
            if (open.Count > 0 && order.IndexOf(component[0]) > end)
            {
                yield return new Region(block, [.. open]);
                open.Clear();
            }

            open.Add(component);
            end = Math.Max(end, order.IndexOf(component[component.Count - 1]));
        }

        yield return new Region(block, open);
    }

    /// <summary>Groups operations that share tensors, in the order of their first operations.</summary>
    private static List<List<TensorOperation>> Components(IEnumerable<TensorOperation> run)
    {
        var components = new List<(List<TensorOperation> Operations, HashSet<object> Tensors)>();
        foreach (var operation in run)
        {
            var tensors = new HashSet<object>(operation.OneShape);
            var linked = components.Where(component => component.Tensors.Overlaps(tensors)).ToList();
            if (linked.Count == 0)
            {
                components.Add(([operation], tensors));
                continue;
            }

            var first = linked[0];
            foreach (var other in linked.Skip(1))
            {
                first.Operations.AddRange(other.Operations);
                first.Tensors.UnionWith(other.Tensors);
                components.Remove(other);
            }

            first.Operations.Add(operation);
            first.Tensors.UnionWith(tensors);
        }

        var order = run.ToList();
        return
        [
            .. components
                .Select(component => component.Operations.OrderBy(order.IndexOf).ToList())
                .OrderBy(component => order.IndexOf(component[0])),
        ];
    }
}
