using System.Numerics.Tensors;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>
/// Operands that are spans of the caller's: there for one kernel, and back where they are written, from the heap and the stack, dense, with gaps, and over the memory of tensors that lie on the device.
/// </summary>
[Collection("GraphMode")]
public sealed class SpanTests
{
    /// <summary>The programs, which also compile to PTX.</summary>
    internal const string Source = """
        public static class Program
        {
            [Graph] private static Tensor<float> Reads(in ReadOnlyTensorSpan<float> x, Tensor<float> y) => Tensor.Abs<float>(Tensor.Multiply<float>(x, 0.5f)) + y;
            [Graph] private static void Writes(in ReadOnlyTensorSpan<float> x, in TensorSpan<float> d) { Tensor.Multiply<float>(x, 2f, d); }
            [Graph] private static void InPlace(in TensorSpan<double> d, Tensor<double> y) { Tensor.Multiply<double>(d, 3.0, d); Tensor.Add<double>(d, y, d); }
            [Graph] private static float Sums(in ReadOnlyTensorSpan<float> x) => Tensor.Max<float>(x) + Tensor.Min<float>(x);
            [Graph] private static Tensor<int> Chains(Tensor<int> x, in TensorSpan<int> d) { var y = x * 2; Tensor.Add<int>(d, y, d); return y * y - x; }
            [Graph] private static void Loops(Tensor<float> x, in TensorSpan<float> d, int n) { for (int i = 0; i < n; i++) { Tensor.Add<float>(x, 1f, x); Tensor.Multiply<float>(d, x, d); } }
            [Graph] private static void Branches(Tensor<float> x, in TensorSpan<float> d, int n)
            {
                Tensor.Add<float>(x, 1f, x);
                if (n > 0) { Tensor.Multiply<float>(d, 2f, d); }
                if (n > 1) { Tensor.Subtract<float>(x, 0.5f, x); }
            }
            [Graph] private static void Masks(in ReadOnlyTensorSpan<float> x, in ReadOnlyTensorSpan<float> y, in TensorSpan<bool> d) { Tensor.GreaterThan<float>(x, y, d); }

            public static Tensor<float> Read(Tensor<float> x, Tensor<float> y) => Reads(x, y);
            public static Tensor<float> Write(Tensor<float> x, Tensor<float> d) { Writes(x, d); return d; }
            public static Tensor<float> Strided(Tensor<float> x, Tensor<float> d) { Writes(x.AsReadOnlyTensorSpan().Slice(1..4, 2..5), d.AsTensorSpan().Slice(0..3, 1..4)); return d; }
            public static Tensor<float> Broadcast(Tensor<float> x, Tensor<float> y) => Reads(x.AsReadOnlyTensorSpan().Slice(0..1, 0..6), y);
            public static Tensor<double> Inside(Tensor<double> d, Tensor<double> y) { InPlace(d, y); return d; }
            public static Tensor<double> InsideStrided(Tensor<double> d, Tensor<double> y) { InPlace(d.AsTensorSpan().Slice(1..3, 0..2), y); return d; }
            public static float Sum(Tensor<float> x) => Sums(x);
            public static float SumStrided(Tensor<float> x) => Sums(x.AsReadOnlyTensorSpan().Slice(1..4, 2..5));
            public static Tensor<int> Chain(Tensor<int> x, Tensor<int> d) => Chains(x, d);
            public static Tensor<int> Same(Tensor<int> x) => Chains(x, x);
            public static Tensor<float> Loop(Tensor<float> x, Tensor<float> d) { Loops(x, d, 3); return d; }
            public static Tensor<float> LoopOverItself(Tensor<float> x) { Loops(x, x, 3); return x; }
            public static Tensor<float> Branch(Tensor<float> x, Tensor<float> d) { Branches(x, d, 2); return x; }
            public static Tensor<float> BranchOverItself(Tensor<float> x) { Branches(x, x, 2); return x; }
            public static Tensor<float> BranchOverPart(Tensor<float> x) { Branches(x, x.AsTensorSpan().Slice(3..9), 2); return x; }
            public static Tensor<bool> Mask(Tensor<float> x, Tensor<float> y, Tensor<bool> d) { Masks(x, y, d); return d; }
            public static float[] Stack(float[] x)
            {
                System.Span<float> from = stackalloc float[x.Length];
                System.Span<float> to = stackalloc float[x.Length];
                x.CopyTo(from);
                Writes(new ReadOnlyTensorSpan<float>(from), new TensorSpan<float>(to));
                return to.ToArray();
            }
        }
        """;

