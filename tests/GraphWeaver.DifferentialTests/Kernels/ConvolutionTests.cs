using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Calls;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>Convolutions and what is done with their elements: one kernel, with the bits of the eager convolution.</summary>
public sealed class ConvolutionTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Layer(Tensor<float> x, Tensor<float> w, Tensor<float> b, int stride, int padding) => Tensor.Max<float>(TensorMath.Conv2D(x, w, b, stride, padding), 0f);
            [Graph] public static Tensor<float> Defaults(Tensor<float> x, Tensor<float> w, Tensor<float> c) => TensorMath.Conv2D(x, w) + c;
            [Graph] public static Tensor<float> Strided(Tensor<float> x, Tensor<float> w, Tensor<float> c) => TensorMath.Gelu(TensorMath.Conv2D(x, w, stride: 2) + c) * 3f;
            [Graph] public static Tensor<float> Padded(Tensor<float> x, Tensor<float> w, Tensor<float> c) => TensorMath.Conv2D(x, w, padding: 1) - c;
            [Graph] public static Tensor<float> WithoutTerms(Tensor<float> x, Tensor<float> w, Tensor<float> c) => Tensor.Abs<float>(TensorMath.Conv2D(x, w, null, 2, 1) * c);
            [Graph] public static Tensor<double> Doubles(Tensor<double> x, Tensor<double> w, Tensor<double> b, int stride, int padding) => Tensor.Max<double>(TensorMath.Conv2D(x, w, b, stride, padding), 0.0);
            [Graph] public static Tensor<Half> Halves(Tensor<Half> x, Tensor<Half> w, Tensor<Half> b, int stride, int padding) { var y = TensorMath.Conv2D(x, w, b, stride, padding); return y * y - y; }
            [Graph] public static Tensor<int> Integers(Tensor<int> x, Tensor<int> w, Tensor<int> b, int stride, int padding) => TensorMath.Conv2D(x, w, b, stride, padding) * 3 - 7;
            [Graph] public static Tensor<byte> Bytes(Tensor<byte> x, Tensor<byte> w, Tensor<byte> b, int stride, int padding) => Tensor.Min<byte>(TensorMath.Conv2D(x, w, b, stride, padding), (byte)100);
            [Graph] public static Tensor<int> Quotients(Tensor<int> x, Tensor<int> w, Tensor<int> c) => TensorMath.Conv2D(x, w) / c;
            [Graph] public static Tensor<float> TwoLayers(Tensor<float> x, Tensor<float> w, Tensor<float> b, Tensor<float> v, Tensor<float> d)
            {
                var hidden = Tensor.Max<float>(TensorMath.Conv2D(x, w, b, 1, 1), 0f);
                return Tensor.Max<float>(TensorMath.Conv2D(hidden, v, d, 2), 0f);
            }
            [Graph] public static Tensor<float> Pooled(Tensor<float> x, Tensor<float> w, Tensor<float> b) => TensorMath.MaxPool2D(Tensor.Max<float>(TensorMath.Conv2D(x, w, b, 1, 1), 0f), 2, 2);
            [Graph] public static Tensor<float> PooledAlone(Tensor<float> x, Tensor<float> w, Tensor<float> b) => TensorMath.MaxPool2D(TensorMath.Conv2D(x, w, b, 1, 1), 2, 2) + 1f;
            [Graph] public static Tensor<float> Network(Tensor<float> x, Tensor<float> w, Tensor<float> b, Tensor<float> v, Tensor<float> d, Tensor<float> u)
            {
                var first = TensorMath.MaxPool2D(Tensor.Max<float>(TensorMath.Conv2D(x, w, b, 1, 1), 0f), 2, 2);
                var second = TensorMath.MaxPool2D(Tensor.Max<float>(TensorMath.Conv2D(first, v, d, 1, 1), 0f), 2, 2);
                return TensorMath.MatMul(second.Reshape([second.Lengths[0], second.FlattenedLength / second.Lengths[0]]), u) + 1f;
            }
            [Graph] public static Tensor<float> Residual(Tensor<float> x, Tensor<float> w, Tensor<float> b) => x + TensorMath.Conv2D(x, w, b, 1, 1) * 0.5f;
            [Graph] public static Tensor<float> Branches(Tensor<float> x, Tensor<float> w, Tensor<float> y, Tensor<float> v, Tensor<float> d) => Tensor.Abs<float>(TensorMath.Conv2D(x, w) + TensorMath.Conv2D(y, v, d, 2, 1));
            [Graph] public static Tensor<float> WithMatrices(Tensor<float> x, Tensor<float> w, Tensor<float> y, Tensor<float> v) => TensorMath.MatMul(y, v) * TensorMath.Conv2D(x, w, padding: 1);
            [Graph] public static Tensor<float> InPlace(Tensor<float> x, Tensor<float> w, Tensor<float> c) { var y = TensorMath.Conv2D(x, w, padding: 1); y += c; y *= 2f; return y; }
            [Graph] public static (Tensor<float>, Tensor<float>) GivenOut(Tensor<float> x, Tensor<float> w, Tensor<float> c) { var y = TensorMath.Conv2D(x, w); return (y, y + c); }
            [Graph] public static (Tensor<float>, Tensor<float>) TwoResults(Tensor<float> x, Tensor<float> w, Tensor<float> c) { var y = TensorMath.Conv2D(x, w) + c; return (y, Tensor.Floor<float>(y)); }
            [Graph] public static Tensor<bool> Compared(Tensor<float> x, Tensor<float> w, Tensor<float> c) => Tensor.GreaterThan<float>(TensorMath.Conv2D(x, w), c);
            [Graph] public static float Summed(Tensor<float> x, Tensor<float> w, Tensor<float> c) => Tensor.Max<float>(TensorMath.Conv2D(x, w) + c);
            [Graph] public static Tensor<float> Alone(Tensor<float> x, Tensor<float> w) => TensorMath.Conv2D(x, w);
            [Graph] public static Tensor<float> Accumulated(Tensor<float> x, Tensor<float> w, Tensor<float> b, Tensor<float> a) { a += TensorMath.Conv2D(x, w, b, 1, 1); return a; }
            [Graph] public static void Into(Tensor<float> x, Tensor<float> w, Tensor<float> b, Tensor<float> a) => Tensor.Multiply<float>(TensorMath.Conv2D(x, w, b, 1, 1), 2f, a);
            [Graph] public static Tensor<float> After(Tensor<float> x, Tensor<float> w) { x *= 2f; return TensorMath.Conv2D(x, w, padding: 1) + x; }
            [Graph] public static Tensor<float> Made(Tensor<float> x, Tensor<float> w, Tensor<float> b) => TensorMath.Conv2D(x * 2f, w - 1f, b + 1f, 1, 1) * 0.5f;
            [Graph] public static Tensor<float> StrideOfSum(Tensor<float> x, Tensor<float> w, Tensor<int> i) => TensorMath.Conv2D(x, w, Tensor.Sum<int>(i), 0) + 1f;
            [Graph] public static Tensor<float> StrideOfLength(Tensor<float> x, Tensor<float> w, int[] i) => TensorMath.Conv2D(x, w, i.Length, i[0]) + 1f;
            [Graph] public static Tensor<float> Seen(Tensor<float> x, Tensor<float> w, Tensor<float> c) { var y = TensorMath.Conv2D(x, w); Console.WriteLine(y[0, 0, 0, 0]); return y + c; }
            [Graph] public static Tensor<float> Steps(Tensor<float> x, Tensor<float> w, int n) { for (var i = 0; i < n; i++) { x = Tensor.Abs<float>(TensorMath.Conv2D(x, w, padding: 1) + x); } return x; }
            [Graph] public static Tensor<float> Permuted(Tensor<float> x, Tensor<float> w, Tensor<float> c) => TensorMath.Conv2D(Tensor.PermuteDimensions<float>(x, [0, 1, 3, 2]), w) + c;
        }
        """;

    private static readonly (nint[] Input, nint[] Weights, int Stride, int Padding)[] Shapes =
    [
        ([1, 1, 1, 1], [1, 1, 1, 1], 1, 0), ([2, 3, 8, 9], [4, 3, 3, 3], 1, 0), ([2, 3, 8, 9], [4, 3, 3, 3], 1, 1), ([1, 2, 11, 7], [9, 2, 3, 2], 2, 1),
        ([2, 1, 5, 40], [3, 1, 5, 5], 1, 2), ([1, 64, 6, 6], [8, 64, 3, 3], 1, 1), ([3, 2, 7, 7], [17, 2, 1, 1], 3, 0), ([1, 1, 2, 2], [1, 1, 3, 3], 1, 2),
        ([3, 16, 20, 34], [20, 16, 3, 3], 1, 1), ([1, 2, 5, 6], [3, 2, 2, 4], 4, 3), ([9, 2, 12, 13], [70, 2, 2, 2], 1, 0),
    ];

    public static TheoryData<string, int, Func<object?[]>> Calls
    {
        get
        {
            var calls = new TheoryData<string, int, Func<object?[]>>();
            foreach (var (x, w, stride, padding) in Shapes)
            {
                foreach (var (method, of) in new (string, Func<nint[], int, object>)[] { ("Layer", T<float>), ("Doubles", T<double>), ("Halves", T<Half>), ("Integers", T<int>), ("Bytes", T<byte>) })
                {
                    calls.Add(method, 1, () => [of(x, 1), of(w, 2), of([w[0]], 3), stride, padding]);
                    calls.Add(method, 1, () => [of(x, 1), of(w, 2), null, stride, padding]);
                }

                calls.Add("Layer", 1, () => [Inner(x), Inner(w), Inner([w[0]]), stride, padding]);
                calls.Add("Layer", 1, () => [Repeated(x), Turned(w), F([w[0]], 3), stride, padding]);
                calls.Add("Integers", 1, () => [Tensor.PermuteDimensions(T<int>([.. x.Reverse()], 1), [3, 2, 1, 0]), T<int>(w, 2), null, stride, padding]);
                calls.Add("WithoutTerms", 1, () => [F(x), F(w, 2), F([w[0], 1, 1], 3)]);
                calls.Add("Padded", 1, () => [F(x), F(w, 2), F([w[0], 1, 1], 3)]);
                calls.Add("Made", 4, () => [F(x), F(w, 2), F([w[0]], 3)]);
            }

            calls.Add("Defaults", 1, () => [F([2, 3, 8, 9]), F([4, 3, 3, 3], 2), F([4, 1, 1], 3)]);
            calls.Add("Defaults", 1, () => [F([2, 3, 8, 9]), F([4, 3, 3, 3], 2), F([2, 4, 6, 7], 3)]);
            calls.Add("Defaults", 1, () => [F([2, 3, 8, 9]), F([4, 3, 3, 3], 2), F([7], 3)]);
            calls.Add("Defaults", 1, () => [F([2, 3, 8, 9]), F([4, 3, 3, 3], 2), F([2, 1, 1, 7], 3)]);
            calls.Add("Strided", 1, () => [F([2, 3, 8, 9]), F([4, 3, 3, 3], 2), F([4, 1, 1], 3)]);
            calls.Add("Quotients", 1, () => [T<int>([2, 3, 8, 9], 1), T<int>([4, 3, 3, 3], 2), T<int>([2, 4, 6, 7], 2) * 0 + 3]);
            calls.Add("Quotients", 1, () => [T<int>([2, 3, 8, 9], 1), T<int>([4, 3, 3, 3], 2), T<int>([2, 4, 6, 7], 2) * 0]);
            calls.Add("TwoLayers", 2, () => [F([2, 3, 20, 21]), F([8, 3, 3, 3], 2), F([8], 3), F([5, 8, 3, 3], 4), F([5], 5)]);
            calls.Add("TwoLayers", 2, () => [F([2, 3, 20, 21]), F([8, 3, 3, 3], 2), F([8], 3), F([5, 7, 3, 3], 4), F([5], 5)]);
            calls.Add("Pooled", 1, () => [F([2, 3, 20, 21]), F([8, 3, 3, 3], 2), F([8], 3)]);
            calls.Add("PooledAlone", 1, () => [F([2, 3, 20, 21]), F([8, 3, 3, 3], 2), F([8], 3)]);
            calls.Add("PooledAlone", 1, () => [F([2, 3, 20, 21]), F([8, 3, 3, 3], 2), F([7], 3)]);
            calls.Add("Network", 3, () => [F([2, 1, 12, 12]), F([4, 1, 3, 3], 2), F([4], 3), F([6, 4, 3, 3], 4), F([6], 5), F([54, 10], 6)]);
            calls.Add("Residual", 1, () => [F([2, 3, 20, 21]), F([3, 3, 3, 3], 2), F([3], 3)]);
            calls.Add("Branches", 1, () => [F([2, 3, 6, 6]), F([4, 3, 3, 3], 2), F([2, 2, 8, 8], 3), F([4, 2, 3, 3], 4), F([4], 5)]);
            calls.Add("Branches", 1, () => [F([2, 3, 6, 6]), F([4, 3, 3, 3], 2), F([2, 2, 8, 8], 3), F([5, 2, 3, 3], 4), F([5], 5)]);
            calls.Add("Branches", 1, () => [F([2, 3, 6, 6]), F([4, 3, 3, 3], 2), F([2, 2, 8, 8], 3), F([4, 2, 3, 3], 4), F([3], 5)]);
            calls.Add("WithMatrices", 1, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), F([2, 4, 6, 5], 3), F([5, 7], 4)]);
            calls.Add("WithMatrices", 1, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), F([2, 4, 6, 5], 3), F([4, 7], 4)]);
            calls.Add("InPlace", 1, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), F([4, 1, 1], 3)]);
            calls.Add("InPlace", 1, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), F([3, 2, 4, 6, 7], 3)]);
            calls.Add("GivenOut", 1, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), F([4, 1, 1], 3)]);
            calls.Add("TwoResults", 1, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), F([4, 1, 1], 3)]);
            calls.Add("Compared", 1, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), F([4, 1, 1], 3)]);
            calls.Add("Summed", 2, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), F([4, 1, 1], 3)]);
            calls.Add("Alone", 0, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2)]);
            calls.Add("After", 2, () => [F([2, 3, 6, 7]), F([3, 3, 3, 3], 2)]);
            calls.Add("StrideOfSum", 2, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), Tensor.Create([3, -1])]);
            calls.Add("StrideOfSum", 2, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), Tensor.Create([1, -1])]);
            calls.Add("StrideOfLength", 1, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), new[] { 1, 0 }]);
            calls.Add("StrideOfLength", 1, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), Array.Empty<int>()]);
            calls.Add("StrideOfLength", 1, () => [null, F([4, 3, 3, 3], 2), null]);
            calls.Add("Seen", 1, () => [F([2, 3, 6, 7]), F([4, 3, 3, 3], 2), F([4, 1, 1], 3)]);
            calls.Add("Steps", 1, () => [F([2, 3, 6, 7]), F([3, 3, 3, 3], 2), 4]);
            calls.Add("Permuted", 1, () => [F([2, 3, 6, 9]), F([4, 3, 3, 3], 2), F([4, 1, 1], 3)]);

            // Memory that is written and read.
            foreach (var method in new[] { "Accumulated", "Into" })
            {
                calls.Add(method, 1, () => [F([2, 3, 6, 7]), F([3, 3, 3, 3], 2), F([3], 3), F([2, 3, 6, 7], 4)]);
                calls.Add(method, 1, () => [F([2, 3, 30, 31]), F([3, 3, 3, 3], 2), F([3], 3), Inner([2, 3, 30, 31])]);
                calls.Add(method, 1, () => [F([1, 3, 6, 7]), F([3, 3, 3, 3], 2), null, F([1, 3, 6, 1], 4)]);
                calls.Add(method, 1, () => { var x = F([2, 3, 6, 7]); return [x, F([3, 3, 3, 3], 2), F([3], 3), x]; });
                calls.Add(method, 1, () => { var w = F([3, 3, 3, 3], 2); return [F([3, 3, 3, 3]), w, null, w]; });
                calls.Add(method, 1, () => { var all = Values(252); return [F([2, 3, 6, 7]), F([3, 3, 3, 3], 2), Tensor.Create(all, 100, [3], [1]), Tensor.Create(all, [2, 3, 6, 7])]; });
                calls.Add(method, 1, () => { var all = Values(300); return [F([2, 3, 6, 7]), F([3, 3, 3, 3], 2), Tensor.Create(all, 252, [3], [1]), Tensor.Create(all, 0, [2, 3, 6, 7], [126, 42, 7, 1])]; });
                calls.Add(method, 1, () => { var all = Values(300); return [Tensor.Create(all, 10, [2, 3, 6, 7], [126, 42, 7, 1]), F([3, 3, 3, 3], 2), F([3], 3), Tensor.Create(all, 0, [2, 3, 6, 7], [126, 42, 7, 1])]; });
            }

            // What the guard leaves to eager.
            foreach (var method in new[] { "Layer", "Doubles", "Halves", "Integers" })
            {
                Func<nint[], int, object> of = method switch { "Layer" => T<float>, "Doubles" => T<double>, "Halves" => T<Half>, _ => T<int> };
                calls.Add(method, 1, () => [null, of([4, 3, 3, 3], 2), of([4], 3), 1, 0]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), null, of([4], 3), 1, 0]);
                calls.Add(method, 1, () => [null, null, null, 0, -1]);
                calls.Add(method, 1, () => [of([3, 6, 7], 1), of([4, 3, 3, 3], 2), of([4], 3), 1, 0]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 3, 3], 2), of([4], 3), 1, 0]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 2, 3, 3], 2), of([4], 3), 1, 0]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 3, 7, 3], 2), of([4], 3), 1, 0]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 3, 3, 10], 2), of([4], 3), 1, 1]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 3, 0, 3], 2), of([4], 3), 1, 1]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 3, 3, 3], 2), of([3], 3), 1, 1]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 3, 3, 3], 2), of([4, 1], 3), 1, 1]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 3, 3, 3], 2), of([0], 3), 1, 1]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 3, 3, 3], 2), of([4], 3), 0, 0]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 3, 3, 3], 2), of([3], 3), -1, -1]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([4, 3, 3, 3], 2), of([3], 3), 1, -1]);
                calls.Add(method, 1, () => [of([0, 3, 6, 7], 1), of([4, 3, 3, 3], 2), of([4], 3), 1, 0]);
                calls.Add(method, 1, () => [of([2, 3, 6, 7], 1), of([0, 3, 3, 3], 2), of([0], 3), 1, 0]);
                calls.Add(method, 1, () => [of([2, 0, 6, 7], 1), of([4, 0, 3, 3], 2), of([4], 3), 1, 0]);
                calls.Add(method, 1, () => [of([2, 3, 0, 7], 1), of([4, 3, 3, 3], 2), of([4], 3), 1, 2]);
                calls.Add(method, 1, () => [of([1, 1, 1, 1], 1), of([1, 1, 1, 1], 2), of([1], 3), 1, 1_000_000_000]);
            }

            calls.Add("Defaults", 1, () => [F([2, 3, 8, 9]), F([4, 3, 3, 3], 2), null]);
            calls.Add("Defaults", 1, () => [F([2, 3, 8, 9]), F([4, 3, 3, 3], 2), F([5, 1, 1], 3)]);
            calls.Add("Defaults", 1, () => [F([1, 3, 8, 9]), F([4, 3, 3, 3], 2), F([3, 4, 6, 7], 3)]);
            calls.Add("Defaults", 1, () => [F([1, 3, 8, 9]), F([4, 2, 3, 3], 2), F([5, 1, 1], 3)]);
            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void A_woven_convolution_is_the_unwoven_one(string method, int kernels, Func<object?[]> arguments)
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

    private static Tensor<T> T<T>(nint[] lengths, int seed)
        where T : INumberBase<T>
    {
        bool isInteger = T.IsInteger(T.CreateTruncating(0.5));
        return Tensor.Create([.. Values((int)lengths.Aggregate((nint)1, (product, length) => product * length), seed).Select(value => T.CreateTruncating(isInteger ? value * 8 : value))], lengths);
    }

    private static Tensor<float> F(nint[] lengths, int seed = 1) => T<float>(lengths, seed);

    private static float[] Values(int count, int seed = 1) => [.. Enumerable.Range(0, count).Select(i => ((i * 37 * seed % 23) - 11) / 7f)];

    /// <summary>A part of a larger tensor.</summary>
    private static Tensor<float> Inner(nint[] lengths) =>
        F([.. lengths.Select(length => length + 2)], 5).Slice([.. lengths.Select(length => new System.Buffers.NRange(1, 1 + length))]);

    /// <summary>One image repeated.</summary>
    private static Tensor<float> Repeated(nint[] lengths) =>
        Tensor.Create(F([1, .. lengths[1..]], 3).ToArray(), lengths, [0, .. F(lengths).Strides[1..]]);

    /// <summary>The dimensions in reverse order in memory.</summary>
    private static Tensor<float> Turned(nint[] lengths) => Tensor.PermuteDimensions(F([.. lengths.Reverse()], 4), [3, 2, 1, 0]);
}
