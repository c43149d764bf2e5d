using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Calls;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>Methods that write into parts of tensors, and what else sees that memory: woven against unwoven, arguments compared too.</summary>
public sealed class WrittenViewTests
{
    private const string Source = """
        using System.Buffers;
        public static class Program
        {
            [Graph] public static void Smooth(Tensor<float> a, Tensor<float> b) => b.SetSlice((a[..^2] + a[2..]) * 0.5f, 1..^1);
            [Graph] public static Tensor<float> SmoothBack(Tensor<float> a, Tensor<float> b) => b.SetSlice((a[..^2] + a[2..]) * 0.5f, 1..^1);
            [Graph] public static Tensor<float> SmoothOn(Tensor<float> a, Tensor<float> b) => b.SetSlice(a[..^2] + a[2..], 1..^1) * 2f;
            [Graph] public static void Jacobi(Tensor<float> a, Tensor<float> b, int n)
            {
                for (var i = 0; i < n; i++)
                {
                    b.SetSlice((a[1..^1, ..^2] + a[1..^1, 2..] + a[..^2, 1..^1] + a[2.., 1..^1]) * 0.25f, 1..^1, 1..^1);
                    (a, b) = (b, a);
                }
            }
            [Graph] public static void Assigned(Tensor<float> a, Tensor<float> b) { b[1..^1] = (a[..^2] + a[2..]) * 0.5f; }
            [Graph] public static void Bare(Tensor<float> a, Tensor<float> b) { b[1..3] = a; }
            [Graph] public static void BareOfView(Tensor<float> a, Tensor<float> b) { b[1..3] = a[..2]; }
            [Graph] public static void Whole(Tensor<float> a, Tensor<float> b) { b.SetSlice(a * 2f); }
            [Graph] public static void Copied(Tensor<float> a, Tensor<float> b) { a.CopyTo(b); }
            [Graph] public static void CopiedResult(Tensor<float> a, Tensor<float> b) { (a * 2f).CopyTo(b); }
            [Graph] public static void Broadcasted(Tensor<float> a, Tensor<float> b) { a.BroadcastTo(b); }
            [Graph] public static Tensor<float> InPlace(Tensor<float> a, Tensor<float> b) { var s = a[1..3]; s += b; return a * 2f; }
            [Graph] public static Tensor<float> InPlaceGiven(Tensor<float> a, Tensor<float> b) { var s = a[1..3]; s += b; s *= 2f; return s; }
            [Graph] public static void Destination(Tensor<float> a, Tensor<float> b, Tensor<float> c) { Tensor.Add<float>(a, b, c.AsTensorSpan(1..3)); }
            [Graph] public static void DestinationOfSpan(Tensor<float> a, Tensor<float> b, Tensor<float> c) { Tensor.Add<float>(a, b, c.AsTensorSpan()[1..3]); }
            [Graph] public static void IntoTransposed(Tensor<float> a, Tensor<float> b) { var t = Tensor.Transpose(b); t += a; t.SetSlice(a * 2f); }
            [Graph] public static Tensor<float> CopyBefore(Tensor<float> a, Tensor<float> b) { var r = Tensor.Reverse<float>(a); a += b; return r * 2f; }
            [Graph] public static Tensor<float> CopyOfPart(Tensor<float> a, Tensor<float> b) { var r = Tensor.Broadcast<float>(a[..1], [3]); a.SetSlice(b, 0..1); return r * 2f; }
            [Graph] public static Tensor<float> CopyWritten(Tensor<float> a, Tensor<float> b) { var r = Tensor.Reverse<float>(a); r += b; return r * 2f + a; }
            [Graph] public static Tensor<float> AliasBefore(Tensor<float> a, Tensor<float> b) { var v = a[1..]; a += b; return v * 2f; }
            [Graph] public static Tensor<float> ReadBack(Tensor<float> a, Tensor<float> b) { a[1..3] = b * 2f; return a[1..3] + a[0..2]; }
            [Graph] public static Tensor<float> ReadSame(Tensor<float> a, Tensor<float> b) { a[1..3] = b * 2f; return a[1..3] + b; }
            [Graph] public static void Shift(Tensor<float> a) { a[1..] = a[..^1]; }
            [Graph] public static void ShiftScaled(Tensor<float> a) { a.SetSlice(a[..^1] * 2f, 1..); }
            [Graph] public static void ShiftBack(Tensor<float> a) { a[..^1] = a[1..] + 1f; }
            [Graph] public static void Halves(Tensor<float> a) { a[..4] = a[4..] * 2f; }
            [Graph] public static void Mirror(Tensor<float> a) { a.SetSlice(Tensor.Reverse<float>(a) * 2f); }
            [Graph] public static void MirrorBare(Tensor<float> a) { a.SetSlice(Tensor.Reverse<float>(a)); }
            [Graph] public static void Symmetric(Tensor<float> a) { a += Tensor.Transpose(a); }
            [Graph] public static void Onto(Tensor<float> a) { a[1..3] = a[1..3] * 2f; }
            [Graph] public static void Two(Tensor<float> a, Tensor<float> b) { a[..2] = b * 2f; a[2..4] = b * 3f; }
            [Graph] public static void TwoMeeting(Tensor<float> a, Tensor<float> b) { a[..2] = b * 2f; a[1..3] = b * 3f; }
            [Graph] public static void Printed(Tensor<float> a, Tensor<float> b) { Console.WriteLine(a[0]); a[..2] = b * 2f; Console.WriteLine(a[0]); a[1..3] = b - 1f; Console.WriteLine(a[1]); }
            [Graph] public static void Divided(Tensor<int> a, Tensor<int> b) { b[..2] = a / b[2..4]; }
            [Graph] public static Tensor<float> Grown(Tensor<float> a, Tensor<float> b) { var y = a + 1f; y += b; return y * b; }
            [Graph] public static Tensor<float> GrownByMask(Tensor<float> a, Tensor<float> b) { var y = a + 1f; Tensor.FilteredUpdate<float>(y, Tensor.GreaterThan<float>(b, 0f), 7f); return y * 2f; }
            [Graph] public static Tensor<float> Replaced(Tensor<float> a, Tensor<float> b) { var y = a + 1f; Tensor.Add<float>(b, 2f, y); return y * 2f; }
            [Graph] public static void DestinationTwice(Tensor<float> a, Tensor<float> b, Tensor<float> c) { Tensor.Add<float>(a, 1f, c); Tensor.Add<float>(c, b, c); }
            [Graph] public static Tensor<float>[] Between(Tensor<float> a, Tensor<float> b) { var y = a + 1f; y[..2] = b; return [y, a * 2f]; }
            [Graph] public static Tensor<float> IntoSum(Tensor<float> a, Tensor<float> b) { var y = a + b; y[1..^1] = b; return y; }
            [Graph] public static Tensor<float> IntoSumOfPart(Tensor<float> a, Tensor<float> b) { var part = b.Slice(1..^1); var y = a + part; y[1..^1] = part; return y; }
            [Graph] public static Tensor<float> OfOwnView(Tensor<float> a, Tensor<float> b) { var y = a + b; return Tensor.Reverse<float>(y) * a; }
            [Graph] public static void Converted(Tensor<float> a, Tensor<int> b) { b[..2] = Tensor.ConvertTruncating<float, int>(a * 3f); }
        }
        """;