    [Fact]
    public void Spans_are_read_and_written_for_one_kernel()
    {
        Same("Read", 1, () => [Numbers(1, 7), Numbers(2, 7)]);
        Same("Write", 1, () => [Numbers(1, 7), Numbers(2, 7)]);
        Same("Inside", 1, () => [Doubles(1, 7), Doubles(2, 7)]);
        Same("Sum", 1, () => [Numbers(1, 300)]);
        Same("Mask", 1, () => [Numbers(1, 9), Numbers(2, 9), Tensor.CreateFromShape<bool>([9])]);
        Same("Stack", 1, () => [new[] { 1f, -2f, 3.5f, float.NaN }]);
    }

    [Fact]
    public void What_lies_between_the_elements_of_a_span_stays()
    {
        Same("Strided", 1, () => [Numbers(1, 5, 6), Numbers(2, 5, 6)]);
        Same("Broadcast", 1, () => [Numbers(1, 5, 6), Numbers(2, 4, 6)]);
        Same("InsideStrided", 1, () => [Doubles(1, 5, 6), Doubles(2, 2)]);
        Same("SumStrided", 1, () => [Numbers(1, 5, 6)]);
    }

    [Fact]
    public void A_span_over_a_tensor_on_the_device_is_that_tensor()
    {
        Same("Chain", 1, () => [Tensor.Create([1, 2, 3]), Tensor.Create([10, 20, 30])]);
        Same("Loop", 3, () => [Numbers(1, 21), Numbers(2, 21)]);
        Same("BranchOverItself", 3, () => [Numbers(1, 21)]);
        Same("BranchOverPart", 3, () => [Numbers(1, 21)]);
        Same("Same", null, () => [Tensor.Create([1, 2, 3])]);
        Same("LoopOverItself", null, () => [Numbers(1, 21)]);
    }

    [Fact]
    public void Nothing_of_a_span_stays()
    {
        (long uploads, long downloads) = (Accelerators.Current!.Statistics.Uploads, Accelerators.Current.Statistics.Downloads);
        Same("Write", 1, () => [Numbers(1, 7), Numbers(2, 7)]);
        Assert.Equal((uploads + 2, downloads + 2), (Accelerators.Current.Statistics.Uploads, Accelerators.Current.Statistics.Downloads));

        // The first kernel's tensor is brought home with the second's span, and there again for the third.
        Same("Branch", 3, () => [Numbers(1, 7), Numbers(2, 7)]);
        Assert.Equal((uploads + 8, downloads + 8), (Accelerators.Current.Statistics.Uploads, Accelerators.Current.Statistics.Downloads));
    }

    private static Tensor<float> Numbers(int seed, params nint[] lengths) => Workloads.Numbers<float>(seed, -4, 4, lengths);

    private static Tensor<double> Doubles(int seed, params nint[] lengths) => Workloads.Numbers<double>(seed, -4, 4, lengths);

    private static void Same(string method, int? kernels, Func<object?[]> arguments)
    {
        long before = Accelerators.Current!.Statistics.Kernels;
        Workloads.Program("Spans").AssertSame("Program", method, arguments);
        Assert.Empty(Accelerators.Messages);
        if (kernels is { } count)
        {
            Assert.Equal(before + (2 * count), Accelerators.Current.Statistics.Kernels);
        }
    }
}
