using System.Collections.Concurrent;
using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>
/// Accuracy and special values of <see cref="VectorMath"/>. Run them also under DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and
/// DOTNET_EnableHWIntrinsic=0, where other instructions are chosen.
/// </summary>
public class VectorMathTests
{
    // The exact values of DoublePoints, which are the same at each width.
    private static readonly ConcurrentDictionary<string, DoubleDouble[]> ExactValues = new();

    public static IEnumerable<object[]> Functions =>
        from name in new[] { "Exp", "Log", "Tanh", "Sigmoid", "Erf", "Gelu" }
        from width in new[] { 128, 256, 512 }
        select new object[] { name, width };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_of_float_are_within_their_bound_of_the_exact_value(string name, int width)
    {
        VectorFunction function = VectorFunction.Get(name);
        float[] x = SinglePoints(name);
        float[] y = function.Apply(width, x);

        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            DoubleDouble exact = InDouble(name, x[i]);
            double unit = name == "Gelu" && x[i] < 0 ? UnitOfNegativeGelu(Ulp(1f), x[i], Ulp((float)exact.High)) : Ulp((float)exact.High);
            double error = Math.Abs(y[i] - exact.High) / unit;
            worst = Math.Max(worst, double.IsNaN(error) ? double.PositiveInfinity : error);
        }

        Assert.InRange(worst, 0.4, Bound(name));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_of_double_are_within_their_bound_of_the_exact_value(string name, int width)
    {
        VectorFunction function = VectorFunction.Get(name);
        double[] x = DoublePoints(name);
        double[] y = function.Apply(width, x);
        DoubleDouble[] exactValues = ExactValues.GetOrAdd(name, _ => [.. x.Select(function.Exact)]);

        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            DoubleDouble exact = exactValues[i];
            double unit = Math.BitIncrement(Math.Abs(exact.High)) - Math.Abs(exact.High);
            double error = Math.Abs(y[i] - exact.High - exact.Low) / (name == "Gelu" && x[i] < 0 ? UnitOfNegativeGelu(Math.BitIncrement(1.0) - 1, x[i], unit) : unit);
            worst = Math.Max(worst, double.IsNaN(error) ? double.PositiveInfinity : error);
        }