    public static TheoryData<string, int, Func<object?[]>> Calls => new()
    {
        { "Smooth", 1, () => [Floats(9), Floats(9)] },
        { "Smooth", 1, () => [Floats(9), Floats(8)] },
        { "Smooth", 1, () => [Floats(2), Floats(9)] },
        { "Smooth", 1, () => [Floats(9), null] },
        { "Smooth", 1, () => [Floats(1), null] },
        { "Smooth", 1, () => [Floats(9, 3), Floats(9, 3)] },
        { "Smooth", 1, () => Same(Floats(9)) },
        { "Smooth", 1, () => Overlapping(Floats(12), 0..9, 2..11) },
        { "Smooth", 1, () => [Floats(3), Floats(9)] },
        { "SmoothBack", 1, () => [Floats(9), Floats(9)] },
        { "SmoothBack", 1, () => [Floats(9), Floats(8)] },
        { "SmoothOn", 2, () => [Floats(9), Floats(9)] },
        { "SmoothOn", 2, () => Same(Floats(9)) },
        { "Jacobi", 1, () => [Floats(6, 7), Floats(6, 7), 5] },
        { "Jacobi", 1, () => [Floats(60, 300), Floats(60, 300), 3] },
        { "Jacobi", 1, () => [.. Same(Floats(6, 7)), 3] },
        { "Jacobi", 1, () => [Tensor.Transpose(Floats(6, 7)), Tensor.Transpose(Floats(6, 7)), 3] },
        { "Assigned", 1, () => [Floats(9), Floats(9)] },
        { "Assigned", 1, () => [Floats(9), Floats(1)] },
        { "Assigned", 1, () => [Floats(9), null] },
        { "Bare", 1, () => [Floats(2), Floats(5)] },
        { "Bare", 1, () => [Floats(1), Floats(5)] },
        { "Bare", 1, () => [Floats(3), Floats(5)] },
        { "Bare", 1, () => [null, Floats(5)] },
        { "Bare", 1, () => [Tensor.Transpose(Floats(6, 2)), Floats(5)] },
        { "BareOfView", 1, () => [Floats(4), Floats(5)] },
        { "BareOfView", 1, () => Same(Floats(5)) },
        { "Whole", 1, () => [Floats(4), Floats(4)] },
        { "Whole", 1, () => [Floats(4), Floats(3, 4)] },
        { "Whole", 1, () => Same(Floats(4)) },
        { "Copied", 1, () => [Floats(4), Floats(4)] },
        { "Copied", 1, () => [Tensor.Transpose(Floats(40, 30)), Floats(30, 40)] },
        { "Copied", 1, () => [Floats(4), Floats(5)] },
        { "Copied", 1, () => Overlapping(Floats(12), 0..6, 3..9) },
        { "CopiedResult", 1, () => [Floats(40, 30), Tensor.Transpose(Floats(30, 40))] },
        { "CopiedResult", 1, () => Overlapping(Floats(12), 0..6, 3..9) },
        { "Broadcasted", 1, () => [Floats(4), Floats(3, 4)] },
        { "Broadcasted", 1, () => [Floats(4), Floats(4)] },
        { "InPlace", 2, () => [Floats(5), Floats(2)] },
        { "InPlace", 2, () => [Floats(5), Floats(3)] },
        { "InPlace", 2, () => Same(Floats(5)) },
        { "InPlaceGiven", 1, () => [Floats(5), Floats(2)] },
        { "Destination", 1, () => [Floats(2), Floats(2), Floats(5)] },
        { "Destination", 1, () => [Floats(2), Floats(2), Floats(1)] },
        { "Destination", 1, () => [Floats(2), Floats(3), Floats(5)] },
        { "DestinationOfSpan", 1, () => [Floats(2), Floats(2), Floats(5)] },
        { "IntoTransposed", 1, () => [Floats(3, 4), Floats(4, 3)] },
        { "IntoTransposed", 1, () => [Floats(30, 400), Floats(400, 30)] },
        { "Grown", 1, () => [Floats(4, 5), Floats(5)] },
        { "Grown", 1, () => [Floats(1, 5), Floats(4, 5)] },
        { "Grown", 1, () => [Floats(5), Floats(4, 5)] },
        { "GrownByMask", 1, () => [Floats(4, 5), Floats(4, 5)] },
        { "GrownByMask", 1, () => [Floats(1, 5), Floats(4, 5)] },
        { "Replaced", 1, () => [Floats(4, 5), Floats(4, 5)] },
        { "Replaced", 1, () => [Floats(5), Floats(4, 5)] },
        { "Replaced", 1, () => [Floats(4, 5), Floats(5)] },
        { "DestinationTwice", 1, () => [Floats(4, 5), Floats(4, 5), Floats(4, 5)] },
        { "DestinationTwice", 1, () => [Floats(5), Floats(4, 5), Floats(4, 5)] },
        { "DestinationTwice", 1, () => [Floats(4, 1), Floats(4, 5), Floats(4, 5)] },
        { "CopyBefore", 2, () => [Floats(5), Floats(5)] },
        { "CopyOfPart", 2, () => [Floats(5), Floats(1)] },
        { "CopyWritten", 1, () => [Floats(5), Floats(5)] },
        { "AliasBefore", 2, () => [Floats(5), Floats(5)] },
        { "ReadBack", 2, () => [Floats(5), Floats(2)] },
        { "ReadSame", 1, () => [Floats(5), Floats(2)] },
        { "ReadSame", 1, () => Overlapping(Floats(12), 0..6, 3..5) },
        { "Shift", 1, () => [Floats(6)] },
        { "ShiftScaled", 1, () => [Floats(6)] },
        { "ShiftBack", 1, () => [Floats(6)] },
        { "Halves", 1, () => [Floats(8)] },
        { "Mirror", 1, () => [Floats(6)] },
        { "MirrorBare", 1, () => [Floats(6)] },
        { "Symmetric", 1, () => [Floats(4, 4)] },
        { "Onto", 1, () => [Floats(6)] },
        { "Two", 2, () => [Floats(6), Floats(2)] },
        { "TwoMeeting", 2, () => [Floats(6), Floats(2)] },
        { "Two", 2, () => Overlapping(Floats(12), 0..6, 3..5) },
        { "Printed", 2, () => [Floats(6), Floats(2)] },
        { "Divided", 2, () => [Tensor.Create([7, 8]), Tensor.Create([1, 2, 3, 4])] },
        { "Divided", 2, () => [Tensor.Create([7, 8]), Tensor.Create([1, 2, 3, 0])] },
        { "Between", 3, () => [Floats(6), Floats(2)] },
        { "Between", 3, () => [Floats(6), Floats(3)] },
        { "IntoSum", 2, () => [Floats(6), Floats(1)] },
        { "IntoSum", 2, () => [Floats(6), Floats(6)] },
        { "IntoSumOfPart", 2, () => [Floats(6), Floats(3)] },
        { "OfOwnView", 2, () => [Floats(6), Floats(6)] },
        { "Converted", 1, () => [Floats(2), Tensor.Create([1, 2, 3, 0])] },
    };

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void Memory_is_written_as_eager_writes_it(string method, int kernels, Func<object?[]> arguments)
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = Programs.Of(Source, optimization);
            Assert.Equal(kernels, program.MethodReport("Program." + method).Kernels);
            program.AssertSame("Program", method, arguments);
        }
    }

    [Fact]
    public void A_loop_that_writes_in_place_allocates_nothing()
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var jacobi = Programs.Of(Source, optimization).Woven.Assembly.GetType("Program")!.GetMethod("Jacobi")!.CreateDelegate<Action<Tensor<float>, Tensor<float>, int>>();
            var (a, b) = (Floats(60, 300), Floats(60, 300));
            jacobi(a, b, 3);
            var before = GC.GetAllocatedBytesForCurrentThread();
            jacobi(a, b, 10);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Writing_a_part_is_no_fallback()
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            Assert.DoesNotContain(
                Programs.Of(Source, optimization).Report.Methods.SelectMany(method => method.Diagnostics), ViewTests.IsOfView);
        }
    }

    private static Tensor<float> Floats(params nint[] lengths) => ViewTests.Floats(lengths);

    private static object?[] Same(Tensor<float> tensor) => [tensor, tensor];

    private static object?[] Overlapping(Tensor<float> tensor, System.Buffers.NRange first, System.Buffers.NRange second) => [tensor[first], tensor[second]];
}
