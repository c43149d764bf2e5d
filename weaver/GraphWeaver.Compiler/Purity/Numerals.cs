using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Members of the primitive types and of the generic text builders, whose purity depends on the type rather than the name:
/// arithmetic is pure; text is where it does not depend on culture. A negative integer's text does, but the two workers'
/// cultures write the sign differently, so such a value is caught there.
/// </summary>
internal static class Numerals
{
    private static readonly HashSet<string> integers =
    [
        "System.SByte", "System.Byte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32", "System.Int64", "System.UInt64",
    ];

    private static readonly HashSet<string> others =
    [
        "System.Boolean", "System.IntPtr", "System.UIntPtr", "System.Half", "System.Single", "System.Double", "System.Decimal",
        "System.Int128", "System.UInt128",
    ];

    private static readonly HashSet<string> textual = ["ToString", "TryFormat", "Parse", "TryParse"];

    public static bool IsNumber(string fullName) => integers.Contains(fullName) || others.Contains(fullName) || fullName == "System.Char";

    /// <summary>A verdict on a primitive's own member or a text builder's generic member; null for any other.</summary>
    public static PurityVerdict? Find(MethodReference method)
    {
        var type = method.DeclaringType.FullName;
        if (integers.Contains(type) || others.Contains(type))
        {
            return OfNumber(method, type);
        }

        var isText = (type == "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler" && method.Name == "AppendFormatted")
            || (type == "System.String" && method.Name is "Join" or "Concat");
        if (!isText)
        {
            return null;
        }

        if (method is GenericInstanceMethod instance)
        {
            var formatted = instance.GenericArguments[0];
            var hasFormat = method.Parameters.Count > 1 && type != "System.String";
            return !hasFormat && IsPlainText(formatted)
                ? new PurityVerdict(type == "System.String" ? Effect.Pure : Effect.MutatesArguments, "text without culture")
                : new PurityVerdict(Effect.Impure, $"formats {UserNames.Of(formatted)} under the current culture");
        }

        var takesObject = method.Parameters.Any(parameter => parameter.ParameterType.FullName == "System.Object");
        return takesObject ? new PurityVerdict(Effect.Impure, "calls ToString of an unknown object") : null;
    }

    private static bool IsPlainText(TypeReference type) =>
        type.FullName is "System.String" or "System.Char" or "System.Boolean" || integers.Contains(type.FullName);

    private static PurityVerdict OfNumber(MethodReference method, string type)
    {
        var name = method.Name.Substring(method.Name.LastIndexOf('.') + 1);
        if (name == "CompareTo" && method.Parameters.Any(parameter => parameter.ParameterType.FullName == "System.Object"))
        {
            return new PurityVerdict(Effect.Pure, "compares");
        }

        var isFree = !textual.Contains(name)
            || type == "System.Boolean"
            || (name == "ToString" && method.Parameters.Count == 0 && integers.Contains(type))
            || method.Parameters.Any(parameter => parameter.ParameterType.FullName == "System.IFormatProvider");
        if (!isFree)
        {
            return new PurityVerdict(Effect.Impure, "depends on the current culture");
        }

        var writes = method.Parameters.Any(parameter => parameter.ParameterType is ByReferenceType { ElementType: not null } && parameter.IsOut);
        return new PurityVerdict(writes || name == "TryFormat" ? Effect.MutatesArguments : Effect.Pure, "computes");
    }
}
