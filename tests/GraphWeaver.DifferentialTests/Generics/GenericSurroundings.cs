namespace GraphWeaver.DifferentialTests.Generics;

/// <summary>
/// Marked generic code and what surrounds it: bases, statics, lambdas, records, delegates, extensions, pointers, iterators. Each has a closed driver in
/// <c>Run</c>; all in one program, so that it is compiled and woven once for each configuration.
/// </summary>
internal static class GenericSurroundings
{
    public const string Source = """
        using System.Numerics;
        using System.Runtime.CompilerServices;

        internal static class Data
        {
            public static Tensor<T> Tensor<T>(int n, int seed = 1) where T : struct, INumber<T> =>
                System.Numerics.Tensors.Tensor.Create(Enumerable.Range(1, n).Select(i => T.CreateChecked(i * 7 * seed % 13 - 4)).ToArray());
            public static object Try(Func<object?> f) { try { return f() ?? "null"; } catch (Exception e) { return e.GetType().Name + ": " + e.Message; } }
        }

        internal class Base<T>(T start) where T : struct, INumber<T>
        {
            protected T state = start;
            protected static T Shared = T.One;
            protected virtual Tensor<T> Do(Tensor<T> x) { state += T.One; return x * state; }
            public Tensor<T> Call(Tensor<T> x) => Do(x);
            static Base() { Console.WriteLine("static constructor of Base " + typeof(T).Name); }
        }
        internal class Middle<T>(T start) : Base<T>(start) where T : struct, INumber<T>
        {
            [Graph] protected override Tensor<T> Do(Tensor<T> x) { var y = base.Do(x) + state; Shared += state; return y * Shared; }
        }
        internal sealed class Leaf(float start) : Middle<float>(start) { protected override Tensor<float> Do(Tensor<float> x) => base.Do(x) - 1f; }

        internal static class Precise<T> where T : struct, INumber<T>
        {
            public static T Value;
            static Precise() { Console.WriteLine("precise " + typeof(T).Name); Value = T.One; }
            [Graph] public static Tensor<T> Add(Tensor<T> x) => x + Value;
            [Graph] public static Tensor<T> Other(Tensor<T> x) { var y = x * x; Console.WriteLine("between"); return y + T.CreateTruncating(Precise<double>.Value); }
        }
        internal static class Constants<T> where T : struct, INumber<T>
        {
            public static readonly T Two = T.One + T.One;
            public static readonly T[] Table = [T.One, Two];
            [Graph] public static Tensor<T> Add(Tensor<T> x) { var y = x * Two; foreach (var t in Table) { y = y + t; } return y; }
        }

        internal ref struct Walker<T>(Span<T> data) where T : struct, INumber<T>
        {
            private Span<T> data = data;
            private ref T first = ref data[0];
            [Graph] public T Next(Tensor<T> x) { first += T.One; data[^1] = Tensor.Sum<T>(x * first); return data[^1]; }
        }

        internal record Point<T>(T X, T Y) where T : struct, INumber<T> { [Graph] public Tensor<T> Along(Tensor<T> x) => x * X + Y; public T Init { get => X; [Graph] init => Set = Tensor.Sum<T>(Data.Tensor<T>(3) * value); } public T Set { get; init; } }

        internal static class More
        {
            [Graph] public static object Shapes<T>(Tensor<T> x, T a) where T : struct, INumber<T>
            {
                var p = new { Sum = Tensor.Sum<T>(x * a), A = a };
                var t = (p.Sum, p.A, (T?)a, new[] { a, p.Sum }, new List<T> { a });
                T Only(T v) => v + a + p.A;
                object boxed = Only(a) switch { float f when f > 0f => "float", int i and > 3 => i, var other => other };
                return new object[] { p.ToString()!.Length > 3, t.Sum, t.Item3!, t.Item4, t.Item5.Count, boxed, a is T, a as IComparable == null, (a as T?).HasValue };
            }

            [Graph] public static Tensor<T> Looped<T>(Tensor<T> x, int n) where T : struct, INumber<T>
            {
                var weights = new T[4];
                for (var i = 0; i < weights.Length; i++) { weights[i] = T.CreateChecked(i * i) + T.One; }
                for (var i = 0; i < weights.Length; i++) { x = x * weights[i]; }
                for (var i = 0; i < n; i++) { if (i % 2 == 0) { continue; } x = x + weights[i % 4]; if (i > 6) { break; } }
                return x;
            }

            [Graph] public static Tensor<T> Lambdas<T>(Tensor<T> x, T a) where T : struct, INumber<T>
            {
                Func<Tensor<T>, Tensor<T>> f = [Graph] (v) => v * a + v;
                Func<Tensor<T>, Tensor<T>> g = [Graph] static (v) => v - v * v;
                [Graph] static Tensor<T> Local(Tensor<T> v, T b) => v * b * b;
                return g(f(x)) + Local(x, a);
            }

            [Graph] public static string Made<T, TNew>(Tensor<T> x) where T : struct, INumber<T> where TNew : new()
            {
                var made = new TNew();
                var sum = Tensor.Sum<T>(x * x);
                using var stream = new MemoryStream();
                lock (made) { return $"{made.GetType().Name} {sum} {typeof(Dictionary<T, TNew>)} {default(TNew) == null} {nameof(T)}"; }
            }

            [Graph] public static T Enums<T, TEnum>(Tensor<T> x, TEnum e) where T : struct, INumber<T> where TEnum : struct, Enum => Tensor.Sum<T>(x * x) + T.CreateChecked(e.ToString().Length + (e.HasFlag(default(TEnum)) ? 1 : 0));

            [Graph] public static Tensor<T> Summed<T>(params ReadOnlySpan<Tensor<T>> all) where T : struct, INumber<T>
            {
                var sum = all[0] * T.One;
                foreach (var one in all[1..]) { sum = sum + one; }
                return sum;
            }

            [Graph] public static TResult Generic2<T, TResult>(Tensor<T> x, Func<Tensor<T>, TResult> then) where T : struct, INumber<T> => then(x * x + x);

            [Graph] public static T Thrown<T>(Tensor<T> x, T a) where T : struct, INumber<T> => a == T.Zero ? throw new ArgumentException("zero " + typeof(T)) : Tensor.Sum<T>(x / a);

            [Graph] public static Tensor<T> Early<T>(Tensor<T> x) where T : struct, INumber<T>
            {
                if (typeof(T) != typeof(float)) { Console.WriteLine("not float"); throw new NotSupportedException(typeof(T).Name); }
                return x * x;
            }

            [Graph] public static string Guarded<T>(Tensor<T> x, T a) where T : struct, INumber<T>
            {
                T seen = T.One;
                try { return (Tensor.Sum<T>(x * x) / a).ToString() ?? ""; }
                catch (DivideByZeroException e) when ((seen = a + T.One) > T.Zero && e != null) { return e.Message + seen; }
            }

            [Graph] public static Tensor<T> Early2<T>(Tensor<T> x) where T : struct, INumber<T> => x * x - x;
            [Graph] public static (T, T) Literals<T>(Tensor<T> x) where T : struct, IFloatingPointIeee754<T>, IMinMaxValue<T>
            {
                var y = x * T.Epsilon + T.NegativeZero;
                return (T.MaxValue - T.PositiveInfinity + T.NaN + y[0], T.MinValue / T.NegativeInfinity * T.Sqrt(T.CreateChecked(2)) + T.Pow(T.Pi, T.E) + T.Round(T.Tau) + T.Clamp(T.One, T.Zero, T.NegativeOne + T.One));
            }

            [Graph] public static T Steps<T>(Tensor<T> x, T a) where T : struct, IBinaryInteger<T>
            {
                a++; a--; ++a; a += T.One; a <<= 1; a |= T.One; a ^= T.MultiplicativeIdentity; a >>>= 1; a &= ~T.Zero; a %= T.CreateChecked(1000);
                checked { a++; a--; a = -a; }
                return a + Tensor.Sum<T>(x * a) + T.LeadingZeroCount(a) + T.Max(a, T.Zero) + (T.IsEvenInteger(a) ? T.One : T.Zero);
            }

            [Graph] public static Tensor<T> Activated<T, TActivation>(Tensor<T> x) where T : struct, INumber<T> where TActivation : IActivation<T> => TActivation.Apply(x * T.One) + x;

            [Graph] public static T Late<T>(Tensor<T> x, T a) where T : struct, INumber<T> => Tensor.Sum<T>(x * a);
            [Graph] public static unsafe T Pointers<T>(Tensor<T> x, T* a, delegate*<T, T> f) where T : unmanaged, INumber<T> { *a = Tensor.Sum<T>(x * *a); a[1] = f(*a); return a[1]; }
            public static T Negated<T>(T a) where T : struct, INumber<T> => -a;
            [Graph] public static Tensor<T> Volatile<T>(Tensor<T> x, Holder<T> h) where T : struct, INumber<T> { h.Field = h.Field + T.One; return x * h.Field * h.Field; }
            [Graph] public static IEnumerable<T> Query<T>(Tensor<T> x, IEnumerable<T> all, T limit) where T : struct, INumber<T> { var s = Tensor.Sum<T>(x * x); return all.Where(v => v < limit).Select(v => v + s).OrderBy(v => v).ToArray(); }
        }
        internal sealed class Holder<T> where T : struct { public T Field; }
        internal interface IActivation<T> where T : struct { static abstract Tensor<T> Apply(Tensor<T> x); }
        internal sealed class Twice : IActivation<float>, IActivation<int> { public static Tensor<float> Apply(Tensor<float> x) => x * 2f; public static Tensor<int> Apply(Tensor<int> x) => x * 3; }
        internal readonly struct Thrice<T> : IActivation<T> where T : struct, INumber<T> { public static Tensor<T> Apply(Tensor<T> x) => x * T.CreateChecked(3); }

        public static class Extended
        {
            extension<T>(Tensor<T> x) where T : struct, INumber<T>
            {
                [Graph] public Tensor<T> Squared(T a) => x * x + a;
            }
        }

        public static class Run
        {
            private struct Secret : IActivation<float> { public static Tensor<float> Apply(Tensor<float> x) => x * 5f; }
            private enum Colour { Red, Green }
            public static object Inherited() { var (a, b) = (new Leaf(2f), new Middle<int>(3)); return new object[] { a.Call(Data.Tensor<float>(5)), a.Call(Data.Tensor<float>(5)), b.Call(Data.Tensor<int>(5)) }; }
            public static object PreciseStatics() => new object[] { Precise<float>.Other(Data.Tensor<float>(3)), Precise<int>.Add(Data.Tensor<int>(3)), Precise<float>.Add(Data.Tensor<float>(3)) };
            public static object ConstantStatics() => new object[] { Constants<float>.Add(Data.Tensor<float>(3)), Constants<int>.Add(Data.Tensor<int>(3)) };
            public static object RefStruct() { var a = new[] { 1f, 2f, 3f }; var w = new Walker<float>(a); w.Next(Data.Tensor<float>(3)); w.Next(Data.Tensor<float>(3)); return a; }
            public static object Records() => new object[] { new Point<float>(1, 2).Along(Data.Tensor<float>(3)), new Point<int>(1, 2) { Init = 4 }.Set };
            public static object Shapes() => new object[] { More.Shapes(Data.Tensor<float>(3), 2f), More.Shapes(Data.Tensor<int>(3), 2), More.Shapes(Data.Tensor<long>(3), 2) };
            public static object Looped() => new object[] { More.Looped(Data.Tensor<float>(3), 20), More.Looped(Data.Tensor<int>(3), 5) };
            public static object Lambdas() => new object[] { More.Lambdas(Data.Tensor<float>(3), 2f), More.Lambdas(Data.Tensor<int>(3), 5) };
            public static object Made() => new object[] { More.Made<float, object>(Data.Tensor<float>(3)), More.Made<int, List<int>>(Data.Tensor<int>(3)) };
            public static object Enums() => new object[] { More.Enums(Data.Tensor<float>(3), DayOfWeek.Friday), More.Enums(Data.Tensor<int>(3), Colour.Green) };
            public static object Summed() => new object[] { More.Summed(Data.Tensor<float>(3), Data.Tensor<float>(3, 2), Data.Tensor<float>(3, 3)), Data.Try(() => More.Summed<int>()) };
            public static object Generic2() => new object[] { More.Generic2(Data.Tensor<float>(3), t => t[0]), More.Generic2(Data.Tensor<int>(3), t => t.ToString()!.Length > 1 ? "x" : "y") };
            public static object Thrown() => new object[] { Data.Try(() => More.Thrown(Data.Tensor<float>(3), 0f)), Data.Try(() => More.Thrown(Data.Tensor<int>(3), 0)), More.Thrown(Data.Tensor<float>(3), 2f), Data.Try(() => More.Thrown(null!, 1)) };
            public static object Early() => new object[] { More.Early(Data.Tensor<float>(3)), Data.Try(() => More.Early(Data.Tensor<int>(3))) };
            public static object Literals() => new object[] { More.Literals(Data.Tensor<float>(3)), More.Literals(Data.Tensor<double>(3)), Data.Try(() => More.Literals(Data.Tensor<Half>(3))) };
            public static object Steps() => new object[] { More.Steps(Data.Tensor<int>(3), int.MaxValue - 1), More.Steps(Data.Tensor<long>(3), long.MinValue + 7), More.Steps(Data.Tensor<short>(3), (short)7), Data.Try(() => More.Steps(Tensor.Create(new byte[] { 1, 2 }), (byte)7)), Data.Try(() => More.Steps(Tensor.Create(new byte[] { 1, 2 }), (byte)255)) };
            public static object Activated() => new object[] { More.Activated<float, Twice>(Data.Tensor<float>(3)), More.Activated<int, Twice>(Data.Tensor<int>(3)), More.Activated<float, Secret>(Data.Tensor<float>(3)), More.Activated<long, Thrice<long>>(Data.Tensor<long>(3)), More.Activated<decimal, Thrice<decimal>>(Data.Tensor<decimal>(3)) };
            public static object Delegates() { Func<Tensor<float>, float, float> f = More.Late; Func<Tensor<decimal>, decimal, decimal> g = More.Late<decimal>; return new object[] { f(Data.Tensor<float>(3), 2f), g(Data.Tensor<decimal>(3), 2m), typeof(Run).Assembly.GetType("More")!.GetMethod("Late")!.MakeGenericMethod(typeof(Half)).Invoke(null, [Data.Tensor<Half>(3), (Half)2])! }; }
            public static unsafe object Pointers() { var a = stackalloc float[2]; a[0] = 2; return new object[] { More.Pointers(Data.Tensor<float>(3), a, &More.Negated), a[0], a[1] }; }
            public static object Extensions() => new object[] { Data.Tensor<float>(3).Squared(2f), Data.Tensor<int>(3).Squared(2) };
            public static object Volatile() { var h = new Holder<float>(); return new object[] { More.Volatile(Data.Tensor<float>(3), h), h.Field, Data.Try(() => More.Volatile(Data.Tensor<float>(3), null!)) }; }
            public static object Query() => new object[] { More.Query(Data.Tensor<float>(3), [1f, 5f, -2f], 4f), More.Query(Data.Tensor<long>(3), [1L, 5L, -2L], 4L) };
            public static object Guarded() => new object[] { More.Guarded(Data.Tensor<int>(3), 0), More.Guarded(Data.Tensor<float>(3), 0f) };
            public static object Iterated() { return Items().Select(x => x.FlattenedLength).ToArray(); static IEnumerable<Tensor<double>> Items() { yield return More.Early2(Data.Tensor<double>(3)); } }
        }
        """;
}
