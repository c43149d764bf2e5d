using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// What composite operators are made of. The formulas are those <c>TensorMath</c> computes by itself, so that the values of a kernel differ from eager's
/// no more than their operators' do.
/// </summary>
internal static class Expansions
{
    /// <summary>Adds a composite's nodes.</summary>
    /// <param name="operands">The call's tensors and scalars in parameter order.</param>
    public static KernelValue Expand(KernelGraphBuilder builder, OperatorMatch match, IReadOnlyList<KernelValue> operands)
    {
        ElementType type = match.ElementType;
        return match.Row.Name switch
        {
            "SoftMaxOfRows" => SoftMax(operands[0], operands[1]),
            "LayerNormOfRows" => LayerNorm(operands[0], operands[1], operands[2], operands[3]),
            _ => throw new ArgumentException($"{match.Row.Name} is made of nothing.", nameof(match)),
        };

        KernelValue SoftMax(KernelValue x, KernelValue dimension)
        {
            KernelValue power = Node("Exp", Node("Subtract", x, Reduced("MaxOfRows", x, dimension)));
            return Node("Divide", power, Reduced("SumOfRows", power, dimension));
        }

        KernelValue LayerNorm(KernelValue x, KernelValue gamma, KernelValue beta, KernelValue epsilon)
        {
            builder.MustBeRow(gamma);
            builder.MustBeRow(beta);
            KernelValue centred = Node("Subtract", x, Reduced("MeanOfRows", x));
            KernelValue variance = Reduced("MeanOfRows", Node("Multiply", centred, centred));
            KernelValue normal = Node("Divide", centred, Node("Sqrt", Node("Add", variance, epsilon)));
            return Node("Add", Node("Multiply", normal, gamma), beta);
        }

        KernelValue Node(string row, params KernelValue[] values) => builder.Node(OperatorTable.Row(row), type, values);

        KernelValue Reduced(string row, params KernelValue[] values) => builder.Node(OperatorTable.Row(row), type, values, keepsDimensions: true);
    }
}
