using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>
/// Marked methods with reductions to one scalar, choices by a mask, ways of rounding, checked conversions and unary plus, woven against unwoven. Sums are of small
/// whole numbers, whose bits no order of addition changes.
/// </summary>
public sealed class ReductionTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static float Dot(Tensor<float> x, Tensor<float> y) => Tensor.Dot<float>(x + 1f, y * x);
            [Graph] public static (float, float) Lengths(Tensor<float> x, Tensor<float> y) => (Tensor.Norm<float>(x), Tensor.Distance<float>(x, y));
            [Graph] public static double Cosine(Tensor<double> x, Tensor<double> y) => Tensor.CosineSimilarity<double>(x, y);
            [Graph] public static double Deviation(Tensor<double> x) => Tensor.StdDev<double>(x * 2.0);
            [Graph] public static (int, long) Products(Tensor<int> x, Tensor<long> y) => (Tensor.Product<int>(x), Tensor.Product<long>(y - 1L));
            [Graph] public static float Ordered(Tensor<float> x) => Tensor.Product<float>(x * 0.7f);
            [Graph] public static (nint, nint) Places(Tensor<float> x, Tensor<float> y) => (Tensor.IndexOfMax<float>(x - y), Tensor.IndexOfMinMagnitude<float>(x - y));
            [Graph] public static (int, int) Magnitudes(Tensor<int> x) => (Tensor.MaxMagnitude<int>(x), Tensor.MinMagnitudeNumber<int>(x + 3));
            [Graph] public static bool All(Tensor<int> x, Tensor<int> y) => Tensor.GreaterThanOrEqualAll<int>(x * x, y);
            [Graph] public static bool Any(Tensor<float> x, float s) => Tensor.EqualsAny<float>(x + x, s) || Tensor.LessThanAny<float>(s, x);
            [Graph] public static Tensor<float> Branch(Tensor<float> x) { if (Tensor.GreaterThanAll<float>(x, 0f)) { return x * 2f; } return x + Tensor.Sum<float>(x); }
            [Graph] public static (nint, bool) ByRow(Tensor<float> x) { var y = x - TensorMath.Max(x, 1, true) * 0.5f; return (Tensor.IndexOfMax<float>(y), Tensor.LessThanAll<float>(y, 8f)); }
            [Graph] public static bool Quotients(Tensor<int> x, Tensor<int> y) => Tensor.EqualsAny<int>(x / y, 0);
            [Graph] public static Tensor<int> Checked(Tensor<float> x) => Tensor.ConvertChecked<float, int>(x * 1.5f) + 1;
            [Graph] public static Tensor<double> Rounded(Tensor<double> x, MidpointRounding mode) => Tensor.Round<double>(x * 0.37, mode) + Tensor.Round<double>(x * 0.37, 1, mode);
            [Graph] public static Tensor<double> RoundedUp(Tensor<double> x, int digits) => Tensor.Round<double>(x * 0.37, digits, MidpointRounding.ToPositiveInfinity);
            [Graph] public static Tensor<int> Update(Tensor<int> x, Tensor<bool> f, Tensor<int> v) { Tensor.FilteredUpdate<int>(x, f, v * 2); return x + 1; }
            [Graph] public static Tensor<int> UpdateBy(Tensor<int> x, int s) { var y = x * 3; Tensor.FilteredUpdate<int>(y, Tensor.GreaterThan<int>(y, 20), s); return y; }
            [Graph] public static Tensor<float> Clipped(Tensor<float> x, float s) => TensorMath.Where(Tensor.GreaterThan<float>(x, s), s, x * 2f);
            [Graph] public static Tensor<double> Plus(Tensor<double> x) { var y = +x; return +(y * 2.0) + +y; }
            [Graph] public static Tensor<double> PlusItself(Tensor<double> x) { Console.WriteLine("plus"); return +x; }
            [Graph] public static Tensor<double> PlusSpan(Tensor<double> x) { ReadOnlyTensorSpan<double> s = x; var p = +s; return Tensor.Negate<double>(p); }
        }
        """;

    private static readonly WovenProgram[] programs = [new(Source, OptimizationLevel.Debug), new(Source, OptimizationLevel.Release)];

    private static Tensor<float> Floats(int n, int seed = 37) => Tensor.Create(Enumerable.Range(0, n).Select(i => (float)((i * seed % 23) - 11)).ToArray());

    private static Tensor<float> Special(int n, int place, float value)
    {
        var tensor = Floats(n);
        tensor[place] = value;
        return tensor;
    }

    private static Tensor<double> Doubles(int n, int seed = 37) => Tensor.Create(Enumerable.Range(0, n).Select(i => (double)((i * seed % 23) - 11)).ToArray());

    private static Tensor<int> Ints(int n, int seed) => Tensor.Create(Enumerable.Range(0, n).Select(i => (i * seed % 17) + 1).ToArray());

    private static Tensor<bool> Mask(int n) => Tensor.Create(Enumerable.Range(0, n).Select(i => i % 3 == 0).ToArray());

    public static TheoryData<string, int, Func<object?[]>> Calls => new()
    {
        { "Dot", 1, () => [Floats(1000), Floats(1000, 5)] },
        { "Dot", 1, () => [Floats(3), Floats(4)] },
        { "Dot", 1, () => [Floats(0), Floats(0)] },
        { "Dot", 1, () => [null, Floats(1)] },
        { "Lengths", 1, () => [Floats(500), Floats(500, 3)] },
        { "Lengths", 1, () => [Special(500, 3, 1e30f), Floats(500, 3)] },
        { "Lengths", 1, () => [Floats(6).Reshape([2, 3]), Floats(3)] },
        { "Cosine", 1, () => [Doubles(4), Doubles(4)] },
        { "Cosine", 1, () => [Doubles(0), Doubles(0)] },
        { "Deviation", 1, () => [Doubles(1)] },
        { "Deviation", 1, () => [Doubles(0)] },
        { "Products", 2, () => [Ints(700, 3), Tensor.Create(new long[] { 3, 5, long.MaxValue })] },
        { "Products", 2, () => [Ints(0, 3), Tensor.Create(new long[] { 3 })] },
        { "Ordered", 1, () => [Floats(40)] },
        { "Ordered", 1, () => [Tensor.Create(Enumerable.Repeat(1.43f, 100_000).ToArray())] },
        { "Places", 1, () => [Floats(999), Floats(999, 5)] },
        { "Places", 1, () => [Special(999, 700, float.NaN), Floats(999, 5)] },
        { "Places", 1, () => [Floats(0), Floats(0)] },
        { "Places", 1, () => [Floats(12).Reshape([3, 4]).Slice(0..3, 1..3), Floats(2)] },
        { "Magnitudes", 1, () => [Ints(333, 5) - 9] },
        { "Magnitudes", 1, () => [Tensor.Create(new[] { 4, int.MinValue, -7 })] },
        { "Magnitudes", 1, () => [Ints(0, 1)] },
        { "All", 1, () => [Ints(100, 3), Ints(100, 3)] },
        { "All", 1, () => [Ints(100, 3), Ints(100, 3) + 20] },
        { "All", 1, () => [Ints(0, 3), Ints(0, 3)] },
        { "All", 1, () => [Ints(4, 3), Ints(3, 3)] },
        { "Any", 2, () => [Floats(100), 4f] },
        { "Any", 2, () => [Floats(100), 12f] },
        { "Any", 2, () => [Floats(100), float.NaN] },
        { "Branch", 4, () => [Floats(50)] },
        { "Branch", 4, () => [Floats(50) + 12f] },
        { "ByRow", 1, () => [Floats(700).Reshape([14, 50])] },
        { "ByRow", 1, () => [Special(700, 650, 99f).Reshape([14, 50])] },
        { "Quotients", 1, () => [Ints(2000, 3), Ints(2000, 5)] },
        { "Quotients", 1, () => { var y = Ints(2000, 5); y[1999] = 0; return [Ints(2000, 3), y]; } },
        { "Checked", 1, () => [Floats(77)] },
        { "Checked", 1, () => [Special(77, 76, 3e9f)] },
        { "Checked", 1, () => [Special(77, 0, float.NaN)] },
        { "Rounded", 1, () => [Doubles(50), MidpointRounding.AwayFromZero] },
        { "Rounded", 1, () => [Doubles(50), MidpointRounding.ToZero] },
        { "Rounded", 1, () => [Doubles(50), (MidpointRounding)9] },
        { "RoundedUp", 1, () => [Doubles(50), 2] },
        { "RoundedUp", 1, () => [Doubles(50), 16] },
        { "RoundedUp", 1, () => [Doubles(50), -1] },
        { "Update", 1, () => [Ints(60, 3), Mask(60), Ints(60, 5)] },
        { "Update", 1, () => [Ints(60, 3), Mask(60), Ints(1, 5)] },
        { "Update", 1, () => [Ints(60, 3), Mask(61), Ints(60, 5)] },
        { "Update", 1, () => [Ints(0, 3), Mask(0), Ints(0, 5)] },
        { "Update", 1, () => { var x = Ints(60, 3); return [x, Mask(60), x]; } },
        { "UpdateBy", 1, () => [Ints(60, 3), -1] },
        { "Clipped", 1, () => [Floats(60), 3f] },
        { "Clipped", 1, () => [Special(60, 1, float.NaN), 3f] },
        { "Clipped", 1, () => [null, 3f] },
        { "Plus", 1, () => [Doubles(60)] },
        { "Plus", 1, () => [null] },
        { "PlusSpan", 1, () => [Doubles(60)] },
    };

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void A_woven_method_does_what_the_unwoven_one_does(string method, int kernels, Func<object?[]> arguments)
    {
        foreach (WovenProgram program in programs)
        {
            var report = program.MethodReport($"Program.{method}");
            Assert.DoesNotContain(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006" or "GW1001");
            Assert.Equal((kernels, 0), (report.Kernels, report.Fallbacks));
            program.AssertSame("Program", method, arguments);
        }
    }

    [Fact]
    public void Unary_plus_gives_the_tensor_itself_back()
    {
        foreach (WovenProgram program in programs)
        {
            Assert.Equal(0, program.MethodReport("Program.PlusItself").Fallbacks);
            program.AssertSame("Program", "PlusItself", () => [Doubles(3)]);
        }
    }
}
