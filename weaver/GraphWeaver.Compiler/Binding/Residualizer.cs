using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Decides, after the walk, what of the build's instructions remains at run time. A value that run-time code uses becomes a literal, stored
/// data or a start-up cell; one that cannot keeps its original instruction, and then its inputs are wanted in turn. What only served other
/// build-time values goes away, once executed: an instruction that has not been executed could still throw.
/// Objects that share memory are stored only if run-time code wants a single one of them; else all of the group stays original code, since two
/// copies would not share what they shared. Holds after: every instruction left is wanted or has an effect.
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

        foreach (var group in program.Nodes.Where(node => node.IsMutable && node.Literal is null && demanded.Contains(node)).GroupBy(node => node.Group))
        {
            if (group.Count() > 1 || group.Any(kept.Contains))
            {
                keptGroups.Add(group.Key);
            }
        }
    }

    private bool IsReplaceable(BuildNode node, HashSet<BuildNode> demanded)
    {
        if (node.State != BuildState.Done || Memory(node).Any(keptGroups.Contains))
        {
            // A view nobody wants any more cannot throw: it was made of an object the build has.
            return node.IsView && !demanded.Contains(node) && node.State == BuildState.Done;
        }

        return !demanded.Contains(node) || (!node.IsView && (node.Literal is not null || data.CanStore(node.Value) || cells.CanHold(node, program)));
    }

    private IEnumerable<BuildNode> Memory(BuildNode node) => node.Instruction.Inputs.Select(program.NodeOf).OfType<BuildNode>().Append(node)
        .Where(candidate => candidate.IsMutable || (candidate.IsView && candidate != node))
        .Select(candidate => candidate.Group);

    private void Rewrite(HashSet<BuildNode> demandedByRuntime)
    {
        var demanded = new HashSet<BuildNode>(demandedByRuntime);
        demanded.UnionWith(kept.SelectMany(node => node.Instruction.Inputs).Select(program.NodeOf).OfType<BuildNode>());
        var replacements = new Dictionary<Value, Value>();
        var startup = new List<BuildNode>();
        foreach (var block in program.Bound.Blocks)
        {
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
                    var load = data.CanStore(node.Value) ? data.Load(node.Value!, instruction) : cells.Load(node, program);
                    if (!data.CanStore(node.Value))
                    {
                        startup.Add(node);
                    }

                    instructions.Add(load);
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
