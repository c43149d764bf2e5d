namespace GraphWeaver.Evaluator;

/// <summary>Types in frames: definition, assembly, generic arguments, array ranks from the inside out.</summary>
internal static class TypeNames
{
    public static void WriteType(this BinaryWriter writer, Type type) => writer.WriteType(type, isOpen: false);

    /// <summary>A type as a generic type mentions it: parameters as <c>!</c> and their place, the type itself with its parameters.</summary>
    public static void WriteOpenType(this BinaryWriter writer, Type type) => writer.WriteType(type, isOpen: true);

    private static void WriteType(this BinaryWriter writer, Type type, bool isOpen)
    {
        var ranks = new List<int>();
        for (; type.IsArray; type = type.GetElementType()!)
        {
            ranks.Insert(0, type.GetArrayRank());
        }

        var definition = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        writer.WriteText(type.IsGenericParameter ? $"!{type.GenericParameterPosition}" : definition.FullName ?? definition.Name);
        writer.WriteText(definition.Assembly.GetName().Name);
        var arguments = type.IsConstructedGenericType || (isOpen && type.IsGenericTypeDefinition) ? type.GetGenericArguments() : [];
        writer.Write(arguments.Length);
        foreach (var argument in arguments)
        {
            writer.WriteType(argument, isOpen);
        }

        writer.Write(ranks.Count);
        ranks.ForEach(writer.Write);
    }

    /// <summary>The name as C# writes it, without namespaces.</summary>
    public static string Short(Type type)
    {
        if (type.IsArray)
        {
            return $"{Short(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        var name = type.Name.Split('`')[0];
        return type.IsConstructedGenericType
            ? $"{name}<{string.Join(", ", type.GenericTypeArguments.Select(Short))}>"
            : name;
    }
}
