using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Decides, after the walk, what of the build's instructions remains at run time. A value that run-time code uses becomes a literal, stored
/// data or a start-up cell; one that cannot keeps its original instruction, and then its inputs are wanted in turn. What only served other
/// build-time values goes away, once executed: an instruction that has not been executed could still throw.
/// Of objects that may share memory one is stored; where run-time code wants several, all of the group stays original code, since two copies would
/// not share what they shared. Holds after: every instruction left is wanted or has an effect.
/// </summary>
internal sealed class Residualizer(BuildProgram program, StoredData data, StartupCells cells)
{
    private readonly HashSet<BuildNode> keptGroups = [];
    private HashSet<BuildNode> kept = [];

    /// <summary>Nodes executed in the build of which nothing remains but their value.</summary>
    public IReadOnlyList<BuildNode> Folded { get; private set; } = [];

    /// <summary>Nodes whose value is made once, at start-up.</summary>
    public IReadOnlyList<BuildNode> Startup { get; private set; } = [];

    public void Run(IEnumerable<Value> alsoWanted)
    {
        var demanded = DemandedByRuntime();
        program.ExecuteAtEnd([.. demanded.Where(CouldBeStored), .. alsoWanted.Select(program.NodeOf).OfType<BuildNode>().Where(CouldBeStored)]);
        if (!program.Refresh(program.Nodes))
        {
            keptGroups.UnionWith(program.Nodes.Where(node => node.IsMutable).Select(node => node.Group));
        }

        keptGroups.UnionWith(program.Spoiled);
        int before;
        do
        {
            before = keptGroups.Count;
            Decide(demanded);
        }
        while (keptGroups.Count > before);

        Rewrite(demanded);
    }

    private HashSet<BuildNode> DemandedByRuntime()
    {
        var users = program.Bound.Blocks.SelectMany(block => block.Instructions
            .Where(instruction => program.NodeOf(instruction) is null)
            .SelectMany(instruction => instruction.Inputs)
            .Concat(block.Terminator.Inputs)
            .Concat(block.Phis.SelectMany(phi => phi.Operands).Select(operand => operand.Value)));
        return [.. users.Select(program.NodeOf).OfType<BuildNode>()];
    }

    /// <summary>A view is never stored, and of an object only arrays and tensors, judged by type before anything runs.</summary>
    private static bool CouldBeStored(BuildNode node) => !node.IsView && node.Instruction.Type is { } type
        && (!node.IsMutable || type.IsArray || type.Name == "Tensor`1" || StackTypes.KindOf(type) == StackKind.Structure || type.FullName == "System.Object");

    private void Decide(HashSet<BuildNode> demandedByRuntime)
    {
        var demanded = new HashSet<BuildNode>(demandedByRuntime);
        kept = [];
        foreach (var node in program.Nodes.Reverse())
        {
            if (!IsReplaceable(node, demanded))
            {
                kept.Add(node);
                demanded.UnionWith(node.Instruction.Inputs.Select(program.NodeOf).OfType<BuildNode>());
            }
        }

        foreach (var group in program.Nodes.Where(node => node.IsMutable || node.Mutates).GroupBy(node => GroupOf(node)))
        {
            var stored = group.Where(node => node.IsMutable && node.Literal is null && !kept.Contains(node) && demanded.Contains(node));
            var lastWrite = group.Where(node => node.Mutates).Select(node => node.Order).DefaultIfEmpty(-1).Max();

            // Original code on top of stored data sees the data as the last write left it: right only for what ran after that write.
            if (stored.Select(node => node.Value!.Identity).Distinct().Count() > 1 || program.Nodes.Any(node => kept.Contains(node) && Memory(node).Contains(group.Key) && node.Order <= lastWrite))
            {
                keptGroups.Add(group.Key);
            }
        }

        // A local's writes are stored nowhere: with one of them, all of them stay.
        keptGroups.UnionWith(program.RuntimeGroups);
        var localGroups = new HashSet<BuildNode>(program.Nodes.Where(node => node.IsSlotAddress).Select(node => node.Group));
        keptGroups.UnionWith(kept.SelectMany(Memory).Concat(kept.Select(node => node.Group)).Where(localGroups.Contains));
    }

    private bool IsReplaceable(BuildNode node, HashSet<BuildNode> demanded)
    {
        var sharesMemory = node.IsMutable || node.IsView || node.Mutates;
        if (node.State != BuildState.Done || (sharesMemory && Memory(node).Any(keptGroups.Contains)))
        {
            // A view nobody wants any more cannot throw: it was made of an object the build has.
            return node.IsView && !demanded.Contains(node) && node.State == BuildState.Done;
        }

        return !demanded.Contains(node) || (!node.IsView && (node.Literal is not null || data.CanStore(node.Value) || cells.CanHold(node, program)));
    }

    /// <summary>The group of the memory a node makes or writes.</summary>
    private static BuildNode GroupOf(BuildNode node) => node.IsMutable ? node.Group : Memory(node).FirstOrDefault() ?? node;

    private static IEnumerable<BuildNode> Memory(BuildNode node) => node.Touched.Select(group => group.Owner);

    private void Rewrite(HashSet<BuildNode> demandedByRuntime)
    {
        var demanded = new HashSet<BuildNode>(demandedByRuntime);
        demanded.UnionWith(kept.SelectMany(node => node.Instruction.Inputs).Select(program.NodeOf).OfType<BuildNode>());
        var replacements = new Dictionary<Value, Value>();
        var startup = new List<BuildNode>();
        foreach (var block in program.Bound.Blocks)
        {
            // One object, one load; but what one block loads another need not come after.
            var loads = new Dictionary<int, Instruction>();
            var instructions = new List<Instruction>();
            foreach (var instruction in block.Instructions)
            {
                if (program.NodeOf(instruction) is not { } node || kept.Contains(node))
                {
                    instructions.Add(instruction);
                }
                else if (node.Literal is { } literal)
                {
                    replacements[instruction] = literal;
                }
                else if (demanded.Contains(node))
                {
                    if (!loads.TryGetValue(node.Value!.Identity, out var load))
                    {
                        load = data.CanStore(node.Value) ? data.Load(node.Value, instruction) : cells.Load(node, program);
                        loads.Add(node.Value.Identity, load);
                        instructions.Add(load);
                    }

                    if (!data.CanStore(node.Value))
                    {
                        startup.Add(node);
                    }

                    replacements[instruction] = load;
                }
            }

            block.Instructions.Clear();
            block.Instructions.AddRange(instructions);
        }

        program.Bound.ReplaceUses(replacements);
        Startup = startup;
        Folded = [.. program.Nodes.Where(node => !kept.Contains(node) && !startup.Contains(node) && node.State == BuildState.Done)];
    }
}
