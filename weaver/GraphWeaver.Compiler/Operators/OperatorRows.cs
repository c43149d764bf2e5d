namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// The rows themselves, as data. A row gets a register form where VectorN or VectorMath has one with eager's semantics; the rest runs the
/// very TensorPrimitives method that eager runs, on tiles that stay in cache.
/// </summary>
internal static class OperatorRows
{
    public static IReadOnlyList<OperatorRow> All { get; } =
    [
        Commutative("Add", ["op_Addition", "op_AdditionAssignment", "Add"], "x + y; integers wrap"),
        Binary("Subtract", ["op_Subtraction", "op_SubtractionAssignment", "Subtract"], Vector("Subtract"), Vector("Subtract"), "x - y; integers wrap"),
        Commutative("Multiply", ["op_Multiply", "op_MultiplicationAssignment", "Multiply"], "x * y; integers wrap"),
        Binary("Divide", ["op_Division", "op_DivisionAssignment", "Divide"], Vector("Divide"), Primitive("Divide"), "x / y", cost: 4) with
        {
            Check = "CanDivide", CheckedTypes = CheckedTypes.Integers,
        },
        Binary("Ieee754Remainder", ["Ieee754Remainder"], Primitive("Ieee754Remainder"), null, "x - y * (x / y rounded to even)", cost: 40) with { Device = DeviceTypes.FloatingPoint },
        Commutative("BitwiseAnd", ["op_BitwiseAnd", "op_BitwiseAndAssignment", "BitwiseAnd"], "x & y, bit by bit"),
        Commutative("BitwiseOr", ["op_BitwiseOr", "op_BitwiseOrAssignment", "BitwiseOr"], "x | y, bit by bit"),
        Commutative("Xor", ["op_ExclusiveOr", "op_ExclusiveOrAssignment", "Xor"], "x ^ y, bit by bit"),
        Binary("Max", ["Max"], Vector("Max"), Vector("Max"), "the larger of x and y; NaN wins, +0 is above -0"),
        Binary("MaxNumber", ["MaxNumber"], Vector("MaxNumber"), Vector("MaxNumber"), "the larger of x and y; a number beats NaN"),
        Magnitude("MaxMagnitude", "Max",
            "the one of larger magnitude; NaN wins"),
        Magnitude("MaxMagnitudeNumber", "Max",
            "the one of larger magnitude; a number beats NaN"),
        Binary("Min", ["Min"], Vector("Min"), Vector("Min"), "the smaller of x and y; NaN wins, -0 is below +0"),
        Binary("MinNumber", ["MinNumber"], Vector("MinNumber"), Vector("MinNumber"), "the smaller of x and y; a number beats NaN"),
        Magnitude("MinMagnitude", "Min",
            "the one of smaller magnitude; NaN wins"),
        Magnitude("MinMagnitudeNumber", "Min",
            "the one of smaller magnitude; a number beats NaN"),
        Binary("CopySign", ["CopySign"], Vector("CopySign"), Primitive("CopySign"), "the magnitude of x with the sign of y") with
        {
            Check = "CanCopySign", CheckedTypes = CheckedTypes.SignedIntegers,
        },
        Binary("Pow", ["Pow"], Math("Pow"), null, "x to the power y", cost: 60, ulps: 2),
        Binary("Atan2", ["Atan2"], Math("Atan2"), null, "the angle of the point (y, x) in radians", cost: 60, ulps: 2),
        Binary("Atan2Pi", ["Atan2Pi"], Math("Atan2Pi"), null, "the angle of the point (y, x) in half turns", cost: 60, ulps: 2),
        Binary("Hypot", ["Hypot"], Math("Hypot"), null, "the square root of x * x + y * y, without overflow", cost: 20, ulps: 2),
        Binary("LogBase", ["Log"], Primitive("Log"), null, "the logarithm of x to base y", cost: 30, ulps: 2) with { Device = DeviceTypes.FloatingPoint },

        Comparison("Equals", "x == y; false for NaN"),
        Comparison("GreaterThan", "x > y; false for NaN"),
        Comparison("GreaterThanOrEqual", "x >= y; false for NaN"),
        Comparison("LessThan", "x < y; false for NaN"),
        Comparison("LessThanOrEqual", "x <= y; false for NaN"),

        Unary("Negate", ["op_UnaryNegation", "Negate"], Vector("Negate"), Vector("Negate"), "-x; integers wrap"),
        Unary("OnesComplement", ["op_OnesComplement", "OnesComplement"], Vector("OnesComplement"), Vector("OnesComplement"),
            "~x, bit by bit"),
        Unary("Increment", ["op_IncrementAssignment", "Increment"], Of(CpuForm.VectorThenOne, "Add"), Of(CpuForm.VectorThenOne, "Add"), "x + 1; integers wrap"),
        Unary("Decrement", ["op_DecrementAssignment", "Decrement"], Of(CpuForm.VectorThenOne, "Subtract"), Of(CpuForm.VectorThenOne, "Subtract"),
            "x - 1; integers wrap"),
        Unary("Abs", ["Abs"], Vector("Abs"), Primitive("Abs"),
            "the magnitude of x") with { Check = "CanNegate", CheckedTypes = CheckedTypes.SignedIntegers, UnsignedInteger = Vector("Abs") },
        Unary("Reciprocal", ["Reciprocal"], Of(CpuForm.VectorAfterOne, "Divide"), null, "1 / x", cost: 4),
        Unary("Sqrt", ["Sqrt"], Vector("Sqrt"), null, "the square root", cost: 5),
        Unary("Cbrt", ["Cbrt"], Math("Cbrt"), null, "the cube root", cost: 40, ulps: 2),
        Unary("Floor", ["Floor"], Overload("Floor"), null, "rounded towards minus infinity"),
        Unary("Ceiling", ["Ceiling"], Overload("Ceiling"), null, "rounded towards plus infinity"),
        Unary("Truncate", ["Truncate"], Overload("Truncate"), null, "rounded towards zero"),
        Unary("Round", ["Round"], Overload("Round"), null, "rounded to nearest, ties to even"),
        Unary("DegreesToRadians", ["DegreesToRadians"], Primitive("DegreesToRadians"), null, "x * pi / 180", cost: 5),
        Unary("RadiansToDegrees", ["RadiansToDegrees"], Primitive("RadiansToDegrees"), null, "x * 180 / pi", cost: 5),

        Unary("Exp", ["Exp"], Math("Exp"), null, "e to the power x", cost: 12, ulps: 2),
        Unary("Log", ["Log"], Math("Log"), null, "the natural logarithm", cost: 14, ulps: 2),
        Unary("Tanh", ["Tanh"], Math("Tanh"), null, "the hyperbolic tangent", cost: 20, ulps: 2),
        Unary("Sigmoid", ["Sigmoid"], Math("Sigmoid"), null, "1 / (1 + e to the power -x)", cost: 16, ulps: 2),

        MathUnary("ExpM1", "e to the power x, less 1", 16),
        MathUnary("Exp2", "2 to the power x", 12),
        MathUnary("Exp2M1", "2 to the power x, less 1", 16),
        MathUnary("Exp10", "10 to the power x", 14),
        MathUnary("Exp10M1", "10 to the power x, less 1", 18),
        MathUnary("Sinh", "the hyperbolic sine", 20),
        MathUnary("Cosh", "the hyperbolic cosine", 20),
        MathUnary("Sin", "the sine of x radians", 20),
        MathUnary("Cos", "the cosine of x radians", 20),
        MathUnary("Tan", "the tangent of x radians", 30),
        MathUnary("SinPi", "the sine of x half turns", 20),
        MathUnary("CosPi", "the cosine of x half turns", 20),
        MathUnary("TanPi", "the tangent of x half turns", 30),
        MathUnary("Log2", "the binary logarithm", 14),
        MathUnary("Log10", "the decimal logarithm", 16),
        MathUnary("LogP1", "the natural logarithm of 1 + x", 18),
        MathUnary("Log2P1", "the binary logarithm of 1 + x", 18),
        MathUnary("Log10P1", "the decimal logarithm of 1 + x", 20),
        MathUnary("Asin", "the arc sine in radians", 20),
        MathUnary("AsinPi", "the arc sine in half turns", 24),
        MathUnary("Acos", "the arc cosine in radians", 20),
        MathUnary("AcosPi", "the arc cosine in half turns", 24),
        MathUnary("Atan", "the arc tangent in radians", 20),
        MathUnary("AtanPi", "the arc tangent in half turns", 24),
        MathUnary("Asinh", "the inverse hyperbolic sine", 24),
        MathUnary("Acosh", "the inverse hyperbolic cosine", 24),
        MathUnary("Atanh", "the inverse hyperbolic tangent", 24),

        Unary("ILogB", ["ILogB"], Primitive("ILogB"), null, "the binary exponent of x, as int", cost: 5) with { Result = ResultType.Int32, Device = DeviceTypes.FloatingPoint },
        Unary("LeadingZeroCount", ["LeadingZeroCount"], null, Primitive("LeadingZeroCount"),
            "zero bits above the highest one bit", cost: 2) with { Device = DeviceTypes.Integers },
        Unary("TrailingZeroCount", ["TrailingZeroCount"], null, Primitive("TrailingZeroCount"),
            "zero bits below the lowest one bit", cost: 2) with { Device = DeviceTypes.Integers },
        Unary("PopCount", ["PopCount"], null, Primitive("PopCount"), "the number of one bits", cost: 2) with { Device = DeviceTypes.Integers },
        Conversion("ConvertSaturating", "converted to the second type; what does not fit becomes its nearest value, NaN zero"),
        Conversion("ConvertTruncating", "converted to the second type; integers keep their low bits"),
        Conversion("ConvertChecked", "converted to the second type; what does not fit is left to eager, which throws") with { Check = "CanConvert", Device = DeviceTypes.None },

        WithInt32("ShiftLeft", ["op_LeftShift", "op_LeftShiftAssignment", "ShiftLeft"], null, Of(CpuForm.VectorShift, "ShiftLeft"), "x << n"),
        WithInt32("ShiftRightArithmetic", ["op_RightShift", "op_RightShiftAssignment", "ShiftRightArithmetic"], null, Of(CpuForm.VectorShift, "ShiftRightArithmetic"),
            "x >> n; a shift without sign where the type has none") with { UnsignedInteger = Of(CpuForm.VectorShift, "ShiftRightLogical") },
        WithInt32("ShiftRightLogical", ["op_UnsignedRightShift", "op_UnsignedRightShiftAssignment", "ShiftRightLogical"], null, Of(CpuForm.VectorShift, "ShiftRightLogical"),
            "x >>> n"),
        WithInt32("RotateLeft", ["RotateLeft"], null, Primitive("RotateLeft"), "bits moved up by n, around the end", cost: 2) with { Device = DeviceTypes.Integers },
        WithInt32("RotateRight", ["RotateRight"], null, Primitive("RotateRight"), "bits moved down by n, around the end", cost: 2) with { Device = DeviceTypes.Integers },
        WithInt32("RootN", ["RootN"], Primitive("RootN"), null, "the n-th root", cost: 60, ulps: 2) with { Device = DeviceTypes.FloatingPoint },
        WithInt32("RoundDigits", ["Round"], Primitive("Round"), null,
            "rounded to n decimal digits, ties to even", cost: 10) with { Check = "CanRound", Device = DeviceTypes.FloatingPoint },
        Unary("RoundMode", ["Round"], Of(CpuForm.OwnTile, "Round"), null, "rounded to a whole number in the given way", cost: 3) with
        {
            Kind = OperatorKind.UnaryWithMode, Check = "CanRoundBy", Device = DeviceTypes.FloatingPoint,
        },
        Unary("RoundDigitsMode", ["Round"], Of(CpuForm.OwnTile, "Round"), null, "rounded to n decimal digits in the given way", cost: 10) with
        {
            Kind = OperatorKind.UnaryWithInt32AndMode, Check = "CanRoundBy", Device = DeviceTypes.FloatingPoint,
        },

        Unary("FilteredUpdate", ["FilteredUpdate"], Of(CpuForm.OwnTile, "FilteredUpdate"), Of(CpuForm.OwnTile, "FilteredUpdate"),
            "y where the filter is true; the other elements of x stay") with 
        {
            Kind = OperatorKind.Selection, Mask = 1, IsUpdate = true, Device = DeviceTypes.FloatingPoint | DeviceTypes.Integers,
        },

        Unary("Where", ["Where"], Of(CpuForm.OwnTile, "Select"), Of(CpuForm.OwnTile, "Select"), "TensorMath.Where: x where the condition is true, else y") with
        {
            Kind = OperatorKind.Selection, Mask = 0, Device = DeviceTypes.FloatingPoint | DeviceTypes.Integers, DeclaringType = OperatorTable.RuntimeType, Assembly = OperatorTable.RuntimeAssembly,
        },
        OfTensorMath("Erf", "TensorMath.Erf: the error function"),
        OfTensorMath("Gelu", "TensorMath.Gelu: x / 2 * (1 + erf(x / sqrt(2)))"),

        .. ReductionRows.All,

        .. new[] { ("Sum", "Add"), ("Max", "Max"), ("Min", "Min") }.Select(reduction => RowReduction(reduction.Item1, reduction.Item2)),
        RowReduction("Mean", "Add") with { SignedInteger = null, UnsignedInteger = null, Device = DeviceTypes.FloatingPoint },
        .. CompositeRows.All,
        .. CombinedRows.All,
        Contraction("MatMul", "MatMul", tensors: 2, numbers: 0, "the product of matrices, over the last two dimensions") with { Device = DeviceTypes.FloatingPoint },
        Contraction("Conv2D", "Conv2D", tensors: 2, numbers: 2, "the convolution of images, with a stride and a padding"),
        Contraction("Conv2DWithBias", "Conv2D", tensors: 3, numbers: 2, "the convolution of images, with a term for each filter"),
        Call("ArgMax", "the indices of the largest elements along a dimension, as long"),
        Call("CumulativeSum", "the running sums along a dimension"),
        CallOfFloatingPoint("LogSumExp", "the logarithm of the sum of the exponentials along a dimension"),
        Call("GatherRows", "the rows at some indices"),
        Call("ScatterRows", "a copy with rows replaced"),
        Call("ScatterAddRows", "a copy with rows added to"),
        Call("MaxPool2D", "the largest element of each window of images"),
        CallOfFloatingPoint("AveragePool2D", "the mean of each window of images"),
        .. new[] { "Sum", "Max", "Min", "Mean", "SoftMax", "LayerNorm", "Erf", "Gelu" }.Select(CallOfHalf),

        Move("Concatenate", "tensors one behind the other along the first dimension"),
        Move("ConcatenateOnDimension", "tensors one behind the other along a dimension; -1: all elements in one"),
        Move("Stack", "tensors along a new first dimension"),
        Move("StackAlongDimension", "tensors along a new dimension"),
        Move("Split", "parts of equal length along a dimension, each a copy"),
        Move("Resize", "the first elements in other lengths, zero behind them"),
        Move("ResizeTo", "the first elements into the destination, zero behind them"),
        Move("ReversedCopy", "every dimension backwards, where no kernel reads it so", "Reverse"),
        Move("ReversedDimensionCopy", "one dimension backwards, where no kernel reads it so", "ReverseDimension"),
    ];

