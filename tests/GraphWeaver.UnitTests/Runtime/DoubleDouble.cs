namespace GraphWeaver.UnitTests.Runtime;

/// <summary>
/// An unevaluated sum of two doubles, some 32 digits (Dekker, 1971): the reference against which functions of double are measured.
/// Ranges are those of the tests: nothing overflows.
/// </summary>
internal readonly partial record struct DoubleDouble(double High, double Low)
{
    private static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    private static readonly DoubleDouble TwoOverSqrtPi = new(1.1283791670955126, 1.533545961316588e-17);
    private static readonly DoubleDouble SqrtHalf = new(0.7071067811865476, -4.833646656726457e-17);

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator +(DoubleDouble x, DoubleDouble y)
    {
        double sum = x.High + y.High;
        double part = sum - x.High;
        double error = (x.High - (sum - part)) + (y.High - part);
        return Normalise(sum, error + x.Low + y.Low);
    }

    public static DoubleDouble operator -(DoubleDouble x) => new(-x.High, -x.Low);

    public static DoubleDouble operator -(DoubleDouble x, DoubleDouble y) => x + -y;

    public static DoubleDouble operator *(DoubleDouble x, DoubleDouble y)
    {
        double product = x.High * y.High;
        double error = Math.FusedMultiplyAdd(x.High, y.High, -product);
        return Normalise(product, error + (x.High * y.Low) + (x.Low * y.High));
    }

    public static DoubleDouble operator /(DoubleDouble x, DoubleDouble y)
    {
        double first = x.High / y.High;
        DoubleDouble rest = x - (y * first);
        double second = rest.High / y.High;
        rest -= y * second;
        return (DoubleDouble)first + second + (rest.High / y.High);
    }

    /// <summary>eˣ - 1, relatively accurate: Taylor's series after halving x until it is small, then (1 + t)² - 1 = t (t + 2) back up.</summary>
    public static DoubleDouble ExpMinusOne(DoubleDouble x)
    {
        int halvings = 0;
        while (Math.Abs(x.High) > 0.01)
        {
            x = new(x.High / 2, x.Low / 2);
            halvings++;
        }

        DoubleDouble sum = 0;
        for (int i = 15; i >= 1; i--)
        {
            sum = (sum + 1) * x / i;
        }

        for (; halvings > 0; halvings--)
        {
            sum *= sum + 2;
        }

        return sum;
    }

    /// <summary>eˣ.</summary>
    public static DoubleDouble Exp(DoubleDouble x)
    {
        double n = Math.Round(x.High / Ln2.High);
        DoubleDouble result = ExpMinusOne(x - (Ln2 * n)) + 1;
        return new(Math.ScaleB(result.High, (int)n), Math.ScaleB(result.Low, (int)n));
    }

    /// <summary>ln x: one Newton step on the logarithm in double.</summary>
    public static DoubleDouble Log(double x)
    {
        int exponent = Math.ILogB(x);
        double significand = Math.ScaleB(x, -exponent);
        double estimate = Math.Log(significand);
        DoubleDouble logarithm = estimate + ((significand * Exp(-estimate)) - 1);
        return logarithm + (Ln2 * exponent);
    }

    /// <summary>tanh x.</summary>
    public static DoubleDouble Tanh(double x)
    {
        DoubleDouble t = ExpMinusOne(2 * x);
        return t / (t + 2);
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static DoubleDouble Sigmoid(double x)
    {
        DoubleDouble z = Exp(-Math.Abs(x));
        return (x < 0 ? z : (DoubleDouble)1) / (z + 1);
    }

    /// <summary>erf x = 2/√π e^-x² (x + 2 x³/3 + 4 x⁵/15 + ...) (Abramowitz and Stegun, 7.1.6), whose terms have one sign.</summary>
    public static DoubleDouble Erf(DoubleDouble x)
    {
        DoubleDouble square = x * x;
        DoubleDouble term = x;
        DoubleDouble sum = 0;
        for (int n = 1; Math.Abs(term.High) > Math.Abs(sum.High) * 1e-33; n++)
        {
            sum += term;
            term = term * (square * 2) / ((2 * n) + 1);
        }

        return TwoOverSqrtPi * Exp(-square) * sum;
    }

    /// <summary>½ x (1 + erf(x / √2)).</summary>
    public static DoubleDouble Gelu(double x) => new DoubleDouble(x / 2, 0) * (Erf(SqrtHalf * x) + 1);

    private static DoubleDouble Normalise(double high, double low)
    {
        double sum = high + low;
        return new(sum, low - (sum - high));
    }
}
