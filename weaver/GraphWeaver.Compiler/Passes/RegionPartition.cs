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
/// whether it runs, and so holds no operator that may give up midway.
/// </summary>
internal sealed class RegionPartition
{
    private readonly Function function;
    private readonly Dictionary<Instruction, TensorOperation> operations = [];
    private readonly HashSet<Instruction> conversions;

    public RegionPartition(Function function)
    {
        this.function = function;
        var used = function.CountUses().Keys;
        foreach (var block in function.Blocks)
        {
            var current = new HashSet<Instruction>();
            foreach (var instruction in block.Instructions)
            {
                if (TensorOperation.Recognise(instruction, used, current) is { } operation)
                {
                    operations.Add(instruction, operation);
                }
                else if (TensorSpans.IsConversionOfSpan(instruction))
                {
                    current.Add(instruction);
                }
                else if (!TensorSpans.IsConversionOfTensor(instruction) && !Transparency.IsTransparent(instruction, function.Method))
                {
                    current.Clear();
                }
            }
        }

        conversions = PrivateConversions();
    }

    /// <summary>Conversions whose results only table operations use; they belong to the operations' original instructions.</summary>
    public IReadOnlyCollection<Instruction> Conversions => conversions;

    /// <summary>Every region, in program order within its block.</summary>
    public IEnumerable<Region> Partition() => function.Blocks.ToList().SelectMany(PartitionBlock);

    private HashSet<Instruction> PrivateConversions()
    {
        var candidates = new HashSet<Instruction>(operations.Values.SelectMany(operation => operation.Conversions));
        bool changed;
        do
        {
            changed = false;
            foreach (var block in function.Blocks)
            {
                foreach (var user in block.Instructions.Where(user => !operations.ContainsKey(user) && !candidates.Contains(user)))
                {
                    changed |= user.Inputs.OfType<Instruction>().Count(candidates.Remove) > 0;
                }

                changed |= block.Terminator.Inputs.Concat(block.Phis.SelectMany(phi => phi.Operands).Select(operand => operand.Value))
                    .OfType<Instruction>().Count(candidates.Remove) > 0;
            }
        }
        while (changed);

        return candidates;
    }

    private IEnumerable<Region> PartitionBlock(BasicBlock block)
    {
        var run = new List<TensorOperation>();
        foreach (var instruction in block.Instructions)
        {
            if (operations.TryGetValue(instruction, out var operation) && operation.MayGiveUp && WritesOutside(operation, run))
            {
                operation = null;
            }

            var ends = operation is not null
                ? instruction.Inputs.Any(operand => run.Any(member => member.EndsKernel && member.Call == operand)) || !CanShareRegion(run, operation)
                : !conversions.Contains(instruction)
                    && (!(Transparency.IsTransparent(instruction, function.Method) || NonNull.IsReadOfObject(instruction))
                        || run.Any(member => instruction.Inputs.Contains(member.Call) || MayWrite(member, instruction)));
            if (ends && run.Count > 0)
            {
                foreach (var region in Split(block, run))
                {
                    yield return region;
                }

                run.Clear();
            }

            if (operation is not null)
            {
                run.Add(operation);
            }
        }

        if (run.Count > 0)
        {
            foreach (var region in Split(block, run))
            {
                yield return region;
            }
        }
    }

    private static bool CanShareRegion(IReadOnlyCollection<TensorOperation> run, TensorOperation next)
    {
        var together = run.Append(next).ToList();
        if (next.Match.Row.Kind == OperatorKind.Composite && next.Call.Inputs.Skip(1).Any(operand => run.Any(member => member.Call == operand)))
        {
            return false;
        }

        return (!together.Any(operation => operation.IsByRow) || together.All(operation => operation.Destination is null)) && (!together.Any(operation => WritesOutside(operation, together))
            || (!together.Any(operation => operation.MayGiveUp) && Components(together).Count == 1));
    }

    private static bool WritesOutside(TensorOperation operation, IEnumerable<TensorOperation> run) =>
        operation.Destination is { } destination && run.All(member => member.Call != destination.Key);

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
            var tensors = new HashSet<object>(operation.Memory.Select(memory => memory.Key)) { operation.Call };
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
