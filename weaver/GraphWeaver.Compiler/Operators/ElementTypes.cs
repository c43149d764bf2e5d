using Mono.Cecil;

namespace GraphWeaver.Compiler.Operators;

/// <summary>What is asked of an element type: its size, its range, its names, and which one a Cecil type is.</summary>
public static class ElementTypes
{
    /// <summary>The types operators take, in the order documentation and tests list them.</summary>
    public static IReadOnlyList<ElementType> Numeric { get; } =
        [.. Enum.GetValues(typeof(ElementType)).Cast<ElementType>().Where(type => type < ElementType.Boolean)];

    /// <summary>Size of one element in bytes.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Boolean or ElementType.SByte or ElementType.Byte => 1,
        ElementType.Half or ElementType.Int16 or ElementType.UInt16 => 2,
        ElementType.Single or ElementType.Int32 or ElementType.UInt32 => 4,
        _ => 8,
    };

    /// <summary>The C# keyword; of <c>System.Half</c>, which has none, its name.</summary>
    public static string Keyword(this ElementType type) => type switch
    {
        ElementType.Single => "float",
        ElementType.Double => "double",
        ElementType.Half => "Half",
        ElementType.SByte => "sbyte",
        ElementType.Byte => "byte",
        ElementType.Int16 => "short",
        ElementType.UInt16 => "ushort",
        ElementType.Int32 => "int",
        ElementType.UInt32 => "uint",
        ElementType.Int64 => "long",
        ElementType.NativeInteger => "nint",
        ElementType.UInt64 => "ulong",
        _ => "bool",
    };

    public static bool IsFloatingPoint(this ElementType type) => type is ElementType.Single or ElementType.Double or ElementType.Half;

    public static bool IsSignedInteger(this ElementType type) =>
        type is ElementType.SByte or ElementType.Int16 or ElementType.Int32 or ElementType.Int64;

    public static bool IsUnsignedInteger(this ElementType type) =>
        type is ElementType.Byte or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64;

    /// <summary>The smallest value of an integer type.</summary>
    public static long Smallest(this ElementType type) => type.IsSignedInteger() ? -1L << ((8 * type.Size()) - 1) : 0;

    /// <summary>The bits of the largest value of an integer type: of <c>ulong</c> they read as -1.</summary>
    public static long Largest(this ElementType type) =>
        type.IsSignedInteger() ? ~type.Smallest() : type.Size() == 8 ? -1 : (1L << (8 * type.Size())) - 1;

    /// <summary>The element type a Cecil type stands for; null for every other type.</summary>
    public static ElementType? From(TypeReference type) => type.MetadataType switch
    {
        MetadataType.Single => ElementType.Single,
        MetadataType.Double => ElementType.Double,
        MetadataType.SByte => ElementType.SByte,
        MetadataType.Byte => ElementType.Byte,
        MetadataType.Int16 => ElementType.Int16,
        MetadataType.UInt16 => ElementType.UInt16,
        MetadataType.Int32 => ElementType.Int32,
        MetadataType.UInt32 => ElementType.UInt32,
        MetadataType.Int64 => ElementType.Int64,
        MetadataType.UInt64 => ElementType.UInt64,
        MetadataType.Boolean => ElementType.Boolean,
        MetadataType.ValueType when IsHalf(type) => ElementType.Half,
        _ => null,
    };

    // By its assembly too: a type of the user's may have the same name.
    private static bool IsHalf(TypeReference type) =>
        type is { Namespace: "System", Name: "Half", DeclaringType: null, Scope: AssemblyNameReference { Name: "System.Runtime" or "System.Private.CoreLib" } };
}
