using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Reductions over all elements: woven against unwoven, and each really ran on the device. Sums of integers and searches are equal but for NaN's payload, other sums within their bound.</summary>
[Collection("GraphMode")]
public sealed class WholeReductionTests
{
    /// <summary>The programs, which also compile to PTX.</summary>
    internal const string Source = """
        public static class Program
        {
            [Graph] public static float Sum(Tensor<float> x) => Tensor.Sum<float>(x * 0.5f + 1f);
            [Graph] public static double Average(Tensor<double> x) => Tensor.Average<double>(x * x);
            [Graph] public static float Dot(Tensor<float> x, Tensor<float> y) => Tensor.Dot<float>(x - 1f, y);
            [Graph] public static double Norm(Tensor<double> x) => Tensor.Norm<double>(x * 2.0);
            [Graph] public static float Distance(Tensor<float> x, Tensor<float> y) => Tensor.Distance<float>(x, -y);
            [Graph] public static (float, float, float, float) Extremes(Tensor<float> x) { var y = -x; return (Tensor.Max<float>(y), Tensor.Min<float>(y), Tensor.MaxNumber<float>(y), Tensor.MinNumber<float>(y)); }
            [Graph] public static (double, double, double, double) Magnitudes(Tensor<double> x)
            {
                var y = -x;
                return (Tensor.MaxMagnitude<double>(y), Tensor.MinMagnitude<double>(y), Tensor.MaxMagnitudeNumber<double>(y), Tensor.MinMagnitudeNumber<double>(y));
            }
            [Graph] public static (int, int, int, int, int) Integers(Tensor<int> x)
            {
                var y = x * 3 - 1;
                return (Tensor.Sum<int>(y), Tensor.Product<int>(y), Tensor.Max<int>(y), Tensor.Min<int>(y), Tensor.Average<int>(y));
            }
            [Graph] public static (ulong, ulong) Unsigned(Tensor<ulong> x) { var y = x + 1UL; return (Tensor.Sum<ulong>(y), Tensor.Max<ulong>(y)); }
            [Graph] public static (Tensor<float>, float) Both(Tensor<float> x, Tensor<float> y) { var z = x * y; return (z, Tensor.Max<float>(z)); }
            [Graph] public static float Broadcast(Tensor<float> x, Tensor<float> y) => Tensor.Min<float>(x - y);
            [Graph] public static (Tensor<float>, float) Written(Tensor<float> x) { Tensor.Multiply<float>(x, 2f, x); return (x, Tensor.Max<float>(x)); }
            [Graph] public static Tensor<float> Normalised(Tensor<float> x) { var y = x * x; return y / Tensor.Max<float>(y); }
            [Graph] public static float Product(Tensor<float> x) => Tensor.Product<float>(x + 1f);
        }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(21)]
    [InlineData(255)]
    [InlineData(3001)]
    public void Sums_are_within_their_bound(int length)
    {
        Close("Sum", () => [Numbers<float>(1, length)]);
        Close("Average", () => [Numbers<double>(1, length)]);
        Close("Dot", () => [Numbers<float>(1, length), Numbers<float>(2, length)]);
        Close("Norm", () => [Numbers<double>(1, length)]);
        Close("Distance", () => [Numbers<float>(1, length), Numbers<float>(2, length)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(21)]
    [InlineData(2001)]
    public void Searches_and_integers_are_equal(int length)
    {
        Same("Extremes", 1, () => [Numbers<float>(1, length)]);
        Same("Magnitudes", 1, () => [Numbers<double>(1, length)]);
        Same("Integers", 1, () => [Numbers<int>(1, length)]);
        Same("Unsigned", 1, () => [Tensor.Create([.. Enumerable.Range(0, length).Select(i => ulong.MaxValue - (ulong)(i * 12345))])]);
        Same("Both", 1, () => [Numbers<float>(1, length), Numbers<float>(2, length)]);
    }

    [Theory]
    [InlineData(0f, -0f)]
    [InlineData(1f, float.NaN)]
    [InlineData(float.PositiveInfinity, -3f)]
    [InlineData(float.NegativeInfinity, 3f)]
    public void Special_values_are_chosen_as_eager_chooses(float first, float other)
    {
        Same("Extremes", 1, () => [Tensor.Create([first, .. Enumerable.Repeat(other, 20)])]);
        Same("Extremes", 1, () => [Tensor.Create([-first, .. Enumerable.Repeat(other, 20)])]);
        Same("Extremes", 1, () => [Tensor.Create([.. Enumerable.Repeat(other, 300), first])]);
        Same("Magnitudes", 1, () => [Tensor.Create([first, .. Enumerable.Repeat((double)other, 20)])]);
        Same("Both", 1, () => [Tensor.Create([first, other]), Tensor.Create([other, first])]);
    }

    [Fact]
    public void Of_nothing_but_NaN_one_is_chosen_whichever()
    {
        (float, float, float, float) chosen = ((float, float, float, float))Value(Workloads.Program("Reductions").Woven, "Extremes", [Tensor.Create([.. Enumerable.Repeat(float.NaN, 21)])]);
        Assert.Equal((float.NaN, float.NaN, float.NaN, float.NaN), chosen);
    }

    [Fact]
    public void Tensors_of_any_layout_are_reduced()
    {
        Same("Broadcast", 1, () => [Numbers<float>(1, 5, 7), Numbers<float>(2, 7)]);
        Same("Broadcast", 1, () => [Tensor.PermuteDimensions(Numbers<float>(1, 5, 7), [1, 0]), Numbers<float>(2, 7, 5)]);
    }

    [Fact]
    public void What_is_reduced_may_be_written_too_and_what_follows_stays_on_the_device()
    {
        Same("Written", 1, () => [Numbers<float>(1, 300)]);
        long before = Accelerators.Current!.Statistics.Uploads;
        Same("Normalised", 2, () => [Numbers<float>(1, 300)]);
        Assert.Equal(before + 2, Accelerators.Current.Statistics.Uploads);
    }

    [Fact]
    public void What_depends_on_the_order_is_left_to_the_processor() => Same("Product", 0, () => [Numbers<float>(1, 21)]);

    private static Tensor<T> Numbers<T>(int seed, params nint[] lengths)
        where T : INumber<T> => Workloads.Numbers<T>(seed, -10, 10, lengths);

    private static void Same(string method, int kernels, Func<object?[]> arguments)
    {
        long before = Accelerators.Current!.Statistics.Kernels;
        string[] messages = [.. Accelerators.Messages];
        Workloads.Program("Reductions").AssertSame("Program", method, arguments);
        Assert.Equal(messages, Accelerators.Messages);
        Assert.Equal(before + (2 * kernels), Accelerators.Current.Statistics.Kernels);
    }

    /// <summary>The sum of the magnitudes is at most 40 times the number of elements.</summary>
    private static void Close(string method, Func<object?[]> arguments)
    {
        long before = Accelerators.Current!.Statistics.Kernels;
        string[] messages = [.. Accelerators.Messages];
        object expected = Value(Workloads.Program("Reductions").Unwoven, method, arguments());
        object actual = Value(Workloads.Program("Reductions").Woven, method, arguments());
        Assert.Equal(messages, Accelerators.Messages);
        Assert.Equal(before + 1, Accelerators.Current.Statistics.Kernels);
        Assert.IsType(expected.GetType(), actual);
        double unit = expected is float ? 1.2e-7 : 2.3e-16;
        nint length = arguments()[0] is Tensor<float> x ? x.FlattenedLength : ((Tensor<double>)arguments()[0]!).FlattenedLength;
        Assert.Equal(Convert.ToDouble(expected), Convert.ToDouble(actual), 24 * unit * 40 * length);
    }

    private static object Value(LoadedProgram loaded, string method, object?[] arguments) => loaded.Assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, arguments)!;
}
