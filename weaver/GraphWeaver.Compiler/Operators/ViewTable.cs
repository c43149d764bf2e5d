using Mono.Cecil;

namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// The closed table of views: calls whose result has elements of a tensor, or copies of them, in another order. A kernel reads through them by
/// index arithmetic. A method is found by declaring type, assembly and exact signature; what is not found stays ordinary .NET.
/// </summary>
public static class ViewTable
{
    private const string Namespace = "System.Numerics.Tensors";

    /// <summary>The part of a tensor that a range of each dimension names.</summary>
    public static ViewRow Slice { get; } =
        new("Slice", ["get_Item", "Slice", "AsTensorSpan", "AsReadOnlyTensorSpan"], ViewOperands.Ranges, true, false, "a range of each dimension");

    /// <summary>Every row, in the documentation's order.</summary>
    public static IReadOnlyList<ViewRow> Rows { get; } =
    [
        Slice,
        new("SliceFrom", ["Slice", "AsTensorSpan", "AsReadOnlyTensorSpan"], ViewOperands.Numbers, true, false, "each dimension from an element on"),
        new("Reshape", ["Reshape"], ViewOperands.Numbers, false, false, "other lengths, the same elements; compiled where the view is dense"),
        new("PermuteDimensions", ["PermuteDimensions"], ViewOperands.Dimensions, false, false, "the dimensions in another order"),
        new("Transpose", ["Transpose"], ViewOperands.None, false, false, "the last two dimensions exchanged"),
        new("Squeeze", ["Squeeze"], ViewOperands.None, false, false, "without dimensions of length 1"),
        new("SqueezeDimension", ["SqueezeDimension"], ViewOperands.Dimension, false, false, "without one dimension of length 1"),
        new("Unsqueeze", ["Unsqueeze"], ViewOperands.Dimension, false, false, "with a dimension of length 1 put in"),
        new("Reverse", ["Reverse"], ViewOperands.None, false, true, "every dimension backwards"),
        new("ReverseDimension", ["ReverseDimension"], ViewOperands.Dimension, false, true, "one dimension backwards"),
        new("Broadcast", ["Broadcast"], ViewOperands.Numbers, false, true, "repeated to larger lengths"),
    ];

    /// <summary>The view a call makes, or null when it makes none of the table's.</summary>
    public static ViewRow? Find(MethodReference method) =>
        IsTensorOrSpan(method.ReturnType) && IsOfTensors(method.DeclaringType)
            ? Rows.FirstOrDefault(row => row.Members.Contains(method.Name) && Matches(row, method))
            : null;

    /// <summary>Whether a member is a conversion to a span over all elements, which operators take.</summary>
    public static bool IsConversion(MethodReference method) => method.HasThis && IsTensorOrSpan(method.DeclaringType) && IsOfTensors(method.DeclaringType)
        && method.Name is "AsTensorSpan" or "AsReadOnlyTensorSpan" && method.Parameters.Count == 0;

    private static bool Matches(ViewRow row, MethodReference method)
    {
        var own = row.IsMember ? 0 : 1;
        return method.HasThis == row.IsMember
            && (row.IsMember ? IsTensorOrSpan(method.DeclaringType) : method.DeclaringType.FullName == OperatorTable.TensorType && IsSource(method.Parameters[0].ParameterType))
            && (row.Operands == ViewOperands.None
                ? method.Parameters.Count == own
                : method.Parameters.Count == own + 1 && method.Parameters[own].ParameterType.FullName == TypeOf(row.Operands));
    }

    private static string TypeOf(ViewOperands operands) => operands switch
    {
        ViewOperands.Ranges => "System.ReadOnlySpan`1<System.Buffers.NRange>",
        ViewOperands.Numbers => "System.ReadOnlySpan`1<System.IntPtr>",
        ViewOperands.Dimensions => "System.ReadOnlySpan`1<System.Int32>",
        _ => "System.Int32",
    };

    private static bool IsSource(TypeReference type) => type switch
    {
        IModifierType modified => IsSource(modified.ElementType),
        ByReferenceType reference => IsTensorOrSpan(reference.ElementType) && reference.ElementType.GetElementType().Name != "Tensor`1",
        _ => type.GetElementType().Name == "Tensor`1" && IsTensorOrSpan(type),
    };

    internal static bool IsTensorOrSpan(TypeReference type) => type is GenericInstanceType or { HasGenericParameters: true }
        && type.GetElementType() is { Namespace: Namespace, Name: "Tensor`1" or "TensorSpan`1" or "ReadOnlyTensorSpan`1" };

    internal static bool IsOfTensors(TypeReference type) => OperatorTable.AssemblyOf(type) == OperatorTable.TensorAssembly;
}
