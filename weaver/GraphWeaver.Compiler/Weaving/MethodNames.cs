using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>
/// Names of methods, fields and types in the user's spelling, for reports and messages: properties as properties, operators as operators,
/// what the compiler lifted out of a method under that method, and never a name the compiler made up.
/// </summary>
internal static class MethodNames
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/", ["op_Modulus"] = "%",
        ["op_BitwiseAnd"] = "&", ["op_BitwiseOr"] = "|", ["op_ExclusiveOr"] = "^", ["op_LeftShift"] = "<<", ["op_RightShift"] = ">>",
        ["op_UnsignedRightShift"] = ">>>", ["op_Equality"] = "==", ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_GreaterThan"] = ">",
        ["op_LessThanOrEqual"] = "<=", ["op_GreaterThanOrEqual"] = ">=", ["op_UnaryNegation"] = "-", ["op_UnaryPlus"] = "+",
        ["op_OnesComplement"] = "~", ["op_LogicalNot"] = "!", ["op_Increment"] = "++", ["op_Decrement"] = "--", ["op_True"] = "true", ["op_False"] = "false",
    };

    /// <summary>The contract's report name: <c>Ns.Outer+Inner.Method</c>; local functions and lambdas under the method they are in.</summary>
    public static string ReportName(MethodDefinition method) => $"{OwnerOf(method).FullName.Replace('/', '+')}.{ParentPrefix(method)}{Made(method) ?? method.Name}";

    /// <summary>The method with its namespace, as messages name it: as the report does, but properties and operators as source has them.</summary>
    public static string Qualified(MethodDefinition method) => $"{OwnerOf(method).FullName.Replace('/', '.')}.{ParentPrefix(method)}{Own(method)}";

    public static string Signature(MethodDefinition method) =>
        $"{Short(method.ReturnType)} {Own(method)}({string.Join(", ", method.Parameters.Select(parameter => $"{Short(parameter.ParameterType)} {parameter.Name}"))})";

    /// <summary>A method as source has it: <c>Statistics.Mean</c>, <c>new Regex</c>, <c>Vector.Length</c>, <c>Vector.operator +</c>, <c>List&lt;int&gt;.this[]</c>.</summary>
    public static string Display(MethodReference method) => method.Name switch
    {
        ".ctor" => "new " + Short(method.DeclaringType),
        ".cctor" => "static constructor of " + Short(method.DeclaringType),
        _ when IsLambda(method) => $"lambda in {Short(OwnerOf(method))}.{Parent(method)}",
        _ when IsLocalFunction(method) => Own(method),
        _ => $"{Short(OwnerOf(method))}.{Own(method)}",
    };

    /// <summary>The symbol of an operator method, or null.</summary>
    public static string? OperatorSymbol(MethodReference method)
    {
        var name = method.Name.StartsWith("op_Checked", StringComparison.Ordinal) ? "op_" + method.Name.Substring("op_Checked".Length) : method.Name;
        return Operators.TryGetValue(name, out var symbol) ? symbol : null;
    }

    public static bool IsConversion(MethodReference method) => method.Name is "op_Implicit" or "op_Explicit" or "op_CheckedExplicit";

    public static bool IsAccessor(MethodReference method) => IsGetter(method) || method.Name.StartsWith("set_", StringComparison.Ordinal);

    public static bool IsGetter(MethodReference method) => method.Name.StartsWith("get_", StringComparison.Ordinal);

    /// <summary>Whether the accessor takes an index, whatever its author called the indexer.</summary>
    public static bool IsIndexer(MethodReference method) => IsAccessor(method) && method.Parameters.Count > (IsGetter(method) ? 0 : 1);

    /// <summary>A field, the automatic property it backs, or the variable a lambda captured in it; null for what only the compiler knows.</summary>
    public static string? OfField(FieldReference field)
    {
        if (SourceNames.IsWritten(field.Name))
        {
            return field.Name;
        }

        var inside = field.Name.IndexOf('>') is var end and > 1 && field.Name[0] == '<' ? field.Name.Substring(1, end - 1) : "";
        return inside.Length > 0 ? inside : field.Name.EndsWith("__this", StringComparison.Ordinal) ? "this" : null;
    }

    public static bool IsCompilerMade(TypeReference type) => type.Name.StartsWith("<", StringComparison.Ordinal);

    /// <summary>The name of the method alone.</summary>
    public static string Own(MethodReference method)
    {
        if (Made(method) is { } made)
        {
            return made;
        }

        if (OperatorSymbol(method) is { } symbol)
        {
            return "operator " + symbol;
        }

        if (IsConversion(method))
        {
            return $"{(method.Name == "op_Implicit" ? "implicit" : "explicit")} operator {Short(method.ReturnType)}";
        }

        var name = method.Name.Substring(method.Name.LastIndexOf('.') + 1);
        return IsIndexer(method) ? "this[]" : IsAccessor(method) || name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name.Substring(4) : name;
    }

    public static string Short(TypeReference type)
    {
        switch (type)
        {
            case GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable:
                return Short(nullable.GenericArguments[0]) + "?";
            case GenericInstanceType { ElementType.Name: "ValueTuple`2" or "ValueTuple`3" or "ValueTuple`4" } tuple:
                return $"({string.Join(", ", tuple.GenericArguments.Select(Short))})";
            case GenericInstanceType generic:
                return $"{Plain(generic.ElementType)}<{string.Join(", ", generic.GenericArguments.Select(Short))}>";
            case ArrayType array:
                return $"{Short(array.ElementType)}[{new string(',', array.Rank - 1)}]";
            case ByReferenceType reference:
                return "ref " + Short(reference.ElementType);
            case PointerType pointer:
                return Short(pointer.ElementType) + "*";
            case FunctionPointerType pointer:
                return $"delegate*<{string.Join(", ", pointer.Parameters.Select(parameter => parameter.ParameterType).Append(pointer.ReturnType).Select(Short))}>";
            case TypeSpecification specification:
                return Short(specification.ElementType);
        }

        return type.MetadataType switch
        {
            MetadataType.Single => "float",
            MetadataType.Double => "double",
            MetadataType.SByte => "sbyte",
            MetadataType.Byte => "byte",
            MetadataType.Int16 => "short",
            MetadataType.UInt16 => "ushort",
            MetadataType.Int32 => "int",
            MetadataType.UInt32 => "uint",
            MetadataType.Int64 => "long",
            MetadataType.UInt64 => "ulong",
            MetadataType.IntPtr => "nint",
            MetadataType.UIntPtr => "nuint",
            MetadataType.Char => "char",
            MetadataType.Boolean => "bool",
            MetadataType.String => "string",
            MetadataType.Object => "object",
            MetadataType.Void => "void",
            _ when type.FullName == "System.Decimal" => "decimal",
            _ => Plain(type),
        };
    }

    private static string Plain(TypeReference type) => type.Name switch
    {
        var name when name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal) => "an anonymous type",
        var name when name.StartsWith("<", StringComparison.Ordinal) && type.DeclaringType is { } outer => Plain(outer),
        var name when name.IndexOf('`') is var tick and > 0 => name.Substring(0, tick),
        var name => name,
    };

    private static bool IsLambda(MethodReference method) => method.Name.StartsWith("<", StringComparison.Ordinal) && method.Name.Contains(">b__");

    private static bool IsLocalFunction(MethodReference method) => method.Name.StartsWith("<", StringComparison.Ordinal) && method.Name.Contains(">g__");

    /// <summary>The author's name of a local function, "lambda" for a lambda, or null for an ordinary method.</summary>
    private static string? Made(MethodReference method)
    {
        if (IsLambda(method))
        {
            return "lambda";
        }

        if (!IsLocalFunction(method))
        {
            return null;
        }

        var name = method.Name.Substring(method.Name.IndexOf(">g__", StringComparison.Ordinal) + 4);
        return name.IndexOf('|') is var bar and > 0 ? name.Substring(0, bar) : name;
    }

    private static string ParentPrefix(MethodReference method) => Made(method) is null ? "" : Parent(method) + ".";

    private static string Parent(MethodReference method) => method.Name.Substring(1, method.Name.IndexOf('>') - 1);

    /// <summary>The type whose source a method stands in.</summary>
    private static TypeReference OwnerOf(MethodReference method)
    {
        var type = method.DeclaringType;
        while (IsCompilerMade(type) && type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }
}
