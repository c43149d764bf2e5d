using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary>Constant calls, branches and loops: executed in the build, and the woven method still does what the unwoven one does.</summary>
public sealed class FoldingTests
{
    private const string Source = """
        using MathNet.Numerics;

        public static class Pure
        {
            public static int Square(int x) => x * x;
            public static int[] Fresh(int n) => [n, n + 1, n + 2];
            public static int Fail(string text) => text.Length > 100 ? 1 : throw new FormatException("no number in " + text);
        }

        public static class Program
        {
            [Graph] public static double Scalar() => Math.Sqrt(2.0) + Pure.Square(3);
            [Graph] public static string Text() => string.Concat("a", "b").ToUpperInvariant();
            [Graph] public static double[] Window5() => Window.Hann(5);
            [Graph] public static double WindowElement() { var w = Window.Hann(5); return w[1] + w[2]; }
            [Graph] public static double Unrolled() { var w = Window.Hamming(4); var sum = 0.0; for (var i = 0; i < w.Length; i++) { sum += w[i] * i; } return sum; }
            [Graph] public static Tensor<double> Constant() => Tensor.Create<double>(Window.Hann(6), [2, 3]);
            [Graph] public static Tensor<double> Smooth(Tensor<double> x) { var w = Window.Hann(5); var y = x * w[1]; for (var i = 2; i < 4; i++) { y = y + x * w[i]; } return y; }
            [Graph] public static int Branch(int x) { if (Pure.Square(3) == 9) { return x + Pure.Square(4); } Console.WriteLine("never"); return x; }
            [Graph] public static int Mutated() { var a = Pure.Fresh(1); a[0] += 1; return a[0] + a[1]; }
            [Graph] public static int[] MutatedAndReturned() { var a = Pure.Fresh(1); a[0] += 1; return a; }
            [Graph] public static int[] MutatedAtRunTime(int x) { var a = Pure.Fresh(1); a[0] += 10; if (x > 0) { a[1] = x; } return a; }
            [Graph] public static int[] InALoop(int n) { var a = Pure.Fresh(1); for (var i = 0; i < n; i++) { a[1] += i + Pure.Square(5); } return a; }
            [Graph] public static int[] MutatedBetweenBranches() { var a = Pure.Fresh(1); for (nint i = 0; i < a.Length; i++) { a[(int)i] = Pure.Square(a[(int)i]) - 1; } return a; }
            [Graph] public static int LoopAfterUnrolledLoop(int n) { var k = 0; int i; for (i = 0; i < 3; i++) { k = Pure.Square(i); if (k > n) { break; } } do { n -= k + i + 1; } while (n > 0); return n * k; }
            [Graph] public static int[] TrialTakenBack(int x) { var a = Pure.Fresh(1); for (var i = 0; i < 3; i++) { a[i] += Pure.Square(a[i]); if (a[i] > 3 && x == i) { break; } } return a; }
            [Graph] public static Tensor<double> WrittenAfterSeen(Tensor<double> x) { var k = Tensor.Create<double>(Window.Hann(5)); var y = x * k; k[0] = 5; return y + k; }
            [Graph] public static int[] ReadThenWritten(int x) { var a = Pure.Fresh(1); var y = a[x]; a[0] = 50; a[1] = y; return a; }
            [Graph] public static (int[], int[]) Aliased() { var a = Pure.Fresh(1); var b = a; b[2] = 7; return (a, b); }
            [Graph] public static int SeenByOthers() { var a = Pure.Fresh(1); Change(a); return a[0]; }
            private static void Change(int[] a) { Console.WriteLine(a[0]); a[0] = 99; }
            [Graph] public static int Throws() { Console.WriteLine("first"); return Pure.Fail("x") + Pure.Square(2); }
            [Graph] public static void Prints() { Console.WriteLine("hello"); Console.WriteLine(Pure.Square(7)); Console.WriteLine(2.5); }
            [Graph] public static int Nested(int x) { var s = 0; for (var i = 0; i < 3; i++) { for (var j = 0; j <= i; j++) { if (j == 1) { continue; } if (i == 2 && j == 2) { break; } s += Pure.Square(i) * x + j; } } return s; }
            [Graph] public static int Exits(int x) { for (var i = 0; i < 5; i++) { if (x == i) { return i * 10; } } return -1; }
            [Graph] public static int Big() { var s = 0; for (var i = 0; i < 100000; i++) { s += i % 7; } return s; }
            [Graph] public static bool Startup(string text) { var r = new System.Text.RegularExpressions.Regex("a+b"); return r.IsMatch(text); }
            [Graph] public static long Clock(int x) => DateTime.Now.Ticks > 0 ? x + Pure.Square(2) : -1;
            [Graph] public static int Choice(int x) => x switch { 0 => Pure.Square(10), 1 => Pure.Square(11), _ => Pure.Square(12) };
            [Graph] public static object Boxed() => Pure.Square(6);
            [Graph] public static int While(int x) { var i = 0; while (true) { i += Pure.Square(2); if (i > 10) { break; } } return i + x; }
        }
        """;

