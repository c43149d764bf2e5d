namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// What the operator table leaves out of <c>System.Numerics.Tensors.Tensor</c>, as data: a test holds the table and this list together against the package,
/// in both directions, and the documentation prints it.
/// </summary>
public static class ExcludedMembers
{
    /// <summary>Every excluded member, in the documentation's order.</summary>
    public static IReadOnlyList<ExcludedMember> All { get; } =
    [
        new("SoftMax", ExclusionClass.Fallback, "eager scales by the first element and, where that overflows, by others: its bits follow from the order"),
        new("SequenceEqual", ExclusionClass.Fallback, "compares shapes too, and NaN equals NaN"),
        new("StdDev", ExclusionClass.Fallback, "Half: eager's own errors outgrow the result", [ElementType.Half]),

        .. Of(ExclusionClass.Random, "draws random numbers", "FillGaussianNormalDistribution", "FillUniformDistribution"),
        .. Of(ExclusionClass.Creation, "makes a tensor", "Create", "CreateFromShape", "CreateFromShapeUninitialized"),
        .. Of(ExclusionClass.Creation, "makes a span", "AsTensorSpan", "AsReadOnlyTensorSpan"),
        .. Of(ExclusionClass.Alias, "gives its operand back", "op_UnaryPlus"),
        .. Of(ExclusionClass.Move, "looks at the elements in another shape", "Reshape", "Squeeze", "SqueezeDimension", "Unsqueeze", "Transpose", "PermuteDimensions"),
        .. Of(ExclusionClass.Move, "repeats elements", "Broadcast", "BroadcastTo", "TryBroadcastTo"),
        .. Of(ExclusionClass.Move, "moves elements", "SetSlice"),
    ];

    private static IEnumerable<ExcludedMember> Of(ExclusionClass @class, string reason, params string[] names) =>
        names.Select(name => new ExcludedMember(name, @class, reason));
}
