using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>What is moved between host and device, and when.</summary>
[Collection("GraphMode")]
public sealed class ResidencyTests
{
    private const string Source = """
        public static class Program
        {
            [Resident] private static readonly Tensor<float> Kept = Tensor.Create<float>(new float[] { 1, 2, 3, 4 });
            private static readonly Tensor<float> NotKept = Tensor.Create<float>(new float[] { 1, 2, 3, 4 });
            [Graph] public static Tensor<float> Constant(Tensor<float> x) { var w = Tensor.Create<float>(new float[] { 4, 3, 2, 1 }); return x * w; }
            [Graph] public static Tensor<float> Field(Tensor<float> x) => x * Kept;
            [Graph] public static Tensor<float> Unmarked(Tensor<float> x) => x * NotKept;
            [Graph] public static Tensor<float> Parameter(Tensor<float> x, [Resident] Tensor<float> w) => x * w;
            [Graph] public static Tensor<float> Written([Resident] Tensor<float> w) { w += 1f; return w * 2f; }
            [Graph] public static float Seen(Tensor<float> x, Tensor<float> y)
            {
                var z = x + y;
                var first = z[0];
                var w = TensorMath.SoftMax(z - first);
                x[0] = 5f;
                return first + (w * x)[1];
            }
            [Graph] public static Tensor<float> Thrown(Tensor<float> x, Tensor<float> y, int n)
            {
                try
                {
                    y[..] = x * 2f;
                    var e = 12 / n;
                    return y + e;
                }
                catch (DivideByZeroException)
                {
                    return y - 1f;
                }
            }
            [Graph] public static Tensor<float> Published(Tensor<float> x) { Last = x + 1f; return Last * 2f; }
            public static Tensor<float>? Last;
            [Graph] public static Tensor<double> Loop(Tensor<double> x, int n) { for (var i = 0; i < n; i++) { x = x * 0.5 + i; } return x; }
        }
        """;

    private static readonly Lazy<WovenProgram> program = new(() => new WovenProgram(Source, OptimizationLevel.Release));

    private static DeviceStatistics Statistics => Accelerators.Current!.Statistics;

    [Theory]
    [InlineData("Constant", 1)]
    [InlineData("Field", 1)]
    [InlineData("Unmarked", 2)]
    [InlineData("Parameter", 1)]
    public void What_nobody_writes_to_is_uploaded_once(string method, int uploadsOfCall)
    {
        Tensor<float> w = Floats(7, 5, 3, 1);
        Call();
        long before = Statistics.Uploads;
        Call();
        Call();
        Assert.Equal(2 * uploadsOfCall, Statistics.Uploads - before);

        void Call()
        {
            object?[] arguments = method == "Parameter" ? [Floats(1, 2, 3, 4), w] : [Floats(1, 2, 3, 4)];
            Assert.Equal(program.Value.Unwoven.Call("Program", method, arguments), program.Value.Woven.Call("Program", method, arguments));
        }
    }

    [Fact]
    public void What_stayed_of_a_tensor_that_died_is_memory_for_others()
    {
        for (int round = 0; round < 3; round++)
        {
            Lend();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        program.Value.AssertSame("Program", "Seen", () => [Floats(1, 1, 1, 1), Floats(2, 2, 2, 2)]);
        Assert.DoesNotContain(Accelerators.Messages, message => message.Contains("failed"));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Lend() => program.Value.AssertSame("Program", "Parameter", () => [Floats(1, 2, 3, 4), Floats(7, 5, 3, 1)]);
    }

    [Fact]
    public void A_broken_promise_is_noticed_where_a_kernel_breaks_it() => program.Value.AssertSame("Program", "Written", () => [Floats(1, 2, 3, 4)]);

    [Fact]
    public void A_loop_moves_its_tensor_once()
    {
        (long kernels, long uploads, long downloads) = (Statistics.Kernels, Statistics.Uploads, Statistics.Downloads);
        Assert.Equal(
            program.Value.Unwoven.Call("Program", "Loop", Tensor.Create([1.0, 2.0, 3.0]), 5), program.Value.Woven.Call("Program", "Loop", Tensor.Create([1.0, 2.0, 3.0]), 5));
        Assert.Equal((5, 1, 1), (Statistics.Kernels - kernels, Statistics.Uploads - uploads, Statistics.Downloads - downloads));
    }

    [Theory]
    [InlineData("Seen")]
    [InlineData("Thrown")]
    [InlineData("Published")]
    public void Whoever_looks_sees_what_eager_shows(string method) => program.Value.AssertSame("Program", method, () => method switch
    {
        "Seen" => [Floats(1, 1, 1, 1), Floats(2, 2, 2, 2)],
        "Thrown" => [Floats(1, 2, 3, 4), Floats(0, 0, 0, 0), 0],
        _ => [Floats(1, 2, 3, 4)],
    });

    [Fact]
    public void Threads_share_the_device()
    {
        object?[][] arguments = [.. Enumerable.Range(0, 4).Select(thread => new object?[] { Tensor.Create([1.0 + thread, 2.0, 3.0]), 4 })];
        Observation[] expected = [.. arguments.Select(own => program.Value.Unwoven.Call("Program", "Loop", own))];
        var method = program.Value.Woven.Assembly.GetType("Program")!.GetMethod("Loop")!;
        var actual = new string[arguments.Length];
        Parallel.For(0, arguments.Length, thread =>
        {
            for (int round = 0; round < 3; round++)
            {
                actual[thread] = ValueText.Of(method.Invoke(null, arguments[thread]));
            }
        });
        Assert.Equal(expected.Select(observation => observation.Result), actual);
    }

    private static Tensor<float> Floats(params float[] values) => Tensor.Create(values);
}
