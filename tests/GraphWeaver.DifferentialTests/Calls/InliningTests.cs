using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Calls;

/// <summary>Helpers lifted into marked methods: woven against unwoven, with the kernels and the fallbacks counted. A kernel across the border of a method counts once.</summary>
public sealed class InliningTests
{
    private const string Source = """
        public static class Program
        {
            private static int count;
            private static Tensor<float> Twice(Tensor<float> t) => t * 2f;
            private static Tensor<float> Scaled(Tensor<float> t, float factor = 3f) => t * factor;
            private static Tensor<float> Affine(Tensor<float> t, float a, float b) => Scaled(t, a) + b;
            private static Tensor<float> Deep(Tensor<float> t) => Affine(Twice(t), 0.5f, 1f);
            [Graph] public static Tensor<float> StaticHelper(Tensor<float> x) => Twice(x) + 1f;
            [Graph] public static Tensor<float> NestedHelpers(Tensor<float> x) => Deep(x) - x;
            [Graph] public static Tensor<float> DefaultParameter(Tensor<float> x) => Scaled(x) + Scaled(x, 4f);
            [Graph] public static Tensor<float> ExtensionHelper(Tensor<float> x) => x.Shifted(1f).Shifted(2f);
            [Graph] public static Tensor<float> ExtensionMember(Tensor<float> x) => x.Doubled + 1f;
            [Graph] public static Tensor<float> Operator(Tensor<float> x) => (new Wrapped(x) + 2f).Value * 3f;
            [Graph] public static Tensor<float> StructMethod(Tensor<float> x) { var scale = new Scale(3f, 1f); return scale.Apply(x) + 1f; }
            [Graph] public static Tensor<float> MutatingStruct(Tensor<float> x) { var step = new Step(); var y = step.Next(x); y = step.Next(y); return y + step.Count; }

            private static Tensor<float> Power(Tensor<float> t, int n) { var y = t; for (var i = 1; i < n; i++) { y = y * t; } return y; }
            [Graph] public static Tensor<float> ConstantUnrolls(Tensor<float> x) => Power(x, 4) + 1f;

            private static Tensor<float> Recurse(Tensor<float> t, int n) => n <= 0 ? t : Recurse(t * 2f, n - 1) + 1f;
            private static Tensor<float> Even(Tensor<float> t, int n) => n <= 0 ? t : Odd(t + 1f, n - 1);
            private static Tensor<float> Odd(Tensor<float> t, int n) => n <= 0 ? t * 2f : Even(t + 2f, n - 1);
            [Graph] public static Tensor<float> DirectRecursion(Tensor<float> x) => Recurse(x, 3);
            [Graph] public static Tensor<float> MutualRecursion(Tensor<float> x) => Even(x, 3);
            [Graph] public static Tensor<float> OwnRecursion(Tensor<float> x, int n) => n <= 0 ? x : OwnRecursion(x * 2f, n - 1) + 1f;

            private static Tensor<float> Loud(Tensor<float> t, string what) { Console.WriteLine(what); count++; return t + count; }
            [Graph] public static Tensor<float> EffectsInOrder(Tensor<float> x) { var y = Loud(x, "first") * Loud(x, "second"); Console.WriteLine(count); return Loud(y, "third"); }

            private static Tensor<float> Checked(Tensor<float> t, float divisor) { count = 7; if (divisor == 0f) { throw new ArgumentException("divisor is zero", nameof(divisor)); } return t / divisor; }
            public static int Count() => count;
            [Graph] public static Tensor<float> ThrowingHelper(Tensor<float> x, float d) { var y = x + 1f; return Checked(y, d) * 2f; }

            private static void Bump(ref Tensor<float> t, out Tensor<float> old, in float by) { old = t; t = t + by; }
            [Graph] public static Tensor<float> RefOutIn(Tensor<float> x) { var y = x * 2f; Bump(ref y, out var old, 3f); return y * old; }
            private static Tensor<float> Reassigned(Tensor<float> t, int n) { t = t + 1f; n += 2; return t * n; }
            [Graph] public static Tensor<float> AssignedParameter(Tensor<float> x, int n) => Reassigned(x, n) + n;

            private static float Read(in float value) => value;
            private static Tensor<float> Locals(Tensor<float> t, int i) { int seen; if (i == 0) { seen = 5; } else { seen = i; } float kept = default; Add(ref kept, seen); return t + kept; }
            private static void Add(ref float value, int by) => value += by;
            [Graph] public static Tensor<float> FreshLocals(Tensor<float> x, int n) { for (var i = 0; i < n; i++) { x = Locals(x, i); } return x; }

            private static Tensor<float> Guarded(Tensor<float> t, Tensor<float> u) { try { return t + u; } catch (ArgumentException) { Console.WriteLine("caught"); return t * 2f; } finally { Console.WriteLine("finally"); } }
            [Graph] public static Tensor<float> HelperWithTry(Tensor<float> x, Tensor<float> y) => Guarded(x, y) + 1f;
            [Graph] public static Tensor<float> TryAroundHelper(Tensor<float> x, Tensor<float> y) { try { return Guarded(x * 2f, y) + y; } catch (Exception e) { Console.WriteLine(e.GetType().Name); return x; } }
            private static Tensor<float> Filtered(Tensor<float> t, Tensor<float> u) { try { return t + u; } catch (Exception e) when (e.Message.Length > 0) { Console.WriteLine(e.GetType().Name); throw; } }
            [Graph] public static Tensor<float> HelperWithFilter(Tensor<float> x, Tensor<float> y) { try { return Filtered(x, y); } catch (ArgumentException) { return y; } }

            [Graph] public static Tensor<float> EarlyCallee(Tensor<float> x) => x * 2f + 1f;
            [Graph] public static Tensor<float> CallsGraph(Tensor<float> x) => EarlyCallee(x) * LateCallee(x);
            [Graph] public static Tensor<float> LateCallee(Tensor<float> x) => x * 3f - 1f;
            [Graph] public static Tensor<float> SwitchesMode(Tensor<float> x) { GraphMode.Current = GraphMode.Current; return EarlyCallee(x) + 1f; }

            [Eager] private static Tensor<float> Left(Tensor<float> t) => t * 2f;
            [Graph] public static Tensor<float> EagerHelper(Tensor<float> x) => Left(x) + 1f;
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] private static Tensor<float> Kept(Tensor<float> t) => t * 2f;
            [Graph] public static Tensor<float> NoInliningHelper(Tensor<float> x) => Kept(x) + 1f;
            private static Tensor<float> Named(Tensor<float> t) { Console.WriteLine(System.Reflection.MethodBase.GetCurrentMethod()!.Name); return t * 2f; }
            [Graph] public static Tensor<float> NamesItself(Tensor<float> x) => Named(x) + 1f;
            private static Tensor<float> Ramp(int n) { var values = new float[n]; for (var i = 0; i < n; i++) { values[i] = i; } return Tensor.Create<float>(values); }
            [Graph] public static Tensor<float> ConstantHelper(Tensor<float> x) => x + Ramp(5);
            private static byte Narrow(Tensor<float> t, byte b) => (byte)(b + (int)t.FlattenedLength);
            [Graph] public static int NarrowParameter(Tensor<float> x, int n) => Narrow(x, (byte)n) + Narrow(x, 200);
            private static Tensor<float> Never(Tensor<float> t) => throw new InvalidOperationException("never: " + t.Rank);
            [Graph] public static Tensor<float> HelperAlwaysThrows(Tensor<float> x, bool go) { var y = x * 2f; return go ? Never(y) + 1f : y; }
            private static Tensor<float> Choose(Tensor<float> t, bool first) { if (first) { return t * 2f; } return t * 3f; }
            [Graph] public static Tensor<float> SeveralReturns(Tensor<float> x, bool first) => Choose(x, first) + 1f;
            private static (Tensor<float> Low, Tensor<float> High) Split(Tensor<float> t) => (t - 1f, t + 1f);
            [Graph] public static Tensor<float> TupleHelper(Tensor<float> x) { var (low, high) = Split(x); return low * high; }
            private static Tensor<float> Sum(params Tensor<float>[] all) { var sum = all[0]; for (var i = 1; i < all.Length; i++) { sum = sum + all[i]; } return sum; }
            [Graph] public static Tensor<float> ParamsHelper(Tensor<float> x) => Sum(x, x * 2f, x * 3f);
        }
        public static class Extensions
        {
            public static Tensor<float> Shifted(this Tensor<float> t, float by) => t + by;
            extension(Tensor<float> t) { public Tensor<float> Doubled => t * 2f; }
        }
        public readonly struct Wrapped(Tensor<float> value)
        {
            public Tensor<float> Value => value;
            public static Wrapped operator +(Wrapped left, float right) => new(left.Value + right);
            public override string ToString() => "wrapped";
        }
        public readonly struct Scale(float a, float b) { public Tensor<float> Apply(Tensor<float> t) => t * a + b; }
        public struct Step { public int Count; public Tensor<float> Next(Tensor<float> t) { Count++; return t * Count; } }
        """;

