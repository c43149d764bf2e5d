using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Calls;

/// <summary>Generic helpers, and methods of generic types, lifted with the type arguments of the call: woven against unwoven, with the kernels and the fallbacks counted.</summary>
public sealed class GenericHelperTests
{
    private const string Source = """
        using System.Numerics;
        public static class Program
        {
            private static int count;
            private static Tensor<T> Scale<T>(Tensor<T> x, T a) where T : struct, INumber<T> => x * a + T.One;
            private static Tensor<T> Twice<T>(Tensor<T> x) where T : struct, INumber<T> => Scale(Scale(x, T.CreateChecked(2)), T.One + T.One);
            private static T Apply<T>(T state, Func<T, T> next) => next(next(state));
            private static Tensor<T> Power<T>(Tensor<T> x, int n) where T : struct, INumber<T> => n <= 1 ? x : x * Power(x, n - 1);
            private static Tensor<float> Growing<T>(Tensor<float> x, T state, int n) => n == 0 ? x * 2f : Growing(x + 1f, (state, n), n - 1);
            private static Tensor<T> Loud<T>(Tensor<T> x) where T : struct, INumber<T> { Console.WriteLine(typeof(T).Name + ++count); return x + x; }
            private static Tensor<T> Shifted<T>(Tensor<T> x, T by) where T : struct, INumber<T> => Bent(x, v => v + by) + Bent(x, static v => v * v);
            private static Tensor<T> Bent<T>(Tensor<T> x, Func<Tensor<T>, Tensor<T>> how) where T : struct, INumber<T> => how(x * T.CreateChecked(3));
            private static Tensor<T> Locally<T>(Tensor<T> x, T a) where T : struct, INumber<T> { return Inner(x) * a; Tensor<T> Inner(Tensor<T> y) => y - a; }
            private static Tensor<T> Doubtful<T>(Tensor<T> x, double d) where T : struct, INumber<T> => x * T.CreateChecked(MathNet.Numerics.SpecialFunctions.Logistic(d));

            [Graph] public static Tensor<float> Closed(Tensor<float> x) => Scale<float>(x, 2f) - x;
            [Graph] public static Tensor<float> Nested(Tensor<float> x) => Twice(x) - 1f;
            [Graph] public static Tensor<int> Integers(Tensor<int> x) => Twice(x) + Scale(x, 3);
            [Graph] public static Tensor<float> StateIsTensor(Tensor<float> x, float a) => Apply(x, t => t * a + 1f);
            [Graph] public static Tensor<float> Recursion(Tensor<float> x) => Power(x + 1f, 3) - x;
            [Graph] public static Tensor<float> Polymorphic(Tensor<float> x) => Growing(x * 3f, "s", 3) - x;
            [Graph] public static Tensor<float> Printing(Tensor<float> x) => Loud(x) * Loud(x);
            [Graph] public static Tensor<float> Closures(Tensor<float> x, float a) => Shifted(x, a);
            [Graph] public static Tensor<float> LocalFunction(Tensor<float> x, float a) => Locally(x, a) + 1f;
            [Graph] public static Tensor<float> OfLayer(Layer<float> layer, Tensor<float> x) => layer.Forward(x) * 2f;
            [Graph] public static Tensor<float> MadeLayer(Tensor<float> x) { var layer = new Layer<float>(3f); return layer.Virtual(layer.Forward(x)) + layer.Bias; }
            [Graph] public static Tensor<float> VirtualLayer(Layer<float> layer, Tensor<float> x) => layer.Virtual(x) + 1f;
            [Graph] public static Tensor<float> Sealed(Sealed<float> layer, Tensor<float> x) => layer.Do(x) + 1f;
            [Graph] public static Tensor<float> StaticOfType(Tensor<float> x) => Ops<float>.Sum(x, x) * Ops<float>.Sum(x, x + 1f);
            [Graph] public static Tensor<float> Precise(Tensor<float> x) { Console.WriteLine("before"); return Precise<float>.Do(x) + 1f; }
            [Graph] public static Tensor<float> Structure(Tensor<float> x, float a) { var pair = new Pair<float>(a, 2f); return pair.On(x) + pair.On(x); }
            [Graph] public static Tensor<float> NestedType(Layer<float>.Part<int> part, Tensor<float> x) => part.On(x) + 1f;
            [Graph] public static Tensor<float> PrivateArgument(Tensor<float> x) => Ops<Secret>.Marked<float>(x, default) + 1f;
            [Graph] public static Tensor<T> Generic<T>(Tensor<T> x, T a) where T : struct, INumber<T> => Scale(x, a) * a + Ops<T>.Sum(x, x);
            [Graph] public static Tensor<T> GenericLoud<T>(Tensor<T> x) where T : struct, INumber<T> => Loud(x) + Generic(x, T.One);
            [Graph] public static Tensor<float> CallsMarked(Tensor<float> x, float a) => Generic(x, a) * 2f;
            [Graph] public static Tensor<float> CallsMarkedLater(Tensor<float> x, float a) => Later(x, a) * 2f;
            [Graph] public static Tensor<T> Later<T>(Tensor<T> x, T a) where T : struct, INumber<T> => Scale(x, a) * a;
            [Graph] public static Tensor<float> Warned(Tensor<float> x, float d) => Doubtful(x, d) + Doubtful(x, d + 1);
            [Graph] public static Tensor<T> WarnedToo<T>(Tensor<T> x, double d) where T : struct, INumber<T> => Doubtful(x, d) + T.One;
            public static object Generics(Tensor<float> x, Tensor<int> y) => (Generic(x, 2f).ToDenseArray(), Generic(y, 2).ToDenseArray(), GenericLoud(x).ToDenseArray(), GenericLoud(y).ToDenseArray(), Later(y, 2).ToDenseArray(), WarnedToo(x, 1).ToDenseArray(), WarnedToo(y, 1).ToDenseArray());
            private static float[] ToDenseArray(this Tensor<float> t) { var values = new float[t.FlattenedLength]; t.FlattenTo(values); return values; }
            private static int[] ToDenseArray(this Tensor<int> t) { var values = new int[t.FlattenedLength]; t.FlattenTo(values); return values; }
            private struct Secret;
        }
        public class Layer<T>(T weight) where T : struct, INumber<T>
        {
            private readonly T bias = T.One;
            private static T uses = T.Zero;
            public T Bias => bias;
            private Tensor<T> Biased(Tensor<T> x) { uses++; return x + bias + uses; }
            public Tensor<T> Forward(Tensor<T> x) => Biased(x * weight);
            public virtual Tensor<T> Virtual(Tensor<T> x) => x - weight;
            public override string ToString() => "layer";
            public sealed class Part<U> where U : struct, INumber<U> { private readonly U u = U.One; public Tensor<T> On(Tensor<T> x) => x * T.CreateChecked(u + U.One) + Layer<T>.uses; }
        }
        public sealed class Louder(float weight) : Layer<float>(weight) { public override Tensor<float> Virtual(Tensor<float> x) { Console.WriteLine("louder"); return x * 5f; } }
        public sealed class Sealed<T> : Base<T> where T : struct, INumber<T> { public override Tensor<T> Do(Tensor<T> x) => x * x; }
        public abstract class Base<T> where T : struct, INumber<T> { public abstract Tensor<T> Do(Tensor<T> x); }
        public static class Ops<T> where T : struct
        {
            private static long calls;
            public static Tensor<U> Sum<U>(Tensor<U> x, Tensor<U> y) where U : struct, INumber<U> { calls++; return x + y + U.CreateChecked(calls); }
            public static Tensor<U> Marked<U>(Tensor<U> x, T t) where U : struct, INumber<U> { calls += t.ToString()!.Length; return x + U.One; }
        }
        public static class Precise<T> where T : struct, INumber<T> { private static readonly T One; static Precise() { One = T.One; Console.WriteLine("initializer"); } public static Tensor<T> Do(Tensor<T> x) => x + One; }
        public readonly struct Pair<T>(T a, T b) where T : struct, INumber<T> { public Tensor<T> On(Tensor<T> x) => x * a - b; }
        public static class Make
        {
            public static Layer<float> Layer(float weight) => new(weight);
            public static Layer<float> Louder(float weight) => new Louder(weight);
            public static Sealed<float> Sealed() => new();
            public static Layer<float>.Part<int> Part() => new();
            public static Tensor<float> Given(string how, Tensor<float> x) => how switch
            {
                "OfLayer" => Program.OfLayer(Layer(2f), x),
                "NoLayer" => Program.OfLayer(null!, x),
                "VirtualLayer" => Program.VirtualLayer(Louder(2f), x),
                "Sealed" => Program.Sealed(Sealed(), x),
                "NoSealed" => Program.Sealed(null!, x),
                _ => Program.NestedType(Part(), x),
            };
        }
        """;

