using Mono.Cecil;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>From where in the user's module code can name some types: everywhere, or only inside a type that has private ones.</summary>
internal sealed class Access(ModuleDefinition module)
{
    private TypeDefinition? inside;

    /// <summary>The type that code must be nested in; null when it may be anywhere in the module.</summary>
    public TypeDefinition? Inside => inside;

    /// <summary>Adds a type to what the code names; false when there is no place for all of them.</summary>
    public bool Add(TypeReference? type) => type switch
    {
        null => false,
        GenericParameter => true,
        GenericInstanceType generic => Add(generic.ElementType) && generic.GenericArguments.All(Add),
        ArrayType array => Add(array.ElementType),
        TypeSpecification => false,
        _ => type.Resolve() is { } definition && Add(definition),
    };

    /// <summary>Whether code of a type can name another type of the module.</summary>
    public static bool CanSee(TypeDefinition from, TypeDefinition type) =>
        type.DeclaringType is not { } outer || ((IsInternal(type) || IsWithin(from, outer)) && CanSee(from, outer));

    private bool Add(TypeDefinition type)
    {
        for (; type.DeclaringType is { } outer; type = outer)
        {
            if (type.IsNestedPublic || (type.Module == module && IsInternal(type)))
            {
                continue;
            }

            if (type.Module != module || outer.HasGenericParameters || !(inside is null || IsWithin(inside, outer) || IsWithin(outer, inside)))
            {
                return false;
            }

            inside = inside is null || IsWithin(outer, inside) ? outer : inside;
        }

        return type.IsPublic || type.Module == module;
    }

    private static bool IsInternal(TypeDefinition nested) => nested.IsNestedPublic || nested.IsNestedAssembly || nested.IsNestedFamilyOrAssembly;

    private static bool IsWithin(TypeDefinition? type, TypeDefinition outer)
    {
        while (type is not null && type != outer)
        {
            type = type.DeclaringType;
        }

        return type is not null;
    }
}
