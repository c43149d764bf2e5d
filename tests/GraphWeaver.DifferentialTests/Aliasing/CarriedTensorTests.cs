using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.DifferentialTests.Aliasing;

/// <summary>Tensors that a loop carries: one memory for all trips where nobody can tell, a new one for each where somebody could.</summary>
public sealed class CarriedTensorTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<double> For(Tensor<double> x, int n) { for (var i = 0; i < n; i++) { x = x * 0.5 + i; } return x; }
            [Graph] public static Tensor<double> Two(Tensor<double> x, Tensor<double> v, int n) { for (var i = 0; i < n; i++) { var a = x * -2.0; v = v + a * 0.1; x = x + v * 0.1; } return x + v; }
            [Graph] public static Tensor<double> Do(Tensor<double> x, int n) { do { x = x * 0.5 + n; n--; } while (n > 0); return x; }
            [Graph] public static Tensor<double> While(Tensor<double> x) { while (Tensor.Max<double>(x) > 0.1) { x = x * 0.5 - 0.01; } return x; }
            [Graph] public static Tensor<double> Prev(Tensor<double> x, int n) { var prev = x; for (var i = 0; i < n; i++) { prev = x; x = x * 0.5 + i; } return x - prev; }
            [Graph] public static Tensor<double> List(Tensor<double> x, int n) { var all = new System.Collections.Generic.List<Tensor<double>>(); for (var i = 0; i < n; i++) { x = x * 0.5 + i; all.Add(x); } return all[0] + all[^1]; }
            [Graph] public static Tensor<double> Break(Tensor<double> x, int n) { for (var i = 0; i < n; i++) { var y = x * 0.5 + i; if (Tensor.Sum<double>(y) > 30) { return x; } x = y; } return x * 2.0; }
            [Graph] public static Tensor<double> Tiled(Tensor<double> x, int n) { for (var i = 0; i < n; i++) { x = Tensor.DegreesToRadians<double>(x * 0.5 + i) + x; } return x; }
            [Graph] public static Tensor<double> Nested(Tensor<double> x, int n) { var y = x; for (var j = 0; j < 3; j++) { y = x * j; for (var i = 0; i < n; i++) { y = y * 0.5 + i; } x = x + y; } return x + y; }
            [Graph] public static Tensor<double> Broadcast(Tensor<double> x, Tensor<double> y, int n) { for (var i = 0; i < n; i++) { x = x * y + i; } return x; }
            [Graph] public static Tensor<double> Spanned(Tensor<double> x, int n) { for (var i = 0; i < n; i++) { ReadOnlyTensorSpan<double> s = x; x = Tensor.Abs(s) * 0.5; } return x; }
            [Graph] public static Tensor<double> Twice(Tensor<double> x, int n) { for (var i = 0; i < n; i++) { var y = x + 1.0; Console.Write(y[0]); x = y * x; } return x; }

            public static Tensor<double> V(int seed, int n = 37) => Tensor.Create(Enumerable.Range(1, n).Select(i => (i * seed % 19 - 7) / 4d).ToArray());
            private static string S(params Tensor<double>[] t) => string.Join("|", t.Select(tensor => string.Join(",", tensor.ToArray())));
            public static object A1() { var x = V(3); return S(For(x, 5), x, For(x, 0)) + ReferenceEquals(x, For(x, 0)); }
            public static object A2() { var x = V(3); var y = V(5); return S(Two(x, y, 7), x, y); }
            public static object A3() { var x = V(3); return S(Do(x, 4), x); }
            public static object A4() { var x = V(3); return S(While(x), x); }
            public static object A5() { var x = V(3); return S(Prev(x, 4), x, Prev(x, 0)); }
            public static object A6() { var x = V(3); return S(List(x, 4), x); }
            public static object A7() { var x = V(3); return S(Break(x, 9), x); }
            public static object A8() { var x = V(3, 3000); return S(Tiled(x, 4), x); }
            public static object A9() { var x = V(3); return S(Nested(x, 4), x); }
            public static object B1() { var x = V(3,1); var y = V(5); return S(Broadcast(x, y, 4), x, y); }
            public static object B2() { var x = V(3); return S(Spanned(x, 4), x); }
            public static object B3() { var x = V(3); return S(Twice(x, 4), x); }
            public static object B4() { try { return S(For(null, 4)); } catch (Exception e) { return e.Message; } }
            public static long Allocated(int trips) { var x = V(3, 100_000); For(x, 1); var before = GC.GetAllocatedBytesForCurrentThread(); For(x, trips); return GC.GetAllocatedBytesForCurrentThread() - before; }
        }
        """;

    private static readonly DrivenProgram program = new(Source);

    public static TheoryData<string> Drivers() => program.Drivers;

    [Theory]
    [MemberData(nameof(Drivers))]
    public void A_carried_tensor_is_what_it_is_unwoven(string driver) => program.AssertSame(driver);

    [Fact]
    public void Trips_allocate_nothing()
    {
        foreach (var compilation in program.Compilations)
        {
            long Allocated(LoadedProgram loaded, int trips) => (long)loaded.Assembly.GetType("Program")!.GetMethod("Allocated")!.Invoke(null, [trips])!;
            Assert.InRange(Allocated(compilation.Woven, 50), 800_000, 900_000);
            Assert.InRange(Allocated(compilation.Unwoven, 50), 50 * 800_000, long.MaxValue);
        }
    }
}
