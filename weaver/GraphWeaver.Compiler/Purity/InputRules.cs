using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Rows of the curated table that hold only for some inputs name a rule here: the comparison must be ordinal, the object must
/// have one text, the pattern must not look at a culture, the order must not be the culture's.
/// </summary>
internal sealed class InputRules(TextForms texts, IAssemblyBodies bodies)
{
    private const int Ordinal = 4;
    private const int OrdinalIgnoreCase = 5;
    private const int IgnoreCase = 1;
    private const int CultureInvariant = 512;

    public Finding Text(KnownInput value) => texts.Of(value);

    public Finding Judge(PurityTable.Row row, MethodReference method, IReadOnlyList<KnownInput> inputs)
    {
        if (row is { Effect: Effect.Impure, Rule: "provider" or "digits" } && Obstacle(row.Rule, method, inputs) is null)
        {
            return Finding.Pure("depends on no culture");
        }

        var obstacle = row.Effect == Effect.Impure ? null : Obstacle(row.Rule, method, inputs);
        return obstacle is { Chain.Count: > 0 } ? obstacle
            : obstacle is not null ? Finding.Impure($"{UserNames.Of(method)} {obstacle.Reason}")
            : row.Effect == Effect.Impure ? new Finding(Effect.Impure, $"{UserNames.Of(method)} {row.Reason}", [], IsHash: row.Rule == "hash")
            : new Finding(row.Effect, row.Reason, []);
    }

