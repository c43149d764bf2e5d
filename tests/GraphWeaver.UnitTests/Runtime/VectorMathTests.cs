using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>
/// Accuracy and special values of <see cref="VectorMath"/>. Run them also under DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and
/// DOTNET_EnableHWIntrinsic=0, where other instructions are chosen.
/// </summary>
public class VectorMathTests
{
    private static readonly string[] names = ["Exp", "Log", "Tanh", "Sigmoid", .. VectorFunctionPoints.Names];

    public static IEnumerable<object[]> Functions =>
        from name in names
        from width in new[] { 128, 256, 512 }
        select new object[] { name, width };

    public static IEnumerable<object[]> Names => names.Select(name => new object[] { name });

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
            double exact = InDouble(name, x[i]);
            worst = Math.Max(worst, Error(y[i], exact, Ulp((float)exact)));
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

        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            DoubleDouble exact = DoubleDouble.Of(name, x[i])!.Value;
            worst = Math.Max(worst, Error(y[i], exact, Math.BitIncrement(Math.Abs(exact.High)) - Math.Abs(exact.High)));
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
            -1f, 1000f, -1000f, 128f, -128f, -200f, 200f, .. VectorFunctionPoints.Special.Select(value => (float)value),
        ];
        float[] y = VectorFunction.Get(name).Apply(width, x);

        for (int i = 0; i < x.Length; i++)
        {
            AssertClose(VectorFunction.Get(name).ScalarSingle(x[i]), y[i], x[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Special_values_of_double_are_those_of_the_scalar_function(string name, int width)
    {
        double[] x =
        [
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, 1.0, double.MaxValue, -double.MaxValue, -double.Epsilon,
            -1.0, 10000.0, -10000.0, 1024.0, -1024.0, -1.0e-310, 30.0, .. VectorFunctionPoints.Special,
        ];
        double[] y = VectorFunction.Get(name).Apply(width, x);

        for (int i = 0; i < x.Length; i++)
        {
            AssertClose(VectorFunction.Get(name).ScalarDouble(x[i]), y[i], x[i]);
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
    [MemberData(nameof(Names))]
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

    // At a pole the reference divides by zero.
    private static double Error(double actual, DoubleDouble exact, double ulp) =>
        double.IsInfinity(actual) && !double.IsFinite(exact.High) ? 0
        : Math.Abs((actual - exact).High) / ulp is var error && double.IsNaN(error) ? double.PositiveInfinity
        : error;

    private static double Bound(string name) => name is "Exp" or "Log" ? 1.0 : 2.0;

    // The exact value for a float, correct to double: enough where an error of 1e-8 ulp does not matter.
    private static double InDouble(string name, double x) => name switch
    {
        "Exp" => Math.Exp(x),
        "Log" => Math.Log(x),
        "Tanh" => Math.Tanh(x),
        "Sigmoid" => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
        _ when name.EndsWith("M1") || name.EndsWith("P1") => DoubleDouble.Of(name, x)!.Value.High,
        _ => VectorFunction.Get(name).ScalarDouble(x),
    };

    private static float[] SinglePoints(string name)
    {
        if (VectorFunctionPoints.Names.Contains(name))
        {
            return VectorFunctionPoints.Single(name);
        }

        if (name == "Log")
        {
            // Every 2311th positive finite float, and every one near 1.
            return
            [
                .. Spread(921_600, i => BitConverter.Int32BitsToSingle(1 + (2311 * i))),
                .. Spread(65_536, i => BitConverter.Int32BitsToSingle(0x3F800000 - 32_768 + i)),
            ];
        }

        (float low, float high) = name == "Exp" ? (-87.3f, 88.7f) : name == "Tanh" ? (-12f, 12f) : (-87f, 20f);
        return
        [
            .. Spread(400_000, i => low + ((high - low) * i / 400_000)),
            .. Spread(200_000, i => BitConverter.Int32BitsToSingle(1 + (5_000 * i)) is var x && x <= high ? x : 1f),
            .. Spread(200_000, i => BitConverter.Int32BitsToSingle(1 + (5_000 * i)) is var x && -x >= low ? -x : -1f),
        ];
    }

    private static double[] DoublePoints(string name)
    {
        if (VectorFunctionPoints.Names.Contains(name))
        {
            return VectorFunctionPoints.Double(name);
        }

        var random = new Random(20_261_123);
        (double low, double high) = name switch
        {
            "Exp" => (-708.0, 709.7),
            "Tanh" => (-21.0, 21.0),
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
        // The scalar functions lose what is small beside 1.
        bool same = (expected == 0 && actual != 0 && Math.Abs(actual) < 1e-43) || expected.Equals(actual) && double.IsNegative(expected) == double.IsNegative(actual);
        bool close = Math.Abs(expected - actual) <= 3e-7 * Math.Abs(expected);
        Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : same || (close && expected != 0), $"f({x}) is {actual}, not {expected}");
    }
}
