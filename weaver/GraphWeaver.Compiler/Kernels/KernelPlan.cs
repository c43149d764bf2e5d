using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Cuts a graph into stages. Operators with a register form and no tile operator between them share one stage, a single loop that keeps
/// their values in registers; a tile operator is a stage of its own. What needs a row's reduction comes in a later phase: a kernel goes over a row
/// once per phase. Within a phase one register stage alone runs over all the elements at once; otherwise the stages run one after the
/// other on each tile, and what crosses from one to the next lies in its output's memory or in a tile buffer on the stack, what crosses to
/// a later phase in a buffer as long as a row. A node whose place is memory that a later stage still reads is such a buffer too, copied
/// when the tile is done for which it is read last; so is one that a later phase takes and whose place may be scattered.
/// </summary>
internal sealed class KernelPlan
{
    private readonly KernelGraph graph;
    private readonly int[] stageOfNode;
    private readonly int[] phaseOfNode;

    public KernelPlan(KernelGraph graph)
    {
        this.graph = graph;
        stageOfNode = new int[graph.Nodes.Count];
        phaseOfNode = new int[graph.Nodes.Count];
        for (int index = 0; index < graph.Nodes.Count; index++)
        {
            phaseOfNode[index] = graph.Nodes[index].Arguments.Where(operand => !operand.IsInput)
                .Select(operand => phaseOfNode[operand.Index] + (graph.Nodes[operand.Index].IsRowReduction ? 1 : 0))
                .DefaultIfEmpty(0).Max();
        }

        Stages = CutIntoStages();
        Stored = Enumerable.Range(0, graph.Nodes.Count).Where(IsStored).ToArray();
        Delayed = graph.Destinations.Where(destination => ReadLater(destination).Any() || IsTakenLater(destination.Node))
            .Select(destination => destination.Node)
            .Concat(graph.Spares.Where(spare => spare.Input is { } input && ReadLater(graph.Outputs[spare.Output], [input]).Any())
                .Select(spare => graph.Outputs[spare.Output]))
            .Concat(graph.Products.Where(product => graph.PlaceOf(product) is { } output && ReadLater(graph.Outputs[output], [product]).Any())
                .Select(product => graph.Outputs[graph.PlaceOf(product)!.Value]))
            .ToArray();
        Buffered = Stored.Where(node => graph.ShapeOf(KernelValue.Node(node)) == KernelShape.Elements && (!graph.IsGivenOut(node) || Delayed.Contains(node))).ToArray();
    }

    /// <summary>Each stage's nodes, in order of execution.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Stages { get; }

    /// <summary>The nodes whose values are written to memory.</summary>
    public IReadOnlyList<int> Stored { get; }

    /// <summary>The stored nodes that need a buffer.</summary>
    public IReadOnlyList<int> Buffered { get; }

    /// <summary>The nodes that are copied from their buffer to their place at the end of a tile of the phase that <see cref="WrittenIn"/> names.</summary>
    public IReadOnlyList<int> Delayed { get; }

    /// <summary>How often the kernel goes over a row.</summary>
    public int Phases => phaseOfNode.Max() + 1;

    /// <summary>
    /// Whether the kernel only asks whether all or any elements are something, so that it may know before its last tile; not where a later element
    /// may make eager throw.
    /// </summary>
    public bool EndsEarly => !graph.IsByRow && graph.Destinations.Count == 0 && graph.Outputs.All(output => graph.Nodes[output].Emission.IsAnswer)
        && graph.Nodes.All(node => node.Row.CheckFor(node.ElementType) is null);

    /// <summary>The stages of a phase in order: those over the row's elements, or those over its reduced values, which come before.</summary>
    public IEnumerable<int> StagesOf(int phase, KernelShape shape) =>
        Enumerable.Range(0, Stages.Count).Where(stage => phaseOfNode[Stages[stage][0]] == phase && ShapeOf(stage) == shape);

    /// <summary>Whether the elements of a phase are worked on tile by tile.</summary>
    public bool IsTiled(int phase) => StagesOf(phase, KernelShape.Elements).ToList() is var stages && (stages.Count > 1 || stages.Exists(IsTileStage));

    public bool IsTileStage(int stage) => graph.Nodes[Stages[stage][0]].Emission.IsTile;

    /// <summary>Whether a buffered node is read, or put in its place, in a later phase than its own, so that all of a row has to be kept.</summary>
    public bool CrossesPhases(int node) => IsTakenLater(node) || WrittenIn(node) != phaseOfNode[node];

    /// <summary>What a stage reads from memory, as many elements as it writes: inputs, and nodes of earlier stages.</summary>
    public IReadOnlyList<KernelValue> Reads(int stage) => Operands(stage)
        .Where(operand => graph.ShapeOf(operand) is not KernelShape.Scalar and var shape && shape == ShapeOf(stage)
            && (operand.IsInput || stageOfNode[operand.Index] != stage)).Distinct().ToArray();

    /// <summary>The values a stage takes that hold for all of its elements: scalar inputs, and rows' reduced values.</summary>
    public IReadOnlyList<KernelValue> Scalars(int stage) =>
        Operands(stage).Where(operand => graph.ShapeOf(operand) < ShapeOf(stage)).Distinct().ToArray();