    private Finding? Obstacle(string rule, MethodReference method, IReadOnlyList<KnownInput> inputs)
    {
        if (Of(method, "System.StringComparison") >= 0 && Literal(method, inputs, "System.StringComparison") is not (Ordinal or OrdinalIgnoreCase))
        {
            return Finding.Impure("compares under a culture");
        }

        var provider = Provider(method);
        if (provider >= 0 && Input(method, inputs, provider).IsNull)
        {
            return Finding.Impure("depends on the current culture");
        }

        return rule switch
        {
            "provider" => provider >= 0 ? null : Finding.Impure("depends on the current culture"),
            "format" => Objects(method, inputs, isInvariant: true),
            "objects" => Objects(method, inputs, isInvariant: false) ?? Impure(method is GenericInstanceMethod ? texts.Of(Generic(method, 0)) : null),
            "hole" => Hole(method, inputs),
            "sign" => inputs.Any(input => TextForms.IsNegative(input.Literal)) ? Finding.Impure("writes a negative sign as the current culture does") : null,
            "digits" => HasText(inputs, text => text.All(digit => digit is >= '0' and <= '9')) ? null : Finding.Impure("depends on the current culture"),
            "hexadecimal" => HasText(inputs, format => format[0] is 'X' or 'x' or 'B' or 'b') ? null : Finding.Impure("depends on the current culture"),
            "roundtrip" => HasText(inputs, format => format is "o" or "O" or "r" or "R" or "s" or "u") ? null : Finding.Impure("formats under the current culture"),
            "date" => HasText(inputs, format => format.Contains("yy") && format.Contains("M") && format.Contains("d")) ? null : Finding.Impure("may read the clock for what the text lacks"),
            "path" => inputs.Where(input => input.Literal is string).Count() == method.Parameters.Count && inputs.All(input => ((string)input.Literal!).IndexOfAny(['\\', ':']) < 0)
                ? null : Finding.Impure("depends on the operating system"),
            "address" => HasText(inputs, text => text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal)) ? null : Finding.Impure("depends on the operating system"),
            "culture" => Finding.Impure("depends on the current culture"),
            "pattern" => Pattern(method, inputs),
            "exact" => Generic(method, 0).Type is { } number && Numerals.IsInteger(number.FullName) ? null : Finding.Impure("adds in an order that depends on the processor's vector width"),
            "message" => inputs.Any(input => input.Type?.Name is "ArgumentOutOfRangeException" or "ObjectDisposedException") ? Finding.Impure("ends lines as the operating system does") : null,
            "sized" => Sized(method, inputs),
            "hashed" => Hashed(method),
            "order" => Order(method, inputs),
            "extreme" => method is GenericInstanceMethod && method.ReturnType is GenericParameter ? Order(method, inputs) : null,
            _ => null,
        };
    }

    /// <summary>Every parameter of type object has one text; of objects in arrays and the like that is not known.</summary>
    private Finding? Objects(MethodReference method, IReadOnlyList<KnownInput> inputs, bool isInvariant)
    {
        for (var i = 0; i < method.Parameters.Count; i++)
        {
            var type = method.Parameters[i].ParameterType;
            var text = type.FullName == "System.Object" ? texts.Of(Input(method, inputs, i), isInvariant)
                : type.FullName.Contains("System.Object") ? Finding.Impure("calls ToString of unknown objects") : null;
            if (text is { IsImpure: true })
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>A hole of an interpolated string.</summary>
    private Finding? Hole(MethodReference method, IReadOnlyList<KnownInput> inputs)
    {
        var isInvariant = inputs.Count > 0 && inputs[0].IsInvariant;
        if (method is not GenericInstanceMethod)
        {
            return Objects(method, inputs, isInvariant);
        }

        var formatted = Generic(method, 0);
        var format = Of(method, "System.String");
        var hasFormat = format >= 0 && !Input(method, inputs, format).IsNull;
        var isBare = method.Parameters.Count == 1 || (formatted.Type is { } type && (TextForms.IsPlain(type) || bodies.Find(type) is { IsEnum: true }) && !hasFormat);
        if (!isInvariant && !isBare)
        {
            var isHexadecimal = hasFormat && formatted.Type is { } number && Numerals.IsInteger(number.FullName)
                && Input(method, inputs, format).Literal is string { Length: > 0 } known && known[0] is 'X' or 'x' or 'B' or 'b';
            return isHexadecimal ? null : Finding.Impure($"formats {UserNames.Of(formatted.Type!)} under the current culture");
        }

        return Impure(texts.Of(formatted with { Literal = Input(method, inputs, 0).Literal }, isInvariant));
    }

    /// <summary>A pattern that ignores case does so as the current culture does, unless told not to.</summary>
    private static Finding? Pattern(MethodReference method, IReadOnlyList<KnownInput> inputs)
    {
        if (Of(method, "System.TimeSpan") >= 0)
        {
            return Finding.Impure("reads the clock to keep a time limit");
        }

        if (Of(method, "System.Text.RegularExpressions.RegexOptions") is >= 0 and var at)
        {
            if (Input(method, inputs, at).Literal is not int options)
            {
                return inputs.Count == 0 ? null : Finding.Impure("is given options that are not known");
            }

            if ((options & CultureInvariant) != 0)
            {
                return null;
            }

            if ((options & IgnoreCase) != 0)
            {
                return Finding.Impure("ignores case as the current culture does");
            }
        }

        // Instance members have the pattern's culture already; of the static ones the pattern is the second argument.
        var index = method.Name == ".ctor" ? 0 : 1;
        return method.HasThis && method.Name != ".ctor" || inputs.Count == 0 ? null
            : Input(method, inputs, index).Literal is not string pattern ? Finding.Impure("is given a pattern that is not known")
            : IgnoresCase(pattern) ? Finding.Impure("ignores case as the current culture does")
            : null;
    }

    private static bool IgnoresCase(string pattern)
    {
        for (var at = pattern.IndexOf("(?", StringComparison.Ordinal); at >= 0; at = pattern.IndexOf("(?", at + 1, StringComparison.Ordinal))
        {
            var options = pattern.Skip(at + 2).TakeWhile(letter => letter is >= 'a' and <= 'z' or '-').ToArray();
            if (options.TakeWhile(letter => letter != '-').Contains('i'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The default order of strings is the culture's, also within tuples.</summary>
    private Finding? Order(MethodReference method, IReadOnlyList<KnownInput> inputs)
    {
        for (var i = 0; i < method.Parameters.Count; i++)
        {
            var type = method.Parameters[i].ParameterType;
            if ((type.Name.Contains("IComparer") || type.Name.StartsWith("Comparison`", StringComparison.Ordinal)) && !Input(method, inputs, i).IsNull)
            {
                return null;
            }
        }

        var owner = method.DeclaringType.GetElementType().FullName;
        var candidates = method is GenericInstanceMethod instance ? instance.GenericArguments : (method.DeclaringType as GenericInstanceType)?.GenericArguments;
        var isLast = owner is "System.Linq.Enumerable" or "System.Collections.Generic.PriorityQueue`2";
        var isTuple = owner.StartsWith("System.ValueTuple`", StringComparison.Ordinal) || owner.StartsWith("System.Tuple`", StringComparison.Ordinal);
        var key = isTuple ? method.DeclaringType : candidates is not { Count: > 0 } ? null : isLast ? candidates[candidates.Count - 1] : candidates[0];
        return IsOrderedByCulture(key) is { } culprit ? Finding.Impure(culprit) : null;
    }

    private string? IsOrderedByCulture(TypeReference? key) => key switch
    {
        null or GenericParameter => "orders values of an unknown type",
        { FullName: "System.String" } => "orders strings as the current culture does",
        { FullName: "System.Object" } => "orders values of an unknown type",
        GenericInstanceType tuple when tuple.ElementType.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) || tuple.ElementType.Name.StartsWith("Tuple`", StringComparison.Ordinal) || tuple.ElementType.Name == "Nullable`1" =>
            tuple.GenericArguments.Select(IsOrderedByCulture).FirstOrDefault(culprit => culprit is not null),
        _ => bodies.Find(key) is { IsInterface: true } ? "orders values of an unknown type" : null,
    };

    /// <summary>Bytes of elements, which are as many everywhere unless the elements are native integers.</summary>
    private Finding? Sized(MethodReference method, IReadOnlyList<KnownInput> inputs)
    {
        var elements = method is GenericInstanceMethod instance ? instance.GenericArguments
            : inputs.Select(input => input.Type).OfType<ArrayType>().Select(array => array.ElementType).ToArray().AsEnumerable();
        return elements.Any() && !elements.Any(element => PointerSize.Shows(element, bodies)) ? null : Finding.Impure("depends on the size of a pointer");
    }

    /// <summary>Whether the keys' hash codes are the same in every run, and with them the order of an immutable collection.</summary>
    private Finding? Hashed(MethodReference method)
    {
        var key = (method.DeclaringType as GenericInstanceType)?.GenericArguments[0];
        var isFixed = key is not null && (Numerals.IsNumber(key.FullName) || bodies.Find(key) is { IsEnum: true }
            || key.FullName is "System.Guid" or "System.DateTime" or "System.TimeSpan"
            || (key.FullName == "System.String" && method.DeclaringType.Namespace == "System.Collections.Frozen"));
        return isFixed ? null : Finding.Impure("keeps an order that differs between runs");
    }

    private KnownInput Generic(MethodReference method, int index) =>
        method is GenericInstanceMethod instance && index < instance.GenericArguments.Count
            ? new KnownInput(instance.GenericArguments[index], bodies.Find(instance.GenericArguments[index]) is { IsSealed: true } or { IsValueType: true })
            : KnownInput.Unknown;

    private static int Of(MethodReference method, string type)
    {
        for (var i = 0; i < method.Parameters.Count; i++)
        {
            if (method.Parameters[i].ParameterType.FullName == type)
            {
                return i;
            }
        }

        return -1;
    }

    private static Finding? Impure(Finding? finding) => finding is { IsImpure: true } ? finding : null;

    private static bool HasText(IReadOnlyList<KnownInput> inputs, Func<string, bool> condition) =>
        inputs.Any(input => input.Literal is string { Length: > 0 } text && condition(text));

    private static int Provider(MethodReference method) =>
        Of(method, "System.IFormatProvider") is >= 0 and var at ? at : Of(method, "System.Globalization.CultureInfo");

    private static object? Literal(MethodReference method, IReadOnlyList<KnownInput> inputs, string type) => Input(method, inputs, Of(method, type)).Literal;

    private static KnownInput Input(MethodReference method, IReadOnlyList<KnownInput> inputs, int parameter)
    {
        var at = parameter + (method.HasThis && method.Name != ".ctor" ? 1 : 0);
        return parameter >= 0 && at < inputs.Count ? inputs[at] : KnownInput.Unknown;
    }
}
