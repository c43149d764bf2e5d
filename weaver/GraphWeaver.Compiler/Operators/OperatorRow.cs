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

    /// <summary>Emission for Half, for which there are no vectors; null where the operator does not take it.</summary>
    public CpuEmission? Half { get; init; }

    /// <summary>Emission for sbyte, short, int and long; null where the operator does not take them.</summary>
    public CpuEmission? SignedInteger { get; init; }

    /// <summary>Emission for byte, ushort, uint and ulong; null where the operator does not take them.</summary>
    public CpuEmission? UnsignedInteger { get; init; }

    /// <summary>Emission for bool, of rows that only other rows are made of.</summary>
    public CpuEmission? Boolean { get; init; }

    /// <summary>
    /// The types for which <c>GraphWeaver.ILGPU.Kernels.DeviceOperators</c> has a method (<see cref="DeviceMethod"/>), which is its emission for a device, or for a reduction one of the
    /// name of its <see cref="CpuEmission"/>, which puts two elements together, of a <see cref="CpuForm.Fold"/> the same in <c>DeviceFolds</c>; of a contraction the types that devices multiply. Of all others a kernel stays on the CPU.
    /// </summary>
    public DeviceTypes Device { get; init; }

    /// <summary>Whether there is an emission for a device where the operator computes with <paramref name="type"/>.</summary>
    public bool IsOfDevice(ElementType type) => Device.HasFlag(type switch
    {
        ElementType.Single => DeviceTypes.Single,
        ElementType.Double => DeviceTypes.Double,
        _ when type.IsSignedInteger() || type.IsUnsignedInteger() => DeviceTypes.Integers,
        ElementType.Boolean => DeviceTypes.Booleans,
        _ => DeviceTypes.Others,
    });

    /// <summary>The name of that method: methods do not differ by their result alone.</summary>
    public string DeviceMethod(ElementType result) => Result == ResultType.Converted ? $"{Name}To{result}" : Name;

    /// <summary>What the row is short for; null where it is an operator of its own.</summary>
    public OperatorTerm? Lowering { get; init; }

    /// <summary>Whether the only form writes into the first operand and returns a reference to it.</summary>
    public bool IsUpdate { get; init; }

    /// <summary>Whether a floating-point result depends on the order in which elements are added.</summary>
    public bool IsSum { get; init; }

    /// <summary>Whether it makes one scalar of all elements.</summary>
    public bool IsReduction => Kind is OperatorKind.Reduction or OperatorKind.BinaryReduction;

    /// <summary>
    /// A <c>GraphWeaver.Kernels.KernelChecks</c> method run on each tile first, for the element types it names: false where eager would
    /// throw, and then the kernel gives up. Null where eager cannot throw on values.
    /// </summary>
    public string? Check { get; init; }

    /// <summary>Whether <see cref="Check"/> looks at numbers alone and at no element, so that it can be asked before a kernel runs.</summary>
    public bool ChecksNumbers => Check is not null && Kind is OperatorKind.UnaryWithInt32 or OperatorKind.UnaryWithMode or OperatorKind.UnaryWithInt32AndMode;

    /// <summary>The element types <see cref="Check"/> is for.</summary>
    public CheckedTypes CheckedTypes { get; init; } = CheckedTypes.All;

    /// <summary>Whether eager throws where the number of elements is no value of the element type.</summary>
    public bool DividesByLength { get; init; }

    /// <summary>Whether the operands may change places: eager has no method for a scalar before a tensor then, and neither have tiles.</summary>
    public bool IsCommutative { get; init; }

    /// <summary>The operand that is a mask, with a Boolean per element; null where there is none.</summary>
    public int? Mask { get; init; }

    /// <summary>Largest distance from the eager result in ulp (or nearer to the exact value than eager); 0 = the same bits.</summary>
    public double Ulps { get; init; }

    /// <summary>Cost per element relative to one addition.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>One line for the documentation.</summary>
    public required string Summary { get; init; }

    /// <summary>How the operator is emitted for an element type; null where it does not take that type.</summary>
    public CpuEmission? EmissionFor(ElementType type) => type switch
    {
        ElementType.Single or ElementType.Double => FloatingPoint,
        ElementType.Half => Half,
        ElementType.Boolean => Boolean,
        _ => type.IsSignedInteger() ? SignedInteger : UnsignedInteger,
    };

    /// <summary>How many tensors a contraction takes, before its numbers.</summary>
    public int Tensors { get; init; }

    /// <summary>How many numbers a contraction is told, all of them <c>int</c>.</summary>
    public int Numbers { get; init; }

    /// <summary>How many operands a combined operator has.</summary>
    public int Operands { get; init; }

    /// <summary>How many operands a call reads.</summary>
    public int OperandCount => Kind switch
    {
        OperatorKind.Contraction => Tensors + Numbers,
        OperatorKind.Combined => Operands,
        OperatorKind.Unary or OperatorKind.Reduction => 1,
        OperatorKind.UnaryWithInt32AndMode or OperatorKind.Selection => 3,
        _ => 2,
    };

    /// <summary>Whether an operand may be a scalar beside at least one tensor; the others are tensors, or numbers that are no elements.</summary>
    public bool MayBeScalar(int position) => Kind switch
    {
        OperatorKind.Binary or OperatorKind.BinaryReduction or OperatorKind.Combined => true,
        OperatorKind.Selection => position != Mask && !(IsUpdate && position == 0),
        _ => false,
    };

    /// <summary>Whether an operand is a number that holds for all elements and is none.</summary>
    public bool IsNumber(int position) => Kind switch
    {
        OperatorKind.Contraction => position >= Tensors,
        OperatorKind.UnaryWithInt32 or OperatorKind.UnaryWithMode or OperatorKind.UnaryWithInt32AndMode or OperatorKind.RowReduction => position > 0,
        _ => false,
    };

    /// <summary>The check that guards the operator for an element type; null when none is needed.</summary>
    public string? CheckFor(ElementType type) => CheckedTypes switch
    {
        CheckedTypes.Integers when type.IsFloatingPoint() => null,
        CheckedTypes.SignedIntegers when !type.IsSignedInteger() => null,
        _ => Check,
    };

    /// <summary>The type of an operand where the operator computes with <paramref name="type"/>.</summary>
    public ElementType OperandType(int position, ElementType type) => OwnOperandType(position) ?? type;

    /// <summary>The type of an operand where it is the same for all element types; null where it is the element type.</summary>
    public ElementType? OwnOperandType(int position) =>
        IsNumber(position) ? ElementType.Int32
        : position == Mask ? ElementType.Boolean
        : null;
}