    private static OperatorRow Move(string name, string summary, string? member = null) => Call(name, summary) with
    {
        Members = [member ?? name], Kind = OperatorKind.Move, DeclaringType = OperatorTable.TensorType, Assembly = OperatorTable.TensorAssembly,
    };

    private static OperatorRow Call(string member, string summary) =>
        Unary(member, [member], Of(CpuForm.Call, member), Of(CpuForm.Call, member), summary, cost: 0) with
        {
            Kind = OperatorKind.Call, Half = Of(CpuForm.Call, member), DeclaringType = OperatorTable.RuntimeType, Assembly = OperatorTable.RuntimeAssembly,
        };

    private static OperatorRow Contraction(string name, string member, int tensors, int numbers, string summary) => Call(member, summary) with
    {
        Name = name, Kind = OperatorKind.Contraction, Tensors = tensors, Numbers = numbers,
    };

    private static OperatorRow CallOfFloatingPoint(string member, string summary) =>
        Call(member, summary) with { SignedInteger = null, UnsignedInteger = null };

    /// <summary>The type that row reductions, and what is made of them, leave out.</summary>
    private static OperatorRow CallOfHalf(string member) =>
        CallOfFloatingPoint(member, $"TensorMath.{member} of Half, which is computed in float") with { Name = member + "OfHalf", FloatingPoint = null };

