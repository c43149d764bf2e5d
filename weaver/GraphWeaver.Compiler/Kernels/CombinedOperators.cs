using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Puts two operators of a kernel together where one does the work of both. A selection whose mask is a comparison of the same element type
/// takes the comparison's operands: then no mask is in memory, and what was three loops over a tile is part of one in registers; the bits stay.
/// Where the user allows it (FastMath), a product that only one sum or difference uses is rounded with that, once.
/// Before: a well-formed graph. After: one with the same inputs and outputs; what was put together and has no other use is gone.
/// </summary>
internal sealed class CombinedOperators
{
    private readonly KernelGraph graph;
    private readonly List<KernelNode> nodes;

    private CombinedOperators(KernelGraph graph)
    {
        this.graph = graph;
        nodes = [.. graph.Nodes];
    }

    /// <summary>The graph with its operators combined, and those of the given graph's sums that products are rounded with.</summary>
    public static (KernelGraph Graph, IReadOnlyList<int> Contractions) In(KernelGraph graph, bool contracts)
    {
        var combined = new CombinedOperators(graph);
        var contractions = new List<int>();
        for (int index = 0; index < graph.Nodes.Count; index++)
        {
            if (!combined.TrySelect(index) && contracts && combined.TryContract(index))
            {
                contractions.Add(index);
            }
        }

        return (combined.WithoutUnused(), contractions);
    }

    private bool TrySelect(int index)
    {
        KernelNode selection = nodes[index];
        if (selection.Row is not { Kind: OperatorKind.Selection, Mask: { } mask }
            || selection.Operands[mask] is not { IsInput: false } comparison || nodes[comparison.Index] is not { Row.Result: ResultType.Boolean } compared
            || compared.Row.Kind != OperatorKind.Binary || compared.ElementType != selection.ElementType)
        {
            return false;
        }

        // What is updated stays where the mask is false.
        IEnumerable<KernelValue> choices = selection.Operands.Where((_, position) => position != mask);
        return TryReplace(index, "Where" + compared.Row.Name, [.. compared.Operands, .. selection.Row.IsUpdate ? choices.Reverse() : choices]);
    }

    private bool TryContract(int index)
    {
        KernelNode sum = nodes[index];
        if (sum.Row.Name is not ("Add" or "Subtract"))
        {
            return false;
        }

        int position = sum.Operands.ToList().FindIndex(operand => IsOwnProduct(operand, index));
        if (position < 0)
        {
            return false;
        }

        string row = sum.Row.Name == "Add" ? "MultiplyThenAdd" : position == 0 ? "MultiplyThenSubtract" : "SubtractProduct";
        return TryReplace(index, row, [.. nodes[sum.Operands[position].Index].Operands, sum.Operands[1 - position]]);
    }

    /// <summary>Whether a value is a product that one operator alone uses, once, as many elements as that has.</summary>
    private bool IsOwnProduct(KernelValue value, int user) => !value.IsInput && nodes[value.Index].Row.Name == "Multiply"
        && graph.ShapeOf(value) == graph.ShapeOf(KernelValue.Node(user))
        && !graph.IsGivenOut(value.Index) && !graph.Whole.Contains(value)
        && nodes.Sum(node => node.Operands.Count(operand => operand == value)) == 1;

    private bool TryReplace(int index, string name, IReadOnlyList<KernelValue> operands)
    {
        OperatorRow row = OperatorTable.Row(name);
        if (row.EmissionFor(nodes[index].ElementType) is null)
        {
            return false;
        }

        nodes[index] = nodes[index] with { Row = row, Operands = operands };
        return true;
    }

    /// <summary>The graph without the nodes that lost their last use.</summary>
    private KernelGraph WithoutUnused()
    {
        var unused = new HashSet<int>();
        for (int index = nodes.Count - 1; index >= 0; index--)
        {
            KernelValue value = KernelValue.Node(index);
            if (graph.Nodes.Any(node => node.Operands.Contains(value)) && !graph.IsGivenOut(index) && !graph.Whole.Contains(value)
                && !nodes.Where((_, user) => !unused.Contains(user)).Any(node => node.Operands.Contains(value)))
            {
                unused.Add(index);
            }
        }

        int[] places = Enumerable.Range(0, nodes.Count).Select(index => index - unused.Count(other => other < index)).ToArray();
        return new KernelGraph(
            graph.Inputs,
            [.. nodes.Where((_, index) => !unused.Contains(index)).Select(node => node with { Operands = [.. node.Operands.Select(Moved)] })],
            [.. graph.Outputs.Select(output => places[output])],
            [.. graph.Destinations.Select(destination => destination with { Node = places[destination.Node] })],
            graph.Spares,
            graph.Pooled)
        {
            Whole = [.. graph.Whole.Select(Moved)],
        };

        KernelValue Moved(KernelValue value) => value.IsInput ? value : KernelValue.Node(places[value.Index]);
    }
}
