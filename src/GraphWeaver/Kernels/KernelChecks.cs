using System.ComponentModel;
using System.Numerics;

namespace GraphWeaver.Kernels;

/// <summary>
/// Run on a tile before an operator that eager lets throw: false makes the kernel give up, and the original instructions throw what they
/// throw. Each is allowed to say false too often, never too rarely. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelChecks
{
    /// <summary>Whether no divisor is zero, and no smallest value meets -1.</summary>
    public static bool CanDivide<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        !y.Contains(T.Zero) && (!Overflows<T>() || !y.Contains(-T.One) || !x.Contains(T.MinValue));

    /// <summary>Whether the divisor is not zero, and not -1 beside a smallest value.</summary>
    public static bool CanDivide<T>(ReadOnlySpan<T> x, T y)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        !T.IsZero(y) && (!Overflows<T>() || y != -T.One || !x.Contains(T.MinValue));

    /// <summary>Whether no divisor is zero, nor -1 under the smallest value.</summary>
    public static bool CanDivide<T>(T x, ReadOnlySpan<T> y)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        !y.Contains(T.Zero) && (!Overflows<T>() || x != T.MinValue || !y.Contains(-T.One));

    /// <summary>Whether every value has a negative of its type.</summary>
    public static bool CanNegate<T>(ReadOnlySpan<T> x)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        !x.Contains(T.MinValue);

    /// <summary>Whether every magnitude can be given either sign.</summary>
    public static bool CanCopySign<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        CanNegate(x);

    /// <summary>Whether every magnitude can be given either sign.</summary>
    public static bool CanCopySign<T>(ReadOnlySpan<T> x, T y)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        CanNegate(x);

    /// <summary>Whether the way of rounding is one.</summary>
    public static bool CanRoundBy<T>(ReadOnlySpan<T> x, int mode) => mode is >= 0 and <= (int)MidpointRounding.ToPositiveInfinity;

    /// <summary>Whether the number of decimal digits is one that rounding takes, and the way of rounding is one.</summary>
    public static bool CanRoundBy<T>(ReadOnlySpan<T> x, int digits, int mode) => CanRound(x, digits) && CanRoundBy(x, mode);

    /// <summary>Whether every value fits the other type; every one fits a floating-point type, as infinity at worst.</summary>
    public static bool CanConvert<TFrom, TTo>(ReadOnlySpan<TFrom> x)
        where TFrom : INumber<TFrom>
        where TTo : INumber<TTo>, IMinMaxValue<TTo>
    {
        if (TTo.CreateTruncating(0.5) != TTo.Zero)
        {
            return true;
        }

        if (TFrom.CreateTruncating(0.5) != TFrom.Zero)
        {
            // The largest value plus one is a power of two, which a double holds.
            double above = double.CreateChecked((TTo.MaxValue / TTo.CreateChecked(2)) + TTo.One) * 2;
            double least = double.CreateChecked(TTo.MinValue);
            foreach (TFrom value in x)
            {
                double number = double.CreateTruncating(value);
                if (!(number >= least && number < above))
                {
                    return false;
                }
            }

            return true;
        }

        foreach (TFrom value in x)
        {
            TTo converted = TTo.CreateTruncating(value);
            if (TFrom.CreateTruncating(converted) != value || TTo.IsNegative(converted) != TFrom.IsNegative(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the number of decimal digits is one that rounding takes: 0 to 6 for float and Half, 0 to 15 for double.</summary>
    public static bool CanRound<T>(ReadOnlySpan<T> x, int digits) => digits >= 0 && digits <= (typeof(T) == typeof(double) ? 15 : 6);

    // Shorter types divide as int, where the quotient fits, and wrap; unsigned ones have no -1.
    private static bool Overflows<T>() => typeof(T) == typeof(int) || typeof(T) == typeof(long);
}
