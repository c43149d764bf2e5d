using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Verifying;

/// <summary>What is saved, put back and compared around the two bodies, and how exactly.</summary>
internal sealed record VerificationPlan(IReadOnlyList<KeptPlace> Places, ValueShape? Result, VerificationTolerance Tolerance);

/// <summary>A parameter, or a field of <c>this</c>, whose value or contents both bodies may write.</summary>
/// <param name="Name">What differences are reported under.</param>
/// <param name="Type">The type of the value, without <c>ref</c>.</param>
/// <param name="Shape">The shape of the value; null for a span.</param>
/// <param name="Parameter">The parameter, or null for a field.</param>
/// <param name="Field">The field, or null for a parameter.</param>
/// <param name="IsAssigned">Whether the value itself is put back, and not only its contents.</param>
internal sealed record KeptPlace(string Name, TypeReference Type, ValueShape? Shape, ParameterDefinition? Parameter, FieldReference? Field, bool IsAssigned);

/// <summary>
/// The constants of the tolerance that <c>GraphWeaver.Verification.Tolerance</c> computes, from the operator rows of everything a kernel of the
/// method may hold.
/// </summary>
/// <param name="Ulps">The sum of the errors of the inexact operators.</param>
/// <param name="Reductions">How many floating-point reductions depend on the order of summation.</param>
/// <param name="IsSingle">Whether one of either works on <c>float</c>.</param>
internal sealed record VerificationTolerance(double Ulps, int Reductions, bool IsSingle)
{
    /// <summary>Reads the function as fused: the original instructions behind each guard name the kernel's operators.</summary>
    /// <param name="contractions">How many products are rounded with the sums they go into: each is a rounding less.</param>
    public static VerificationTolerance Of(Function function, int contractions)
    {
        var tolerance = new VerificationTolerance(contractions, 0, false);
        foreach (var match in function.Instructions.Where(instruction => instruction.IsCall).Select(call => OperatorTable.Find(call.Method!)).OfType<OperatorMatch>())
        {
            var isSum = match.Row.IsSum && match.ElementType != ElementType.Half;
            if (match.ElementType.IsFloatingPoint() && (isSum || match.Row.Ulps > 0 || contractions > 0))
            {
                tolerance = new VerificationTolerance(
                    tolerance.Ulps + match.Row.Ulps,
                    tolerance.Reductions + (isSum ? 1 : 0),
                    tolerance.IsSingle || match.ElementType == ElementType.Single);
            }
        }

        return tolerance;
    }
}
