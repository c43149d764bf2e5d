using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using GraphWeaver.DifferentialTests.Calls;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>Methods that read through views: woven against unwoven over tensors of every layout, with the kernels counted.</summary>
public sealed class ViewTests
{
    private const string Source = """
        using System.Buffers;
        public static class Program
        {
            [Graph] public static Tensor<float> Stencil(Tensor<float> a) => a[1..^1, 1..^1] + a[..^2, 1..^1] + a[2.., 1..^1] + a[1..^1, ..^2] + a[1..^1, 2..];
            [Graph] public static Tensor<float> Line(Tensor<float> a) => a[..^2] - 2f * a[1..^1] + a[2..];
            [Graph] public static Tensor<float> Window(Tensor<float> a, int n, int m) => a[n..m, ..] * 2f + a[n..m, 0..1];
            [Graph] public static Tensor<float> Ranges(Tensor<float> a, NRange r, NRange s) => Tensor.Abs<float>(a[r, s]);
            [Graph] public static Tensor<float> From(Tensor<float> a, nint n) => a.Slice([n, 1]) + 1f;
            [Graph] public static Tensor<float> Reshaped(Tensor<float> a, nint n) => a.Reshape([n, -1]) * a.Reshape([n, a.FlattenedLength / n]);
            [Graph] public static Tensor<float> Flat(Tensor<float> a) => a.Reshape([-1]) - 1f;
            [Graph] public static Tensor<float> Permuted(Tensor<float> a) => a.PermuteDimensions([1, 2, 0]) + a.PermuteDimensions([1, 2, 0]) * 3f;
            [Graph] public static Tensor<float> Turned(Tensor<float> a) => a.PermuteDimensions([]) * 3f;
            [Graph] public static Tensor<float> Transposed(Tensor<float> a, Tensor<float> b) => Tensor.Transpose(a) * b + Tensor.Transpose(b[..^1, ..]);
            [Graph] public static Tensor<float> Squeezed(Tensor<float> a, int d) => Tensor.Squeeze(a) + Tensor.SqueezeDimension(a, d);
            [Graph] public static Tensor<float> Outer(Tensor<float> a, Tensor<float> b) => a.Unsqueeze(1) * b.Unsqueeze(0);
            [Graph] public static Tensor<float> Unsqueezed(Tensor<float> a, int d) => -Tensor.Unsqueeze(a, d);
            [Graph] public static Tensor<float> Reversed(Tensor<float> a, int d) => Tensor.Reverse<float>(a) + Tensor.ReverseDimension<float>(a, d);
            [Graph] public static Tensor<float> Repeated(Tensor<float> a, nint n) => Tensor.Broadcast<float>(a, [2, n, 4]) * 0.5f;
            [Graph] public static Tensor<float> Chained(Tensor<float> a) => Tensor.Transpose(a[1.., ..^1])[..2, ..].Unsqueeze(1) * 2f;
            [Graph] public static float Reduced(Tensor<float> a) => Tensor.Max<float>(a[1.., ..]) - Tensor.Min<float>(Tensor.Transpose(a));
            [Graph] public static Tensor<float> Spans(Tensor<float> a, Tensor<float> b) => Tensor.Add<float>(a.AsReadOnlyTensorSpan()[..3, ..], b.AsTensorSpan(1..4, ..));
            [Graph] public static Tensor<float> OfSpan(Tensor<float> a) { var s = a.AsReadOnlyTensorSpan(); var t = s.Slice(1.., 1..); return Tensor.Multiply<float>(t, t); }
            [Graph] public static Tensor<double> OfDoubles(Tensor<double> a) => a[1..] / a[..^1];
            [Graph] public static Tensor<int> OfIntegers(Tensor<int> a) => a[1..] / a[..^1];
            [Graph] public static Tensor<float> OfResult(Tensor<float> a, Tensor<float> b) => (a + b)[1..^1] * 2f + Tensor.Transpose(a * 2f)[1..^1];
            [Graph] public static (Tensor<float>, Tensor<float>) Escaping(Tensor<float> a) { var v = a[1..]; var y = v * 2f; return (v, y); }
            [Graph] public static Tensor<float> Shared(Tensor<float> a) { var v = a[1..^1]; var e = Tensor.Abs<float>(v - Tensor.Max<float>(v)); return e / Tensor.Max<float>(e) + v; }
            [Graph] public static Tensor<float> Between(Tensor<float> a, Tensor<float> b) { var p = a * 2f; var v = b[1..]; var q = a - 1f; return p * q + v; }
            [Graph] public static Tensor<float> BeforeEffect(Tensor<float> a) { var v = a[2..]; Console.WriteLine("after the view"); return v * 2f; }
            [Graph] public static Tensor<float> AfterEffect(Tensor<float> a) { Console.WriteLine("before the view"); var v = a[2..]; return v * 2f; }
            [Graph] public static Tensor<float> Negative(Tensor<float> a, Tensor<float> b, int n) => a * 2f + b[n..];
            [Graph] public static Tensor<float> NegativeFirst(Tensor<float> a, Tensor<float> b, int n) => b[n..] + a * 2f;
            [Graph] public static Tensor<float> FromEnd(Tensor<float> a, int n) => a[^n..] * 2f + a[..n];
            [Graph] public static Tensor<float> Told(Tensor<float> a, Tensor<float> b) => a * 2f + b[Say(1)..Say(3), ..Say(2)] * (a - 1f);
            private static int Say(int n) { Console.WriteLine(n); return n; }
            [Graph] public static Tensor<float> ByMax(Tensor<int> a, Tensor<float> b) => b[Tensor.Max<int>(a * 2)..] + 1f;
            [Graph] public static Tensor<float> Loop(Tensor<float> a, int n) { var sum = a[..3] * 0f; for (var i = 0; i < n; i++) { sum = sum + a[i..(i + 3)] * (1f + i); } return sum; }
            [Graph] public static Tensor<float> Unrolled(Tensor<float> a) { var sum = a[..3, ..] * 0f; for (var i = 0; i < 3; i++) { sum = sum + a[i..(i + 3), ..]; } return sum; }
            [Graph] public static Tensor<float> Smoothed(Tensor<float> a, int n) { for (var i = 0; i < n; i++) { a = (a[..^2] + a[2..]) * 0.5f; } return a; }
            [Graph] public static Tensor<float> Mirrored(Tensor<float> a, int n) { for (var i = 0; i < n; i++) { a = Tensor.Reverse<float>(a) * 0.5f + 1f; } return a; }
            [Graph] public static Tensor<float> Twice(Tensor<float> a, int n) { for (var i = 0; i < n; i++) { a = Tensor.Transpose(a) * 0.5f + a; } return a; }
            [Graph] public static Tensor<float> Branch(Tensor<float> a, bool first) { var v = a[1..]; return first ? v + 1f : v * 2f; }
            [Graph] public static Tensor<float> Caught(Tensor<float> a, int n) { try { return a[n..] * 2f; } catch (ArgumentOutOfRangeException) { return a; } }
            [Graph] public static Tensor<float> Nested(Tensor<float> a, Tensor<float> b, int n) => a[(int)Tensor.Sum<float>(b[..n] * 0f)..3, n..] * 2f;
            [Graph] public static bool Equal(Tensor<float> a) => ReferenceEquals(a.Reshape(a.Lengths), a) && Tensor.Sum<float>(a.Reshape(a.Lengths) * 2f) > 0f;
            [Graph] public static Tensor<float> LongLived(Tensor<float> a, ReadOnlySpan<NRange> r) => a[r] * 2f;
            public static Tensor<float> CallLongLived(Tensor<float> a) => LongLived(a, [1.., (..2)]);
        }
        """;

