using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Calls;

/// <summary>Lambdas, local functions and method groups that a marked method makes and calls itself: they are lifted, and what they capture is plain again.</summary>
public sealed class DelegateTests
{
    private const string Source = """
        public static class Program
        {
            private static Tensor<float> X() => Tensor.Create<float>(new float[] { 1, 2, 3 });
            private static Tensor<float> Twice(Tensor<float> t) => t * 2f;
            private static Tensor<float> Use(Func<Tensor<float>, Tensor<float>> f, Tensor<float> x) => f(x) + 1f;
            private static Func<Tensor<float>, Tensor<float>>? stored;

            [Graph] public static Tensor<float> StaticLambda(Tensor<float> x) { Func<Tensor<float>, Tensor<float>> f = t => t * 2f; return f(x) + f(x + 1f); }
            [Graph] public static Tensor<float> CapturingLambda(Tensor<float> x, float factor) { Func<Tensor<float>, Tensor<float>> f = t => t * factor; return f(x) + 1f; }
            [Graph] public static Tensor<float> MutatedAfter(Tensor<float> x) { var factor = 2f; Func<Tensor<float>, Tensor<float>> f = t => t * factor; factor = 5f; var y = f(x); factor = 7f; return y + f(x); }
            [Graph] public static Tensor<float> LambdaMutates(Tensor<float> x) { var calls = 0; Func<Tensor<float>, Tensor<float>> f = t => { calls++; return t * calls; }; var y = f(x) + f(x); return y + calls; }
            [Graph] public static Tensor<float> CapturedTensor(Tensor<float> x, Tensor<float> bias) { Func<float, Tensor<float>> f = s => x * s + bias; return f(2f) - f(3f); }
            [Graph] public static Tensor<float> StaticGroup(Tensor<float> x) { Func<Tensor<float>, Tensor<float>> f = Twice; return f(x) + 1f; }
            [Graph] public static Tensor<float> ExtensionGroup(Tensor<float> x) { Func<float, Tensor<float>> f = x.Plus; return f(1f) * 2f; }
            [Graph] public static Tensor<float> PassedToHelper(Tensor<float> x) => Use(t => t * 3f, x);
            [Graph] public static Tensor<float> CapturePassedToHelper(Tensor<float> x, float factor) => Use(t => t * factor, x);
            [Graph] public static Tensor<float> NestedLambdas(Tensor<float> x, float a) { Func<Tensor<float>, Tensor<float>> g = t => t + a; Func<Tensor<float>, Tensor<float>> f = t => g(t) * a; return f(x) - 1f; }
            [Graph] public static Tensor<float> Multicast(Tensor<float> x) { Func<Tensor<float>, Tensor<float>> f = t => { Console.WriteLine("one"); return t * 2f; }; f += t => { Console.WriteLine("two"); return t * 3f; }; return f(x) + 1f; }
            [Graph] public static Tensor<float> NullDelegate(Tensor<float> x, bool make) { Func<Tensor<float>, Tensor<float>>? f = make ? t => t * 2f : null; var y = x + 1f; Console.WriteLine("before"); return f!(y); }
            [Graph] public static Tensor<float> Escaping(Tensor<float> x, float factor) { Func<Tensor<float>, Tensor<float>> f = t => t * factor; stored = f; factor += 1f; return f(x) + stored(x); }
            [Graph] public static object Returned(Tensor<float> x, float factor) { Func<Tensor<float>, Tensor<float>> f = t => t * factor; var y = f(x); factor++; return (y, f(x)); }
            [Graph] public static Tensor<float> LocalFunction(Tensor<float> x) { return Scale(x) + 1f; static Tensor<float> Scale(Tensor<float> t) => t * 2f; }
            [Graph] public static Tensor<float> CapturingLocalFunction(Tensor<float> x, float a) { var b = a + 1f; return Scale(x) + b; Tensor<float> Scale(Tensor<float> t) => t * a + b; }
            [Graph] public static Tensor<float> MutatingLocalFunction(Tensor<float> x) { var calls = 0; Step(); x = Next(x); Step(); return Next(x) + calls; void Step() => calls++; Tensor<float> Next(Tensor<float> t) { calls += 2; return t * calls; } }
            [Graph] public static Tensor<float> RecursiveLocalFunction(Tensor<float> x) { return Go(x, 3); static Tensor<float> Go(Tensor<float> t, int n) => n == 0 ? t : Go(t * 2f, n - 1); }
            [Graph] public static Tensor<float> ClosurePerTrip(Tensor<float> x, int n) { var y = x; for (var i = 0; i < n; i++) { var k = i; Func<Tensor<float>, Tensor<float>> f = t => { k++; return t + k; }; y = f(f(y)); } return y; }
            [Graph] public static Tensor<float> ClosuresKept(Tensor<float> x, int n) { var all = new List<Func<Tensor<float>, Tensor<float>>>(); for (var i = 0; i < n; i++) { var k = i; all.Add(t => t + k++); } foreach (var f in all) { x = f(f(x)); } return x; }
            [Graph] public static Tensor<float> ThrowingLambda(Tensor<float> x, float d) { Func<Tensor<float>, Tensor<float>> f = t => d == 0f ? throw new DivideByZeroException("no: " + d) : t / d; Console.WriteLine("before"); return f(x) + 1f; }
            [Graph] public static Tensor<float> ActionLambda(Tensor<float> x) { var y = x; Action<Tensor<float>> add = t => y = y + t; add(x); add(x * 2f); return y; }
            [Graph] public static Tensor<float> CapturedInTry(Tensor<float> x, Tensor<float> z) { var state = 1f; Func<Tensor<float>, Tensor<float>> f = t => { state = 2f; var u = t + z; state = 3f; return u; }; try { return f(x) * state; } catch (ArgumentException) { return x * state; } }

            [Graph] private static Tensor<float> OnInstance(Model model, Tensor<float> x) { Func<Tensor<float>, Tensor<float>> f = model.Apply; return f(x) + 1f; }
            public static object InstanceGroup() => OnInstance(new Model(), X());
            public static object NullInstanceGroup() => OnInstance(null!, X());
            [Graph] private static Tensor<float> OnVirtual(Model model, Tensor<float> x) { Func<Tensor<float>, Tensor<float>> f = model.Virtual; return f(x) + 1f; }
            public static object VirtualGroup() => OnVirtual(new Model(), X());
            public static object NullVirtualGroup() => OnVirtual(null!, X());
            public static object ThisCaptured() => new Model().Captures(X(), 2f);
            [Graph] public static Tensor<float> Cast(Tensor<float> x) { Func<Tensor<float>, Tensor<float>> f = static t => t * 2f; Converter<Tensor<float>, Tensor<float>> c = new(f); return c(x) + 1f; }
        }
        public static class Extensions { public static Tensor<float> Plus(this Tensor<float> t, float by) => t + by; }
        public class Model
        {
            private float factor = 3f;
            public Tensor<float> Apply(Tensor<float> t) => t * factor;
            public virtual Tensor<float> Virtual(Tensor<float> t) => t * factor;
            [Graph] public Tensor<float> Captures(Tensor<float> x, float by) { Func<Tensor<float>, Tensor<float>> f = t => t * factor + by; factor = 4f; return f(x); }
        }
        """;

