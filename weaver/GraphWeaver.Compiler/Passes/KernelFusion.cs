using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Turns each region into <c>if (kernel(...) &amp;&amp; ...) results else original instructions</c>. Where objects are read among the operations, the
/// condition first asks whether they are there, and both ways hold the reads. A kernel tests its guard before it writes anything, and gives
/// up midway only where all it writes are fresh results, so a failed one leaves nothing behind and the original instructions, standing
/// together in program order, do what eager does: other shapes, exceptions, everything. Regions are rewritten last to first, so that a
/// block's head keeps the instructions of the regions still to come.
/// Holds after: every use of a fused operation outside its region reads the merge of both paths.
/// </summary>
/// <param name="contracts">Whether a product and a sum may be rounded together, once.</param>
internal sealed class KernelFusion(Function function, KernelLibrary kernels, bool contracts = false)
{
    private readonly Dictionary<Value, Value> replacements = [];

    /// <summary>Kernel call sites made.</summary>
    public int Count { get; private set; }

    /// <summary>For each product that is rounded with the sum it goes into, where that stands in source, if anywhere.</summary>
    public List<SequencePoint?> Contractions { get; } = [];

    public void Run()
    {
        ReturnedTensors.Run(function);
        var partition = new RegionPartition(function);
        var uses = new OutsideUses(partition.Users);
        var plans = RegionPlans.Make(function, partition, region => region.Components.All(component => HasEffect(component, uses)));
        var regions = plans.Select(plan => plan.Region).ToList();
        var tensorUses = new TensorUses(partition.Users);
        var carried = new CarriedTensors(function, regions, tensorUses);
        var pooled = new PooledTensors(function, regions, carried, tensorUses);
        foreach (var plan in plans.Reverse())
        {
            Fuse(plan, partition, uses, carried, pooled);
        }

        function.ReplaceUses(replacements);
    }

    private static bool HasEffect(IReadOnlyList<TensorOperation> component, OutsideUses uses) =>
        component.Any(operation => operation.Destination is { } written && !component.Any(other => other.Call == written.Key)) || uses.Outputs(component).Any();

    private void Fuse(RegionPlan plan, RegionPartition partition, OutsideUses uses, CarriedTensors carried, PooledTensors pooled)
    {
        var (region, original, reads) = (plan.Region, plan.Original, plan.Reads);
        var block = region.Block;
        var last = block.Instructions.IndexOf(original[original.Count - 1]);
        var location = block.Instructions[last].Location;

        var join = new BasicBlock { Terminator = block.Terminator, Scope = block.Scope };
        join.Instructions.AddRange(block.Instructions.Skip(last + 1));
        foreach (var phi in block.Terminator.Targets.Distinct().SelectMany(target => target.Phis))
        {
            for (var i = 0; i < phi.Operands.Count; i++)
            {
                if (phi.Operands[i].Predecessor == block)
                {
                    phi.Operands[i] = phi.Operands[i] with { Predecessor = join };
                }
            }
        }

        var eager = new BasicBlock { Terminator = Terminator.Jump(join), Scope = block.Scope };
        var copies = CopyInto(eager, plan.Far.Concat(original), partition.Views);
        var done = new BasicBlock { Terminator = Terminator.Jump(join), Scope = block.Scope };
        block.Instructions.RemoveRange(last, block.Instructions.Count - last);
        block.Instructions.RemoveAll(original.Contains);

        var current = block;
        var readings = Read(ref current, reads, eager);
        foreach (var read in reads.Where(read => uses.AreBeyond(read, original)))
        {
            Merge(read, readings[read]);
        }

        foreach (var component in region.Components)
        {
            var outputs = uses.Outputs(component).ToList();
            var call = AppendKernelCall(current, component, outputs, carried, pooled, readings, location, out var slots);
            var next = component == region.Components[region.Components.Count - 1] ? done : new BasicBlock { Scope = block.Scope };
            current.Terminator = new Terminator(Code.Brtrue, [call], [next, eager]) { Location = location };
            current = next;
            for (var i = 0; i < outputs.Count; i++)
            {
                var result = new Instruction(Code.Ldloc, slots[i], outputs[i].Type, []) { Location = location };
                done.Instructions.Add(result);
                Merge(outputs[i], result);
            }

            if (next != done)
            {
                function.Blocks.Add(next);
            }
        }

        function.Blocks.AddRange([done, eager, join]);

        void Merge(Instruction value, Value result)
        {
            var merged = new Phi(join, value.Type);
            merged.Operands.Add(new PhiOperand(done, result));
            merged.Operands.Add(new PhiOperand(eager, copies[value]));
            join.Phis.Add(merged);
            replacements.Add(value, merged);
        }
    }

