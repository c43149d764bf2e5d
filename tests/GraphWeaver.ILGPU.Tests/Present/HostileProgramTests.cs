using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>
/// Programs that look at tensors where a device would rather not be asked: in the midst of exceptions, loops and other threads, and through layouts that overlap. Woven does
/// what unwoven does, to the bit: all arithmetic here is rounded once for each operator.
/// </summary>
[Collection("GraphMode")]
public sealed class HostileProgramTests
{
    private const string Source = """
        public sealed class Holder { public float Scale = 3f; public Tensor<float> Value = Tensor.Create<float>(new float[] { 1, 2, 3, 4 }); }
        public static class Program
        {
            [Graph] public static Tensor<float> Mismatch(Tensor<float> x, Tensor<float> y, Tensor<float> z) { y[..] = x * 2f; y *= 3f; return y + z; }
            [Graph] public static string Caught(Tensor<float> x, Tensor<float> y, Tensor<float> z)
            {
                try { y[..] = x * 2f; y *= 3f; var s = y + z; return "" + s[0]; }
                catch (Exception e) { return e.GetType().Name + y[0]; }
                finally { Console.WriteLine(y[1]); }
            }
            private static bool Look(Tensor<float> y) { Console.WriteLine(y[0]); return true; }
            [Graph] public static Tensor<float> Filtered(Tensor<float> x, Tensor<float> y, int[] a)
            {
                try { y[..] = x * 2f; y += a[7]; return y; }
                catch (IndexOutOfRangeException) when (Look(y)) { y *= 0.5f; return y + 1f; }
                finally { y += 1f; }
            }
            [Graph] public static Tensor<float> CheckedScalar(Tensor<float> x, Tensor<float> y, int n) { y[..] = x + 1f; var e = checked(n + 1); y += e; return y * e; }
            [Graph] public static Tensor<float> NullField(Tensor<float> x, Tensor<float> y, Holder? h) { y[..] = x + 1f; y *= h!.Scale; return y + h.Value; }
            [Graph] public static Tensor<float> Cast(Tensor<float> x, Tensor<float> y, object o) { y[..] = x + 1f; var f = (float)o; y *= f; return y; }
            [Graph] public static Tensor<float> Thrown(Tensor<float> x, Tensor<float> y) { y[..] = x + 1f; y *= x; throw new InvalidOperationException("now"); }
            [Graph] public static (Tensor<float>, int) Break(Tensor<float> x, float least)
            {
                var i = 0;
                for (; i < 50; i++) { x = x * 0.5f; if (x[0] < least) { break; } if (i == 20) { continue; } x = x + 0.125f; }
                return (x, i);
            }
            [Graph] public static (Tensor<float>, Tensor<float>) Swapped(Tensor<float> a, Tensor<float> b, int n)
            {
                for (var i = 0; i < n; i++) { Tensor.Add<float>(a, b, a); Tensor.Multiply<float>(a, 0.5f, b); (a, b) = (b, a); if (i % 2 == 0) { b = a; } }
                return (a, b);
            }
            [Graph] public static List<Tensor<float>> Kept(Tensor<float> x, int n) { var all = new List<Tensor<float>>(); for (var i = 0; i < n; i++) { x = x + i; all.Add(x); x *= 2f; all.Add(x); } return all; }
            [Graph] public static Tensor<float> Recursive(Tensor<float> x, int n) { var y = x * 0.5f + 1f; if (n > 0) { y = y + Recursive(y, n - 1); } return y * 2f; }
            [Graph] public static Tensor<float> Outer(Tensor<float> x, Tensor<float> y) { y[..] = x * 2f; Inner(x, y); return y - x; }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            [Graph] public static void Inner(Tensor<float> x, Tensor<float> y) { x += y; y *= x; }
            [Graph] public static Tensor<float> Printed(Tensor<float> x) { var y = x + 1f; Console.WriteLine(y[0]); y *= 2f; Console.WriteLine(Tensor.Sum<float>(y)); y += 1f; Console.WriteLine(y[^1]); return y; }
            [Graph] public static IEnumerable<Tensor<float>> Yielded(Tensor<float> x) { var y = x + 1f; yield return y; y *= 2f; yield return y; y += 3f; yield return y; }
            public static List<string> AllYielded(Tensor<float> x) { var all = new List<string>(); foreach (var y in Yielded(x)) { all.Add(y[0] + " " + y[1]); y[1] = 9f; } return all; }
            [Graph] public static async System.Threading.Tasks.Task<Tensor<float>> Later(Tensor<float> x) { var y = x + 1f; await System.Threading.Tasks.Task.Yield(); y *= 2f; await System.Threading.Tasks.Task.Delay(1).ConfigureAwait(false); return y + x; }
            public static Tensor<float> Awaited(Tensor<float> x) => System.Threading.Tasks.Task.Run(() => Later(x)).Result;
            [Graph] public static Tensor<float> Shifted(Tensor<float> x) { Tensor.Add<float>(x.Slice(1..), x.Slice(..^1), x.Slice(1..)); return x * 2f; }
            [Graph] public static Tensor<float> ShiftedBack(Tensor<float> x) { Tensor.Add<float>(x.Slice(..^1), x.Slice(1..), x.Slice(..^1)); return x * 2f; }
            [Graph] public static Tensor<float> Ranges(Tensor<float> x) { x[1..] = x[..^1] * 2f; x[..^1] = x[1..] + x[..^1]; return x; }
            [Graph] public static Tensor<float> Views(Tensor<float> x) { var v = x.Slice(1..); var w = x.Slice(..^1); v *= 2f; w += v; v += w; return x - 1f; }
            [Graph] public static Tensor<float> Over(Tensor<float> x, Tensor<float> y) { x *= 2f; y += 1f; x += y; y *= x; return x + y; }
            [Graph] public static Tensor<float> Plain(Tensor<float> x, Tensor<float> y) => (x + y) * 0.5f - y;
            [Graph] public static Tensor<float> Alone(Tensor<float> x) { x = x * 2f; x += 1f; return -x; }
            [Graph] public static (float, float, float) Folded(Tensor<float> x) { var y = x * 2f; return (Tensor.Max<float>(y), Tensor.Min<float>(y), Tensor.Sum<float>(y - y)); }
            [Graph] public static Tensor<float> Many(Tensor<float> a, Tensor<float> b, Tensor<float> c, Tensor<float> d, Tensor<float> e, Tensor<float> f, Tensor<float> g, Tensor<float> h, Tensor<float> i, Tensor<float> j, Tensor<float> k, Tensor<float> l) =>
                a + b * c - d + e * f - g + h * i - j + k * l;
            [Graph] public static (Tensor<int>, Tensor<double>, Tensor<byte>, Tensor<long>) Types(Tensor<float> x, Tensor<int> y)
            {
                var i = Tensor.ConvertSaturating<float, int>(x * 1e9f) + y;
                var d = Tensor.ConvertTruncating<int, double>(i) * 0.5;
                var b = Tensor.ConvertSaturating<double, byte>(d + 200.0);
                return (i, d, b, Tensor.ConvertTruncating<byte, long>(b) << 3);
            }
            [Graph] public static Tensor<float> ByReduction(Tensor<float> x, Tensor<float> y) { y[..] = x * 2f; var m = Tensor.Max<float>(y); y *= m; if (m > 3f) { y += m; } return y - x; }
        }
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> programs = new()
    {
        [OptimizationLevel.Debug] = new(() => new WovenProgram(Source, OptimizationLevel.Debug)),
        [OptimizationLevel.Release] = new(() => new WovenProgram(Source, OptimizationLevel.Release)),
    };

    public static TheoryData<string, Func<object?[]>> Calls()
    {
        var data = new TheoryData<string, Func<object?[]>>();
        foreach (string method in new[] { "Mismatch", "Caught" })
        {
            data.Add(method, () => [Floats(4), Floats(4), Floats(4)]);
            data.Add(method, () => [Floats(4), Floats(4), Floats(3)]);
            data.Add(method, () => [Floats(4), Floats(4), null]);
            data.Add(method, () => [Floats(4), null, Floats(4)]);
            data.Add(method, () => [Floats(3), Floats(4), Floats(4)]);
            data.Add(method, () => { Tensor<float> x = Floats(4); return [x, x, x]; });
            data.Add(method, () => { Tensor<float> x = Floats(6); return [x.Slice(0..4), x.Slice(1..5), x.Slice(2..6)]; });
            data.Add(method, () => { Tensor<float> x = Floats(6); return [x.Slice(1..5), x.Slice(1..5), x]; });
        }

        data.Add("Filtered", () => [Floats(4), Floats(4), new int[3]]);
        data.Add("Filtered", () => [Floats(4), Floats(4), new int[9]]);
        data.Add("CheckedScalar", () => [Floats(4), Floats(4), int.MaxValue]);
        data.Add("CheckedScalar", () => [Floats(4), Floats(4), 3]);
        data.Add("NullField", () => [Floats(4), Floats(4), null]);
        data.Add("Cast", () => [Floats(4), Floats(4), 2f]);
        data.Add("Cast", () => [Floats(4), Floats(4), "two"]);
        data.Add("Cast", () => [Floats(4), Floats(4), null]);
        data.Add("Thrown", () => [Floats(4), Floats(4)]);
        data.Add("Break", () => [Floats(5) + 100f, 0.3f]);
        data.Add("Break", () => [Floats(5) + 100f, -1f]);
        data.Add("Break", () => [Floats(0), 1f]);
        data.Add("Swapped", () => [Floats(5), Floats(5), 5]);
        data.Add("Swapped", () => { Tensor<float> x = Floats(5); return [x, x, 4]; });
        data.Add("Swapped", () => { Tensor<float> x = Floats(6); return [x.Slice(0..4), x.Slice(1..5), 4]; });
        data.Add("Kept", () => [Floats(5), 4]);
        data.Add("Recursive", () => [Floats(5), 6]);
        data.Add("Outer", () => [Floats(5), Floats(5)]);
        data.Add("Outer", () => { Tensor<float> x = Floats(5); return [x, x]; });
        data.Add("Printed", () => [Floats(5)]);
        data.Add("AllYielded", () => [Floats(5)]);
        data.Add("Awaited", () => [Floats(5)]);
        foreach (string method in new[] { "Shifted", "ShiftedBack", "Ranges", "Views" })
        {
            data.Add(method, () => [Floats(9)]);
            data.Add(method, () => [Floats(1)]);
            data.Add(method, () => [Floats(257)]);
        }

        foreach (string method in new[] { "Over", "Plain", "ByReduction" })
        {
            foreach (int length in new[] { 0, 1, 2, 7, 255, 256, 257, 1023, 1024, 1025 })
            {
                data.Add(method, () => [Floats(length), Floats(length)]);
            }

            data.Add(method, () => { Tensor<float> x = Floats(12).Reshape([3, 4]); return [x, x]; });
            data.Add(method, () => { Tensor<float> x = Floats(9).Reshape([3, 3]); return [x, Tensor.Transpose<float>(x)]; });
            data.Add(method, () => { Tensor<float> x = Floats(16).Reshape([4, 4]); return [x.Slice(0..3, 0..3), x.Slice(1..4, 1..4)]; });
            data.Add(method, () => { Tensor<float> x = Floats(12); return [Strided(x, 0), Strided(x, 1)]; });
            data.Add(method, () => { Tensor<float> x = Floats(12); return [Strided(x, 1), Strided(x, 1)]; });
            data.Add(method, () => [Floats(12).Reshape([3, 4]), Floats(4)]);
            data.Add(method, () => [Floats(12).Reshape([3, 4]), Floats(3).Reshape([3, 1])]);
            data.Add(method, () => [Floats(4), Floats(12).Reshape([3, 4])]);
            data.Add(method, () => [Floats(12).Reshape([12, 1]), Floats(12).Reshape([12, 1])]);
            data.Add(method, () => [Tensor.CreateFromShape<float>([3, 0]), Tensor.CreateFromShape<float>([3, 0])]);
            data.Add(method, () => [Point(), Point()]);
            data.Add(method, () => [Floats(4), Point()]);
            data.Add(method, () => [Floats(240).Reshape([2, 3, 4, 5, 2]), Floats(240).Reshape([2, 3, 4, 5, 2])]);
            data.Add(method, () => [Floats(240).Reshape([2, 3, 4, 5, 2]).Slice(0..2, 1..3, 0..3, 1..4, 0..1), Floats(240).Reshape([2, 3, 4, 5, 2]).Slice(0..2, 0..2, 1..4, 2..5, 1..2)]);
            data.Add(method, () => [Floats(32).Reshape([2, 2, 2, 2, 2]), Floats(2)]);
        }

        foreach (string method in new[] { "Alone", "Folded" })
        {
            data.Add(method, () => [Floats(0)]);
            data.Add(method, () => [Floats(1)]);
            data.Add(method, () => [Floats(1025)]);
            data.Add(method, () => [Tensor.Transpose<float>(Floats(12).Reshape([3, 4]))]);
            data.Add(method, () => [Strided(Floats(12), 1)]);
            data.Add(method, () => [Point()]);
            data.Add(method, () => [null]);
        }

        data.Add("Many", () => [.. Enumerable.Range(5, 12).Select(seed => Floats(7) * (seed / 4f))]);
        data.Add("Many", () => { Tensor<float> x = Floats(7); return [.. Enumerable.Range(0, 12).Select(_ => x)]; });
        data.Add("Many", () => { Tensor<float> x = Floats(24); return [.. Enumerable.Range(0, 12).Select(first => x.Slice(first..(first + 9)))]; });
        data.Add("Types", () => [Floats(33), Tensor.Create([.. Enumerable.Range(0, 33).Select(i => i * 123_456_789)])]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Woven_does_what_unwoven_does(string method, Func<object?[]> arguments)
    {
        foreach (Lazy<WovenProgram> program in programs.Values)
        {
            program.Value.AssertSame("Program", method, arguments);
        }
    }

    [Fact]
    public void Threads_do_not_see_each_other()
    {
        WovenProgram program = programs[OptimizationLevel.Release].Value;
        var plain = program.Woven.Assembly.GetType("Program")!.GetMethod("Plain")!.CreateDelegate<Func<Tensor<float>, Tensor<float>, Tensor<float>>>();
        var swapped = program.Woven.Assembly.GetType("Program")!.GetMethod("Swapped")!.CreateDelegate<Func<Tensor<float>, Tensor<float>, int, (Tensor<float>, Tensor<float>)>>();
        var eager = program.Unwoven.Assembly.GetType("Program")!.GetMethod("Swapped")!.CreateDelegate<Func<Tensor<float>, Tensor<float>, int, (Tensor<float>, Tensor<float>)>>();
        Tensor<float> shared = Floats(1000);
        int done = 0;
        var collector = new Thread(() =>
        {
            for (int round = 0; Volatile.Read(ref done) == 0; round++)
            {
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
                if (round % 8 == 7)
                {
                    Accelerators.Release();
                }

                Thread.Sleep(5);
            }
        });
        collector.Start();
        try
        {
            Parallel.For(0, 6, thread =>
            {
                for (int round = 0; round < 15; round++)
                {
                    Tensor<float> own = Floats(1000) * (thread + 1f);
                    Tensor<float> expected = ((shared + own) * 0.5f) - own;
                    Tensor<float> actual = plain(shared, own);
                    own.Fill(float.NaN);
                    Assert.Equal(expected, actual);
                    int length = 100 + (thread * round);
                    (Tensor<float> a, Tensor<float> b) = eager(Floats(length), Floats(length), round % 4);
                    (Tensor<float> c, Tensor<float> d) = swapped(Floats(length), Floats(length), round % 4);
                    Assert.Equal(a, c);
                    Assert.Equal(b, d);
                }
            });
        }
        finally
        {
            Volatile.Write(ref done, 1);
            collector.Join();
        }

        Assert.DoesNotContain(Accelerators.Messages, message => message.Contains("lost") || message.Contains("failed"));
    }

    /// <summary>Every other element.</summary>
    private static Tensor<float> Strided(Tensor<float> x, int first) => Tensor.Squeeze<float>(x.Reshape([6, 2]).Slice(0..6, first..(first + 1)));

    /// <summary>No dimension.</summary>
    private static Tensor<float> Point() => Tensor.CreateFromShape<float>([]);

    private static Tensor<float> Floats(int length) => Tensor.Create([.. Enumerable.Range(0, length).Select(i => (((i * 37) % 23) - 11) / 7f)]);
}
