using System.Text;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// One fused kernel as a value: inputs, operators in dependency order, outputs. Its shape is what its tensor inputs, seen through their views, broadcast
/// to; a node has an element for each of the shape's, one for each of its rows, or one. An output is a node: its tensor, or its scalar when the node is a
/// reduction. A destination is a node that is written into an input's memory. Built by <see cref="KernelGraphBuilder"/>, which keeps common nodes
/// once; the constructor verifies, so whoever holds a graph holds a well-formed one.
/// </summary>
public sealed class KernelGraph
{
    private readonly List<KernelShape> shapes = [];
    private readonly List<IReadOnlyCollection<int>> sources = [];

    /// <exception cref="ArgumentException">The graph is not well formed.</exception>
    public KernelGraph(
        IReadOnlyList<KernelInput> inputs, IReadOnlyList<KernelNode> nodes, IReadOnlyList<int> outputs, IReadOnlyList<KernelDestination> destinations,
        IReadOnlyList<KernelSpare> spares, IReadOnlyList<int> pooled)
    {
        Inputs = inputs;
        Nodes = nodes;
        Outputs = outputs;
        Destinations = destinations;
        Spares = spares;
        Pooled = pooled;
        Verify();
    }

    public IReadOnlyList<KernelInput> Inputs { get; }

    public IReadOnlyList<KernelNode> Nodes { get; }

    /// <summary>Node indices, in the order of the kernel's out parameters.</summary>
    public IReadOnlyList<int> Outputs { get; }

    /// <summary>What the kernel writes into its inputs' memory; no two into the same input.</summary>
    public IReadOnlyList<KernelDestination> Destinations { get; }

    /// <summary>Where outputs may put their elements instead of into new tensors.</summary>
    public IReadOnlyList<KernelSpare> Spares { get; }

    /// <summary>The positions of the outputs whose tensors are taken from the pool.</summary>
    public IReadOnlyList<int> Pooled { get; }

    /// <summary>Values that must have the shape of all elements, though they are not given out: a later operator writes over them.</summary>
    public IReadOnlyList<KernelValue> Whole { get; init; } = [];

    /// <summary>Whether any tensor is taken through views.</summary>
    public bool HasViews => Inputs.Any(input => input.Views.Count > 0);

    /// <summary>Relative cost per element, for the choice of how many threads are worth it; 0 where the order of all elements matters.</summary>
    public int Cost => Nodes.Any(node => node.IsReduction && node.Emission.IsInOrder) ? 0 : Math.Max(1, Nodes.Sum(node => node.Row.Cost));

    /// <summary>The most elements the graph can be run on, where eager throws on more.</summary>
    public int? LongestLength => Nodes
        .Where(node => node.Row.DividesByLength && !node.ElementType.IsFloatingPoint() && node.ElementType.Size() < 4)
        .Select(node => (int?)node.ElementType.Largest()).Min();

    /// <summary>The inputs that are tensors, products among them.</summary>
    public IEnumerable<int> Tensors => Enumerable.Range(0, Inputs.Count).Where(index => Inputs[index].IsTensor);

    /// <summary>The inputs that are products; none together with a reduction, whose chunks are not those of a product.</summary>
    public IEnumerable<int> Products => Enumerable.Range(0, Inputs.Count).Where(index => Inputs[index].Kind == InputKind.Product);

    /// <summary>
    /// The output whose memory a product is put into, to be written over by it; null where no output has its type, or another product has it.
    /// </summary>
    public int? PlaceOf(int product)
    {
        var alike = Products.Where(other => Inputs[other].Type == Inputs[product].Type).ToList();
        var places = Enumerable.Range(0, Outputs.Count)
            .Where(output => !Nodes[Outputs[output]].IsReduction && Nodes[Outputs[output]].ResultType == Inputs[product].Type).ToList();
        return alike.IndexOf(product) is var position && position < places.Count ? places[position] : null;
    }

    /// <summary>The element type of a value.</summary>
    public ElementType TypeOf(KernelValue value) => value.IsInput ? Inputs[value.Index].Type : Nodes[value.Index].ResultType;

    /// <summary>Whether the kernel goes over its elements row by row, because something is reduced over each row.</summary>
    public bool IsByRow => Nodes.Any(node => node.IsRowReduction);

    /// <summary>How many elements a value has.</summary>
    public KernelShape ShapeOf(KernelValue value) => !value.IsInput ? shapes[value.Index]
        : Inputs[value.Index].IsTensor ? KernelShape.Elements
        : KernelShape.Scalar;

    /// <summary>Whether a value has more than one element for the whole kernel.</summary>
    public bool IsTensor(KernelValue value) => ShapeOf(value) != KernelShape.Scalar;

    /// <summary>The tensor inputs whose shapes make a value's shape: all it depends on but for what it takes a row's one value of.</summary>
    public IReadOnlyCollection<int> SourcesOf(KernelValue value) => !value.IsInput ? sources[value.Index]
        : Inputs[value.Index].IsTensor ? [value.Index]
        : [];

    /// <summary>Whether a node is an output or written to a destination.</summary>
    public bool IsGivenOut(int node) => Outputs.Contains(node) || Destinations.Any(destination => destination.Node == node);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("kernel(").Append(string.Join(", ", Inputs.Select((input, index) => $"%in{index}: {input}"))).Append(")\n");
        for (int index = 0; index < Nodes.Count; index++)
        {
            KernelNode node = Nodes[index];
            text.Append($"  %{index} = {node.Row.Name}<{node.ElementType.Keyword()}>({string.Join(", ", node.Operands)}{(node.KeepsDimensions ? ", kept" : "")})");
            text.Append(node.ResultType == node.ElementType ? "\n" : $" : {node.ResultType.Keyword()}\n");
        }

