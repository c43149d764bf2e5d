namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// Rows that stand for two operators, which <c>Kernels.CombinedOperators</c> puts together in a kernel: no call means one. They take <c>float</c>
/// and <c>double</c>, in registers.
/// </summary>
internal static class CombinedRows
{
    public static IReadOnlyList<OperatorRow> All { get; } =
    [
        .. new[] { "Equals", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual" }
            .Select(comparison => Combined("Where" + comparison, 4, $"a where x {comparison} y, else b")),
        Combined("MultiplyThenAdd", 3, "x * y + z, rounded once"),
        Combined("MultiplyThenSubtract", 3, "x * y - z, rounded once"),
        Combined("SubtractProduct", 3, "z - x * y, rounded once"),
    ];

    private static OperatorRow Combined(string name, int operands, string summary) => new()
    {
        Name = name,
        Members = [],
        Kind = OperatorKind.Combined,
        Operands = operands,
        FloatingPoint = new CpuEmission(CpuForm.VectorMath, name),
        Device = DeviceTypes.FloatingPoint,
        Summary = summary,
    };
}