    /// <summary>Reads before a kernel runs; a read that would fail leaves it to the original instructions to fail in their order.</summary>
    private Dictionary<Value, Value> Read(ref BasicBlock current, IEnumerable<Instruction> reads, BasicBlock eager)
    {
        var copies = new Dictionary<Value, Value>();
        foreach (var read in reads)
        {
            var copy = read.CopyWith(read.Inputs.Select(input => copies.TryGetValue(input, out var known) ? known : input));
            if (!Transparency.IsTransparent(copy, function.Method))
            {
                var next = new BasicBlock { Scope = eager.Scope };
                GuardedReads.Ask(copy, current, next, eager, function);
                function.Blocks.Add(next);
                current = next;
            }

            copies.Add(read, copy);
            current.Instructions.Add(copy);
        }

        return copies;
    }

    private Dictionary<Value, Value> CopyInto(BasicBlock block, IEnumerable<Instruction> original, TensorViews views)
    {
        var copies = new Dictionary<Value, Value>();
        var slots = new Dictionary<Slot, Slot>();
        foreach (var instruction in original)
        {
            var copy = instruction.CopyWith(instruction.Inputs.Select(input => copies.TryGetValue(input, out var known) ? known : input));
            if (copy.Operand is Slot slot && views.IsOfLiteral(instruction))
            {
                copy.Operand = OwnSlot(slot);
            }

            copies.Add(instruction, copy);
            block.Instructions.Add(copy);
        }

        return copies;

        // Another span may be in the making in the same slot.
        Slot OwnSlot(Slot slot)
        {
            if (!slots.TryGetValue(slot, out var own))
            {
                slots.Add(slot, own = new Slot($"{slot.Name}_{function.Slots.Count}", slot.Type));
                function.Slots.Add(own);
            }

            return own;
        }
    }

    private Instruction AppendKernelCall(
        BasicBlock block, IReadOnlyList<TensorOperation> component, IReadOnlyList<Instruction> outputs, CarriedTensors carried, PooledTensors pooled, Dictionary<Value, Value> readings, SequencePoint? location, out List<Slot> slots)
    {
        var before = block.Instructions.Count;
        var spares = outputs.Select(carried.CarriedBy).ToList();
        var (plain, inputs, places) = ComponentGraph.Build(component, outputs, spares, pooled);
        var (graph, contractions) = CombinedOperators.In(plain, contracts);
        Contractions.AddRange(contractions.Select(sum => places.FirstOrDefault(place => place.Node >= sum).Place));
        var arguments = inputs.Select(input => input as Value ?? ((TensorMemory)input).Argument(block, location)).ToList();
        arguments.AddRange(spares.Select((phi, index) => phi is null ? null : CarriedTensors.OwnPhi(phi, outputs[index])).OfType<Value>());
        slots = [];
        foreach (var output in outputs)
        {
            var slot = new Slot($"result{function.Slots.Count}", output.Type!);
            function.Slots.Add(slot);
            slots.Add(slot);
            var address = new Instruction(Code.Ldloca, slot, new ByReferenceType(slot.Type), []) { Location = location };
            block.Instructions.Add(address);
            arguments.Add(address);
        }

        var call = new Instruction(Code.Call, kernels.Emit(graph, function.Method), function.Module.TypeSystem.Boolean, arguments)
        {
            Location = location,
            LinesBefore = [.. component.Select(operation => operation.Call.Location).OfType<SequencePoint>().Distinct().Where(line => line != location)],
        };
        block.Instructions.Add(call);
        foreach (var instruction in block.Instructions.Skip(before))
        {
            for (var i = 0; i < instruction.Inputs.Count; i++)
            {
                instruction.Inputs[i] = readings.TryGetValue(instruction.Inputs[i], out var read) ? read : instruction.Inputs[i];
            }
        }

        Count++;
        return call;
    }
}