    private static Tensor<float> Floats(int n = 5, float seed = 1) => Tensor.Create(Enumerable.Range(0, n).Select(i => (i * 37 % 23 - 11) * seed / 7).ToArray());

    private static Tensor<int> Integers() => Tensor.Create(Enumerable.Range(0, 5).Select(i => i * 37 % 23 - 11).ToArray());

    /// <summary>A method, its kernels and fallbacks (any number where negative), and what it is called with.</summary>
    public static TheoryData<string, int, int, Func<object?[]>> Calls => new()
    {
        { "Closed", 1, 0, () => [Floats()] },
        { "Closed", 1, 0, () => [null] },
        { "Nested", 1, 0, () => [Floats()] },
        { "Integers", 1, 0, () => [Integers()] },
        { "StateIsTensor", 1, 0, () => [Floats(), 3f] },
        { "Recursion", -1, 1, () => [Floats()] },
        { "Polymorphic", -1, 1, () => [Floats()] },
        { "Printing", -1, 0, () => [Floats()] },
        { "Closures", 1, 0, () => [Floats(), 3f] },
        { "LocalFunction", 1, 0, () => [Floats(), 3f] },
        { "MadeLayer", -1, 0, () => [Floats()] },
        { "StaticOfType", -1, 0, () => [Floats()] },
        { "Precise", -1, 1, () => [Floats()] },
        { "Structure", -1, -1, () => [Floats(), 2f] },
        { "PrivateArgument", -1, -1, () => [Floats()] },
        { "CallsMarked", -1, 0, () => [Floats(), 2f] },
        { "CallsMarkedLater", 1, 0, () => [Floats(), 2f] },
        { "Warned", -1, 1, () => [Floats(), 2f] },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_method_with_generic_helpers_lifted_does_what_it_did(string method, int kernels, int fallbacks, Func<object?[]> arguments)
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = Programs.Of(Source, optimization);
            program.AssertSame("Program", method, arguments);
            AssertCounts(program, method, kernels, fallbacks);
        }
    }

    [Theory]
    [InlineData("OfLayer", "OfLayer", 0)]
    [InlineData("NoLayer", "OfLayer", 0)]
    [InlineData("VirtualLayer", "VirtualLayer", 1)]
    [InlineData("Sealed", "Sealed", 1)]
    [InlineData("NoSealed", "Sealed", 1)]
    [InlineData("NestedType", "NestedType", 0)]
    public void So_does_one_with_methods_of_generic_objects(string how, string method, int fallbacks)
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = Programs.Of(Source, optimization);
            program.AssertSame("Make", "Given", () => [how, Floats()]);
            AssertCounts(program, method, -1, fallbacks);
        }
    }

    [Fact]
    public void A_specialised_method_lifts_them_too_and_each_place_counts_once()
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = Programs.Of(Source, optimization);
            Assert.Equal("", program.AssertSame("Program", "Generics", () => [Floats(), Integers()]).Exception);
            AssertCounts(program, "Generic", -1, 0);
            AssertCounts(program, "GenericLoud", -1, 0);
            AssertCounts(program, "Later", 2, 0);
            AssertCounts(program, "WarnedToo", -1, 1);
            var warnings = program.Report.Methods.SelectMany(report => report.Diagnostics).Where(diagnostic => diagnostic.Descriptor.Code == "GW1001" && diagnostic.Message.Contains("Logistic")).ToList();
            Assert.DoesNotContain("(for", Assert.Single(warnings).Message);
        }
    }

    [Fact]
    public void Nothing_fails_or_stays_unlifted()
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var codes = Programs.Of(Source, optimization).Report.Methods.SelectMany(method => method.Diagnostics).Where(diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006");
            Assert.Empty(codes.Select(diagnostic => diagnostic.Message));
        }
    }

    private static void AssertCounts(WovenProgram program, string method, int kernels, int fallbacks)
    {
        var report = program.MethodReport("Program." + method);
        Assert.True(report.IsWoven || kernels == 0, method + string.Join(Environment.NewLine, report.Diagnostics));
        Assert.Equal((method, kernels < 0 ? report.Kernels : kernels, fallbacks < 0 ? report.Fallbacks : fallbacks), (method, report.Kernels, report.Fallbacks));
    }
}
