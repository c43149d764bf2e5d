using static GraphWeaver.Compiler.Operators.OperatorTerm;

namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// The rows that make one scalar of a tensor. What VectorN can accumulate keeps one vector of lanes; what is a sum or a search over an
/// element-wise row is composed of the two; the rest advances a state by tiles. Rows without members are only there to be composed of.
/// </summary>
internal static class ReductionRows
{
    public static IReadOnlyList<OperatorRow> All { get; } =
    [
        Lanes("Sum", "Add", "the sum of all elements; integers wrap") with { IsSum = true },
        Lanes("Average", "Add", "the sum divided by the number of elements; integers wrap, then truncate") with { IsSum = true, DividesByLength = true },
        Lanes("Product", "Multiply", "the product of all elements; integers wrap; others left to right") with
        {
            FloatingPoint = new CpuEmission(CpuForm.OrderedReduction, "Product"), Device = DeviceTypes.Integers,
        },
        Composed("Dot", Of("Sum", Of("Multiply", X, Y)), "the sum of x * y; integers wrap") with { Kind = OperatorKind.BinaryReduction },
        OfFloats(Composed("Norm", Of("SumRoot", Squared(X)), "the square root of the sum of squares")),
        OfFloats(Composed("Distance", Of("SumRoot", Squared(Of("Subtract", X, Y))), "the square root of the sum of squared differences")) with
        {
            Kind = OperatorKind.BinaryReduction,
        },
        OfFloats(Folded("CosineSimilarity", "KernelSimilarity", "the sum of x * y, divided by the norms of x and y")) with
        {
            Kind = OperatorKind.BinaryReduction,
            Half = new CpuEmission(CpuForm.Fold, "CosineSimilarityInOrder") { State = "KernelSimilarity", IsOrderedFold = true },
            Device = DeviceTypes.FloatingPoint,
            Cost = 3,
        },
        OfFloats(Folded("StdDev", "KernelMoments", "the square root of the mean squared distance from the mean")) with { Half = null, Device = DeviceTypes.FloatingPoint, Cost = 3 },

        Lanes("Max", "Max", "the largest element; NaN wins", "MaxOfAll"),
        Lanes("Min", "Min", "the smallest element; NaN wins", "MinOfAll"),
        Lanes("MaxNumber", "MaxNumber", "the largest element; a number beats NaN", "MaxNumberOfAll"),
        Lanes("MinNumber", "MinNumber", "the smallest element; a number beats NaN", "MinNumberOfAll"),
        Magnitude("MaxMagnitude", "the element of largest magnitude; NaN wins"),
        Magnitude("MinMagnitude", "the element of smallest magnitude; NaN wins"),
        Magnitude("MaxMagnitudeNumber", "the element of largest magnitude; a number beats NaN"),
        Magnitude("MinMagnitudeNumber", "the element of smallest magnitude; a number beats NaN"),

        Index("IndexOfMax", "the place of the first largest element, or of the first NaN"),
        Index("IndexOfMin", "the place of the first smallest element, or of the first NaN"),
        Index("IndexOfMaxMagnitude", "the place of the first element of largest magnitude, or of the first NaN"),
        Index("IndexOfMinMagnitude", "the place of the first element of smallest magnitude, or of the first NaN"),

        .. Comparisons("Equals", "equals"),
        .. Comparisons("GreaterThan", "is greater than"),
        .. Comparisons("GreaterThanOrEqual", "is greater than or equal to"),
        .. Comparisons("LessThan", "is less than"),
        .. Comparisons("LessThanOrEqual", "is less than or equal to"),

        OfFloats(Lanes("SumRoot", "Add", "the square root of the sum")) with { Members = [] },
        OfBooleans("All", "whether all are true"),
        OfBooleans("Any", "whether one is true"),
    ];

    /// <summary>Half has no vectors: eager's order where it shows, else TensorPrimitives.</summary>
    private static OperatorRow Lanes(string member, string accumulate, string summary, string? name = null) => new()
    {
        Name = name ?? member,
        Members = [member],
        Kind = OperatorKind.Reduction,
        Device = DeviceTypes.FloatingPoint | DeviceTypes.Integers,
        FloatingPoint = new CpuEmission(CpuForm.Accumulate, accumulate),
        Half = accumulate switch
        {
            "Add" => new CpuEmission(CpuForm.OrderedReduction, "Sum"),
            "Multiply" => new CpuEmission(CpuForm.OrderedReduction, "Product"),
            _ => new CpuEmission(CpuForm.TileReduction, accumulate),
        },
        SignedInteger = new CpuEmission(CpuForm.Accumulate, accumulate),
        UnsignedInteger = new CpuEmission(CpuForm.Accumulate, accumulate),
        Summary = summary,
    };

    /// <summary>VectorN's forms are not eager's for the smallest signed value; an unsigned integer is its own magnitude.</summary>
    private static OperatorRow Magnitude(string member, string summary) => Lanes(member, member, summary, member + "OfAll") with
    {
        SignedInteger = new CpuEmission(CpuForm.TileReduction, member.Replace("Number", "")), UnsignedInteger = new CpuEmission(CpuForm.Accumulate, member.Substring(0, 3)),
    };

    private static OperatorRow Folded(string member, string state, string summary)
    {
        var emission = new CpuEmission(CpuForm.Fold, member) { State = state };
        return Lanes(member, "", summary) with { Device = DeviceTypes.None, FloatingPoint = emission, Half = emission, SignedInteger = emission, UnsignedInteger = emission };
    }

    private static OperatorRow Index(string member, string summary) =>
        Folded(member, "KernelPlace", summary) with { Result = ResultType.Index, Device = DeviceTypes.FloatingPoint | DeviceTypes.Integers };

    private static OperatorRow Composed(string member, OperatorTerm lowering, string summary)
    {
        var emission = new CpuEmission(CpuForm.Lowered, member);
        return Lanes(member, "", summary) with
        {
            Device = DeviceTypes.None,
            FloatingPoint = emission,
            Half = emission,
            SignedInteger = emission,
            UnsignedInteger = emission,
            IsSum = true,
            Lowering = lowering,
        };
    }

    private static IEnumerable<OperatorRow> Comparisons(string row, string verb) => new[] { "All", "Any" }.Select(quantity =>
        Composed(row + quantity, Of(quantity, Of(row, X, Y)), $"whether {(quantity == "All" ? "every" : "an")} element of x {verb} its y") with
        {
            Kind = OperatorKind.BinaryReduction, Result = ResultType.Boolean, IsSum = false,
        });

    private static OperatorRow OfFloats(OperatorRow row) => row with
    {
        SignedInteger = null, UnsignedInteger = null, Device = row.Device & DeviceTypes.FloatingPoint, IsSum = true,
    };

    private static OperatorRow OfBooleans(string name, string summary) => new()
    {
        Name = name,
        Members = [],
        Kind = OperatorKind.Reduction,
        Boolean = new CpuEmission(CpuForm.Fold, name) { State = "KernelTruth", IsAnswer = true },
        Device = DeviceTypes.Booleans,
        Result = ResultType.Boolean,
        Summary = summary,
    };
}
