using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Members of the primitive types, whose purity depends on the type rather than the name: arithmetic is pure; text is where it
/// does not depend on culture. A negative integer's text does, but the two workers' cultures write the sign differently, so such a value is caught there.
/// </summary>
internal static class Numerals
{
    private static readonly HashSet<string> integers =
    [
        "System.SByte", "System.Byte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32", "System.Int64", "System.UInt64",
        "System.Int128", "System.UInt128",
    ];

    private static readonly HashSet<string> others =
    [
        "System.Boolean", "System.IntPtr", "System.UIntPtr", "System.Half", "System.Single", "System.Double", "System.Decimal",
    ];

    private static readonly HashSet<string> textual = ["ToString", "TryFormat", "Parse", "TryParse"];

    /// <summary>What tells a native integer of 32 bits from one of 64.</summary>
    private static readonly HashSet<string> sized =
    [
        "get_Size", "get_MaxValue", "get_MinValue", "GetHashCode", "PopCount", "LeadingZeroCount", "TrailingZeroCount", "RotateLeft", "RotateRight",
        "CreateChecked", "CreateSaturating", "CreateTruncating", "GetByteCount", "GetShortestBitLength", "op_Explicit", "ToInt32", "ToUInt32", "BigMul",
        "Parse", "TryParse", "WriteBigEndian", "WriteLittleEndian", "ReadBigEndian", "ReadLittleEndian",
    ];

    public static bool IsNative(string fullName) => fullName is "System.IntPtr" or "System.UIntPtr";

    public static bool IsNumber(string fullName) => integers.Contains(fullName) || others.Contains(fullName) || fullName == "System.Char";

    public static bool IsInteger(string fullName) => integers.Contains(fullName);

    /// <summary>What is said of a primitive's own member; null for any other.</summary>
    public static PurityTable.Row? Find(MethodReference method, MethodDefinition? definition)
    {
        var type = method.DeclaringType.FullName;
        if (!integers.Contains(type) && !others.Contains(type))
        {
            return null;
        }

        var name = UserNames.Last(method.Name);
        if (IsNative(type) && sized.Contains(name))
        {
            return new PurityTable.Row(Effect.Impure, "", "depends on the size of a pointer");
        }

        // A multiplication and an addition in one where the processor can, and conversions as the processor makes them.
        if (name == "Lerp" || (name.StartsWith("ConvertTo", StringComparison.Ordinal) && name.EndsWith("Native", StringComparison.Ordinal)))
        {
            return new PurityTable.Row(Effect.Impure, "", "depends on the processor");
        }

        var parameters = method.Parameters.Select(parameter => parameter.ParameterType).ToList();
        var writes = name == "TryFormat" || definition is not null && definition.Parameters.Any(parameter => parameter.IsOut);
        return new PurityTable.Row(writes ? Effect.MutatesArguments : Effect.Pure, Rule(name, type, parameters), "computes");
    }

    private static string Rule(string name, string type, List<TypeReference> parameters)
    {
        if (!textual.Contains(name) || type == "System.Boolean")
        {
            return "";
        }

        if (parameters.Any(parameter => parameter.FullName == "System.IFormatProvider"))
        {
            return "provider";
        }

        return name != "ToString" ? "digits"
            : parameters.Count > 0 ? (integers.Contains(type) ? "hexadecimal" : "culture")
            : integers.Contains(type) || IsNative(type) ? "sign" : "culture";
    }
}