    private static OperatorRow Unary(
        string name, string[] members, CpuEmission? floatingPoint, CpuEmission? integer, string summary, int cost = 1, double ulps = 0) =>
        new()
        {
            Name = name,
            Members = members,
            Kind = OperatorKind.Unary,
            FloatingPoint = floatingPoint,
            Half = HalfOf(floatingPoint, members),
            SignedInteger = integer,
            UnsignedInteger = integer,
            Device = (IsScalarCode(floatingPoint) ? DeviceTypes.FloatingPoint : DeviceTypes.None) | (IsScalarCode(integer) ? DeviceTypes.Integers : DeviceTypes.None),
            Summary = summary,
            Cost = cost,
            Ulps = ulps,
        };

    /// <summary>What runs in registers here is plain code on one element there.</summary>
    private static bool IsScalarCode(CpuEmission? emission) =>
        emission is { Form: CpuForm.Vector or CpuForm.VectorOverload or CpuForm.VectorMath or CpuForm.VectorThenOne or CpuForm.VectorAfterOne or CpuForm.VectorShift };

    /// <summary>Half has no vectors: it goes through TensorPrimitives, as eager does, wherever float and double go through registers.</summary>
    private static CpuEmission? HalfOf(CpuEmission? floatingPoint, string[] members) => floatingPoint switch
    {
        null => null,
        { Form: CpuForm.OwnTile } => floatingPoint,
        _ => Primitive(members[members.Length - 1]),
    };

