using System.Numerics;

namespace GraphWeaver.Compiler.Binding;

/// <summary>An exact fraction: many small parts must add up to one.</summary>
internal readonly struct Fraction
{
    private readonly BigInteger numerator;
    private readonly BigInteger denominator;

    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        this.numerator = numerator / divisor;
        this.denominator = denominator / divisor;
    }

    public static Fraction Zero => new(0, 1);

    public static Fraction One => new(1, 1);

    public bool IsOne => numerator == denominator;

    public bool IsZero => numerator.IsZero;

    public static Fraction operator +(Fraction left, Fraction right) =>
        new((left.numerator * right.denominator) + (right.numerator * left.denominator), left.denominator * right.denominator);

    public static Fraction operator -(Fraction left, Fraction right) =>
        new((left.numerator * right.denominator) - (right.numerator * left.denominator), left.denominator * right.denominator);

    public static Fraction operator *(Fraction left, Fraction right) => new(left.numerator * right.numerator, left.denominator * right.denominator);
}
