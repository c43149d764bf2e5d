using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Verifying;

/// <summary>
/// Decides whether both bodies of a method can be run and compared: whether everything it may write can be saved and put back by its static type,
/// and its result compared. Strategy: the signature says what is kept; then <see cref="EffectScan"/> reads the original body, in which every write must
/// stay within what is kept or made by the method itself, and every call must be known (<see cref="PurityAnalysis"/>). What is not known
/// is not verifiable. The body is only read.
/// </summary>
internal static class Verifiability
{
    /// <summary>What to keep around the two bodies of a method, or why they cannot be compared.</summary>
    /// <param name="original">The original body, as lifted.</param>
    /// <param name="woven">The function that is woven.</param>
    /// <param name="purity">Judges calls.</param>
    /// <param name="contractions">How many products the woven function rounds with sums.</param>
    public static (VerificationPlan? Plan, string? Obstacle) Of(Function original, Function woven, PurityAnalysis purity, int contractions)
    {
        var method = original.Method;
        var hasResult = !StackTypes.IsVoid(method.ReturnType);
        var result = hasResult ? ValueShape.Of(method.ReturnType) : null;
        if (ObstacleInSignature(method) is { } obstacle)
        {
            return (null, obstacle);
        }

        if (hasResult && result is null)
        {
            return (null, $"results of type {MethodNames.Short(method.ReturnType)} cannot be compared");
        }

        var scan = new EffectScan(original, purity);
        if (scan.Run() is { } effect)
        {
            return (null, effect);
        }

        var parameters = method.Parameters.Where(IsKept).Select(parameter => Keep(parameter)).ToList();
        return (new VerificationPlan([.. parameters, .. scan.Fields()], result, VerificationTolerance.Of(woven, contractions)), null);
    }

    /// <summary>Whether what a parameter holds is saved and compared.</summary>
    public static bool IsKept(ParameterDefinition parameter) =>
        Plain(parameter.ParameterType) is ByReferenceType reference ? ValueShape.Of(reference.ElementType) is not null
        : ValueShape.IsWritableSpan(parameter.ParameterType) || ValueShape.Of(parameter.ParameterType) is { HasContents: true };

    private static KeptPlace Keep(ParameterDefinition parameter)
    {
        var reference = Plain(parameter.ParameterType) as ByReferenceType;
        var type = reference?.ElementType ?? parameter.ParameterType;
        return new KeptPlace($"parameter '{parameter.Name}'", type, ValueShape.Of(type), parameter, null, IsAssigned: reference is not null && !parameter.IsIn);
    }

    private static string? ObstacleInSignature(MethodDefinition method)
    {
        if (method.IsConstructor)
        {
            return "it is a constructor";
        }

        if (method.HasGenericParameters || method.DeclaringType.HasGenericParameters)
        {
            return "it is generic";
        }

        if (RawMemory.IsUsed(method))
        {
            return "it uses pointers";
        }

        var odd = method.Parameters.FirstOrDefault(parameter => parameter.ParameterType.IsByReference && !IsKept(parameter));
        return odd is null ? null : $"what parameter '{odd.Name}' refers to cannot be compared";
    }

    /// <summary>A type without what only the signature's binary form knows, as the mark of an <c>in</c> parameter.</summary>
    private static TypeReference Plain(TypeReference type) => type is IModifierType modified ? modified.ElementType : type;
}
