using System.Runtime.Intrinsics;
using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>The functions of two arguments: every pair of special values as the scalar functions have them, and ordinary pairs against the exact value.</summary>
public sealed class PowerFunctionTests
{
    private static readonly double[] special =
    [
        0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 2.5, -2.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e-30, -1e-30, 1e30, -1e30,
        1e308, -1e308, 3e38, -3e38, 1e-45, -1e-45, 5e-324, 1e-310, 0.9999, 1.0001, 16_777_217, 4_503_599_627_370_497, -1e-320,
    ];

    public static IEnumerable<object[]> Functions =>
        from name in new[] { "Pow", "Atan2", "Atan2Pi", "Hypot" }
        from width in new[] { 128, 256, 512 }
        select new object[] { name, width };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Special_pairs_are_those_of_the_scalar_functions(string name, int width)
    {
        (double X, double Y)[] pairs = [.. special.SelectMany(_ => special, (x, y) => (x, y))];
        foreach ((double x, double y) in pairs)
        {
            AssertNear(Scalar(name, x, y), Apply(name, width, x, y), x, y, Math.BitIncrement);
            AssertNear(Scalar(name, (float)x, (float)y), Apply(name, width, (float)x, (float)y), x, y, value => MathF.BitIncrement((float)value));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_are_within_two_units_of_the_exact_value(string name, int width)
    {
        var random = new Random(20_261_125);
        for (int i = 0; i < 4_000; i++)
        {
            double x = Math.ScaleB(1 + random.NextDouble(), random.Next(i % 2 == 0 ? -3 : -100, i % 2 == 0 ? 3 : 100));
            double y = name == "Pow" ? (i % 4 < 2 ? 1020 : 120) * ((2 * random.NextDouble()) - 1) / Math.Max(1e-3, Math.Abs(Math.Log2(x))) : random.NextDouble() * Math.ScaleB(x, random.Next(-20, 20));
            y = i % 3 == 0 ? -y : y;
            double exact = DoubleDouble.Of(name, x, y)!.Value.High;
            Assert.InRange(Math.Abs((Apply(name, width, x, y) - DoubleDouble.Of(name, x, y)!.Value).High), 0, 2 * (Math.BitIncrement(Math.Abs(exact)) - Math.Abs(exact)));
            float single = Apply(name, width, (float)x, (float)y);
            double exactSingle = DoubleDouble.Of(name, (float)x, (float)y)!.Value.High;
            float nearest = MathF.Abs((float)exactSingle);
            Assert.True(float.IsInfinity(nearest) ? float.IsInfinity(single) : Math.Abs(single - exactSingle) <= 2 * ((double)MathF.BitIncrement(nearest) - nearest), $"{name}({x}, {y}) is {single}, not {exactSingle}");
        }
    }

    private static void AssertNear(double expected, double actual, double x, double y, Func<double, double> next)
    {
        bool isSame = double.IsNaN(expected) ? double.IsNaN(actual) : expected.Equals(actual) && double.IsNegative(expected) == double.IsNegative(actual);
        double magnitude = Math.Abs(expected);
        bool isNear = double.IsFinite(expected) && expected != 0 && double.IsNegative(expected) == double.IsNegative(actual)
            && Math.Abs(expected - actual) <= 2 * Math.Max(magnitude - -next(-magnitude), double.IsFinite(next(magnitude)) ? next(magnitude) - magnitude : 0);
        Assert.True(isSame || isNear, $"f({x:R}, {y:R}) is {actual:R}, not {expected:R}");
    }

    private static double Scalar(string name, double x, double y) => name switch
    {
        "Pow" => Math.Pow(x, y), "Atan2" => Math.Atan2(x, y), "Atan2Pi" => double.Atan2Pi(x, y), _ => double.Hypot(x, y),
    };

    private static float Scalar(string name, float x, float y) => name switch
    {
        "Pow" => MathF.Pow(x, y), "Atan2" => MathF.Atan2(x, y), "Atan2Pi" => float.Atan2Pi(x, y), _ => float.Hypot(x, y),
    };

    private static T Apply<T>(string name, int width, T x, T y) => width switch
    {
        512 => Apply(name, Vector512.Create(x), Vector512.Create(y))[0],
        256 => Apply(name, Vector256.Create(x), Vector256.Create(y))[0],
        _ => Apply(name, Vector128.Create(x), Vector128.Create(y))[0],
    };

    private static TVector Apply<TVector>(string name, TVector x, TVector y) =>
        typeof(VectorMath).GetMethod(name, [typeof(TVector), typeof(TVector)])!.CreateDelegate<Func<TVector, TVector, TVector>>()(x, y);
}
