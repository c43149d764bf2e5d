using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// What turning a value into text depends on. Strings, characters, booleans, enums and integers that are not negative have one
/// text under every culture; a known negative integer has not, and an unknown one is caught by the workers' different signs.
/// </summary>
internal sealed class TextForms(PurityAnalysis purity, IAssemblyBodies bodies, Dispatch dispatch)
{
    private static readonly HashSet<string> plain =
    [
        "System.String", "System.Char", "System.Boolean", "System.Byte", "System.UInt16", "System.UInt32", "System.UInt64", "System.UInt128", "System.UIntPtr",
        "System.Guid", "System.Version", "System.Type", "System.Text.Rune", "System.Index", "System.Range", "System.TimeSpan", "System.Text.StringBuilder", "System.Uri",
    ];

    private static readonly HashSet<string> signed =
    [
        "System.SByte", "System.Int16", "System.Int32", "System.Int64", "System.Int128", "System.IntPtr", "System.Numerics.BigInteger",
    ];

    private static readonly HashSet<string> formattable =
    [
        "System.Single", "System.Double", "System.Half", "System.Decimal", "System.DateTime", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly",
        "System.Numerics.Complex", "System.Numerics.Vector2", "System.Numerics.Vector3", "System.Numerics.Vector4", "System.Numerics.Plane", "System.Numerics.Quaternion",
    ];

    public static bool IsPlain(TypeReference type) => plain.Contains(type.FullName);

    public static bool IsSigned(TypeReference type) => signed.Contains(type.FullName);

    /// <summary>Pure when the text of the value is the same everywhere, else why not.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isInvariant">Whether it is made under the invariant culture.</param>
    public Finding Of(KnownInput value, bool isInvariant = false)
    {
        if (value.IsNull)
        {
            return Finding.Pure("null has no text");
        }

        if (value.Type is not { } type || type is GenericParameter || type.FullName == "System.Object")
        {
            return Finding.Impure("calls ToString of an unknown object");
        }

        if (IsSigned(type))
        {
            return isInvariant || !IsNegative(value.Literal) ? Finding.Pure("text without culture") : Finding.Impure("writes a negative sign as the current culture does");
        }

        if (IsPlain(type) || (isInvariant && formattable.Contains(type.FullName)))
        {
            return Finding.Pure("text without culture");
        }

        if (type is ArrayType)
        {
            return Finding.Pure("the name of its type");
        }

        if (Parts(type) is { } parts)
        {
            return parts.Select(part => Of(part)).FirstOrDefault(part => part.IsImpure) ?? Finding.Pure("text of its parts");
        }

        if (type is GenericInstanceType { ElementType.FullName: "System.Span`1" or "System.ReadOnlySpan`1" or "System.Memory`1" or "System.ReadOnlyMemory`1" })
        {
            return Finding.Pure("its characters or the name of its type");
        }

        return bodies.Find(type) switch
        {
            { IsEnum: true } => Finding.Pure("a name"),
            { IsInterface: false } definition when !Framework.Owns(definition) => OfUsers(type, definition, value.IsExact, isInvariant),
            { IsSealed: true, IsValueType: false } definition when definition.Methods.All(method => method.Name != "ToString") && InheritsText(definition) => Finding.Pure("the name of its type"),
            _ => Finding.Impure($"formats {UserNames.Of(type)} under the current culture"),
        };
    }

    public static bool IsNegative(object? literal) => literal switch
    {
        int number => number < 0,
        long number => number < 0,
        short number => number < 0,
        sbyte number => number < 0,
        _ => false,
    };

    private IReadOnlyList<KnownInput>? Parts(TypeReference type)
    {
        if (type is not GenericInstanceType generic)
        {
            return null;
        }

        var name = generic.ElementType.FullName;
        return name is "System.Nullable`1" or "System.Collections.Generic.KeyValuePair`2"
            || name.StartsWith("System.ValueTuple`", StringComparison.Ordinal) || name.StartsWith("System.Tuple`", StringComparison.Ordinal)
            ? [.. generic.GenericArguments.Select(argument => new KnownInput(argument, bodies.Find(argument) is { IsSealed: true } or { IsValueType: true }))]
            : null;
    }

    private bool InheritsText(TypeDefinition definition) =>
        definition.BaseType is { } parent && (parent.FullName == "System.Object" || (bodies.Find(parent) is { } up && up.Methods.All(method => method.Name != "ToString") && InheritsText(up)));

    /// <summary>All ways the type, its bases and those derived from it write themselves.</summary>
    private Finding OfUsers(TypeReference type, TypeDefinition definition, bool isExact, bool isInvariant)
    {
        // What formats itself is given the culture.
        if (!isInvariant && (IsFormattable(definition) || (!isExact && dispatch.Heirs(definition).Any(IsFormattable))))
        {
            return Finding.Impure($"formats {UserNames.Of(type)} under the current culture");
        }

        var targets = new List<MethodReference>();
        var level = type;
        for (var at = definition; at is not null && !Framework.Owns(at); at = level is null ? null : bodies.Find(level))
        {
            targets.AddRange(at.Methods.Where(IsText).Select(method => Closing.On(method, level!)));
            level = at.BaseType is { } parent ? Closing.Close(parent, level!) : null;
        }

        if (!isExact && !definition.IsSealed)
        {
            targets.AddRange(dispatch.Heirs(definition).SelectMany(heir => heir.Methods.Where(IsText)));
        }

        var own = level is null ? null : bodies.Find(level);
        return own is not null && own.FullName is not ("System.Object" or "System.ValueType")
            ? Finding.Impure($"formats {UserNames.Of(type)} under the current culture")
            : targets.Count == 0 ? Finding.Pure("the name of its type") : purity.Worst(targets, targets[0]);
    }

    private bool IsFormattable(TypeDefinition definition)
    {
        for (var level = definition; level is not null; level = level.BaseType is { } parent ? bodies.Find(parent) : null)
        {
            if (level.Interfaces.Any(implemented => implemented.InterfaceType.FullName is "System.IFormattable" or "System.ISpanFormattable"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsText(MethodDefinition method) => method.IsVirtual && method.HasBody && UserNames.Last(method.Name) is "ToString" or "TryFormat";
}