    private static Tensor<float> Floats(int n = 5, float seed = 1) => Tensor.Create(Enumerable.Range(0, n).Select(i => (i * 37 % 23 - 11) * seed / 7).ToArray());

    public static TheoryData<string, int, int, Func<object?[]>> Calls => new()
    {
        { "StaticHelper", 1, 0, () => [Floats()] },
        { "StaticHelper", 1, 0, () => [null] },
        { "NestedHelpers", 1, 0, () => [Floats()] },
        { "DefaultParameter", 1, 0, () => [Floats()] },
        { "ExtensionHelper", 1, 0, () => [Floats()] },
        { "ExtensionMember", 1, 0, () => [Floats()] },
        { "Operator", -1, -1, () => [Floats()] },
        { "StructMethod", -1, -1, () => [Floats()] },
        { "MutatingStruct", -1, -1, () => [Floats()] },
        { "ConstantUnrolls", 1, 0, () => [Floats()] },
        { "DirectRecursion", 0, 1, () => [Floats()] },
        { "MutualRecursion", 0, 1, () => [Floats()] },
        { "OwnRecursion", 2, 0, () => [Floats(), 3] },
        { "EffectsInOrder", -1, 0, () => [Floats()] },
        { "ThrowingHelper", -1, 0, () => [Floats(), 2f] },
        { "ThrowingHelper", -1, 0, () => [Floats(), 0f] },
        { "ThrowingHelper", -1, 0, () => [null, 0f] },
        { "RefOutIn", -1, 0, () => [Floats()] },
        { "AssignedParameter", 1, 0, () => [Floats(), 3] },
        { "FreshLocals", -1, 0, () => [Floats(), 4] },
        { "HelperWithTry", -1, 0, () => [Floats(), Floats()] },
        { "HelperWithTry", -1, 0, () => [Floats(), Floats(4)] },
        { "HelperWithTry", -1, 0, () => [null, Floats(4)] },
        { "TryAroundHelper", -1, 0, () => [Floats(), Floats()] },
        { "TryAroundHelper", -1, 0, () => [Floats(), Floats(4)] },
        { "TryAroundHelper", -1, 0, () => [null, Floats(4)] },
        { "HelperWithFilter", -1, 0, () => [Floats(), Floats()] },
        { "HelperWithFilter", -1, 0, () => [Floats(), Floats(4)] },
        { "CallsGraph", 1, 0, () => [Floats()] },
        { "SwitchesMode", 1, 0, () => [Floats()] },
        { "EagerHelper", 1, 0, () => [Floats()] },
        { "NoInliningHelper", 1, 1, () => [Floats()] },
        { "NamesItself", 1, 1, () => [Floats()] },
        { "ConstantHelper", -1, 0, () => [Floats()] },
        { "NarrowParameter", 0, 1, () => [Floats(), 250] },
        { "HelperAlwaysThrows", -1, 1, () => [Floats(), true] },
        { "HelperAlwaysThrows", -1, 1, () => [Floats(), false] },
        { "SeveralReturns", -1, 0, () => [Floats(), true] },
        { "SeveralReturns", -1, 0, () => [Floats(), false] },
        { "TupleHelper", -1, 0, () => [Floats()] },
        { "ParamsHelper", -1, -1, () => [Floats()] },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_method_with_its_helpers_lifted_does_what_it_did(string method, int kernels, int fallbacks, Func<object?[]> arguments)
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = Programs.Of(Source, optimization);
            program.AssertSame("Program", method, arguments);
            var report = program.MethodReport("Program." + method);
            Assert.True(report.IsWoven || kernels <= 0, string.Join(Environment.NewLine, report.Diagnostics));
            Assert.Equal((kernels < 0 ? report.Kernels : kernels, fallbacks < 0 ? report.Fallbacks : fallbacks), (report.Kernels, report.Fallbacks));
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
}
