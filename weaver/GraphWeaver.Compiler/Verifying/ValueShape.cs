using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Verifying;

/// <summary>
/// What <c>GraphWeaver.Verification.Shapes</c> makes for a static type: values without parts, tensors and arrays of them, optional ones, tuples.
/// Anything else has no shape: whether two objects of it are the same cannot be told without its author.
/// </summary>
/// <param name="Type">The static type.</param>
/// <param name="Factory">The member of <c>Shapes</c>.</param>
/// <param name="Arguments">Its generic arguments.</param>
/// <param name="Parts">The shapes it is given.</param>
/// <param name="HasContents">Whether code can change what a value of the type holds.</param>
internal sealed record ValueShape(TypeReference Type, string Factory, IReadOnlyList<TypeReference> Arguments, IReadOnlyList<ValueShape> Parts, bool HasContents)
{
    private static readonly HashSet<string> Scalars =
    [
        "System.Boolean", "System.Char", "System.SByte", "System.Byte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32", "System.Int64",
        "System.UInt64", "System.IntPtr", "System.UIntPtr", "System.Int128", "System.UInt128", "System.Half", "System.Single", "System.Double",
        "System.Decimal", "System.String", "System.DateTime", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan",
        "System.Guid", "System.Numerics.BigInteger", "System.Numerics.Complex",
    ];

    /// <summary>The shape of a type, or null when it has none.</summary>
    public static ValueShape? Of(TypeReference type)
    {
        switch (type)
        {
            case { ContainsGenericParameter: true }:
                return null;
            case ArrayType array when IsScalar(array.ElementType):
                return array.IsVector
                    ? new ValueShape(type, "Vector", [array.ElementType], [], HasContents: true)
                    : new ValueShape(type, "Grid", [type, array.ElementType], [], HasContents: true);
            case ArrayType { IsVector: true } array:
                return Of(array.ElementType) is { } element ? new ValueShape(type, "Array", [array.ElementType], [element], HasContents: true) : null;
            case GenericInstanceType generic when TensorTypes.IsTensor(generic) && generic.ElementType.Name == "Tensor`1":
                return IsScalar(generic.GenericArguments[0]) ? new ValueShape(type, "Tensor", [.. generic.GenericArguments], [], HasContents: true) : null;
            case GenericInstanceType { ElementType.FullName: "System.Nullable`1" } optional:
                return OfParts(optional, "Optional");
            case GenericInstanceType { ElementType.FullName: "System.ValueTuple`2" or "System.ValueTuple`3" or "System.ValueTuple`4" } tuple:
                return OfParts(tuple, "Tuple");
            default:
                return IsScalar(type) ? new ValueShape(type, "Scalar", [type], [], HasContents: false) : null;
        }
    }

    /// <summary>Whether the type is a span over values without parts that can be written through.</summary>
    public static bool IsWritableSpan(TypeReference type) =>
        type is GenericInstanceType { ElementType.FullName: "System.Span`1" or "System.Numerics.Tensors.TensorSpan`1" } span && IsScalar(span.GenericArguments[0]);

    private static bool IsScalar(TypeReference type) =>
        type is not (TypeSpecification or GenericParameter) && (Scalars.Contains(type.FullName) || type.Resolve() is { IsEnum: true });

    private static ValueShape? OfParts(GenericInstanceType type, string factory)
    {
        var parts = type.GenericArguments.Select(Of).ToList();
        return parts.All(part => part is not null) ? new ValueShape(type, factory, [.. type.GenericArguments], parts!, parts.Any(part => part!.HasContents)) : null;
    }
}