    private static readonly Func<Tensor<float>>[] Matrices =
    [
        () => Floats(5, 6),
        () => Floats(6, 5),
        () => Floats(4, 4),
        () => Floats(1, 4),
        () => Floats(40, 300),
        () => Floats(9, 8)[1..6, 2..7],
        () => Floats(9, 8)[3..4, 2..7],
        () => Tensor.Transpose(Floats(5, 7)),
        () => Tensor.Create([1f, 2f, 3f, 4f], [4, 4], [0, 1]),
        () => Floats(4),
        () => Floats(2, 3, 4),
        () => Floats(0, 4),
        () => null!,
    ];

    /// <summary>A method, its kernels, and its arguments after the first.</summary>
    public static TheoryData<string, int, object?[]> OnMatrices => new()
    {
        { "Stencil", 1, [] },
        { "Window", 1, [1, 3] },
        { "Window", 1, [3, 1] },
        { "Window", 1, [-1, 2] },
        { "Ranges", 1, [(System.Buffers.NRange)(1..^1), (System.Buffers.NRange)(..)] },
        { "Ranges", 1, [(System.Buffers.NRange)(..^1), (System.Buffers.NRange)(^1..)] },
        { "From", 1, [(nint)1] },
        { "From", 1, [(nint)(-1)] },
        { "Reshaped", 1, [(nint)2] },
        { "Reshaped", 1, [(nint)3] },
        { "Flat", 1, [] },
        { "Permuted", 1, [] },
        { "Turned", 1, [] },
        { "Squeezed", 1, [0] },
        { "Squeezed", 1, [-1] },
        { "Unsqueezed", 1, [1] },
        { "Unsqueezed", 1, [3] },
        { "Reversed", 1, [1] },
        { "Reversed", 1, [2] },
        { "Repeated", 1, [(nint)4] },
        { "Repeated", 1, [(nint)0] },
        { "Chained", 1, [] },
        { "Reduced", 2, [] },
        { "OfSpan", 1, [] },
        { "Unrolled", 1, [] },
        { "Twice", 1, [3] },
        { "Mirrored", 1, [3] },
        { "Branch", 2, [true] },
        { "Equal", 1, [] },
        { "CallLongLived", 0, [] },
    };