        foreach (KernelDestination destination in Destinations)
        {
            text.Append($"  {destination}\n");
        }

        foreach (KernelSpare spare in Spares)
        {
            text.Append($"  {spare}\n");
        }

        foreach (int output in Pooled)
        {
            text.Append($"  output {output} from the pool\n");
        }

        return text.Append("  return ").Append(string.Join(", ", Outputs.Select(output => "%" + output))).Append('\n').ToString();
    }

    private void Verify()
    {
        Require(Inputs.Any(input => input.IsTensor), "a kernel needs a tensor input");
        Require(Inputs.All(input => input.Views.Count == 0 || input.IsTensor), "a view is one of a tensor");
        Require(Inputs.All(input => (input.Kind == InputKind.Product) == (input.Product?.Kind == OperatorKind.Contraction)), "a product is a contraction");
        Require(Inputs.SelectMany(input => input.Views).SelectMany(view => view.Operands).All(operand => Inputs[operand].IsOfViews), "a view is told what it can be told");
        IEnumerable<int> places = Outputs.Concat(Destinations.Select(destination => destination.Node));
        Require(places.Any() && places.All(node => node >= 0 && node < Nodes.Count), "outputs and destinations are nodes, at least one");
        Require(places.Distinct().Count() == places.Count(), "a node has one place");
        for (int index = 0; index < Nodes.Count; index++)
        {
            VerifyNode(Nodes[index], index);
            KernelNode node = Nodes[index];
            shapes.Add(node.IsReduction ? KernelShape.Scalar : node.IsRowReduction ? KernelShape.Row : node.Operands.Max(ShapeOf));
            sources.Add(node.IsRowReduction ? [] : [.. node.Operands.SelectMany(SourcesOf).Distinct()]);
        }

        Require(!Products.Any() || (Spares.Count == 0 && !Nodes.Any(node => node.IsReduction || node.IsRowReduction)), "a product is apart from reductions and spares");
        Require(Pooled.All(output => !Nodes[Outputs[output]].IsReduction && Spares.All(spare => spare.Output != output)), "the pool holds tensors");
        VerifyDestinations();
    }

    private void VerifyNode(KernelNode node, int index)
    {
        string place = $"node %{index} ({node.Row.Name})";
        Require(
            node.Row.Kind is not (OperatorKind.Contraction or OperatorKind.Call or OperatorKind.Move) && node.Row.Lowering is null
                && node.Row.EmissionFor(node.ElementType) is not null,
            place + " does not take its element type");
        Require(
            node.Operands.Count == node.Row.OperandCount || (node.IsRowReduction && node.Operands.Count == 1),
            place + " has a wrong number of operands");
        Require(node.Operands.All(operand => operand.Index >= 0 && operand.Index < (operand.IsInput ? Inputs.Count : index)), place + " takes what is not there yet");
        Require(node.Operands.Any(IsTensor), place + " needs a tensor operand");
        Require(!node.IsRowReduction || ShapeOf(node.Operands[0]) == KernelShape.Elements, place + " needs rows");
        for (int position = 0; position < node.Operands.Count; position++)
        {
            KernelValue operand = node.Operands[position];
            Require(!operand.IsInput || !Inputs[operand.Index].IsOfViews, place + " takes a view's operand");
            Require(operand.IsInput || !Nodes[operand.Index].IsReduction, place + " takes a reduction's result");
            Require(operand.IsInput || !Nodes[operand.Index].IsRowReduction || Nodes[operand.Index].KeepsDimensions, place + " takes a dropped dimension");
            Require(TypeOf(operand) == node.Row.OperandType(position, node.ElementType), place + " takes an operand of another type");
            Require(
                node.Row.IsNumber(position) ? !IsTensor(operand) : node.Row.MayBeScalar(position) || IsTensor(operand),
                place + " takes a scalar for a tensor or the reverse");
        }
    }

    private void VerifyDestinations()
    {
        Require(Destinations.Select(destination => destination.Input).Distinct().Count() == Destinations.Count, "an input is written once");
        Require(Destinations.Count + Spares.Count == 0 || Nodes.All(node => node.Row.CheckFor(node.ElementType) is null), "what writes does not give up midway");
        Require(Destinations.Count == 0 || Spares.Count == 0, "what a spare shares memory with is known");
        Require(!IsByRow || Spares.Count == 0, "what goes over its rows again takes no spare");
        Require(
            Spares.All(spare => ShapeOf(KernelValue.Node(Outputs[spare.Output])) == KernelShape.Elements && (spare.Input is not { } input || Inputs[input].Kind == InputKind.Tensor)),
            "a spare is a tensor");
        foreach (KernelDestination destination in Destinations)
        {
            KernelInput input = Inputs[destination.Input];
            Require(input.Kind is InputKind.Tensor or InputKind.Span, "a destination can be written");
            Require(ShapeOf(KernelValue.Node(destination.Node)) == KernelShape.Elements && Nodes[destination.Node].ResultType == input.Type, "a destination holds its node");
            Require(destination.MayEqual.All(other => other != destination.Input && Inputs[other] is { IsTensor: true } equal && equal.Type == input.Type),
                "a destination equals tensors of its type");
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException("Not a well-formed kernel: " + message + ".");
        }
    }
}