    /// <summary>The nodes a stage writes to memory.</summary>
    public IReadOnlyList<int> Writes(int stage) => Stages[stage].Intersect(Stored).ToArray();

    /// <summary>The reductions of a stage, of all elements or of a row's.</summary>
    public IReadOnlyList<int> Reductions(int stage) =>
        Stages[stage].Where(node => graph.Nodes[node].IsReduction || graph.Nodes[node].IsRowReduction).ToArray();

    /// <summary>The row reductions of a phase.</summary>
    public IEnumerable<int> RowReductions(int phase) =>
        Enumerable.Range(0, graph.Nodes.Count).Where(node => graph.Nodes[node].IsRowReduction && phaseOfNode[node] == phase);

    /// <summary>The tensor inputs a phase reads.</summary>
    public IEnumerable<int> InputsOf(int phase) => StagesOf(phase, KernelShape.Elements).SelectMany(Reads)
        .Where(read => read.IsInput).Select(read => read.Index).Distinct();

    /// <summary>The phase in which a node that is given out is put in its place: its own, or the last that still reads the memory there.</summary>
    public int WrittenIn(int node) => graph.Destinations.Where(destination => destination.Node == node)
        .SelectMany(ReadLater).Select(stage => phaseOfNode[Stages[stage][0]]).Append(phaseOfNode[node]).Max();

    /// <summary>Whether a phase computes a node, reads it from memory, or puts it in its place.</summary>
    public bool IsUsedIn(int phase, int node) =>
        phaseOfNode[node] == phase || WrittenIn(node) == phase || StagesOf(phase, KernelShape.Elements).SelectMany(Reads).Contains(KernelValue.Node(node));

    /// <summary>The shape a stage works on.</summary>
    public KernelShape ShapeOf(int stage) => WorkingShape(Stages[stage][0]);

    /// <summary>Whether a row's value is an operand of a tile operator on elements.</summary>
    public bool FillsTiles(int node) => Enumerable.Range(0, Stages.Count)
        .Any(stage => IsTileStage(stage) && Scalars(stage).Contains(KernelValue.Node(node)));

    /// <summary>The shape an operator works on: that of its operands.</summary>
    private KernelShape WorkingShape(int node) => graph.Nodes[node].Arguments.Max(graph.ShapeOf);

    private IEnumerable<KernelValue> Operands(int stage) => Stages[stage].SelectMany(node => graph.Nodes[node].Arguments);

    private IEnumerable<int> ReadLater(KernelDestination destination) => ReadLater(destination.Node, [.. destination.MayEqual, destination.Input]);

    /// <summary>The stages after a node's that read some of the inputs.</summary>
    private IEnumerable<int> ReadLater(int node, IReadOnlyCollection<int> inputs) => Enumerable.Range(0, Stages.Count)
        .Where(stage => stage > stageOfNode[node] && Reads(stage).Any(read => read.IsInput && inputs.Contains(read.Index)));

    /// <summary>Whether a later phase than its own takes a node.</summary>
    private bool IsTakenLater(int node) => graph.Nodes
        .Where((_, user) => phaseOfNode[user] != phaseOfNode[node])
        .Any(user => user.Arguments.Contains(KernelValue.Node(node)));

    private bool IsStored(int node) => graph.Nodes[node] is { IsReduction: false, IsRowReduction: false } && (graph.IsGivenOut(node) || graph.Nodes[node].Emission.IsTile
        || graph.Nodes.Where((_, user) => stageOfNode[user] != stageOfNode[node])
            .Any(user => user.Arguments.Contains(KernelValue.Node(node))));

    private List<IReadOnlyList<int>> CutIntoStages()
    {
        int[] depth = new int[graph.Nodes.Count];
        for (int index = 0; index < depth.Length; index++)
        {
            bool isTile = graph.Nodes[index].Emission.IsTile;
            depth[index] = graph.Nodes[index].Arguments.Where(operand => !operand.IsInput && phaseOfNode[operand.Index] == phaseOfNode[index])
                .Select(operand => depth[operand.Index] + (graph.Nodes[operand.Index].Emission.IsTile && !isTile || WorkingShape(operand.Index) != WorkingShape(index) ? 1 : 0))
                .DefaultIfEmpty(0).Max();
        }

        var stages = new List<IReadOnlyList<int>>();
        foreach (var level in Enumerable.Range(0, depth.Length)
            .GroupBy(node => (Phase: phaseOfNode[node], Shape: WorkingShape(node), Depth: depth[node]))
            .OrderBy(level => level.Key))
        {
            var registerStages = level.Where(node => !graph.Nodes[node].Emission.IsTile).GroupBy(node => graph.Nodes[node].ElementType);
            var tileStages = level.Where(node => graph.Nodes[node].Emission.IsTile).Select(node => new[] { node });
            foreach (int[] stage in registerStages.Select(group => group.ToArray()).Concat(tileStages))
            {
                Array.ForEach(stage, node => stageOfNode[node] = stages.Count);
                stages.Add(stage);
            }
        }

        return stages;
    }
}
