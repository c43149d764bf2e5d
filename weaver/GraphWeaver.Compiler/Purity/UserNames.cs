using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>Members as their author wrote them: no arity, no accessor prefix, compiler-made members under what they were made for.</summary>
internal static class UserNames
{
    private static readonly Dictionary<string, string> operators = new()
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/", ["op_Modulus"] = "%",
        ["op_Equality"] = "==", ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_GreaterThan"] = ">", ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThanOrEqual"] = ">=", ["op_BitwiseAnd"] = "&", ["op_BitwiseOr"] = "|", ["op_ExclusiveOr"] = "^", ["op_LeftShift"] = "<<",
        ["op_RightShift"] = ">>", ["op_UnsignedRightShift"] = ">>>", ["op_UnaryNegation"] = "-", ["op_UnaryPlus"] = "+", ["op_LogicalNot"] = "!",
        ["op_OnesComplement"] = "~", ["op_Increment"] = "++", ["op_Decrement"] = "--", ["op_True"] = "true", ["op_False"] = "false",
    };

    public static string Of(MethodReference method)
    {
        var name = Last(method.Name);
        switch (name)
        {
            case ".ctor":
                return "new " + Of(method.DeclaringType);
            case ".cctor":
                return "the static constructor of " + Of(method.DeclaringType);
            case "op_Implicit" or "op_Explicit" when method.Parameters.Count == 1:
                return $"the conversion of {Of(method.Parameters[0].ParameterType)} to {Of(method.ReturnType)}";
            case "<Clone>$":
                return $"{Of(method.DeclaringType)}.with";
            case "PrintMembers":
                return $"{Of(method.DeclaringType)}.ToString";
            case "get_Item" or "set_Item":
                return $"the indexer of {Of(method.DeclaringType)}";
        }

        if (operators.TryGetValue(name, out var symbol))
        {
            return $"{Of(method.DeclaringType)}.operator {symbol}";
        }

        // What the compiler made stands under the member it was written in: an iterator's class, a lambda's closure.
        if (name.StartsWith("<", StringComparison.Ordinal))
        {
            return Made(name, Outer(method.DeclaringType));
        }

        return Author(method.DeclaringType) is { } author ? Made(author, Outer(method.DeclaringType)) : $"{Of(method.DeclaringType)}.{Plain(name)}";
    }

    public static string Of(TypeReference type)
    {
        switch (type)
        {
            case ArrayType array:
                return Of(array.ElementType) + "[" + new string(',', array.Rank - 1) + "]";
            case ByReferenceType or PointerType:
                return Of(((TypeSpecification)type).ElementType);
            case GenericParameter:
                return type.Name;
        }

        if (type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal))
        {
            return "an anonymous type";
        }

        if (type.Name.StartsWith("<>z__", StringComparison.Ordinal))
        {
            return "a collection expression";
        }

        // A type local to a file carries the file's name in front.
        var local = type.Name.StartsWith("<", StringComparison.Ordinal) ? type.Name.IndexOf("__", StringComparison.Ordinal) : -1;
        if (type.Name.StartsWith("<", StringComparison.Ordinal) && type.DeclaringType is null)
        {
            return local > 0 && type.Name.IndexOf(">F", StringComparison.Ordinal) > 0 ? Arity(type.Name.Substring(local + 2)) : "code made by the compiler";
        }

        var outer = Outer(type);
        var name = Arity(outer.Name);
        return outer.DeclaringType is { } declaring ? $"{Of(declaring)}.{name}" : outer == type || !outer.Name.StartsWith("<", StringComparison.Ordinal) ? name : Of(outer);
    }

    public static string Of(FieldReference field)
    {
        var name = field.Name;
        if (name.StartsWith("<", StringComparison.Ordinal) && name.IndexOf('>') is > 1 and var end)
        {
            name = name.Substring(1, end - 1);
        }

        return $"{Of(field.DeclaringType)}.{name}";
    }

    /// <summary>A member's name without the interface it implements.</summary>
    public static string Last(string name)
    {
        if (name.StartsWith(".", StringComparison.Ordinal) || name.StartsWith("<", StringComparison.Ordinal))
        {
            return name;
        }

        var dot = name.LastIndexOf('.');
        return dot < 0 ? name : name.Substring(dot + 1);
    }

    /// <summary>The innermost enclosing type that somebody wrote.</summary>
    private static TypeReference Outer(TypeReference type)
    {
        type = type.GetElementType();
        while (type.Name.StartsWith("<", StringComparison.Ordinal) && type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    /// <summary>The mangled name of the iterator or asynchronous method a class was made for.</summary>
    private static string? Author(TypeReference type)
    {
        var name = type.GetElementType().Name;
        var end = name.LastIndexOf(">d", StringComparison.Ordinal);
        return name.StartsWith("<", StringComparison.Ordinal) && end > 1 ? name.Substring(1, end - 1) : null;
    }

    /// <summary><c>&lt;M&gt;b__0</c> is a lambda in M, <c>&lt;M&gt;g__Name|0_0</c> the local function Name in M; both nest.</summary>
    private static string Made(string name, TypeReference type)
    {
        if (!name.StartsWith("<", StringComparison.Ordinal))
        {
            return $"{Of(type)}.{Plain(name)}";
        }

        var end = Matching(name);
        var parent = name.Substring(1, Math.Max(0, end - 1));
        var within = parent.Length == 0 ? Of(type) : parent.StartsWith("<", StringComparison.Ordinal) ? Made(parent, type) : $"{Of(type)}.{Plain(Last(parent.TrimEnd('$')))}";
        var rest = end < 0 ? "" : name.Substring(end + 1);
        if (rest.StartsWith("g__", StringComparison.Ordinal))
        {
            return $"{within}.{rest.Substring(3).Split('|')[0]}";
        }

        return rest.StartsWith("b__", StringComparison.Ordinal) ? "a lambda in " + within : within;
    }

    private static int Matching(string name)
    {
        var depth = 0;
        for (var i = 0; i < name.Length; i++)
        {
            depth += name[i] == '<' ? 1 : name[i] == '>' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Plain(string name)
    {
        foreach (var prefix in (string[])["get_", "set_", "add_", "remove_"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return name.Substring(prefix.Length);
            }
        }

        return name;
    }

    private static string Arity(string name) => name.Split('`')[0];
}
