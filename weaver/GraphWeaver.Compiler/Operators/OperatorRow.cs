namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// One operator family: which BCL members it is, its shape and type rule, and how it runs on a CPU. Everything that knows an
/// operator (recogniser, emitter, tests, documentation) reads it from here.
/// </summary>
public sealed record OperatorRow
{
    /// <summary>Unique in the table; the name graphs print.</summary>
    public required string Name { get; init; }

    /// <summary>Member names in <see cref="DeclaringType"/>, operators first.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    public required OperatorKind Kind { get; init; }

    /// <summary>Full name of the members' type.</summary>
    public string DeclaringType { get; init; } = OperatorTable.TensorType;

    /// <summary>Simple name of the members' assembly.</summary>
    public string Assembly { get; init; } = OperatorTable.TensorAssembly;

    public ResultType Result { get; init; } = ResultType.Same;

    /// <summary>Emission for float and double; null where the operator does not take them.</summary>
    public CpuEmission? FloatingPoint { get; init; }

    /// <summary>Emission for int and long; null where the operator does not take them.</summary>
    public CpuEmission? Integer { get; init; }

    /// <summary>
    /// A <c>GraphWeaver.Kernels.KernelChecks</c> method run on each tile first, for the element types it names: false where eager would
    /// throw, and then the kernel gives up. Null where eager cannot throw on values.
    /// </summary>
    public string? Check { get; init; }

    /// <summary>Whether <see cref="Check"/> is for integers only.</summary>
    public bool ChecksIntegersOnly { get; init; }

    /// <summary>Largest distance from the eager result in ulp (or nearer to the exact value than eager); 0 = the same bits.</summary>
    public double Ulps { get; init; }

    /// <summary>Cost per element relative to one addition.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>One line for the documentation.</summary>
    public required string Summary { get; init; }

    /// <summary>How the operator is emitted for an element type; null where it does not take that type.</summary>
    public CpuEmission? EmissionFor(ElementType type) => type.IsFloatingPoint() ? FloatingPoint : Integer;

    /// <summary>The check that guards the operator for an element type; null when none is needed.</summary>
    public string? CheckFor(ElementType type) => ChecksIntegersOnly && type.IsFloatingPoint() ? null : Check;
}
