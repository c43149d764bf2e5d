using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Calls;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>Matrix products and what is done with their elements: one kernel, with the bits of the eager product.</summary>
public sealed class ContractionTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Layer(Tensor<float> x, Tensor<float> w, Tensor<float> b) => Tensor.Abs<float>(TensorMath.MatMul(x, w) + b);
            [Graph] public static Tensor<double> Doubles(Tensor<double> x, Tensor<double> w, Tensor<double> b) { var y = TensorMath.MatMul(x, w); return Tensor.Max<double>(y + b, 0.0); }
            [Graph] public static Tensor<int> Integers(Tensor<int> x, Tensor<int> w, Tensor<int> b) => TensorMath.MatMul(x, w) * 3 - b;
            [Graph] public static Tensor<int> Quotients(Tensor<int> x, Tensor<int> w, Tensor<int> b) => TensorMath.MatMul(x, w) / b;
            [Graph] public static Tensor<float> TwoLayers(Tensor<float> x, Tensor<float> w, Tensor<float> b, Tensor<float> v, Tensor<float> c)
            {
                var hidden = Tensor.Abs<float>(TensorMath.MatMul(x, w) + b);
                return TensorMath.MatMul(hidden, v) + c;
            }
            [Graph] public static Tensor<float> Residual(Tensor<float> x, Tensor<float> w) => x + TensorMath.MatMul(x, w) * 0.5f;
            [Graph] public static Tensor<float> Recurrent(Tensor<float> x, Tensor<float> w, Tensor<float> h, Tensor<float> u) =>
                Tensor.Abs<float>(TensorMath.MatMul(x, w) + TensorMath.MatMul(h, u));
            [Graph] public static Tensor<float> InPlace(Tensor<float> x, Tensor<float> w, Tensor<float> b) { var y = TensorMath.MatMul(x, w); y += b; y *= 2f; return y; }
            [Graph] public static (Tensor<float>, Tensor<float>) GivenOut(Tensor<float> x, Tensor<float> w, Tensor<float> b) { var y = TensorMath.MatMul(x, w); return (y, y + b); }
            [Graph] public static (Tensor<float>, Tensor<float>) TwoResults(Tensor<float> x, Tensor<float> w, Tensor<float> b) { var y = TensorMath.MatMul(x, w) + b; return (y, Tensor.Floor<float>(y)); }
            [Graph] public static Tensor<bool> Compared(Tensor<float> x, Tensor<float> w, Tensor<float> b) => Tensor.GreaterThan<float>(TensorMath.MatMul(x, w), b);
            [Graph] public static Tensor<float> ReadLater(Tensor<float> x, Tensor<float> w) { var y = TensorMath.MatMul(x, w); return Tensor.DegreesToRadians<float>(y + 1f) * y; }
            [Graph] public static float Summed(Tensor<float> x, Tensor<float> w, Tensor<float> b) => Tensor.Sum<float>(TensorMath.MatMul(x, w) + b);
            [Graph] public static Tensor<float> Alone(Tensor<float> x, Tensor<float> w) => TensorMath.MatMul(x, w);
            [Graph] public static Tensor<float> Accumulated(Tensor<float> x, Tensor<float> w, Tensor<float> a) { a += TensorMath.MatMul(x, w); return a; }
            [Graph] public static Tensor<float> Overwritten(Tensor<float> x, Tensor<float> w) { x += TensorMath.MatMul(x, w); w += 1f; return TensorMath.MatMul(x, w) - x; }
            [Graph] public static void Aliased(Tensor<float> x, Tensor<float> w, Tensor<float> a, Tensor<float> b) { a += b; a += TensorMath.MatMul(x, w); }
            [Graph] public static Tensor<float> After(Tensor<float> x, Tensor<float> w) { x *= 2f; return TensorMath.MatMul(x, w) + x; }
            [Graph] public static Tensor<float> Seen(Tensor<float> x, Tensor<float> w, Tensor<float> b) { var y = TensorMath.MatMul(x, w); Console.WriteLine(y[0, 0]); return y + b; }
            [Graph] public static Tensor<float> Steps(Tensor<float> x, Tensor<float> w, int n) { for (var i = 0; i < n; i++) { x = Tensor.Abs<float>(TensorMath.MatMul(x, w) + x); } return x; }
            [Graph] public static Tensor<float> Transposed(Tensor<float> x, Tensor<float> g, Tensor<float> b) => TensorMath.MatMul(Tensor.Transpose<float>(x), g) + b;
        }
        """;

    private const int Large = 70;

    public static TheoryData<string, int, Func<object?[]>> Calls
    {
        get
        {
            var calls = new TheoryData<string, int, Func<object?[]>>();
            foreach (var (m, k, n) in new (nint, nint, nint)[] { (1, 1, 1), (3, 4, 5), (9, 33, 32), (64, 16, 40), (70, 600, 130), (300, 64, 31) })
            {
                calls.Add("Layer", 1, () => [F(m, k), F(k, n, 2), F(m, n, 3)]);
                calls.Add("Layer", 1, () => [F(m, k), F(k, n, 2), F(1, n, 3)]);
                calls.Add("Layer", 1, () => [F(m, k), F(k, n, 2), F(m, 1, 3)]);
                calls.Add("Layer", 1, () => [F(m, k), F(k, n, 2), V(n)]);
                calls.Add("InPlace", 1, () => [F(m, k), F(k, n, 2), V(n)]);
                calls.Add("TwoLayers", 2, () => [F(m, k), F(k, n, 2), V(n), F(n, k, 4), V(k)]);
                calls.Add("TwoResults", 1, () => [F(m, k), F(k, n, 2), V(n)]);
                calls.Add("Doubles", 1, () => [D(m, k), D(k, n), D(m, n)]);
                calls.Add("Integers", 1, () => [I(m, k), I(k, n), I(m, n)]);
                calls.Add("TwoLayers", 2, () => [F(m, k), F(k, n, 2), F(m, n, 3), F(n, k, 4), F(m, k, 5)]);
                calls.Add("Recurrent", 1, () => [F(m, k), F(k, n, 2), F(m, 7, 3), F(7, n, 4)]);
                calls.Add("InPlace", 1, () => [F(m, k), F(k, n, 2), F(m, n, 3)]);
                calls.Add("TwoResults", 1, () => [F(m, k), F(k, n, 2), F(m, n, 3)]);
                calls.Add("Compared", 1, () => [F(m, k), F(k, n, 2), F(m, n, 3)]);
                calls.Add("ReadLater", 1, () => [F(m, k), F(k, n, 2)]);
            }

            calls.Add("Residual", 1, () => [F(Large, Large), F(Large, Large, 2)]);
            calls.Add("Residual", 1, () => [F(Large, 4), F(4, Large, 2)]);
            calls.Add("Quotients", 1, () => [I(Large, 4), I(4, Large), I(Large, Large) * 0 + 3]);
            calls.Add("Quotients", 1, () => [I(Large, 4), I(4, Large), I(Large, Large) * 0]);
            calls.Add("GivenOut", 1, () => [F(5, 4), F(4, 6, 2), F(5, 6, 3)]);
            calls.Add("Summed", 2, () => [F(4, 4), F(4, 4, 2), F(4, 4, 2) * 0f]);
            calls.Add("Alone", 0, () => [F(5, 4), F(4, 6, 2)]);
            calls.Add("Accumulated", 1, () => [F(5, 4), F(4, 6, 2), F(5, 6, 3)]);
            calls.Add("Accumulated", 1, () => [F(Large, 40), F(40, Large, 2), F(Large, Large, 3)]);
            calls.Add("Accumulated", 1, () => [F(5, 4), F(4, 6, 2), F(20, 20, 3).Slice([2..7, 4..10])]);
            calls.Add("Accumulated", 1, () => [F(5, 4), F(4, 6, 2), F(1, 6, 3)]);
            calls.Add("Accumulated", 1, () => { var x = F(Large, Large); return [x, F(Large, Large, 2), x]; });
            calls.Add("Accumulated", 1, () => { var w = F(Large, Large); return [F(Large, Large, 2), w, w]; });
            calls.Add("Accumulated", 1, () => { var all = F(12, 6); return [all.Slice([0..6, 0..6]), F(6, 6, 2), all.Slice([3..9, 0..6])]; });
            calls.Add("Accumulated", 1, () => { var all = F(12, 6); return [all.Slice([0..6, 0..6]), F(6, 6, 2), all.Slice([6..12, 0..6])]; });
            calls.Add("Aliased", 2, () => { var all = F(6, 6); return [all, F(6, 6, 2), all, F(6, 6, 3)]; });
            calls.Add("Aliased", 2, () => [F(6, 6), F(6, 6, 2), F(6, 6, 4), F(6, 6, 3)]);
            calls.Add("Overwritten", 3, () => [F(6, 6), F(6, 6, 2)]);
            calls.Add("After", 2, () => [F(6, 6), F(6, 6, 2)]);
            calls.Add("Seen", 1, () => [F(6, 6), F(6, 6, 2), F(6, 6, 3)]);
            calls.Add("Steps", 1, () => [F(6, 6), F(6, 6, 2), 4]);
            calls.Add("Transposed", 1, () => [F(60, 80), F(60, 70, 2), F(80, 70, 3)]);

            // What the guard leaves to eager.
            calls.Add("Layer", 1, () => [null, F(4, 6, 2), F(5, 6, 3)]);
            calls.Add("Layer", 1, () => [F(5, 4), null, F(5, 6, 3)]);
            calls.Add("Layer", 1, () => [F(5, 4), F(4, 6, 2), null]);
            calls.Add("Layer", 1, () => [F(5, 3), F(4, 6, 2), F(5, 6, 3)]);
            calls.Add("Layer", 1, () => [F(5, 4), F(4, 6, 2), F(5, 7, 3)]);
            calls.Add("Layer", 1, () => [F(5, 4), F(4, 6, 2), F(1, 6, 3)]);
            calls.Add("Layer", 1, () => [F(5, 4), F(4, 6, 2), Tensor.Create(new float[60], [2, 5, 6])]);
            calls.Add("Layer", 1, () => [F(5, 4), F(4, 6, 2), F(10, 12, 2).Slice([2..7, 3..9])]);
            calls.Add("Layer", 1, () => [F(1, 4), F(4, 6, 2), F(5, 6, 2)]);
            calls.Add("Layer", 1, () => [F(5, 4), Tensor.Create(new float[4]), F(5, 6, 3)]);
            calls.Add("Layer", 1, () => [F(5, 0), F(0, 6, 2), F(5, 6, 3)]);
            calls.Add("Layer", 1, () => [F(0, 4), F(4, 6, 2), F(0, 6, 3)]);
            calls.Add("Layer", 1, () => [F(20, 40).Slice([2..11, 5..12]), Tensor.Transpose(F(6, 7)), F(9, 6, 3)]);
            calls.Add("Recurrent", 1, () => [F(5, 4), F(4, 6, 2), F(5, 4, 3), F(4, 7, 4)]);
            calls.Add("Recurrent", 1, () => [F(5, 4), F(4, 6, 2), F(5, 4, 3), null]);
            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void A_woven_product_is_the_unwoven_one(string method, int kernels, Func<object?[]> arguments)
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = Programs.Of(Source, optimization);
            var report = program.MethodReport("Program." + method);
            Assert.DoesNotContain(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006");
            Assert.Equal(kernels, report.Kernels);
            program.AssertSame("Program", method, arguments);
        }
    }

    private static Tensor<float> F(nint rows, nint columns, int seed = 1) =>
        Tensor.Create(Enumerable.Range(0, (int)(rows * columns)).Select(i => ((i * 37 * seed % 23) - 11) / 8f).ToArray(), [rows, columns]);

    private static Tensor<float> V(nint length) => Tensor.Create(Enumerable.Range(0, (int)length).Select(i => ((i * 37 % 23) - 11) / 8f).ToArray());

    private static Tensor<double> D(nint rows, nint columns) => Tensor.Create(Enumerable.Range(0, (int)(rows * columns)).Select(i => ((i * 31 % 29) - 14) / 3.0).ToArray(), [rows, columns]);

    private static Tensor<int> I(nint rows, nint columns) => Tensor.Create(Enumerable.Range(0, (int)(rows * columns)).Select(i => (i * 31 % 29) - 14).ToArray(), [rows, columns]);
}
