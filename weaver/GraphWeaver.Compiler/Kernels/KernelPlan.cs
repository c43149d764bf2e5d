using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Cuts a graph into stages. Operators with a register form and no tile operator between them share one stage, a single loop that keeps
/// their values in registers; a tile operator is a stage of its own. One register stage alone runs over a whole chunk; otherwise the
/// stages run one after the other on each tile, and what crosses from one to the next lies in its output's memory or in a tile buffer on
/// the stack. A node whose place is memory that a later stage still reads is such a buffer too, copied when the tile is done.
/// </summary>
internal sealed class KernelPlan
{
    private readonly KernelGraph graph;
    private readonly int[] stageOfNode;

    public KernelPlan(KernelGraph graph)
    {
        this.graph = graph;
        stageOfNode = new int[graph.Nodes.Count];
        Stages = CutIntoStages();
        Stored = Enumerable.Range(0, graph.Nodes.Count).Where(IsStored).ToArray();
        Delayed = graph.Destinations.Where(destination => IsReadLater(destination.Node, destination.MayEqual.Append(destination.Input)))
            .Select(destination => destination.Node)
            .Concat(graph.Spares.Where(spare => spare.Input is { } input && IsReadLater(graph.Outputs[spare.Output], [input]))
                .Select(spare => graph.Outputs[spare.Output]))
            .Concat(graph.Products.Where(product => graph.PlaceOf(product) is { } output && IsReadLater(graph.Outputs[output], [product]))
                .Select(product => graph.Outputs[graph.PlaceOf(product)!.Value]))
            .ToArray();
        Buffered = Stored.Where(node => !graph.IsGivenOut(node) || Delayed.Contains(node)).ToArray();
    }

    /// <summary>Each stage's nodes, in order of execution.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Stages { get; }

    /// <summary>The nodes whose elements are written to memory.</summary>
    public IReadOnlyList<int> Stored { get; }

    /// <summary>The stored nodes that need a tile buffer.</summary>
    public IReadOnlyList<int> Buffered { get; }

    /// <summary>The nodes that are copied from their buffer to their place at the end of a tile.</summary>
    public IReadOnlyList<int> Delayed { get; }

    public bool IsTiled => Stages.Count > 1 || IsTileStage(0);

    public bool IsTileStage(int stage) => graph.Nodes[Stages[stage][0]].Emission.IsTile;

    /// <summary>The tensor values a stage reads from memory: inputs, and nodes of earlier stages.</summary>
    public IReadOnlyList<KernelValue> Reads(int stage) => Operands(stage)
        .Where(operand => graph.IsTensor(operand) && (operand.IsInput || stageOfNode[operand.Index] != stage)).Distinct().ToArray();

    /// <summary>The scalar inputs a stage takes.</summary>
    public IReadOnlyList<int> Scalars(int stage) =>
        Operands(stage).Where(operand => !graph.IsTensor(operand)).Select(operand => operand.Index).Distinct().ToArray();

    /// <summary>The nodes a stage writes to memory.</summary>
    public IReadOnlyList<int> Writes(int stage) => Stages[stage].Intersect(Stored).ToArray();

    /// <summary>The reductions of a stage.</summary>
    public IReadOnlyList<int> Reductions(int stage) => Stages[stage].Where(node => graph.Nodes[node].IsReduction).ToArray();

    private IEnumerable<KernelValue> Operands(int stage) => Stages[stage].SelectMany(node => graph.Nodes[node].Operands);

    private bool IsReadLater(int node, IEnumerable<int> inputs) => Enumerable.Range(0, Stages.Count)
        .Where(stage => stage > stageOfNode[node])
        .SelectMany(Reads)
        .Any(read => read.IsInput && inputs.Contains(read.Index));

    private bool IsStored(int node) => !graph.Nodes[node].IsReduction && (graph.IsGivenOut(node) || graph.Nodes[node].Emission.IsTile || graph.Nodes
        .Where((_, user) => stageOfNode[user] != stageOfNode[node])
        .Any(user => user.Operands.Any(operand => !operand.IsInput && operand.Index == node)));

    private List<IReadOnlyList<int>> CutIntoStages()
    {
        int[] depth = new int[graph.Nodes.Count];
        for (int index = 0; index < depth.Length; index++)
        {
            bool isTile = graph.Nodes[index].Emission.IsTile;
            depth[index] = graph.Nodes[index].Operands.Where(operand => !operand.IsInput)
                .Select(operand => depth[operand.Index] + (graph.Nodes[operand.Index].Emission.IsTile && !isTile ? 1 : 0))
                .DefaultIfEmpty(0).Max();
        }

        var stages = new List<IReadOnlyList<int>>();
        for (int level = 0; level <= depth.Max(); level++)
        {
            int[] nodes = Enumerable.Range(0, depth.Length).Where(node => depth[node] == level).ToArray();
            var registerStages = nodes.Where(node => !graph.Nodes[node].Emission.IsTile).GroupBy(node => graph.Nodes[node].ElementType);
            var tileStages = nodes.Where(node => graph.Nodes[node].Emission.IsTile).Select(node => new[] { node });
            foreach (int[] stage in registerStages.Select(group => group.ToArray()).Concat(tileStages))
            {
                Array.ForEach(stage, node => stageOfNode[node] = stages.Count);
                stages.Add(stage);
            }
        }

        return stages;
    }
}
