using Mono.Cecil;

namespace GraphWeaver.Compiler.Operators;

/// <summary>What is asked of an element type: its size, its names, and which one a Cecil type is.</summary>
public static class ElementTypes
{
    /// <summary>The four types operators take, in the order documentation and tests list them.</summary>
    public static IReadOnlyList<ElementType> Numeric { get; } =
        [ElementType.Single, ElementType.Double, ElementType.Int32, ElementType.Int64];

    /// <summary>Size of one element in bytes.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Boolean => 1,
        ElementType.Single or ElementType.Int32 => 4,
        _ => 8,
    };

    /// <summary>The C# keyword.</summary>
    public static string Keyword(this ElementType type) => type switch
    {
        ElementType.Single => "float",
        ElementType.Double => "double",
        ElementType.Int32 => "int",
        ElementType.Int64 => "long",
        ElementType.NativeInteger => "nint",
        _ => "bool",
    };

    public static bool IsFloatingPoint(this ElementType type) => type is ElementType.Single or ElementType.Double;

    /// <summary>The element type a Cecil type stands for; null for every other type.</summary>
    public static ElementType? From(TypeReference type) => type.MetadataType switch
    {
        MetadataType.Single => ElementType.Single,
        MetadataType.Double => ElementType.Double,
        MetadataType.Int32 => ElementType.Int32,
        MetadataType.Int64 => ElementType.Int64,
        _ => null,
    };
}
