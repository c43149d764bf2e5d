using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>Members as their author wrote them: no arity, no accessor prefix, compiler-made methods under their parent.</summary>
internal static class UserNames
{
    public static string Of(MethodReference method)
    {
        var name = method.Name;
        var type = method.DeclaringType;
        if (name.StartsWith("<", StringComparison.Ordinal) && name.IndexOf('>') is > 1 and var end)
        {
            name = (name.Contains("g__") ? "a local function in " : "a lambda in ") + name.Substring(1, end - 1);
        }
        else if (name is ".ctor")
        {
            return "new " + Of(type);
        }
        else if (name is ".cctor")
        {
            return "the static constructor of " + Of(type);
        }
        else if (name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal))
        {
            name = name.Substring(4);
        }

        while (type.DeclaringType is { } outer && type.Name.StartsWith("<", StringComparison.Ordinal))
        {
            name = type.Name.Contains(">d__") ? type.Name.Substring(1, type.Name.IndexOf('>') - 1) : name;
            type = outer;
        }

        return $"{Of(type)}.{name}";
    }

    public static string Of(TypeReference type)
    {
        var name = type.Name.Split('`')[0];
        return type.DeclaringType is { } outer && type is not GenericParameter ? $"{Of(outer)}.{name}" : name;
    }

    public static string Of(FieldReference field) => $"{Of(field.DeclaringType)}.{field.Name}";
}
