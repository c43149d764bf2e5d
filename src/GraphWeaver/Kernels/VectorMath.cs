using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

/// <summary>
/// Elementary functions on vectors, for generated kernels. .NET has some of them, but their implementations are not inlined and reach full
/// speed only after climbing the tiers of the just-in-time compiler; these are inlined whole. The same argument gives the same bits at every width on one
/// machine. Errors are stated in units in the last place of the exact result, for arguments of the whole range.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorMath
{
    /// <summary>eˣ, the exponential function; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Exponential.Evaluate(new Single512(x)).Value;

    /// <summary>eˣ, the exponential function; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x) => Exponential.Evaluate(new Double512(x)).Value;

    /// <summary>eˣ, the exponential function; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => Exponential.Evaluate(new Single256(x)).Value;

    /// <summary>eˣ, the exponential function; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x) => Exponential.Evaluate(new Double256(x)).Value;

    /// <summary>eˣ, the exponential function; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x) => Exponential.Evaluate(new Single128(x)).Value;

    /// <summary>eˣ, the exponential function; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Exp(Vector128<double> x) => Exponential.Evaluate(new Double128(x)).Value;

    /// <summary>The natural logarithm; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => Logarithm.Evaluate(new Single512(x)).Value;

    /// <summary>The natural logarithm; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x) => Logarithm.Evaluate(new Double512(x)).Value;

    /// <summary>The natural logarithm; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x) => Logarithm.Evaluate(new Single256(x)).Value;

    /// <summary>The natural logarithm; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x) => Logarithm.Evaluate(new Double256(x)).Value;

    /// <summary>The natural logarithm; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x) => Logarithm.Evaluate(new Single128(x)).Value;

    /// <summary>The natural logarithm; within 1 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Log(Vector128<double> x) => Logarithm.Evaluate(new Double128(x)).Value;

    /// <summary>The hyperbolic tangent; within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => HyperbolicTangent.Evaluate(new Single512(x)).Value;

    /// <summary>The hyperbolic tangent; within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x) => HyperbolicTangent.Evaluate(new Double512(x)).Value;

    /// <summary>The hyperbolic tangent; within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) => HyperbolicTangent.Evaluate(new Single256(x)).Value;

    /// <summary>The hyperbolic tangent; within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Tanh(Vector256<double> x) => HyperbolicTangent.Evaluate(new Double256(x)).Value;

    /// <summary>The hyperbolic tangent; within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x) => HyperbolicTangent.Evaluate(new Single128(x)).Value;

    /// <summary>The hyperbolic tangent; within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Tanh(Vector128<double> x) => HyperbolicTangent.Evaluate(new Double128(x)).Value;

    /// <summary>The logistic function 1 / (1 + e⁻ˣ); within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => LogisticFunction.Evaluate(new Single512(x)).Value;

    /// <summary>The logistic function 1 / (1 + e⁻ˣ); within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigmoid(Vector512<double> x) => LogisticFunction.Evaluate(new Double512(x)).Value;

    /// <summary>The logistic function 1 / (1 + e⁻ˣ); within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => LogisticFunction.Evaluate(new Single256(x)).Value;

    /// <summary>The logistic function 1 / (1 + e⁻ˣ); within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sigmoid(Vector256<double> x) => LogisticFunction.Evaluate(new Double256(x)).Value;

    /// <summary>The logistic function 1 / (1 + e⁻ˣ); within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x) => LogisticFunction.Evaluate(new Single128(x)).Value;

    /// <summary>The logistic function 1 / (1 + e⁻ˣ); within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sigmoid(Vector128<double> x) => LogisticFunction.Evaluate(new Double128(x)).Value;
}