    /// <summary>A method, its kernels, and all of its arguments.</summary>
    public static TheoryData<string, int, Func<object?[]>> OnOthers => new()
    {
        { "Line", 1, () => [Floats(10)] },
        { "Line", 1, () => [Floats(2)] },
        { "Line", 1, () => [Floats(1)] },
        { "Line", 1, () => [Floats(100_000)] },
        { "Permuted", 1, () => [Floats(2, 3, 4)] },
        { "Permuted", 1, () => [Floats(70, 30, 40)] },
        { "Transposed", 1, () => [Floats(3, 4), Floats(4, 3)] },
        { "Transposed", 1, () => [Floats(3, 3), Floats(4, 3)] },
        { "Transposed", 1, () => [Floats(3, 4), Floats(5, 3)] },
        { "Squeezed", 1, () => [Floats(1, 4, 1, 3), 2] },
        { "Squeezed", 1, () => [Floats(1, 1), 0] },
        { "Outer", 1, () => [Floats(3), Floats(5)] },
        { "Outer", 1, () => [Floats(300), Floats(500)] },
        { "Outer", 1, () => [Floats(3), null] },
        { "Spans", 1, () => [Floats(4, 3), Floats(5, 3)] },
        { "Spans", 1, () => [Floats(2, 3), Floats(5, 3)] },
        { "OfDoubles", 1, () => [Tensor.Create(Enumerable.Range(0, 50).Select(i => i / 3.0).ToArray())] },
        { "OfIntegers", 1, () => [Tensor.Create(Enumerable.Range(1, 50).ToArray())] },
        { "OfIntegers", 1, () => [Tensor.Create(Enumerable.Range(0, 50).ToArray())] },
        { "OfResult", 4, () => [Floats(5), Floats(5)] },
        { "OfResult", 4, () => [Floats(4, 5), Floats(4, 5)] },
        { "OfResult", 4, () => [Floats(5, 5), Floats(5)] },
        { "Escaping", 1, () => [Floats(5)] },
        { "Escaping", 1, () => [Floats(1)] },
        { "Shared", 3, () => [Floats(30)] },
        { "Shared", 3, () => [Floats(1)] },
        { "Between", 1, () => [Floats(5), Floats(6)] },
        { "Between", 1, () => [Floats(5), Floats(7)] },
        { "Between", 1, () => [Floats(5), null] },
        { "Between", 1, () => [null, null] },
        { "BeforeEffect", 1, () => [Floats(5)] },
        { "BeforeEffect", 1, () => [Floats(1)] },
        { "AfterEffect", 1, () => [Floats(5)] },
        { "AfterEffect", 1, () => [Floats(1)] },
        { "Negative", 1, () => [Floats(5), Floats(6), 1] },
        { "Negative", 1, () => [Floats(5), Floats(6), -1] },
        { "Negative", 1, () => [null, Floats(6), -1] },
        { "Negative", 1, () => [Floats(5), null, -1] },
        { "NegativeFirst", 1, () => [Floats(5), Floats(6), 1] },
        { "NegativeFirst", 1, () => [null, Floats(6), -1] },
        { "NegativeFirst", 1, () => [Floats(5), null, -1] },
        { "FromEnd", 1, () => [Floats(5), 2] },
        { "FromEnd", 1, () => [Floats(5), 0] },
        { "FromEnd", 1, () => [Floats(5), -2] },
        { "FromEnd", 1, () => [Floats(5), 7] },
        { "Told", 2, () => [Floats(2, 2), Floats(4, 4)] },
        { "Told", 2, () => [Floats(2, 2), Floats(2, 2)] },
        { "Told", 2, () => [null, Floats(2, 2)] },
        { "ByMax", 2, () => [Tensor.Create([0, 1, 0]), Floats(6)] },
        { "ByMax", 2, () => [Tensor.Create([0, -1, -2]), Floats(6)] },
        { "ByMax", 2, () => [Tensor.Create([-2]), Floats(6)] },
        { "Loop", 2, () => [Floats(8), 5] },
        { "Loop", 2, () => [Floats(8), 7] },
        { "Loop", 2, () => [Floats(2), 1] },
        { "Smoothed", 1, () => [Floats(20), 5] },
        { "Smoothed", 1, () => [Floats(8), 5] },
        { "Mirrored", 1, () => [Floats(9), 4] },
        { "Mirrored", 1, () => [Floats(3000), 4] },
        { "Caught", 1, () => [Floats(5), 2] },
        { "Caught", 1, () => [Floats(5), 9] },
        { "Nested", 2, () => [Floats(4, 5), Floats(3), 2] },
        { "Nested", 2, () => [Floats(4, 5), Floats(3), 4] },
    };

