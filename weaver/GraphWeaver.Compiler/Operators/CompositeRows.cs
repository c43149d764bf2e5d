using static GraphWeaver.Compiler.Operators.OperatorTerm;

namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// The rows that make a tensor of a tensor by way of values of its rows. They are formulas over other rows: those <c>TensorMath</c> computes by
/// itself, so that the values of a kernel differ from eager's no more than their operators' do.
/// </summary>
internal static class CompositeRows
{
    public static IReadOnlyList<OperatorRow> All { get; } =
    [
        Composite("SoftMax", SoftMax(X, dimension: Y), "e to the power x - max, divided by the sum of these over a row", 16),
        Composite("LayerNorm", LayerNorm(X, gamma: RowOperand(1), beta: RowOperand(2), epsilon: Operand(3)),
            "(x - mean) / sqrt(variance + epsilon) * gamma + beta, mean and variance over a row", 12),
    ];

    private static OperatorTerm SoftMax(OperatorTerm x, OperatorTerm dimension)
    {
        OperatorTerm power = Of("Exp", Of("Subtract", x, Of("MaxOfRows", x, dimension)));
        return Of("Divide", power, Of("SumOfRows", power, dimension));
    }

    private static OperatorTerm LayerNorm(OperatorTerm x, OperatorTerm gamma, OperatorTerm beta, OperatorTerm epsilon)
    {
        OperatorTerm centred = Of("Subtract", x, Of("MeanOfRows", x));
        OperatorTerm variance = Of("MeanOfRows", Squared(centred));
        OperatorTerm normal = Of("Divide", centred, Of("Sqrt", Of("Add", variance, epsilon)));
        return Of("Add", Of("Multiply", normal, gamma), beta);
    }

    private static OperatorRow Composite(string member, OperatorTerm lowering, string summary, int cost) => new()
    {
        Name = member + "OfRows",
        Members = [member],
        Kind = OperatorKind.Composite,
        DeclaringType = OperatorTable.RuntimeType,
        Assembly = OperatorTable.RuntimeAssembly,
        FloatingPoint = new CpuEmission(CpuForm.Lowered, member),
        Lowering = lowering,
        IsSum = true,
        Ulps = 4,
        Cost = cost,
        Summary = summary,
    };
}