    private static Tensor<float> Floats(int n = 4) => Tensor.Create(Enumerable.Range(0, n).Select(i => i * 1.5f - 2).ToArray());

    public static TheoryData<string, string, int, int, Func<object?[]>> Calls => new()
    {
        { "StaticLambda", "", 1, 0, () => [Floats()] },
        { "StaticLambda", "", 1, 0, () => [null] },
        { "CapturingLambda", "", 1, 0, () => [Floats(), 2f] },
        { "MutatedAfter", "", 1, 0, () => [Floats()] },
        { "LambdaMutates", "", 1, 0, () => [Floats()] },
        { "CapturedTensor", "", 1, 0, () => [Floats(), Floats()] },
        { "CapturedTensor", "", 1, 0, () => [Floats(), null] },
        { "StaticGroup", "", 1, 0, () => [Floats()] },
        { "ExtensionGroup", "", 1, 0, () => [Floats()] },
        { "PassedToHelper", "", 1, 0, () => [Floats()] },
        { "CapturePassedToHelper", "", 1, 0, () => [Floats(), 4f] },
        { "NestedLambdas", "", 1, 0, () => [Floats(), 3f] },
        { "Multicast", "", 1, 1, () => [Floats()] },
        { "NullDelegate", "", 1, 1, () => [Floats(), true] },
        { "NullDelegate", "", 1, 1, () => [Floats(), false] },
        { "Escaping", "", -1, 1, () => [Floats(), 2f] },
        { "Returned", "", -1, 0, () => [Floats(), 2f] },
        { "LocalFunction", "", 1, 0, () => [Floats()] },
        { "CapturingLocalFunction", "", 1, 0, () => [Floats(), 2f] },
        { "MutatingLocalFunction", "", -1, 0, () => [Floats()] },
        { "RecursiveLocalFunction", "", -1, 1, () => [Floats()] },
        { "ClosurePerTrip", "", 1, 0, () => [Floats(), 3] },
        { "ClosuresKept", "", -1, -1, () => [Floats(), 3] },
        { "ThrowingLambda", "", -1, 0, () => [Floats(), 2f] },
        { "ThrowingLambda", "", -1, 0, () => [Floats(), 0f] },
        { "ActionLambda", "", 1, 0, () => [Floats()] },
        { "CapturedInTry", "", -1, 0, () => [Floats(), Floats()] },
        { "CapturedInTry", "", -1, 0, () => [Floats(), Floats(3)] },
        { "InstanceGroup", "Program.OnInstance", -1, 0, () => [] },
        { "NullInstanceGroup", "Program.OnInstance", -1, 0, () => [] },
        { "VirtualGroup", "Program.OnVirtual", -1, 1, () => [] },
        { "NullVirtualGroup", "Program.OnVirtual", -1, 1, () => [] },
        { "ThisCaptured", "Model.Captures", -1, 0, () => [] },
        { "Cast", "", -1, -1, () => [Floats()] },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_delegate_does_what_it_did(string run, string method, int kernels, int fallbacks, Func<object?[]> arguments)
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = Programs.Of(Source, optimization);
            program.AssertSame("Program", run, arguments);
            var report = program.MethodReport(method.Length > 0 ? method : "Program." + run);
            Assert.True(report.IsWoven, string.Join(Environment.NewLine, report.Diagnostics));
            Assert.True(
                (kernels < 0 || report.Kernels == kernels) && (fallbacks < 0 || report.Fallbacks == fallbacks),
                $"{optimization}: {report.Kernels} kernels, {report.Fallbacks} fallbacks; {string.Join(" ", report.Diagnostics.Select(diagnostic => diagnostic.Message))}");
        }
    }
}
