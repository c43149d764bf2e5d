using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>Collects a kernel graph; the same operator on the same operands becomes one node, computed once.</summary>
public sealed class KernelGraphBuilder
{
    private readonly List<KernelInput> inputs = [];
    private readonly List<KernelNode> nodes = [];
    private readonly List<int> outputs = [];

    /// <summary>A tensor parameter.</summary>
    public KernelValue Tensor(ElementType type) => Input(new KernelInput(IsTensor: true, type));

    /// <summary>A scalar parameter; its value holds for all elements.</summary>
    public KernelValue Scalar(ElementType type) => Input(new KernelInput(IsTensor: false, type));

    /// <summary>An operator whose result has the type its row gives it.</summary>
    /// <param name="converted">The target type of a conversion row; ignored otherwise.</param>
    public KernelValue Node(OperatorRow row, ElementType type, IReadOnlyList<KernelValue> operands, ElementType? converted = null)
    {
        ElementType result = row.Result switch
        {
            ResultType.Same => type,
            ResultType.Boolean => ElementType.Boolean,
            ResultType.Int32 => ElementType.Int32,
            _ => converted ?? throw new ArgumentNullException(nameof(converted)),
        };
        int index = nodes.FindIndex(node =>
            node.Row == row && node.ElementType == type && node.ResultType == result && node.Operands.SequenceEqual(operands));
        if (index < 0)
        {
            index = nodes.Count;
            nodes.Add(new KernelNode(row, type, result, operands));
        }

        return new KernelValue(IsInput: false, index);
    }

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

        if (outputs.Contains(value.Index))
        {
            nodes.Add(nodes[value.Index]);
            outputs.Add(nodes.Count - 1);
        }
        else
        {
            outputs.Add(value.Index);
        }

        return outputs.Count - 1;
    }

    /// <exception cref="ArgumentException">The graph is not well formed.</exception>
    public KernelGraph Build() => new(inputs.ToArray(), nodes.ToArray(), outputs.ToArray());

    private KernelValue Input(KernelInput input)
    {
        inputs.Add(input);
        return new KernelValue(IsInput: true, inputs.Count - 1);
    }
}
