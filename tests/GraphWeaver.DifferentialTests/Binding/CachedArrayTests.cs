using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary>Arrays of constants that C# keeps in a static field, since only a span over them is wanted: constants for the build, and made once where they stay.</summary>
public sealed class CachedArrayTests
{
    private const string Source = """
        public static class Program
        {
            private static string Text(Tensor<int> x) => string.Join(",", x.Lengths.ToArray()) + ":" + string.Join(",", x.ToArray());

            [Graph] public static string Array() => string.Join(",", TensorMath.ArgMax(Tensor.Create(new int[] { 3, 5, 1, 9, 2, 4 }, new nint[] { 2, 3 }), 1).ToArray());
            [Graph] public static string Literal() => string.Join(",", TensorMath.ArgMax(Tensor.Create(new int[] { 3, 5, 1, 9, 2, 4 }, [2, 3]), 1).ToArray());
            [Graph] public static string Odd() => string.Join(",", Tensor.Create(new int[] { 7 }, 0, new nint[] { 1, 4 }, new nint[] { 0, 0 }).ToArray()) + TensorPrimitives.Min<nint>(new nint[] { -1, 0, 100000, int.MinValue }) + TensorPrimitives.Max<nuint>(new nuint[] { 4000000000, 3 });
            [Graph] public static int Texts() => TensorPrimitives.HammingDistance<string>(new string[] { "a", "b", null! }, new string[] { "a", "c", "" });
            [Graph] public static string Unrolled()
            {
                var sum = "";
                for (var i = 0; i < 3; i++)
                {
                    sum += Tensor.Create(new int[] { 3 * i, 5, 1, 9 }, new nint[] { 2, 2 })[1, 1] + Tensor.Create(new int[] { 1, 2, 3, i }, new nint[] { 2, 2 }).ToArray()[3];
                }

                return sum;
            }

            [Graph] public static string Refused()
            {
                try
                {
                    return Tensor.Create(new int[] { 1, 2, 3 }, new nint[] { 2, 2 }).Rank.ToString();
                }
                catch (ArgumentException thrown)
                {
                    return thrown.Message;
                }
            }

            [Graph] public static Tensor<float> Fresh() => Tensor.Create(new float[] { 1, 2, 3, 4 }, new nint[] { 2, 2 });
            [Graph] public static string Changed()
            {
                var x = Tensor.Create(new int[] { 1, 2, 3, 4 }, new nint[] { 2, 2 });
                x[new nint[] { 0, 1 }] += 10;
                return Text(x);
            }

            [Graph] public static Tensor<float> Kept(float[] x) => Tensor.Create(x, new nint[] { 2, 2 }) * 2f + 1f;
            [Graph] public static Tensor<float> KeptAndFolded(float[] x)
            {
                var first = Tensor.Create(new float[] { 1, 2, 3, 4 }, new nint[] { 2, 2 })[0, 0];
                return first == 1f ? Tensor.Create(x, new nint[] { 2, 2 }) : Tensor.Create(x, new nint[] { 4 });
            }

            [Graph] public static int OneSpanForBoth(string[] x)
            {
                ReadOnlySpan<string> names = new string[] { "a", "b" };
                return TensorPrimitives.HammingDistance<string>(names, new string[] { "a", "c" }) == 1 ? TensorPrimitives.HammingDistance<string>(names, x) : -1;
            }

            [Graph] public static bool SameArray(float x)
            {
                ReadOnlySpan<nint> first = new nint[] { 2, 3 };
                ReadOnlySpan<nint> second = new nint[] { 2, 3 };
                return first == second;
            }

            [Graph] public static nint Written(int x)
            {
                ReadOnlySpan<nint> values = new nint[] { 40, 2 };
                ref var first = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(values);
                first += x;
                return TensorPrimitives.Sum(values);
            }

            [Graph] public static Tensor<float> Reshaped(float[] x) => Tensor.Reshape(Tensor.Create(x, new nint[] { 2, 2 }) * 2f, new nint[] { -1, 1 }) + 1f;
            [Graph] public static Tensor<float> Impossible(Tensor<float> x) => Tensor.Reshape(x, new nint[] { 2, 0, 2 }) + Tensor.Reshape(x * 2f, new nint[] { 4, -1 });
            [Graph] public static Tensor<float> Viewed(Tensor<float> x) => Tensor.Reshape(x, new nint[] { 2, 2 }) + Tensor.Reshape(x * 2f, new nint[] { 2, -1 });
            [Graph] public static Tensor<float> ViewedByLiteral(Tensor<float> x) => Tensor.Reshape(x, [2, 2]) + Tensor.Reshape(x * 2f, [2, -1]);
            [Graph] public static Tensor<float> Widened(Tensor<float> x) => Tensor.Broadcast<float>(x * 2f, new nint[] { 3, 4 }) + 1f;

            private static Tensor<float> Weights() => Tensor.Create(new float[] { 1, 2, 3, 4 }, new nint[] { 2, 2 });
            private static Tensor<float> Weighed(Tensor<float> x) => x * Tensor.Create(new float[] { 1, 2, 3, 4 }, new nint[] { 2, 2 });
            private static nint[] Copied(ReadOnlySpan<nint> x) => x.ToArray();
            [Graph] public static float Helpers() => Weights()[1, 1];
            [Graph] public static Tensor<float> Inlined(float[] x) => Weighed(Tensor.Create(x, new nint[] { 2, 2 }) + 1f);
            [Graph] public static string Given() => string.Join(",", Copied(new nint[] { 2, 3 }));

            private static readonly nint[] lengths = [2, 2];
            private static Tensor<float>? last;

            public static long Allocated(string method)
            {
                float[] x = [1, 2, 3, 4];
                string[] names = ["a", "d"];
                var y = Tensor.Create(new float[] { 1, 2, 3, 4 });
                Action call = method switch
                {
                    "KeptAndFolded" => () => last = KeptAndFolded(x),
                    "OneSpanForBoth" => () => OneSpanForBoth(names),
                    "Viewed" => () => last = Viewed(y),
                    "ViewedByLiteral" => () => last = ViewedByLiteral(y),
                    _ => () => last = Tensor.Create(x, lengths),
                };
                call();
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100; i++)
                {
                    call();
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(level => level, level => new Lazy<WovenProgram>(() => new WovenProgram(Source, level)));

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Calls_on_constant_arrays_are_folded(OptimizationLevel optimization)
    {
        var program = programs[optimization].Value;
        Assert.Equal(Folded(program, "Literal"), Folded(program, "Array"));
        foreach (var method in new[] { "Array", "Odd", "Texts", "Unrolled", "Fresh", "Changed", "Helpers" })
        {
            program.AssertSame("Program", method);
            Assert.True(Folded(program, method) > 0, method);
            Assert.Equal((method, 0), (method, program.MethodReport("Program." + method).Fallbacks));
            Assert.DoesNotContain(program.MethodReport("Program." + method).Diagnostics, diagnostic => diagnostic.Descriptor.Code == "GW1001");
        }

        program.AssertSame("Program", "Refused");
        program.AssertSame("Program", "Given");
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void A_kernel_goes_on_behind_a_cached_array(OptimizationLevel optimization)
    {
        var program = programs[optimization].Value;
        foreach (var method in new[] { "Kept", "Inlined" })
        {
            program.AssertSame("Program", method, () => [new float[] { 1, 2, 3, 4 }]);
            program.AssertSame("Program", method, () => [new float[] { 1, 2, 3 }]);
            Assert.Equal((method, 1), (method, program.MethodReport("Program." + method).Kernels));
            Assert.Null(program.MethodReport("Program." + method).NotVerifiableBecause);
        }
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Lengths_in_an_array_make_the_view_that_a_literal_makes(OptimizationLevel optimization)
    {
        var program = programs[optimization].Value;
        program.AssertSame("Program", "Reshaped", () => [new float[] { 1, 2, 3, 4 }]);
        foreach (var method in new[] { "Viewed", "ViewedByLiteral", "Impossible" })
        {
            program.AssertSame("Program", method, () => [Tensor.Create([1f, 2f, 3f, 4f])]);
        }

        program.AssertSame("Program", "Widened", () => [Tensor.Create([1f, 2f, 3f, 4f], [1, 4])]);
        Assert.InRange(Allocated(program.Woven, "Viewed"), 0, Allocated(program.Woven, "ViewedByLiteral") + 500);
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void An_array_that_stays_is_made_once(OptimizationLevel optimization)
    {
        var program = programs[optimization].Value;
        program.AssertSame("Program", "KeptAndFolded", () => [new float[] { 1, 2, 3, 4 }]);
        program.AssertSame("Program", "OneSpanForBoth", () => [new string[] { "a", "d" }]);
        Assert.True(program.MethodReport("Program.KeptAndFolded").Folded > 0);
        Assert.True(program.MethodReport("Program.OneSpanForBoth").IsWoven);

        // An array of two elements on each call would be 4000 bytes more.
        Assert.InRange(Allocated(program.Woven, "KeptAndFolded"), 0, Allocated(program.Unwoven, "Tensor.Create") + 500);
        Assert.InRange(Allocated(program.Woven, "OneSpanForBoth"), 0, Allocated(program.Unwoven, "OneSpanForBoth") + 500);
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Which_array_it_is_and_what_unsafe_code_writes_to_it_stays_as_it_was(OptimizationLevel optimization)
    {
        var program = programs[optimization].Value;
        program.AssertSame("Program", "SameArray", () => [1f]);
        program.AssertSame("Program", "Written", () => [3]);
    }

    private static long Allocated(LoadedProgram program, string method) => (long)program.Assembly.GetType("Program")!.GetMethod("Allocated")!.Invoke(null, [method])!;

    private static int Folded(WovenProgram program, string method) => program.MethodReport("Program." + method).Folded;
}
