using GraphWeaver.Compiler.Binding;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>
/// Which instantiations of a marked method are compiled apart: those with an element type that operators take among the arguments, or
/// a structure of the project's own that a constraint asks something of; and all of a method that has something executed in the build, which
/// only closed types allow. A library that never closes a method itself is given
/// <c>float</c> and <c>double</c>, or else <c>int</c> and <c>long</c>, where the parameter is a number or a tensor's element and the constraints
/// take them.
/// </summary>
internal sealed class Selection
{
    private const int MostPerMethod = 12;

    public Selection(MethodDefinition method, Instantiations instantiations)
    {
        var seen = instantiations.Of(method);
        Chosen = [.. (seen.Count > 0 ? seen : Usual(method)).Where(IsWorthwhile).Take(MostPerMethod)];
        Others = [.. seen.Except(Chosen)];
        IsComplete = seen.Count > 0 && Others.Count == 0 && !IsVisible(method);
    }

    /// <summary>What is compiled apart.</summary>
    public IReadOnlyList<Instantiation> Chosen { get; }

    /// <summary>What the project uses besides.</summary>
    public IReadOnlyList<Instantiation> Others { get; }

    /// <summary>Whether nothing else can come, reflection aside.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether a method has type arguments to be compiled for. An interface's may vary, so that a test of them would not tell.</summary>
    public static bool IsGeneric(MethodDefinition method) => method.DeclaringType.HasGenericParameters ? !method.DeclaringType.IsInterface : method.HasGenericParameters;

    /// <summary>Whether an argument is a type that operators take.</summary>
    public static bool HasElement(Instantiation instantiation) => instantiation.Bindings.Any(binding => ElementTypes.From(binding.Argument) is not (null or ElementType.Boolean));

    private static IEnumerable<Instantiation> Usual(MethodDefinition method)
    {
        var parameters = method.DeclaringType.GenericParameters.Concat(method.GenericParameters).ToList();
        if (parameters.Count != 1 || !(IsNumber(parameters[0]) || IsElement(parameters[0], method)))
        {
            return [];
        }

        var types = method.Module.TypeSystem;
        TypeReference[][] usual = [[types.Single, types.Double], [types.Int32, types.Int64]];
        return usual
            .Select(group => group
                .Select(type => method.HasGenericParameters ? new Instantiation(method, [], [type]) : new Instantiation(method, [type], []))
                .Where(instantiation => Admits(parameters[0], instantiation)).ToList())
            .FirstOrDefault(admitted => admitted.Count > 0) ?? [];
    }

    private static bool IsNumber(GenericParameter parameter) => parameter.Constraints.Any(constraint => constraint.ConstraintType.Namespace == "System.Numerics");

    private static bool IsElement(GenericParameter parameter, MethodDefinition method) =>
        method.Parameters.Select(own => own.ParameterType).Append(method.ReturnType).Any(type => TensorTypes.IsTensor(type) && IsOf(type));

    private static bool IsOf(TypeReference type) => type is GenericInstanceType generic ? generic.GenericArguments.Any(argument => argument.IsGenericParameter) : type is TypeSpecification specification && IsOf(specification.ElementType);

    private static bool Admits(GenericParameter parameter, Instantiation instantiation)
    {
        var type = instantiation.Bindings[0].Argument;
        var interfaces = type.Resolve()?.Interfaces.Select(implemented => implemented.InterfaceType.FullName).ToList() ?? [];
        return !parameter.HasReferenceTypeConstraint && parameter.Constraints.Select(constraint => StackTypes.Underlying(constraint.ConstraintType))
            .All(constraint => constraint.FullName == "System.ValueType" || interfaces.Contains(instantiation.Close(constraint).FullName));
    }

    private static bool IsWorthwhile(Instantiation instantiation) =>
        (HasElement(instantiation) || AtBuildCall.Places(instantiation.Method).Any() || instantiation.Bindings.Any(binding => IsOwnStructure(binding.Parameter, binding.Argument)))
        && instantiation.Bindings.All(binding => IsAccessible(binding.Argument, instantiation.Method.DeclaringType));

    private static bool IsOwnStructure(GenericParameter parameter, TypeReference argument) =>
        argument.IsValueType && argument.GetElementType().Scope is ModuleDefinition
        && parameter.Constraints.Any(constraint => StackTypes.Underlying(constraint.ConstraintType).FullName != "System.ValueType");

    /// <summary>Whether code of <paramref name="place"/> may name a type: a caller may use a method with what only the caller sees.</summary>
    private static bool IsAccessible(TypeReference type, TypeDefinition place)
    {
        switch (type)
        {
            case GenericInstanceType generic:
                return IsAccessible(generic.ElementType, place) && generic.GenericArguments.All(argument => IsAccessible(argument, place));
            case FunctionPointerType:
                return false;
            case TypeSpecification specification:
                return IsAccessible(specification.ElementType, place);
        }

        if (type.Resolve() is not { } definition)
        {
            return false;
        }

        var isOwn = definition.Module == place.Module;
        return definition.DeclaringType is { } outer
            ? IsAccessible(outer, place) && (definition.IsNestedPublic || (isOwn && (definition.IsNestedAssembly || definition.IsNestedFamilyOrAssembly || IsWithin(place, outer))))
            : definition.IsPublic || isOwn;
    }

    private static bool IsWithin(TypeDefinition place, TypeDefinition outer)
    {
        for (var type = place; type is not null; type = type.DeclaringType)
        {
            if (type == outer)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsVisible(MethodDefinition method)
    {
        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (!(type.IsPublic || type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly))
            {
                return false;
            }
        }

        return method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly || method.IsVirtual;
    }
}