        Assert.InRange(worst, 0.4, Bound(name));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Special_values_of_float_are_those_of_the_scalar_function(string name, int width)
    {
        float[] x =
        [
            float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, 1f, float.MaxValue, -float.MaxValue, -float.Epsilon,
            -1f, 1000f, -1000f, 128f, -128f, -200f, 200f,
        ];
        float[] y = VectorFunction.Get(name).Apply(width, x);

        for (int i = 0; i < x.Length; i++)
        {
            float expected = name switch
            {
                "Exp" => MathF.Exp(x[i]),
                "Log" => MathF.Log(x[i]),
                "Tanh" => MathF.Tanh(x[i]),
                "Erf" => (float)Erf(x[i]),
                "Gelu" => (float)Gelu(x[i]),
                _ => (float)(1 / (1 + Math.Exp(-x[i]))),
            };
            AssertClose(expected, y[i], x[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Special_values_of_double_are_those_of_the_scalar_function(string name, int width)
    {
        double[] x =
        [
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, 1.0, double.MaxValue, -double.MaxValue, -double.Epsilon,
            -1.0, 10000.0, -10000.0, 1024.0, -1024.0, -1.0e-310, 30.0,
        ];
        double[] y = VectorFunction.Get(name).Apply(width, x);

        for (int i = 0; i < x.Length; i++)
        {
            double expected = name switch
            {
                "Exp" => Math.Exp(x[i]),
                "Log" => Math.Log(x[i]),
                "Tanh" => Math.Tanh(x[i]),
                "Erf" => Erf(x[i]),
                "Gelu" => Gelu(x[i]),
                _ => 1 / (1 + Math.Exp(-x[i])),
            };
            AssertClose(expected, y[i], x[i]);
        }
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Results_at_the_edge_of_the_range_are_subnormal_or_infinite_where_the_exact_ones_are(int width)
    {
        float[] single = Spread(16, i => (float)(-103.97 + (0.4 * i)));
        double[] real = [.. Enumerable.Range(0, 16).Select(i => -745.13 + (2.4 * i))];
        float[] singles = VectorFunction.Get("Exp").Apply(width, single);
        double[] doubles = VectorFunction.Get("Exp").Apply(width, real);
        for (int i = 0; i < 16; i++)
        {
            Assert.InRange(Math.Abs(singles[i] - Math.Exp(single[i])), 0, 1.01 * float.Epsilon);
            Assert.InRange(Math.Abs(doubles[i] - Math.Exp(real[i])), 0, double.Epsilon);
            Assert.True(singles[i] > 0 && doubles[i] > 0);
        }

        float[] overflow = Spread(16, i => i % 2 == 0 ? 88.72283f : 88.7229f);
        float[] atEdge = VectorFunction.Get("Exp").Apply(width, overflow);
        Assert.True(float.IsFinite(atEdge[0]) && float.IsPositiveInfinity(atEdge[1]));
        double[] doubleEdge = VectorFunction.Get("Exp").Apply(width, [.. overflow.Select((_, i) => i % 2 == 0 ? 709.782712893384 : 709.7827128933841)]);
        Assert.True(double.IsFinite(doubleEdge[0]) && double.IsPositiveInfinity(doubleEdge[1]));
    }

    [Theory]
    [InlineData("Exp")]
    [InlineData("Log")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("Erf")]
    [InlineData("Gelu")]
    public void All_widths_give_the_same_bits(string name)
    {
        VectorFunction function = VectorFunction.Get(name);
        float[] single = SinglePoints(name);
        double[] real = DoublePoints(name);
        foreach (int width in new[] { 128, 256 })
        {
            Assert.Equal(function.Apply(512, single), function.Apply(width, single));
            Assert.Equal(function.Apply(512, real), function.Apply(width, real));
        }
    }

    private static double Bound(string name) => name is "Exp" or "Log" ? 1.0 : 2.0;

    // 1 + erf cancels: two of these are the bound that is stated.
    private static double UnitOfNegativeGelu(double unitOfOne, double x, double unit) => Math.Max(0.75 * unitOfOne * Math.Abs(x), unit);

    // DoubleDouble.Erf's series in double: all terms have one sign, so that it is good to some 1e-15.
    private static double Erf(double x)
    {
        if (!(Math.Abs(x) <= 6))
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        double sum = 0;
        double term = x;
        for (int n = 1; sum + term != sum; n++)
        {
            sum += term;
            term *= 2 * x * x / ((2 * n) + 1);
        }

        return x == 0 ? x : 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double Gelu(double x) => double.IsNegativeInfinity(x) ? -0.0 : 0.5 * x * (1 + Erf(x * Math.Sqrt(0.5)));

    // The exact value for a float, correct to double: enough where an error of 1e-8 ulp does not matter.
    private static DoubleDouble InDouble(string name, double x) => name switch
    {
        "Exp" => Math.Exp(x),
        "Log" => Math.Log(x),
        "Tanh" => Math.Tanh(x),
        "Erf" => Erf(x),
        "Gelu" => Gelu(x),
        _ => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
    };

    private static float[] SinglePoints(string name)
    {
        if (name == "Log")
        {
            // Every 2311th positive finite float, and every one near 1.
            return
            [
                .. Spread(921_600, i => BitConverter.Int32BitsToSingle(1 + (2311 * i))),
                .. Spread(65_536, i => BitConverter.Int32BitsToSingle(0x3F800000 - 32_768 + i)),
            ];
        }

        (float low, float high) = name switch
        {
            "Exp" => (-87.3f, 88.7f),
            "Tanh" => (-12f, 12f),
            "Erf" => (-4.5f, 4.5f),
            "Gelu" => (-7f, 7f),
            _ => (-87f, 20f),
        };
        return
        [
            .. Spread(400_000, i => low + ((high - low) * i / 400_000)),
            .. Spread(200_000, i => BitConverter.Int32BitsToSingle(1 + (5_000 * i)) is var x && x <= high ? x : 1f),
            .. Spread(200_000, i => BitConverter.Int32BitsToSingle(1 + (5_000 * i)) is var x && -x >= low ? -x : -1f),
        ];
    }

    private static double[] DoublePoints(string name)
    {
        var random = new Random(20_261_123);
        (double low, double high) = name switch
        {
            "Exp" => (-708.0, 709.7),
            "Tanh" => (-21.0, 21.0),
            "Erf" => (-6.5, 6.5),
            "Gelu" => (-9.0, 9.0),
            "Sigmoid" => (-700.0, 40.0),
            _ => (0.5, 2.0),
        };
        return
        [
            .. Enumerable.Range(0, 32_000).Select(_ => low + ((high - low) * random.NextDouble())),
            .. Enumerable.Range(0, 16_000).Select(_ => Math.ScaleB(1 + random.NextDouble(), random.Next(name == "Log" ? -1074 : -300, name == "Log" ? 1023 : 3))),
        ];
    }

    private static float[] Spread(int count, Func<int, float> at) => [.. Enumerable.Range(0, count).Select(at)];

    private static double Ulp(float value) => (double)MathF.BitIncrement(MathF.Abs(value)) - MathF.Abs(value);

    private static void AssertClose(double expected, double actual, double x)
    {
        bool same = expected.Equals(actual) && double.IsNegative(expected) == double.IsNegative(actual);
        bool close = Math.Abs(expected - actual) <= 3e-7 * Math.Abs(expected);
        Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : same || (close && expected != 0), $"f({x}) is {actual}, not {expected}");
    }
}
