using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>Collects a kernel graph; the same operator on the same operands becomes one node, computed once.</summary>
public sealed class KernelGraphBuilder
{
    private readonly List<KernelInput> inputs = [];
    private readonly List<KernelNode> nodes = [];
    private readonly List<int> outputs = [];
    private readonly List<KernelDestination> destinations = [];
    private readonly List<KernelSpare> spares = [];
    private readonly List<int> pooled = [];
    private readonly List<KernelValue> whole = [];

    /// <summary>A parameter whose elements are the kernel's, or are repeated to its shape.</summary>
    public KernelValue Tensor(ElementType type, InputKind kind = InputKind.Tensor) => Tensor(type, kind, []);

    /// <summary>A parameter whose elements are taken through views.</summary>
    public KernelValue Tensor(ElementType type, InputKind kind, IReadOnlyList<KernelView> views) => Input(new KernelInput(kind, type) { Views = views });

    /// <summary>A parameter that views are told: of kind range, number or dimension.</summary>
    public KernelValue Operand(InputKind kind) => Input(new KernelInput(kind, ElementType.Int32));

    /// <summary>A contraction, all of its arguments parameters.</summary>
    public KernelValue Product(OperatorRow row, ElementType type) => Input(new KernelInput(InputKind.Product, type) { Product = row });

    /// <summary>A scalar parameter; its value holds for all elements.</summary>
    public KernelValue Scalar(ElementType type) => Input(new KernelInput(InputKind.Scalar, type));

    /// <summary>
    /// An operator whose result has the type its row gives it; a tensor comes before a scalar where the operands may change places. A row that is
    /// short for others becomes those.
    /// </summary>
    /// <param name="converted">The target type of a conversion row; ignored otherwise.</param>
    /// <param name="keepsDimensions">Whether a row reduction's result keeps the reduced dimension.</param>
    public KernelValue Node(OperatorRow row, ElementType type, IReadOnlyList<KernelValue> operands, ElementType? converted = null, bool keepsDimensions = false)
    {
        if (row.Lowering is { } lowering)
        {
            return Lowered(lowering, operands);
        }

        ElementType result = row.Result switch
        {
            ResultType.Same => type,
            ResultType.Boolean => ElementType.Boolean,
            ResultType.Int32 => ElementType.Int32,
            ResultType.Index => ElementType.NativeInteger,
            _ => converted ?? throw new ArgumentNullException(nameof(converted)),
        };
        if (row.IsCommutative && operands[0].IsInput && !inputs[operands[0].Index].IsTensor)
        {
            operands = [operands[1], operands[0]];
        }

        int index = nodes.FindIndex(node =>
            node.Row == row && node.ElementType == type && node.ResultType == result && node.KeepsDimensions == keepsDimensions
            && node.Operands.SequenceEqual(operands));
        if (index < 0)
        {
            index = nodes.Count;
            nodes.Add(new KernelNode(row, type, result, operands, keepsDimensions));
        }

        return KernelValue.Node(index);
    }

    /// <summary>Asks of a tensor input that it has one dimension, as long as the kernel's last.</summary>
    /// <exception cref="ArgumentException">The value is not an input.</exception>
    public void MustBeRow(KernelValue value)
    {
        if (!value.IsInput)
        {
            throw new ArgumentException("Only an input's shape is asked for.", nameof(value));
        }

        inputs[value.Index] = inputs[value.Index] with { IsRow = true };
    }

    /// <summary>Asks of a value that it has the shape of all elements, though it is not given out.</summary>
    public void MustBeWhole(KernelValue value) => whole.Add(value);

    /// <summary>
    /// Gives a node's tensor, or a reduction's scalar, out of the kernel; a node given out twice is computed twice, into two tensors.
    /// </summary>
    /// <returns>The output's position.</returns>
    /// <exception cref="ArgumentException">The value is an input.</exception>
    public int Output(KernelValue value)
    {
        if (value.IsInput)
        {
            throw new ArgumentException("An input is not an output of a kernel.", nameof(value));
        }

        outputs.Add(WithPlaceOfItsOwn(value.Index));
        return outputs.Count - 1;
    }

    /// <summary>Writes a node into the memory of a tensor input; <paramref name="mayEqual"/> as in <see cref="KernelDestination"/>, other types passed over.</summary>
    /// <exception cref="ArgumentException">The value is an input.</exception>
    public void Destination(KernelValue input, KernelValue value, IReadOnlyList<KernelValue> mayEqual)
    {
        if (value.IsInput)
        {
            throw new ArgumentException("An input is not written by a kernel.", nameof(value));
        }

        var alike = mayEqual.Select(other => other.Index).Where(other => inputs[other].IsTensor && inputs[other].Type == inputs[input.Index].Type);
        destinations.Add(new KernelDestination(input.Index, WithPlaceOfItsOwn(value.Index), [.. alike]));
    }

    /// <summary>Gives an output a tensor whose memory it may take; <paramref name="input"/> is the input that may be that tensor.</summary>
    public void Spare(int output, KernelValue? input) => spares.Add(new KernelSpare(output, input?.Index));

    /// <summary>Takes an output's tensor from the pool: the program gives it back.</summary>
    public void Pool(int output) => pooled.Add(output);

    /// <exception cref="ArgumentException">The graph is not well formed.</exception>
    public KernelGraph Build() =>
        new(inputs.ToArray(), nodes.ToArray(), outputs.ToArray(), destinations.ToArray(), spares.ToArray(), pooled.ToArray()) { Whole = whole.Distinct().ToArray() };

    private KernelValue Lowered(OperatorTerm term, IReadOnlyList<KernelValue> operands)
    {
        if (term.Row is { } name)
        {
            OperatorRow row = OperatorTable.Row(name);
            KernelValue[] arguments = term.Arguments.Select(argument => Lowered(argument, operands)).ToArray();
            ElementType type = arguments[0].IsInput ? inputs[arguments[0].Index].Type : nodes[arguments[0].Index].ResultType;
            return Node(row, type, arguments, keepsDimensions: row.Kind == OperatorKind.RowReduction);
        }

        if (term.IsRow)
        {
            MustBeRow(operands[term.Position]);
        }

        return operands[term.Position];
    }

    private int WithPlaceOfItsOwn(int node)
    {
        if (!outputs.Contains(node) && destinations.TrueForAll(destination => destination.Node != node))
        {
            return node;
        }

        nodes.Add(nodes[node]);
        return nodes.Count - 1;
    }

    private KernelValue Input(KernelInput input)
    {
        inputs.Add(input);
        return KernelValue.Input(inputs.Count - 1);
    }
}
