namespace GraphWeaver.UnitTests.Runtime;

/// <summary>
/// The circular functions, their inverses and the logarithms: Taylor's series after an exact reduction, and one Newton step from the function of double,
/// which doubles its digits.
/// </summary>
internal readonly partial record struct DoubleDouble
{
    private static readonly DoubleDouble Ln10 = new(2.302585092994046, -2.1707562233822494e-16);
    private static readonly DoubleDouble Pi = new(3.141592653589793, 1.2246467991473532e-16);

    /// <summary>The square root.</summary>
    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        double estimate = Math.Sqrt(x.High);
        return x.High == 0 ? 0 : (((DoubleDouble)estimate) + (x / estimate)) * 0.5;
    }

    /// <summary>sin(q π/2 + r), |r| ≤ 1.</summary>
    public static DoubleDouble Sine(double quadrant, DoubleDouble r)
    {
        double place = quadrant - (4 * Math.Floor(quadrant / 4));
        DoubleDouble square = r * r;
        DoubleDouble sum = 1;
        for (int i = place % 2 == 0 ? 29 : 28; i >= 2; i -= 2)
        {
            sum = 1 - (sum * square / (i * (i - 1.0)));
        }

        DoubleDouble value = place % 2 == 0 ? sum * r : sum;
        return place >= 2 ? -value : value;
    }

    /// <summary>sin(x + quarterTurns π/2), for |x| up to 10⁹.</summary>
    public static DoubleDouble Sine(double x, int quarterTurns)
    {
        double n = Math.Round(x * (2 / Math.PI));
        DoubleDouble r = x - (n * (DoubleDouble)1.5707963267948966) - (n * (DoubleDouble)6.123233995736766e-17) - (n * (DoubleDouble)(-1.4973849048591698e-33));
        return Sine(n + quarterTurns, r);
    }

    /// <summary>sin(π x + quarterTurns π/2).</summary>
    public static DoubleDouble SinePi(double x, int quarterTurns)
    {
        double turn = Math.IEEERemainder(x, 2);
        double n = Math.Round(2 * turn);
        return Sine(n + quarterTurns, Pi * (turn - (n / 2)));
    }

    /// <summary>ln x.</summary>
    public static DoubleDouble Log(DoubleDouble x)
    {
        double estimate = Math.Log(x.High);
        return estimate + ((x * Exp(-estimate)) - 1);
    }

    /// <summary>ln(1 + x).</summary>
    public static DoubleDouble LogOnePlus(DoubleDouble x) =>
        Math.Abs(x.High) < 1e-6 ? x * (1 - (x * (0.5 - (x * (((DoubleDouble)1 / 3) - (x * (0.25 - (x * ((DoubleDouble)1 / 5))))))))) : Log(1 + x);

    /// <summary>The angle of the point (y, x): tan of what is missing to the estimate is a quotient without cancellation.</summary>
    public static DoubleDouble Angle(DoubleDouble y, DoubleDouble x)
    {
        double estimate = Math.Atan2(y.High, x.High);
        DoubleDouble sine = Sine(estimate, 0);
        DoubleDouble cosine = Sine(estimate, 1);
        return estimate + (((y * cosine) - (x * sine)) / ((x * cosine) + (y * sine)));
    }

    /// <summary>The exact value of a function of one argument, known by the name of its row; null for other rows and arguments out of range.</summary>
    public static DoubleDouble? Of(string name, double x) => !double.IsFinite(x) ? null : name switch
    {
        "Exp" => Exp(x),
        "Log" => Log(x),
        "Tanh" => Tanh(x),
        "Sigmoid" => Sigmoid(x),
        "ExpM1" => ExpMinusOne(x),
        "Exp2" => Exp(Ln2 * x),
        "Exp2M1" => ExpMinusOne(Ln2 * x),
        "Exp10" => Exp(Ln10 * x),
        "Exp10M1" => ExpMinusOne(Ln10 * x),
        "Sinh" => HalfOfSum(x, -ExpMinusOne(-x)),
        "Cosh" => HalfOfSum(x, ExpMinusOne(-x)) + 1,
        "Sin" => Sine(x, 0),
        "Cos" => Sine(x, 1),
        "Tan" => Sine(x, 0) / Sine(x, 1),
        "SinPi" => SinePi(x, 0),
        "CosPi" => SinePi(x, 1),
        "TanPi" => SinePi(x, 0) / SinePi(x, 1),
        "Log2" => Log(x) / Ln2,
        "Log10" => Log(x) / Ln10,
        "LogP1" => LogOnePlus(x),
        "Log2P1" => LogOnePlus(x) / Ln2,
        "Log10P1" => LogOnePlus(x) / Ln10,
        "Atan" => Angle(x, 1),
        "AtanPi" => Angle(x, 1) / Pi,
        "Asin" => Angle(x, Sqrt((1 - (DoubleDouble)x) * (1 + (DoubleDouble)x))),
        "AsinPi" => Angle(x, Sqrt((1 - (DoubleDouble)x) * (1 + (DoubleDouble)x))) / Pi,
        "Acos" => Angle(Sqrt((1 - (DoubleDouble)x) * (1 + (DoubleDouble)x)), x),
        "AcosPi" => Angle(Sqrt((1 - (DoubleDouble)x) * (1 + (DoubleDouble)x)), x) / Pi,
        "Asinh" => x < 0 ? -Asinh(-x) : Asinh(x),
        "Acosh" => x < 1 ? null : x > 1e100 ? Log(x) + Ln2 : LogOnePlus(((DoubleDouble)x - 1) + Sqrt(((DoubleDouble)x - 1) * ((DoubleDouble)x + 1))),
        "Atanh" => Math.Abs(x) >= 1 ? null : x < 0 ? -Atanh(-x) : Atanh(x),
        "Cbrt" => CubeRoot(x),
        _ => null,
    };

    /// <summary>The exact value of a function of two arguments, as <see cref="Of(string, double)"/> has those of one.</summary>
    public static DoubleDouble? Of(string name, double x, double y) => !double.IsFinite(x) || !double.IsFinite(y) ? null : name switch
    {
        "Pow" => Math.Abs(x) > 0 ? Power(x, y) : null,
        "Atan2" => Angle(x, y),
        "Atan2Pi" => Angle(x, y) / Pi,
        "Hypot" => Sqrt((x * (DoubleDouble)x) + (y * (DoubleDouble)y)),
        _ => null,
    };

    private static DoubleDouble Power(double x, double y)
    {
        DoubleDouble power = Exp(Log(Math.Abs(x)) * y);
        return x < 0 && y % 2 != 0 ? -power : power;
    }

    private static DoubleDouble Asinh(DoubleDouble x) => x.High > 1e100 ? Log(x) + Ln2 : LogOnePlus(x + (x * x / (1 + Sqrt(1 + (x * x)))));

    private static DoubleDouble Atanh(DoubleDouble x) => LogOnePlus(2 * x / (1 - x)) * 0.5;

    private static DoubleDouble CubeRoot(double x)
    {
        double estimate = Math.Cbrt(x);
        DoubleDouble square = estimate * (DoubleDouble)estimate;
        return x == 0 ? x : estimate + ((x - (square * estimate)) / (square * 3));
    }

    private static DoubleDouble HalfOfSum(double x, DoubleDouble other) => (ExpMinusOne(x) + other) * 0.5;
}
