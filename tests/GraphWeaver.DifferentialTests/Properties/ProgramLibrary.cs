namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>What random programs call: one copy in each assembly.</summary>
internal static class ProgramLibrary
{
    /// <summary>Few names: the C# compiler looks for extension operators in every namespace in scope, at each operator.</summary>
    public const string Usings = """
        global using System.Numerics.Tensors;
        global using Action = System.Action;
        global using ArgumentException = System.ArgumentException;
        global using Console = System.Console;
        global using Exception = System.Exception;
        global using InvalidOperationException = System.InvalidOperationException;
        global using Math = System.Math;
        global using Graph = GraphWeaver.GraphAttribute;
        global using TensorMath = GraphWeaver.TensorMath;
        """;

    public const string Source = """
        public static class Lib
        {
            public static int Count;
            public static object? Kept;
            public static Tensor<T> Same<T>(Tensor<T> x) => x;
            public static Tensor<T> Scale<T>(Tensor<T> x, T s) where T : System.Numerics.INumber<T> => x * s;
            public static Tensor<T> Shift<T>(Tensor<T> x, T s) where T : System.Numerics.INumber<T> { var y = x + s; y += s; return y; }
            public static Tensor<T> Loud<T>(Tensor<T> x) { Console.Write("<" + x.Rank + ">"); return x; }
            public static Tensor<T> Put<T>(Tensor<T> x, T s) where T : System.Numerics.INumber<T> { x.Fill(s); return x; }
            public static Tensor<T> Bump<T>(Tensor<T> x, T s) where T : System.Numerics.INumber<T> { x += s; return x; }
            public static Tensor<T> Zeroed<T>(Tensor<T> x, T s) where T : System.Numerics.INumber<T> { System.Runtime.CompilerServices.Unsafe.SkipInit(out T y); y += s; return x + y; }
            public static void Set<T>(T[] x, int i, T s) { x[i & 1] = s; }
            public static void Swap<T>(ref T x, ref T y) { (x, y) = (y, x); }
            public static void Split<T>(Tensor<T> x, out Tensor<T> twice, out Tensor<T> same) where T : System.Numerics.INumber<T> { twice = x + x; same = x; }
            public static T Add<T>(ref T x, T y) where T : System.Numerics.INumber<T> { x += y; return x; }
            public static int Square(int x) => unchecked(x * x);
            public static int Sum(int x) { var sum = 0; for (var i = 0; i < (x & 7); i++) { sum += i; } return sum; }
            public static string Name(int x) => (x & 3) switch { 0 => "zero", 1 => "one", 2 => "two", _ => "many" };
            public static T[] Pair<T>(T x, T y) => [x, y];
            public static T Twice<T>(T x) where T : System.Numerics.INumber<T> => x + x;
            public static int Tick() => ++Count;
            public static int Strict(int x) => x > 1 ? throw new InvalidOperationException("strict " + x) : x;
            public static Tensor<T> Keep<T>(Tensor<T> x) { Kept = x; return x; }
            public static Tensor<T> Apply<T>(Tensor<T> x, System.Func<Tensor<T>, Tensor<T>> f) => f(x);
            public static double Logistic(double x) => MathNet.Numerics.SpecialFunctions.Logistic(x);
            [Graph] public static Tensor<float> Inner(Tensor<float> x, float s) => x * s - x;
            [Graph] public static Tensor<double> Inner(Tensor<double> x, double s) => x * s - x;
            [Graph] public static Tensor<int> Inner(Tensor<int> x, int s) => x * s - x;
        }

        /// <summary>Small errors for what is only near to exact.</summary>
        public static class Noise
        {
            private static ulong state = 1;
            public static void Start(int seed) => state = (ulong)seed * 0x9E3779B97F4A7C15 + 1;
            private static double Next() { state ^= state << 13; state ^= state >> 7; state ^= state << 17; return (state >> 11) * (2.0 / (1UL << 53)) - 1; }
            private static double Unit<T>() => typeof(T) == typeof(float) ? 1.0 / (1 << 20) : 1.0 / (1L << 46);
            public static T Of<T>(T x, double size) where T : System.Numerics.INumber<T> => double.IsFinite(double.CreateChecked(x)) ? T.CreateChecked(double.CreateChecked(x) + Next() * size * Unit<T>()) : x;
            public static Tensor<T> Of<T>(Tensor<T> x) where T : System.Numerics.INumber<T>
            {
                if (!x.IsEmpty) { foreach (ref var item in System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref x.GetPinnableReference(), (int)x.FlattenedLength)) { item = Of(item, 1 + Math.Abs(double.CreateChecked(item))); } }
                return x;
            }
            public static T Sum<T>(in ReadOnlyTensorSpan<T> x) where T : System.Numerics.INumber<T> => Of(Tensor.Sum<T>(x), Size(x));
            public static T Average<T>(in ReadOnlyTensorSpan<T> x) where T : System.Numerics.INumber<T> => Of(Tensor.Average<T>(x), Size(x) / Math.Max(1, x.FlattenedLength));
            public static T Norm<T>(in ReadOnlyTensorSpan<T> x) where T : System.Numerics.INumber<T>, System.Numerics.IRootFunctions<T> => Of(Tensor.Norm<T>(x), Size(x));
            public static T StdDev<T>(in ReadOnlyTensorSpan<T> x) where T : System.Numerics.IFloatingPoint<T>, System.Numerics.IRootFunctions<T> => Of(Tensor.StdDev<T>(x), Size(x));
            public static T Dot<T>(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> y) where T : System.Numerics.INumber<T> => Of(Tensor.Dot<T>(x, y), Size(x) * Size(y));
            public static T Distance<T>(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> y) where T : System.Numerics.INumber<T>, System.Numerics.IRootFunctions<T> => Of(Tensor.Distance<T>(x, y), Size(x) + Size(y));
            public static T CosineSimilarity<T>(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> y) where T : System.Numerics.INumber<T>, System.Numerics.IRootFunctions<T> => Of(Tensor.CosineSimilarity<T>(x, y), 1 + x.FlattenedLength);
            private static double Size<T>(in ReadOnlyTensorSpan<T> x) where T : System.Numerics.INumber<T> { var size = 1.0; foreach (var item in x) { size += Math.Abs(double.CreateChecked(item)); } return size; }
        }
        """;
}
