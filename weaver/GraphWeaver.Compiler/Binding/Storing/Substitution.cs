using Mono.Cecil;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>Types with a generic type's or method's parameters replaced by arguments.</summary>
internal sealed class Substitution(IList<TypeReference> arguments)
{
    public TypeReference Of(TypeReference type) => Of(null, type);

    /// <summary>The same for a type of another module, imported.</summary>
    public TypeReference Of(ModuleDefinition? module, TypeReference type)
    {
        switch (type)
        {
            case GenericParameter parameter:
                return arguments[parameter.Position];
            case ArrayType { IsVector: true } vector:
                return new ArrayType(Of(module, vector.ElementType));
            case ArrayType array:
                var copy = new ArrayType(Of(module, array.ElementType), array.Rank);
                for (var i = 0; i < array.Rank; i++)
                {
                    copy.Dimensions[i] = array.Dimensions[i];
                }

                return copy;
            case GenericInstanceType generic:
                var closed = new GenericInstanceType(Of(module, generic.ElementType));
                generic.GenericArguments.Select(argument => Of(module, argument)).ToList().ForEach(closed.GenericArguments.Add);
                return closed;
            case RequiredModifierType modified:
                return new RequiredModifierType(Of(module, modified.ModifierType), Of(module, modified.ElementType));
            default:
                return module is null ? type : module.ImportReference(type);
        }
    }
}
