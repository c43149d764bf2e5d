namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Which values of an element are kept from one pass over a row to the next, and where: where results go, which only the last pass writes, and where each thread has its own elements. Worth it
/// for functions; what some additions come to is computed again sooner than it is fetched. Before: results are apart from all that the kernel reads, destinations from all but what they
/// may be equal to. After: the first pass that computes such a value stores it, all later ones load it, and none of them reads what it was stored over.
/// </summary>
internal sealed class DeviceRowMemory
{
    // In additions: divisions and roots are below, exponentials and all other functions above.
    private const int WorthKeeping = 10;

    private readonly KernelGraph graph;
    private readonly List<IReadOnlyList<KernelValue>> passes;
    private readonly Dictionary<int, int> rooms = [];
    private readonly HashSet<int> stored = [];

    /// <param name="graph">The kernel.</param>
    /// <param name="plan">Its phases: a pass for each that reduces, and one more.</param>
    public DeviceRowMemory(KernelGraph graph, KernelPlan plan)
    {
        this.graph = graph;
        passes =
        [
            .. Enumerable.Range(0, plan.Phases).Select(phase => plan.RowReductions(phase).Select(node => graph.Nodes[node].Operands[0]).ToList()),
            graph.Outputs.Concat(graph.Destinations.Select(destination => destination.Node)).Select(KernelValue.Node).ToList(),
        ];
        IEnumerable<int> worthy = Enumerable.Range(0, graph.Nodes.Count)
            .Where(node => graph.Nodes[node].Row.Cost >= WorthKeeping && passes.Count(pass => Needed(pass).Contains(KernelValue.Node(node))) > 1)
            .OrderByDescending(node => graph.Nodes[node].Row.Cost);
        foreach (int node in worthy)
        {
            int room = Enumerable.Range(0, graph.Outputs.Count + graph.Destinations.Count).Where(room => IsRoomFor(node, room)).DefaultIfEmpty(-1).First();
            if (room >= 0)
            {
                rooms.Add(node, room);
            }
        }
    }

    /// <summary>Where a node is kept: the number of an output or, after those, of a destination; null where it is not.</summary>
    public int? RoomOf(int node) => rooms.TryGetValue(node, out int room) ? room : null;

    /// <summary>Whether a node has been stored in a pass before, else notes that now it is.</summary>
    public bool IsStored(int node) => !stored.Add(node);

    private bool IsRoomFor(int node, int room)
    {
        if (rooms.ContainsValue(room))
        {
            return false;
        }

        if (room < graph.Outputs.Count)
        {
            return graph.ShapeOf(KernelValue.Node(graph.Outputs[room])) == KernelShape.Elements && graph.Nodes[graph.Outputs[room]].ResultType == graph.Nodes[node].ResultType;
        }

        KernelDestination destination = graph.Destinations[room - graph.Outputs.Count];
        IEnumerable<KernelValue> shared = destination.MayEqual.Append(destination.Input).Select(KernelValue.Input);
        int first = passes.FindIndex(pass => Needed(pass).Contains(KernelValue.Node(node)));
        return graph.Inputs[destination.Input].Type == graph.Nodes[node].ResultType
            && !passes.Skip(first + 1).SelectMany(pass => Needed(pass, node)).Intersect(shared).Any();
    }

    /// <summary>The values of an element that are loaded or computed so that some are known, but for those that only a known node takes.</summary>
    private HashSet<KernelValue> Needed(IEnumerable<KernelValue> values, int? known = null)
    {
        var needed = new HashSet<KernelValue>();
        var open = new Stack<KernelValue>(values);
        while (open.Count > 0)
        {
            KernelValue value = open.Pop();
            if (graph.ShapeOf(value) == KernelShape.Elements && needed.Add(value) && !value.IsInput && value.Index != known)
            {
                foreach (KernelValue operand in graph.Nodes[value.Index].Operands)
                {
                    open.Push(operand);
                }
            }
        }

        return needed;
    }
}
