using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>Names of methods and types in the user's spelling, for reports and messages.</summary>
internal static class MethodNames
{
    /// <summary>The contract's report name: <c>Ns.Outer+Inner.Method</c>.</summary>
    public static string ReportName(MethodDefinition method) => $"{method.DeclaringType.FullName.Replace('/', '+')}.{method.Name}";

    public static string Signature(MethodDefinition method) =>
        $"{Short(method.ReturnType)} {method.Name}({string.Join(", ", method.Parameters.Select(parameter => $"{Short(parameter.ParameterType)} {parameter.Name}"))})";

    /// <summary>A call's target as source has it: <c>Statistics.Mean</c>, <c>new Regex</c>, <c>Tensor&lt;float&gt;.ToArray</c>.</summary>
    public static string Display(MethodReference method)
    {
        if (method.Name == ".ctor")
        {
            return "new " + Short(method.DeclaringType);
        }

        var name = method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal)
            ? method.Name.Substring(4)
            : method.Name;
        return $"{Short(method.DeclaringType)}.{name}";
    }

    public static string Short(TypeReference type)
    {
        switch (type)
        {
            case GenericInstanceType generic:
                return $"{Plain(generic.ElementType.Name)}<{string.Join(", ", generic.GenericArguments.Select(Short))}>";
            case ArrayType array:
                return $"{Short(array.ElementType)}[{new string(',', array.Rank - 1)}]";
            case ByReferenceType reference:
                return "ref " + Short(reference.ElementType);
            case TypeSpecification specification:
                return Short(specification.ElementType);
        }

        return type.MetadataType switch
        {
            MetadataType.Single => "float",
            MetadataType.Double => "double",
            MetadataType.Int32 => "int",
            MetadataType.Int64 => "long",
            MetadataType.Boolean => "bool",
            MetadataType.String => "string",
            MetadataType.Object => "object",
            MetadataType.Void => "void",
            _ => Plain(type.Name),
        };
    }

    private static string Plain(string name) => name.IndexOf('`') is var tick and > 0 ? name.Substring(0, tick) : name;
}