    public static TheoryData<string, int, int, Func<object?[]>> Calls => new()
    {
        { "Scalar", 2, 0, () => [] },
        { "Text", 2, 0, () => [] },
        { "Window5", 1, 0, () => [] },
        { "WindowElement", 1, 0, () => [] },
        { "Unrolled", 1, 0, () => [] },
        { "Constant", 2, 0, () => [] },
        { "Smooth", 1, 1, () => [Tensor.Create<double>([1, 2, 3, 4, 5])] },
        { "Smooth", 1, 1, () => [null] },
        { "Branch", 2, 0, () => [5] },
        { "Mutated", 1, 0, () => [] },
        { "MutatedAndReturned", 1, 0, () => [] },
        { "MutatedAtRunTime", 1, 0, () => [1] },
        { "MutatedAtRunTime", 1, 0, () => [0] },
        { "MutatedBetweenBranches", 2, 0, () => [] },
        { "LoopAfterUnrolledLoop", 1, 0, () => [0] },
        { "LoopAfterUnrolledLoop", 1, 0, () => [1] },
        { "LoopAfterUnrolledLoop", 1, 0, () => [50] },
        { "TrialTakenBack", 2, 0, () => [1] },
        { "TrialTakenBack", 2, 0, () => [9] },
        { "WrittenAfterSeen", 2, 2, () => [Tensor.Create<double>([1, 2, 3, 4, 5])] },
        { "ReadThenWritten", 1, 0, () => [0] },
        { "InALoop", 2, 0, () => [3] },
        { "Aliased", 1, 0, () => [] },
        { "SeenByOthers", 1, 0, () => [] },
        { "Throws", 1, 0, () => [] },
        { "Prints", 1, 0, () => [] },
        { "Nested", 1, 0, () => [7] },
        { "Exits", 0, 0, () => [3] },
        { "Exits", 0, 0, () => [9] },
        { "Big", 0, 0, () => [] },
        { "Clock", 1, 0, () => [4] },
        { "Choice", 3, 0, () => [0] },
        { "Choice", 3, 0, () => [1] },
        { "Choice", 3, 0, () => [2] },
        { "Boxed", 1, 0, () => [] },
        { "While", 1, 0, () => [1] },
        { "Startup", 0, 0, () => ["xaab"] },
    };

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> Programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(optimization => optimization, optimization => new Lazy<WovenProgram>(() => new WovenProgram(Source, optimization)));

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void Folded_methods_do_what_the_unwoven_ones_do(string method, int folded, int kernels, Func<object?[]> arguments)
    {
        foreach (var program in Programs.Values.Select(lazy => lazy.Value))
        {
            var report = program.MethodReport("Program." + method);
            var messages = string.Join("\n", report.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Code + " " + diagnostic.Message));
            Assert.DoesNotContain("GW1901", messages);
            program.AssertSame("Program", method, arguments);
            Assert.True(folded == report.Folded, $"{folded} folds wanted, {report.Folded} seen:\n{messages}");
            Assert.Equal(kernels, report.Kernels);
        }
    }
}