    private static OperatorRow Binary(
        string name, string[] members, CpuEmission? floatingPoint, CpuEmission? integer, string summary, int cost = 1, double ulps = 0) =>
        Unary(name, members, floatingPoint, integer, summary, cost, ulps) with { Kind = OperatorKind.Binary };

    private static OperatorRow Commutative(string name, string[] members, string summary) =>
        Binary(name, members, Vector(name), Vector(name), summary) with { IsCommutative = true };

    /// <summary>An unsigned integer is its own magnitude.</summary>
    private static OperatorRow Magnitude(string name, string unsigned, string summary) =>
        Binary(name, [name], Vector(name), Primitive(name), summary) with
        {
            UnsignedInteger = Vector(unsigned), Device = DeviceTypes.FloatingPoint | DeviceTypes.Integers,
        };

    private static OperatorRow WithInt32(
        string name, string[] members, CpuEmission? floatingPoint, CpuEmission? integer, string summary, int cost = 1, double ulps = 0) =>
        Unary(name, members, floatingPoint, integer, summary, cost, ulps) with { Kind = OperatorKind.UnaryWithInt32 };

    private static OperatorRow Comparison(string name, string summary) =>
        Binary(name, [name], Of(CpuForm.OwnTile, name), Of(CpuForm.OwnTile, name), summary) with
        {
            Result = ResultType.Boolean, Device = DeviceTypes.FloatingPoint | DeviceTypes.Integers,
        };

