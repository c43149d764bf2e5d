using GraphWeaver.Compiler.Binding.Storing;
using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Decides, after the walk, what of the build's instructions remains at run time. A value that run-time code uses becomes a literal, stored
/// data or a start-up cell; one that cannot keeps its original instruction, and then its inputs are wanted in turn. What only served other
/// build-time values goes away, once executed: an instruction that has not been executed could still throw.
/// Values that share objects are made together where the first of them stood; where that place does not come before the others, all of them
/// stay original code, since two copies would not share what they shared. Holds after: every instruction left is wanted or has an effect.
/// </summary>
internal sealed class Residualizer(BuildProgram program, StoredData data, StartupCells cells)
{
    private readonly HashSet<BuildNode> keptGroups = [];
    private readonly HashSet<BuildNode> refused = [];
    private readonly WantedValues values = new(program, data);
    private HashSet<BuildNode> kept = [];
    private IReadOnlyList<SharedValues> shared = [];

    /// <summary>Nodes executed in the build of which nothing remains but their value.</summary>
    public IReadOnlyList<BuildNode> Folded { get; private set; } = [];

    /// <summary>Nodes whose value is made once, at start-up.</summary>
    public IReadOnlyList<BuildNode> Startup { get; private set; } = [];

    public void Run(IEnumerable<Value> alsoWanted)
    {
        var demanded = DemandedByRuntime();
        var shown = alsoWanted.Select(program.NodeOf).OfType<BuildNode>().Where(CouldBeStored).ToList();
        program.ExecuteAtEnd([.. demanded.Where(CouldBeStored), .. shown]);
        values.Describe(shown);
        keptGroups.UnionWith(program.Spoiled);
        bool hasChanged;
        do
        {
            var before = keptGroups.Count + refused.Count;
            hasChanged = values.Describe(Decide(demanded)) || keptGroups.Count + refused.Count > before;
        }
        while (hasChanged);

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

    /// <summary>Judged before anything runs.</summary>
    private bool CouldBeStored(BuildNode node) => !node.IsView && node.Instruction.Type is not null && !program.IsNewAndBare(node);

    /// <summary>Marks what stays as it is; gives the values that are to be stored.</summary>
    private IReadOnlyList<BuildNode> Decide(HashSet<BuildNode> demandedByRuntime)
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

        var stored = program.Nodes.Where(node => demanded.Contains(node) && !kept.Contains(node) && node is { Literal: null, Value: not null, IsView: false }).ToList();
        shared = values.Share(stored);
        foreach (var node in shared.Where(group => !group.CanBeMadeTogether).SelectMany(group => group.Nodes))
        {
            refused.Add(node);
            if (node.IsMutable)
            {
                keptGroups.Add(node.Group);
            }
        }

        var lastWrites = program.Nodes.SelectMany(node => node.Writes.Select(group => (Group: group.Owner, node.Order)))
            .GroupBy(write => write.Group)
            .ToDictionary(writes => writes.Key, writes => writes.Max(write => write.Order));

        // Original code on top of stored data sees the data as the last write left it: right only for what ran after that write.
        keptGroups.UnionWith(kept.SelectMany(node => Memory(node).Where(group => lastWrites.TryGetValue(group, out var last) && node.Order <= last)));

        // A local's writes are stored nowhere: with one of them, all of them stay.
        keptGroups.UnionWith(program.RuntimeGroups);
        var localGroups = new HashSet<BuildNode>(program.Nodes.Select(node => node.Life?.Memory.Owner).OfType<BuildNode>());
        keptGroups.UnionWith(kept.SelectMany(Memory).Concat(kept.Select(node => node.Group)).Where(localGroups.Contains));
        return stored;
    }

    private bool IsReplaceable(BuildNode node, HashSet<BuildNode> demanded)
    {
        var sharesMemory = node.IsMutable || node.IsView || node.Mutates;
        if (node.State != BuildState.Done || (sharesMemory && Memory(node).Any(keptGroups.Contains)))
        {
            // A view nobody wants any more cannot throw: it was made of an object the build has, or is the address of a local.
            return node.IsView && !demanded.Contains(node) && (node.State == BuildState.Done || node.Instruction.Code == Code.Ldloca);
        }

        // What the compiler caches is made once as it is: a stored copy would be made on each call.
        return !demanded.Contains(node)
            || (!node.IsView && node.Instruction.Operand is not CachedArray
                && (node.Literal is not null || (!refused.Contains(node) && values.CanBeStored(node)) || cells.CanHold(node, program)));
    }

    private static IEnumerable<BuildNode> Memory(BuildNode node) => node.Touched.Select(group => group.Owner);

    private void Rewrite(HashSet<BuildNode> demandedByRuntime)
    {
        var demanded = new HashSet<BuildNode>(demandedByRuntime);
        demanded.UnionWith(kept.SelectMany(node => node.Instruction.Inputs).Select(program.NodeOf).OfType<BuildNode>());
        var readers = new Readers(program, kept);
        var loads = shared.SelectMany(group => new LoadedValues(group, data, readers).ByNode).ToDictionary(entry => entry.Key, entry => entry.Value);
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
                else if (loads.TryGetValue(node, out var load))
                {
                    instructions.AddRange(load.Instructions);
                    replacements[instruction] = load.Value;
                    program.StandsFor(load.Value, node);
                }
                else if (demanded.Contains(node))
                {
                    var cell = cells.Load(node, program);
                    instructions.Add(cell);
                    startup.Add(node);
                    replacements[instruction] = cell;
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