    [Theory]
    [MemberData(nameof(OnMatrices), DisableDiscoveryEnumeration = true)]
    public void Every_layout_is_read_as_eager_reads_it(string method, int kernels, object?[] arguments)
    {
        foreach (var program in Both())
        {
            AssertKernels(program, method, kernels);
            foreach (var matrix in Matrices)
            {
                program.AssertSame("Program", method, () => [matrix(), .. arguments]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(OnOthers), DisableDiscoveryEnumeration = true)]
    public void Every_view_is_what_eager_makes_it(string method, int kernels, Func<object?[]> arguments)
    {
        foreach (var program in Both())
        {
            AssertKernels(program, method, kernels);
            program.AssertSame("Program", method, arguments);
        }
    }

    [Theory]
    [InlineData("Stencil", 38 * 298)]
    [InlineData("Chained", 2 * 39)]
    [InlineData("Unsqueezed", 40 * 300, 1)]
    [InlineData("Flat", 40 * 300)]
    public void A_call_allocates_its_result_and_no_view(string method, int elements, params object[] more)
    {
        foreach (var program in Both())
        {
            var target = program.Woven.Assembly.GetType("Program")!.GetMethod(method)!;
            var matrix = Floats(40, 300);
            Delegate made = more.Length == 0 ? target.CreateDelegate<Func<Tensor<float>, Tensor<float>>>() : target.CreateDelegate<Func<Tensor<float>, int, Tensor<float>>>();
            Tensor<float> Run() => made is Func<Tensor<float>, Tensor<float>> one ? one(matrix) : ((Func<Tensor<float>, int, Tensor<float>>)made)(matrix, (int)more[0]);
            Run();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            before = GC.GetAllocatedBytesForCurrentThread();
            var fresh = Tensor.CreateFromShapeUninitialized<float>([elements]);
            var result = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(result, allocated);
            GC.KeepAlive(fresh);
        }
    }

    [Fact]
    public void A_view_is_no_fallback()
    {
        foreach (var program in Both())
        {
            Assert.DoesNotContain(program.Report.Methods.SelectMany(method => method.Diagnostics), IsOfView);
        }
    }

    /// <summary>Elements and shapes that the programs read are told of, as every call is that no table holds.</summary>
    internal static bool IsOfView(Compiler.Diagnostics.Diagnostic diagnostic) => diagnostic.Descriptor.Code is "GW1901" or "GW1006"
        || (diagnostic.Descriptor.Code == "GW1001" && !Regex.IsMatch(diagnostic.Message, @"^'[^']*(\[[^.\]]*\]|\.(FlattenedLength|Lengths|Rank))' stays"));

    internal static Tensor<float> Floats(params nint[] lengths) =>
        Tensor.Create(Enumerable.Range(0, (int)TensorPrimitives.Product<nint>(lengths)).Select(i => ((i * 37 % 101) - 50) / 7f).ToArray(), lengths);

    private static IEnumerable<WovenProgram> Both() => new[] { OptimizationLevel.Debug, OptimizationLevel.Release }.Select(optimization => Programs.Of(Source, optimization));

    private static void AssertKernels(WovenProgram program, string method, int kernels) =>
        Assert.Equal(kernels, program.Report.Methods.SingleOrDefault(report => report.Name == "Program." + method)?.Kernels ?? 0);
}
