using System.Runtime.CompilerServices;

namespace GraphWeaver.Verification;

/// <summary>
/// How far apart a value of the original body and one of the woven body may be. Where the woven operators are exact, their bits must agree, but
/// any NaN is a NaN. Elsewhere, for an expected value e,
/// <c>|e - a| &lt;= u * (16 * ulps + reductions * n) * (|e| + m)</c>, or that many times the smallest subnormal number where that is more:
/// u is the unit roundoff (2^-24 or 2^-53; 2^-11 of a Half), ulps the sum of the operators' documented errors, reductions how many floating-point reductions there
/// are, n the most elements in one tensor, array or span of the call, m the largest finite magnitude in it. The first term is the forward
/// error of a chain of operators, each with its error in the table and conditioned no worse than 16; the second is the bound of a sum in
/// any order (Higham, Accuracy and Stability of Numerical Algorithms, section 4.2); m lets values cancel that are no larger than what goes in
/// and comes out.
/// </summary>
/// <param name="ulps">The sum of the inexact operators' errors, in units of the last place.</param>
/// <param name="reductions">How many floating-point reductions there are.</param>
/// <param name="isSingle">Whether one of either works on <see cref="float"/>: then <see cref="double"/> values come from it too.</param>
/// <param name="magnitudes">How large the numbers of the call are.</param>
internal sealed class Tolerance(double ulps, int reductions, bool isSingle, Magnitudes magnitudes)
{
    private const double Conditioning = 16;
    private const double HalfUnit = 1.0 / (1 << 11);
    private const double SmallestHalf = 1.0 / (1 << 24);
    private const double SingleUnit = 1.0 / (1 << 24);
    private const double DoubleUnit = SingleUnit / (1 << 29);

    private bool IsExact => ulps == 0 && reductions == 0;

    private double Factor => (Conditioning * ulps) + ((double)reductions * magnitudes.Count);

    internal bool Accepts<T>(T expected, T actual)
    {
        if (typeof(T) == typeof(float))
        {
            float left = Unsafe.As<T, float>(ref expected);
            float right = Unsafe.As<T, float>(ref actual);
            return BitConverter.SingleToInt32Bits(left) == BitConverter.SingleToInt32Bits(right) || Accepts(left, right, Of(expected));
        }

        if (typeof(T) == typeof(double))
        {
            double left = Unsafe.As<T, double>(ref expected);
            double right = Unsafe.As<T, double>(ref actual);
            return BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right) || Accepts(left, right, Of(expected));
        }

        if (typeof(T) == typeof(Half))
        {
            Half left = Unsafe.As<T, Half>(ref expected);
            Half right = Unsafe.As<T, Half>(ref actual);
            return BitConverter.HalfToInt16Bits(left) == BitConverter.HalfToInt16Bits(right) || Accepts((double)left, (double)right, Of(expected));
        }

        return EqualityComparer<T>.Default.Equals(expected, actual);
    }

    /// <summary>The distance allowed from a value; 0 where it must be met exactly.</summary>
    internal double Of<T>(T expected)
    {
        if (IsExact || (typeof(T) != typeof(float) && typeof(T) != typeof(double) && typeof(T) != typeof(Half)))
        {
            return 0;
        }

        (double value, double unit, double smallest) = typeof(T) == typeof(float) ? (Unsafe.As<T, float>(ref expected), SingleUnit, float.Epsilon)
            : typeof(T) == typeof(double) ? (Unsafe.As<T, double>(ref expected), isSingle ? SingleUnit : DoubleUnit, double.Epsilon)
            : ((double)Unsafe.As<T, Half>(ref expected), HalfUnit, SmallestHalf);
        return double.IsFinite(value) ? Factor * Math.Max(unit * (Math.Abs(value) + magnitudes.Largest), smallest) : 0;
    }

    private bool Accepts(double expected, double actual, double distance) =>
        (double.IsNaN(expected) && double.IsNaN(actual))
        || (!IsExact && (expected == actual || (double.IsFinite(expected) && double.IsFinite(actual) && Math.Abs(expected - actual) <= distance)));
}
