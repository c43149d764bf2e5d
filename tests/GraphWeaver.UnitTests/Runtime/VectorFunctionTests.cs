using System.Collections.Concurrent;
using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>
/// The functions of <see cref="VectorMath"/> beyond the four of <see cref="VectorMathTests"/>: two units in the last place of the exact value at most, over
/// every exponent of the domain, and the scalar function's special values.
/// </summary>
public sealed class VectorFunctionTests
{
    // The exact values of the points, which are the same at each width.
    private static readonly ConcurrentDictionary<string, double[]> singleValues = new();
    private static readonly ConcurrentDictionary<string, DoubleDouble[]> doubleValues = new();

    public static IEnumerable<object[]> Functions =>
        from name in VectorFunctionPoints.Names
        from width in new[] { 128, 256, 512 }
        select new object[] { name, width };

    public static IEnumerable<object[]> Names => VectorFunctionPoints.Names.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_of_float_are_within_two_units_of_the_exact_value(string name, int width)
    {
        float[] x = VectorFunctionPoints.Single(name);
        float[] y = VectorFunction.Get(name).Apply(width, x);
        double[] exact = singleValues.GetOrAdd(name, _ => Array.ConvertAll(x, point => InDouble(name, point)));
        Assert.InRange(x.Select((_, i) => Error(y[i], exact[i], (double)MathF.BitIncrement(MathF.Abs((float)exact[i])) - MathF.Abs((float)exact[i]), name)).Max(), 0.4, 2);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_of_double_are_within_two_units_of_the_exact_value(string name, int width)
    {
        double[] x = VectorFunctionPoints.Double(name);
        double[] y = VectorFunction.Get(name).Apply(width, x);
        DoubleDouble[] exact = doubleValues.GetOrAdd(name, _ => Array.ConvertAll(x, point => VectorFunction.Get(name).Exact(point)));
        Assert.InRange(x.Select((_, i) => Error(y[i], exact[i], Math.BitIncrement(Math.Abs(exact[i].High)) - Math.Abs(exact[i].High), name)).Max(), 0.4, 2);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Special_values_are_those_of_the_scalar_functions(string name, int width)
    {
        VectorFunction function = VectorFunction.Get(name);
        double[] x =
        [
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, 1.0, double.MaxValue, -double.MaxValue, -double.Epsilon,
            -1.0, float.MaxValue, -float.MaxValue, 1024.0, -1024.0, -1.0e-310, float.Epsilon, .. VectorFunctionPoints.Special,
        ];
        float[] single = Array.ConvertAll(x, value => (float)value);
        float[] singles = function.Apply(width, single);
        double[] doubles = function.Apply(width, x);
        for (int i = 0; i < x.Length; i++)
        {
            AssertClose(function.ScalarSingle!(single[i]), singles[i], 5e-7, single[i]);
            AssertClose(function.ScalarDouble!(x[i]), doubles[i], 1e-15, x[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_widths_give_the_same_bits(string name)
    {
        VectorFunction function = VectorFunction.Get(name);
        float[] single = VectorFunctionPoints.Single(name);
        double[] real = VectorFunctionPoints.Double(name);
        foreach (int width in new[] { 128, 256 })
        {
            Assert.Equal(function.Apply(512, single), function.Apply(width, single));
            Assert.Equal(function.Apply(512, real), function.Apply(width, real));
        }
    }

    // At a pole the reference divides by zero.
    private static double Error(double actual, DoubleDouble exact, double unit, string name) =>
        name == "TanPi" && double.IsInfinity(actual) && !double.IsFinite(exact.High) ? 0
        : Math.Abs((actual - exact).High) / unit is var error && double.IsNaN(error) ? double.PositiveInfinity
        : error;

    // The exact value for a float, correct to double: enough where an error of 1e-8 units does not matter. .NET's functions of 1 + x and of
    // a power less 1 are not.
    private static double InDouble(string name, double x) => name.EndsWith("M1", StringComparison.Ordinal) || name.EndsWith("P1", StringComparison.Ordinal)
        ? DoubleDouble.Of(name, x)!.Value.High
        : VectorFunction.Get(name).ScalarDouble!(x);

    // Those of .NET also lose what is small beside 1.
    private static void AssertClose(double expected, double actual, double tolerance, double x)
    {
        bool isSame = double.IsNaN(expected) ? double.IsNaN(actual) : expected.Equals(actual) && double.IsNegative(expected) == double.IsNegative(actual);
        bool isLost = expected == 0 && actual != 0 && Math.Abs(actual) < 1e-43;
        bool isClose = expected != 0 && Math.Abs(expected - actual) <= tolerance * Math.Abs(expected);
        Assert.True(isSame || isLost || isClose, $"f({x:R}) is {actual:R}, not {expected:R}");
    }
}
