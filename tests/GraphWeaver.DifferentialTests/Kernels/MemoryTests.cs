using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Calls;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>What a woven call allocates: its results, and nothing of what lies between its kernels.</summary>
public sealed class MemoryTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Perceptron(Tensor<float> x, Tensor<float> w, Tensor<float> b, Tensor<float> v, Tensor<float> c)
            {
                var hidden = Tensor.Max<float>(TensorMath.MatMul(x, w) + b, 0f);
                return TensorMath.MatMul(hidden, v) + c;
            }
            [Graph] public static Tensor<float> SoftMax(Tensor<float> x)
            {
                var e = Tensor.Exp<float>(x - Tensor.Max<float>(x));
                return e / Tensor.Sum<float>(e);
            }
            [Graph] public static Tensor<float> Filtered(Tensor<float> x, Tensor<float> w, Tensor<float> b, Tensor<float> v, Tensor<float> c)
            {
                var hidden = Tensor.Max<float>(TensorMath.Conv2D(x, w, b, 1, 1), 0f);
                return Tensor.Max<float>(TensorMath.Conv2D(hidden, v, padding: 1) + c, 0f);
            }
            [Graph] public static Tensor<int> Counted(Tensor<int> x, Tensor<int> w, Tensor<int> b) => TensorMath.Conv2D(x, w, b, 1, 1) * 2;
            [Graph] public static Tensor<float> Unfused(Tensor<float> x, Tensor<float> w) { var y = TensorMath.Conv2D(x, w, padding: 1); return y / Tensor.Max<float>(y); }
            [Graph] public static void Gradient(Tensor<float> w, Tensor<float> x, Tensor<float> g) => w -= 0.1f * TensorMath.MatMul(x, g);
            [Graph] public static Tensor<float> Attention(Tensor<float> q, Tensor<float> k, Tensor<float> v) => TensorMath.MatMul(TensorMath.SoftMax(TensorMath.MatMul(q, k) * 0.125f, -1), v) * 2f;
            [Graph] public static Tensor<float> Steps(Tensor<float> x, Tensor<float> w, int n) { for (var i = 0; i < n; i++) { x = Tensor.Max<float>(TensorMath.MatMul(x, w) + x, 0f); } return x; }
            [Graph] public static Tensor<float> Earlier(Tensor<float> x, Tensor<float> w, int n) { var last = x; for (var i = 0; i < n; i++) { last = x; x = TensorMath.MatMul(x, w) + x; } return last; }
            [Graph] public static Tensor<float> Left(Tensor<float> x, Tensor<float> w, int n) { while (true) { var y = TensorMath.MatMul(x, w) * 0.5f; if (n-- == 0) { return x; } x = y; } }
            [Graph] public static Tensor<float> Product(Tensor<float> x) { var p = TensorMath.MatMul(x, x); return p / Tensor.Max<float>(p); }
            [Graph] public static (Tensor<float> Call, Tensor<float> Put) BlackScholes(Tensor<float> spot, Tensor<float> strike, Tensor<float> time, float rate, float volatility)
            {
                var root = Tensor.Sqrt<float>(time) * volatility;
                var d1 = (Tensor.Log<float>(spot / strike) + (rate + volatility * volatility / 2f) * time) / root;
                var d2 = d1 - root;
                var discounted = strike * Tensor.Exp<float>(-rate * time);
                var n1 = Normal(d1);
                var n2 = Normal(d2);
                return (spot * n1 - discounted * n2, discounted * (1f - n2) - spot * (1f - n1));
            }
            [Graph] public static (Tensor<double> Call, Tensor<double> Put) BlackScholesDouble(Tensor<double> spot, Tensor<double> strike, Tensor<double> time, double rate, double volatility)
            {
                var root = Tensor.Sqrt<double>(time) * volatility;
                var d1 = (Tensor.Log<double>(spot / strike) + (rate + volatility * volatility / 2.0) * time) / root;
                var d2 = d1 - root;
                var discounted = strike * Tensor.Exp<double>(-rate * time);
                var n1 = 0.5 + Tensor.CopySign<double>(0.5 - Tail(d1), d1);
                var n2 = 0.5 + Tensor.CopySign<double>(0.5 - Tail(d2), d2);
                return (spot * n1 - discounted * n2, discounted * (1.0 - n2) - spot * (1.0 - n1));
            }

            // Abramowitz and Stegun, 26.2.17.
            private static Tensor<float> Normal(Tensor<float> x)
            {
                var size = Tensor.Abs<float>(x);
                var k = 1f / (1f + 0.2316419f * size);
                var sum = k * (0.319381530f + k * (-0.356563782f + k * (1.781477937f + k * (-1.821255978f + k * 1.330274429f))));
                var tail = 0.39894228f * Tensor.Exp<float>(-0.5f * size * size) * sum;
                return 0.5f + Tensor.CopySign<float>(0.5f - tail, x);
            }
            private static Tensor<double> Tail(Tensor<double> x)
            {
                var size = Tensor.Abs<double>(x);
                var k = 1.0 / (1.0 + 0.2316419 * size);
                return 0.3989422804014327 * Tensor.Exp<double>(-0.5 * size * size) * k * (0.319381530 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
            }

            // What else may hold a tensor, or look at it later.
            private static Tensor<float> kept;
            [Graph] public static Tensor<float> Kept(Tensor<float> x) { var e = x * 2f; kept = e; return e / Tensor.Sum<float>(e); }
            [Graph] public static Tensor<float> Passed(Tensor<float> x) { var e = x * 2f; Keep(e); return e / Tensor.Sum<float>(e); }
            [Graph] public static Tensor<float> Viewed(Tensor<float> x) { var e = x * 2f; var v = e.Reshape([x.FlattenedLength]); return v / Tensor.Sum<float>(e); }
            [Graph] public static Tensor<float> Captured(Tensor<float> x) { var e = x * 2f; Func<Tensor<float>> f = () => e; var r = e / Tensor.Sum<float>(e); return r + f(); }
            [Graph] public static Tensor<float> Branched(Tensor<float> x, bool late) { var e = x * 2f; var r = e / Tensor.Sum<float>(e); if (late) { r = r + e; } return r; }
            [Graph] public static Tensor<float> Written(Tensor<float> x) { var e = x * 2f; var s = Tensor.Sum<float>(e); e *= s; var t = Tensor.Sum<float>(e); return x * t; }
            [Graph] public static Tensor<float> Spanned(Tensor<float> x) { var e = x * 2f; ReadOnlyTensorSpan<float> s = e; var m = Tensor.Max<float>(s); var y = x / m; return y - Tensor.Abs<float>(s); }
            [Graph] public static Tensor<float> Caught(Tensor<float> x, Tensor<float> y) { var e = x * 2f; try { return e / Tensor.Sum<float>(e) + y; } catch (ArgumentException) { return e; } }
            [Graph] public static Tensor<float> Looped(Tensor<float> x, int n) { var r = x; for (var i = 0; i < n; i++) { var e = r * 2f; r = e / Tensor.Max<float>(e); } return r; }
            private static void Keep(Tensor<float> x) => kept = x;
            public static object Twice(int which)
            {
                var first = Call(which, V(3)); var then = first.ToArray(); var held = kept?.ToArray();
                var second = Call(which, V(5));
                return (then, first.ToArray(), second.ToArray(), held, kept?.ToArray());
            }
            private static Tensor<float> Call(int which, Tensor<float> x) => which switch
            {
                0 => Kept(x), 1 => Passed(x), 2 => Viewed(x), 3 => Captured(x), 4 => Branched(x, true), 5 => Branched(x, false), 6 => Written(x), 7 => Spanned(x),
                8 => Caught(x, x), 9 => Caught(x, V(1, 5)), _ => Looped(x, 3),
            };

            public static Tensor<float> V(int seed, int n = 40) => Tensor.Create(Enumerable.Range(1, n).Select(i => (i * seed % 19 + 1) / 4f).ToArray());
            public static Tensor<float> M(int rows, int columns) => Tensor.Create(Enumerable.Range(1, rows * columns).Select(i => (i * 7 % 19 + 1) / 4f).ToArray(), [rows, columns]);
            public static Tensor<double> D(int n) => Tensor.Create(Enumerable.Range(1, n).Select(i => (i * 7 % 19 + 1) / 4.0).ToArray());
            public static long PerceptronBytes() { var (x, w, b, v, c) = (M(30, 20), M(20, 50), V(3, 50), M(50, 10), V(5, 10)); return Bytes(() => Perceptron(x, w, b, v, c)) - Bytes(() => Tensor.CreateFromShapeUninitialized<float>([30, 10])); }
            public static long WideBytes() { var (x, w, b, v, c) = (M(30, 200), M(200, 300), V(3, 300), M(300, 140), V(5, 140)); return Bytes(() => Perceptron(x, w, b, v, c)) - Bytes(() => Tensor.CreateFromShapeUninitialized<float>([30, 140])); }
            public static Tensor<float> M4(params nint[] lengths) { var count = 1; foreach (var length in lengths) { count *= (int)length; } return Tensor.Create(Enumerable.Range(1, count).Select(i => (i * 7 % 19 - 9) / 4f).ToArray(), lengths); }
            public static long FilteredBytes() { var (x, w, b, v, c) = (M4(4, 3, 20, 30), M4(20, 3, 3, 3), V(3, 20), M4(10, 20, 3, 3), M4(10, 1, 1)); return Bytes(() => Filtered(x, w, b, v, c)) - Bytes(() => Tensor.CreateFromShapeUninitialized<float>([4, 10, 20, 30])); }
            public static long CountedBytes() { var (x, w, b) = (Tensor.Create(new int[4 * 3 * 20 * 30], [4, 3, 20, 30]), Tensor.Create(new int[20 * 27], [20, 3, 3, 3]), Tensor.Create(new int[20])); return Bytes(() => Counted(x, w, b)) - Bytes(() => Tensor.CreateFromShapeUninitialized<int>([4, 20, 20, 30])); }
            public static long UnfusedBytes() { var (x, w) = (M4(4, 3, 20, 30), M4(20, 3, 3, 3)); return Bytes(() => Unfused(x, w)) - Bytes(() => Tensor.CreateFromShapeUninitialized<float>([4, 20, 20, 30])); }
            public static long GradientBytes() { var (w, x, g) = (M(30, 20), M(30, 10), M(10, 20)); return Bytes(() => { Gradient(w, x, g); return w; }); }
            public static long AttentionBytes() { var (q, k, v) = (M(30, 20), M(20, 30), M(30, 20)); return Bytes(() => Attention(q, k, v)) - Bytes(() => Tensor.CreateFromShapeUninitialized<float>([30, 20])); }
            public static long StepsBytes() { var (x, w) = (M(30, 30), M(30, 30)); return Bytes(() => Steps(x, w, 7)) - Bytes(() => Tensor.CreateFromShapeUninitialized<float>([30, 30])); }
            public static object Carried(int trips)
            {
                var (x, w) = (M(6, 6), M(6, 6) / 50f);
                var results = new[] { Steps(x, w, trips), Earlier(x, w, trips), Left(x, w, trips), Steps(x, w, trips), Earlier(x, w, trips), Left(x, w, trips) };
                return (x.ToArray(), results.Select(result => result.ToArray()).ToArray(), results.Distinct().Count());
            }
            public static long SoftMaxBytes() { var x = M(50, 60); return Bytes(() => SoftMax(x)) - Bytes(() => Tensor.CreateFromShapeUninitialized<float>(x.Lengths)); }
            public static long ProductBytes() { var x = M(50, 50); return Bytes(() => Product(x)) - Bytes(() => Tensor.CreateFromShapeUninitialized<float>(x.Lengths)); }
            public static long BlackScholesBytes() { var x = V(7, 1000); return Bytes(() => BlackScholes(x, x, x, 0.02f, 0.3f).Put) - 2 * Bytes(() => Tensor.CreateFromShapeUninitialized<float>(x.Lengths)); }
            public static long BlackScholesDoubleBytes() { var x = D(1000); return Bytes(() => BlackScholesDouble(x, x, x, 0.02, 0.3).Put) - 2 * Bytes(() => Tensor.CreateFromShapeUninitialized<double>(x.Lengths)); }
            public static string Prices()
            {
                var (call, put) = BlackScholes(V(7), V(11), V(3), 0.02f, 0.3f);
                var (doubleCall, doublePut) = BlackScholesDouble(D(40), D(40) + 1.0, D(40), 0.02, 0.3);
                return string.Join(" ", new[] { call, put }.SelectMany(tensor => tensor.ToArray()).Select(value => value.ToString("F3"))
                    .Concat(new[] { doubleCall, doublePut }.SelectMany(tensor => tensor.ToArray()).Select(value => value.ToString("F9"))));
            }
            private static object result;
            private static long Bytes(Func<object> call)
            {
                var least = long.MaxValue;
                for (var trip = 0; trip < 20; trip++)
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    result = call();
                    least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                }
                return least;
            }
        }
        """;

    [Theory]
    [InlineData("Perceptron", 2)]
    [InlineData("Wide", 2)]
    [InlineData("Filtered", 2)]
    [InlineData("Counted", 1)]
    [InlineData("Unfused", 2)]
    [InlineData("SoftMax", 3)]
    [InlineData("Gradient", 1)]
    [InlineData("Attention", 3)]
    [InlineData("Steps", 1)]
    [InlineData("Product", 2)]
    [InlineData("BlackScholes", 1)]
    [InlineData("BlackScholesDouble", 1)]
    public void A_call_allocates_its_results(string method, int kernels)
    {
        foreach (var program in Both())
        {
            Assert.Equal(kernels, program.MethodReport("Program." + method.Replace("Wide", "Perceptron", StringComparison.Ordinal)).Kernels);
            Assert.Equal(0L, BytesBeyondResults(program.Woven, method));
            Assert.NotEqual(0L, BytesBeyondResults(program.Unwoven, method));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void A_tensor_that_somebody_may_still_see_is_not_given_back(int which)
    {
        foreach (var program in Both())
        {
            program.AssertSame("Program", "Twice", () => [which]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_carried_tensor_that_somebody_may_still_see_is_not_given_back(int trips)
    {
        foreach (var program in Both())
        {
            program.AssertSame("Program", "Carried", () => [trips]);
        }
    }

    [Fact]
    public void Prices_are_those_of_the_unwoven_method()
    {
        foreach (var program in Both())
        {
            program.AssertSame("Program", "Prices");
        }
    }

    private static long BytesBeyondResults(LoadedProgram program, string method) => (long)program.Assembly.GetType("Program")!.GetMethod(method + "Bytes")!.Invoke(null, [])!;

    private static IEnumerable<WovenProgram> Both() => [Programs.Of(Source, OptimizationLevel.Debug), Programs.Of(Source, OptimizationLevel.Release)];
}