    private static OperatorRow Conversion(string name, string summary) =>
        Unary(name, [name], Primitive(name), Primitive(name), summary, cost: 3) with { Result = ResultType.Converted, Device = DeviceTypes.FloatingPoint | DeviceTypes.Integers };

    private static OperatorRow OfTensorMath(string name, string summary) => Unary(name, [name], Math(name), null, summary, cost: 30) with
    {
        Half = null, DeclaringType = OperatorTable.RuntimeType, Assembly = OperatorTable.RuntimeAssembly,
    };

    private static OperatorRow RowReduction(string member, string accumulate) =>
        Unary(member + "OfRows", [member], Of(CpuForm.Accumulate, accumulate), Of(CpuForm.Accumulate, accumulate),
            $"TensorMath.{member} over the last dimension, {(member == "Mean" ? "with error as Sum" : "as over all elements")}") with
        {
            Kind = OperatorKind.RowReduction, Device = DeviceTypes.FloatingPoint | DeviceTypes.Integers, IsSum = accumulate == "Add", Half = null, DeclaringType = OperatorTable.RuntimeType, Assembly = OperatorTable.RuntimeAssembly,
        };

    private static OperatorRow MathUnary(string name, string summary, int cost) => Unary(name, [name], Math(name), null, summary, cost, ulps: 2);

    private static CpuEmission Vector(string name) => Of(CpuForm.Vector, name);

    private static CpuEmission Overload(string name) => Of(CpuForm.VectorOverload, name);

    private static CpuEmission Math(string name) => Of(CpuForm.VectorMath, name);

    private static CpuEmission Primitive(string name) => Of(CpuForm.Primitive, name);

    private static CpuEmission Of(CpuForm form, string name) => new(form, name);
}
