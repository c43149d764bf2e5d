using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>A generic method, or a method of a generic type, with a closed type for each parameter of its type and of its own.</summary>
internal sealed class Instantiation
{
    public Instantiation(MethodDefinition method, IReadOnlyList<TypeReference> typeArguments, IReadOnlyList<TypeReference> methodArguments)
    {
        Method = method;
        Bindings =
        [
            .. method.DeclaringType.GenericParameters.Zip(typeArguments, (parameter, argument) => (parameter, argument)),
            .. method.GenericParameters.Zip(methodArguments, (parameter, argument) => (parameter, argument)),
        ];
        Reference = MakeReference(method, typeArguments, methodArguments);
    }

    public MethodDefinition Method { get; }

    /// <summary>What stands for each parameter, those of the declaring type first.</summary>
    public IReadOnlyList<(GenericParameter Parameter, TypeReference Argument)> Bindings { get; }

    /// <summary>The method as a caller names it.</summary>
    public MethodReference Reference { get; }

    /// <summary>The arguments as messages name them: <c>T = float, U = int</c>.</summary>
    public string Display => string.Join(", ", Bindings.Select(binding => $"{binding.Parameter.Name} = {MethodNames.Short(binding.Argument)}"));

    /// <summary>The arguments alone.</summary>
    public string Arguments => string.Join(", ", Bindings.Select(binding => MethodNames.Short(binding.Argument)));

    /// <summary>The instance of a generic type, its definition where it is not generic.</summary>
    public static TypeReference TypeOf(TypeDefinition type, IReadOnlyList<TypeReference> arguments)
    {
        if (arguments.Count == 0)
        {
            return type;
        }

        var instance = new GenericInstanceType(type);
        arguments.ToList().ForEach(instance.GenericArguments.Add);
        return instance;
    }

    private static MethodReference MakeReference(MethodDefinition method, IReadOnlyList<TypeReference> typeArguments, IReadOnlyList<TypeReference> methodArguments)
    {
        var element = Closing.On(method, TypeOf(method.DeclaringType, typeArguments));
        if (methodArguments.Count == 0)
        {
            return element;
        }

        var instance = new GenericInstanceMethod(element);
        methodArguments.ToList().ForEach(instance.GenericArguments.Add);
        return instance;
    }

    /// <summary>A type of a signature or body of the method, with the arguments put in.</summary>
    public TypeReference Close(TypeReference type) => Signatures.Close(type, Reference);
}
