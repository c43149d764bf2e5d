namespace GraphWeaver.DifferentialTests.Generics;

/// <summary>
/// Marked generic methods, generic classes and structures. Each has a closed driver in
/// <c>Run</c>; all in one program, so that it is compiled and woven once for each configuration.
/// </summary>
internal static class GenericMethods
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

        internal static class Methods
        {
            [Graph] public static Tensor<T> Scaled<T>(Tensor<T> x, T a) where T : struct, INumber<T> => x * a + x;

            [Graph] public static Tensor<T> Mixed<T>(Tensor<T> x, T a) where T : struct, INumber<T> => x * a + x;

            [Graph] public static Tensor<T> Chain<T>(Tensor<T> x, T a) where T : struct, INumber<T>
            {
                var two = T.CreateChecked(2);
                var half = T.One / two;
                var b = a * two + T.One - T.Zero + T.MultiplicativeIdentity + T.AdditiveIdentity;
                b++;
                --b;
                b += -a;
                return x * b - x * half + +a;
            }

            [Graph] public static Tensor<T> Root<T>(Tensor<T> x, T a) where T : struct, IFloatingPointIeee754<T> =>
                Tensor.Sqrt<T>(Tensor.Abs<T>(x) * T.CreateChecked(0.5)) + T.Exp(a) * T.Pi + T.Sqrt(T.Abs(a)) - T.E / T.Tau + T.Max(a, T.NegativeOne) + T.CreateSaturating(3L) + T.CreateTruncating(2.5);

            [Graph] public static Tensor<T> Bits<T>(Tensor<T> x, T a, int n) where T : struct, IBinaryInteger<T> =>
                x * ((a << n) ^ (a >> 1) | ~a & (a >>> n)) + (a % T.CreateChecked(5)) - T.PopCount(a);

            [Graph] public static T Checked<T>(Tensor<T> x, T a, T b, int what) where T : struct, INumber<T>
            {
                checked
                {
                    var sum = Tensor.Sum<T>(x);
                    return what switch { 0 => a + b, 1 => a - b, 2 => a * b, 3 => -a, 4 => a / b, 5 => Next(a), _ => T.CreateChecked(3000000000L) } + sum - sum;
                    static T Next(T v) { checked { v++; return v; } }
                }
            }

            [Graph] public static T Divided<T>(Tensor<T> x, T a, T b) where T : struct, INumber<T> => a / b + a % b + Tensor.Sum<T>(x + a);

            [Graph] public static string Compared<T>(Tensor<T> x, T a, T b) where T : struct, INumber<T>
            {
                var y = x - a;
                return $"{a < b} {a <= b} {a > b} {a >= b} {a == b} {a != b} {a.CompareTo(b)} {a.Equals(b)} {T.Max(a, b) == a} {T.IsNaN(a)} {T.Sign(b + T.One) > 0}" + Tensor.Sum<T>(y + b).Equals(a);
            }

            [Graph] public static (long, int, int, string) Converted<T>(Tensor<T> x, T a) where T : struct, INumber<T>
            {
                var s = Tensor.Sum<T>(x * a);
                return (long.CreateSaturating(s), int.CreateTruncating(s), int.CreateChecked(a), a.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
            }

            [Graph] public static Tensor<T> Typed<T>(Tensor<T> x) where T : struct, INumber<T>
            {
                if (typeof(T) == typeof(float)) { return x * T.CreateChecked(2) + x; }
                if (typeof(T) == typeof(int)) { return x + x; }
                Console.WriteLine(typeof(T).Name);
                return x - x * x;
            }

            [Graph] public static string Boxed<T>(Tensor<T> x, T a) where T : struct, INumber<T>
            {
                var y = x + a;
                object o = a;
                var text = o is float f ? $"float {f > 0}" : o is int i ? $"int {i}" : "other";
                return text + ((T)o == a) + a.GetHashCode() + a.ToString(null, System.Globalization.CultureInfo.InvariantCulture) + Tensor.Sum<T>(y * y).Equals(o) + (a is IFormattable) + (default(T) == T.Zero);
            }

            [Graph] public static Tensor<T> Closures<T>(Tensor<T> x, T a) where T : struct, INumber<T>
            {
                var b = a + T.One;
                Func<T, T> f = v => v * b;
                Func<T, T> g = static v => v + T.One;
                T Local(T v) => v - b;
                static T Still(T v) => v * v;
                b = f(b);
                return x * f(a) + g(b) * Local(a) - Still(a);
            }

            [Graph] public static Tensor<T> Recursive<T>(Tensor<T> x, int n) where T : struct, INumber<T> => n == 0 ? x : Recursive(x * T.CreateChecked(2) - x, n - 1) + T.One;

            [Graph] public static int Growing<T>(Tensor<float> x, T a, int n) => n == 0 ? (int)Tensor.Sum<float>(x * 2f) : Growing(x, new List<T> { a }, n - 1) + 1;

            [Graph] public static T Spans<T>(Tensor<T> x, T[] array, Span<T> span, ReadOnlySpan<T> read, in ReadOnlyTensorSpan<T> tensor, TensorSpan<T> to, params T[] more) where T : struct, INumber<T>
            {
                var sum = Tensor.Sum<T>(x * x);
                foreach (var item in array) { sum += item; }
                foreach (var item in read) { sum += item; }
                span[0] = sum;
                array[1] += T.One;
                more[0] = span[^1];
                to[0] = sum;
                return sum + tensor[0] + more[^1];
            }

            [Graph] public static void ByReference<T>(ref Tensor<T> x, in T a, out T b, ref T[] c, ref T d) where T : struct, INumber<T>
            {
                b = a + T.One;
                x = x * b + a;
                c = [a, b, .. c];
                d += b;
            }

            [Graph] public static ref T Chosen<T>(Tensor<T> x, T[] a, int i) where T : struct, INumber<T> { a[0] = Tensor.Sum<T>(x * a[i]); return ref a[i]; }

            [Graph] public static unsafe T Raw<T>(Tensor<T> x, T a) where T : unmanaged, INumber<T>
            {
                T* p = stackalloc T[3];
                p[0] = a; p[1] = a + a; p[2] = Tensor.Sum<T>(x * a);
                Span<T> s = stackalloc T[2];
                s[1] = p[2];
                return p[1] * *p + s[1] + T.CreateChecked(sizeof(T));
            }

            [Graph] public static T Matrix<T>(Tensor<T> x, T[,] m) where T : struct, INumber<T>
            {
                m[0, 1] = Tensor.Sum<T>(x * m[1, 0]);
                ref var cell = ref m[1, 1];
                cell += T.One;
                return m[0, 1] + m[1, 1];
            }

            [Graph] public static (T, T?) Structures<T>((T First, T Second) pair, T? maybe, Tensor<T> x, KeyValuePair<T, string>[] all) where T : struct, INumber<T>
            {
                var y = x * pair.First + pair.Second;
                pair.Second += all[0].Key;
                return (Tensor.Sum<T>(y) + pair.Second, maybe + pair.First);
            }

            [Graph] public static List<T> Objects<T>(Tensor<T> x, List<T> list, Func<T, T> f, IEnumerable<T> all) where T : struct, INumber<T>
            {
                list.Add(f(Tensor.Sum<T>(x * x)));
                list.AddRange(all.Select(v => v + T.One));
                return list;
            }

            [Graph] public static string Guarded<T, TException>(Tensor<T> x, T a) where T : struct, INumber<T> where TException : Exception
            {
                try
                {
                    var y = x * a + x;
                    return (Tensor.Sum<T>(y) / (a - a)).ToString() ?? "";
                }
                catch (TException e) when (e.Message.Length > 1)
                {
                    return typeof(TException).Name + e.Message;
                }
                finally
                {
                    Console.WriteLine("finally " + typeof(T).Name);
                }
            }

            [Graph] public static T Unconstrained<T>(Tensor<float> x, T other) { Console.WriteLine(Tensor.Sum<float>(x * 2f)); return other; }

            [Graph] public static Tensor<T> Elements<T>(Tensor<T> x, Tensor<T> y) => x.Rank > 0 ? x : y;

            [Graph] public static (Tensor<TIn>, Tensor<TOut>) Two<TIn, TOut>(Tensor<TIn> x, Tensor<TOut> y, TOut a) where TIn : struct, INumber<TIn> where TOut : struct, INumber<TOut> =>
                (x * TIn.CreateTruncating(a) + x, y + TOut.CreateChecked(2) * a);

            [Graph] public static Tensor<T> WithService<T, TService>(Tensor<T> x, TService service) where T : struct, INumber<T> where TService : class, IService<T> => x * service.Rate + x;

            [Graph] public static Tensor<float> Activated<TActivation>(Tensor<float> x, TActivation a) where TActivation : struct, IActivation<TActivation> => (TActivation.Apply(x * 2f) + TActivation.Slope) * (a + a).Value;

            [Graph] public static Tensor<T> Hidden<T>(Tensor<float> x, Tensor<T> y, T a) where T : struct => y;

            [Graph] public static void Ran<T>(Tensor<T> x) where T : struct, INumber<T> { var y = x * x + x; Stack(Tensor.Sum<T>(y)); }
            public static string Last = "";
            [Eager, MethodImpl(MethodImplOptions.NoInlining)] public static void Stack<T>(T value) => Last = Environment.StackTrace;

            public static Tensor<T> Through<T>(Tensor<T> x) where T : struct, INumber<T> => Reached(x, T.One);
            [Graph] public static Tensor<T> Reached<T>(Tensor<T> x, T a) where T : struct, INumber<T> => x + a * a;

            [Graph] public static Tensor<T> Same<T>(Tensor<T> x) where T : struct, INumber<T> => x + x * x;
            [Graph] public static Tensor<float> Same<T>(Tensor<float> x) where T : struct, IComparable<T> => x - x * x;
        }

        public interface IService<T> { T Rate { get; } }
        public sealed class Service : IService<float>, IService<double> { float IService<float>.Rate => 2f; double IService<double>.Rate => 3; }

        public interface IActivation<TSelf> where TSelf : IActivation<TSelf>
        {
            static abstract Tensor<float> Apply(Tensor<float> x);
            static virtual float Slope => 0.5f;
            static abstract TSelf operator +(TSelf a, TSelf b);
            float Value { get; }
        }
        public struct Relu(float value) : IActivation<Relu>
        {
            private float scale = value;
            public static Tensor<float> Apply(Tensor<float> x) => Tensor.Max<float>(x, 0f);
            public static Relu operator +(Relu a, Relu b) => new(a.scale + b.scale);
            public float Value => scale++;
        }
        public struct Leaky : IActivation<Leaky>
        {
            static Tensor<float> IActivation<Leaky>.Apply(Tensor<float> x) => x * 0.25f;
            static float IActivation<Leaky>.Slope => 0.125f;
            static Leaky IActivation<Leaky>.operator +(Leaky a, Leaky b) => a;
            float IActivation<Leaky>.Value => 3f;
        }

        internal class Layer<T>(Tensor<T> weights, T bias) where T : struct, INumber<T>
        {
            private Tensor<T> weights = weights;
            protected readonly T bias = bias;
            public T Rate { get; set; } = T.One;
            public static T Scale = T.CreateChecked(2);
            private static Tensor<T>? last;
            public static readonly string Name = "layer of " + typeof(T).Name;
            [Graph] public virtual Tensor<T> Forward(Tensor<T> x) { var y = x * weights + bias * Rate; last = y; Rate += T.One; return y * Scale; }
            [Graph] public void Step(Tensor<T> g) { weights = weights - g * Rate; Scale += T.One; Console.WriteLine(Name); }
            [Graph] public static Tensor<T> Last() => last! * Scale + last!;
            [Graph] public (Tensor<T>, Tensor<U>) Mapped<U>(Tensor<U> y, U u) where U : struct, INumber<U> => (weights * bias, y * u + U.CreateTruncating(bias));
            public Tensor<T> this[T a] { [Graph] get => weights * a; }
            [Graph] public static Tensor<T> operator *(Layer<T> layer, T a) => layer.weights * a * a;
            [Graph] public Layer<T> Self(Tensor<T> x) { weights = x + weights * bias; return this; }

            internal sealed class Inner<U>(Layer<T> outer) where U : struct, INumber<U>
            {
                private U count = U.Zero;
                [Graph] public (Tensor<T>, U) Both(Tensor<U> y) { count += Tensor.Sum<U>(y * y); return (outer.weights * outer.bias + outer.bias, count); }
            }
        }

        internal sealed class Narrow(Tensor<float> w) : Layer<float>(w, 3f)
        {
            [Graph] public override Tensor<float> Forward(Tensor<float> x) => base.Forward(x) * 0.5f;
        }

        internal struct Running<T> where T : struct, INumber<T>
        {
            private T total;
            private readonly T[] seen = new T[2];
            public Running(T start) => total = start;
            [Graph] public Tensor<T> Add(Tensor<T> x) { total += Tensor.Sum<T>(x * x); seen[0] += T.One; return x * total + seen[0]; }
            [Graph] public readonly T Total(Tensor<T> x) => total * T.CreateChecked(2) + Tensor.Sum<T>(x);
        }

        internal interface IOperation { Tensor<T> Do<T>(Tensor<T> x, T a) where T : struct, INumber<T>; }
        internal abstract class Operation : IOperation { public abstract Tensor<T> Do<T>(Tensor<T> x, T a) where T : struct, INumber<T>; }
        internal sealed class Adding(float seen) : Operation { public float Seen = seen; [Graph] public override Tensor<T> Do<T>(Tensor<T> x, T a) { Seen++; return x + a * T.CreateTruncating(Seen); } }

        public static class Library
        {
            [Graph] public static Tensor<T> Open<T>(Tensor<T> x, T a) where T : struct, IFloatingPoint<T> => x * a + x;
            [Graph] public static Tensor<T> Integral<T>(Tensor<T> x, T a) where T : struct, IBinaryInteger<T> => x * a + x;
        }

        [Graph]
        internal static class Marked<T> where T : struct, INumber<T>
        {
            private static T count;
            public static Tensor<T> Twice(Tensor<T> x) { count++; return x * count + x; }
            public static T Count { get => count; set => count = value; }
        }

        public static class Run
        {
            private static object[] Each(Func<object?> a, Func<object?> b, Func<object?> c, Func<object?> d) => [Data.Try(a), Data.Try(b), Data.Try(c), Data.Try(d)];
            private struct Secret { public int Value; }

            public static object Scaled() => Each(
                () => Methods.Scaled(Data.Tensor<float>(40), 1.5f), () => Methods.Scaled(Data.Tensor<double>(40), 1.5),
                () => Methods.Scaled(Data.Tensor<int>(40), 3), () => Methods.Scaled(Data.Tensor<long>(40), 3L));
            public static object Decimals() => new object[] { Methods.Mixed(Data.Tensor<decimal>(5), 1.5m), Methods.Mixed(Data.Tensor<float>(5), 1.5f) };
            public static object Chain() => Each(
                () => Methods.Chain(Data.Tensor<float>(40), 1.5f), () => Methods.Chain(Data.Tensor<double>(40), 1.5),
                () => Methods.Chain(Data.Tensor<int>(40), 3), () => Methods.Chain(Data.Tensor<long>(40), 3L));
            public static object Root() => new object[] { Methods.Root(Data.Tensor<float>(20), 1.25f), Methods.Root(Data.Tensor<double>(20), -1.25) };
            public static object Bits() => new object[] { Methods.Bits(Data.Tensor<int>(20), -77, 53), Methods.Bits(Data.Tensor<long>(20), 1L << 40, 117) };
            public static object Checked() => Enumerable.Range(0, 7).SelectMany(what => Each(
                () => Methods.Checked(Data.Tensor<int>(4), int.MinValue, -1, what), () => Methods.Checked(Data.Tensor<long>(4), long.MaxValue, 2, what),
                () => Methods.Checked(Data.Tensor<float>(4), float.MaxValue, float.MaxValue, what), () => Methods.Checked(Data.Tensor<int>(4), int.MaxValue, 1, what))).ToArray();
            public static object Divided() => Each(
                () => Methods.Divided(Data.Tensor<int>(4), 7, 0), () => Methods.Divided(Data.Tensor<int>(4), int.MinValue, -1),
                () => Methods.Divided(Data.Tensor<float>(4), 7f, 0f), () => Methods.Divided(Data.Tensor<long>(4), 7L, -2L));
            public static object Compared() => new object[] {
                Data.Try(() => Methods.Compared(Data.Tensor<float>(4), float.NaN, 1f)), Data.Try(() => Methods.Compared(Data.Tensor<float>(4), 1f, float.NaN)), Data.Try(() => Methods.Compared(Data.Tensor<float>(4), 0f, -0f)),
                Data.Try(() => Methods.Compared(Data.Tensor<double>(4), double.NaN, double.NaN)), Data.Try(() => Methods.Compared(Data.Tensor<int>(4), -1, 1)), Data.Try(() => Methods.Compared(Data.Tensor<long>(4), 1, -1)) };
            public static object Converted() => Each(
                () => Methods.Converted(Data.Tensor<float>(4), 1e20f), () => Methods.Converted(Data.Tensor<double>(4), -2.75),
                () => Methods.Converted(Data.Tensor<float>(4), float.NaN), () => Methods.Converted(Data.Tensor<long>(4), 1L << 40));
            public static object Typed() => new object[] { Methods.Typed(Data.Tensor<float>(9)), Methods.Typed(Data.Tensor<int>(9)), Methods.Typed(Data.Tensor<long>(9)) };
            public static object Boxed() => new object[] { Methods.Boxed(Data.Tensor<float>(9), 2f), Methods.Boxed(Data.Tensor<int>(9), -2), Methods.Boxed(Data.Tensor<double>(9), 2.5) };
            public static object Closures() => new object[] { Methods.Closures(Data.Tensor<float>(9), 2f), Methods.Closures(Data.Tensor<int>(9), -2) };
            public static object Recursive() => new object[] { Methods.Recursive(Data.Tensor<float>(9), 3), Methods.Recursive(Data.Tensor<int>(9), 2) };
            public static object Growing() => Methods.Growing(Data.Tensor<float>(9), 1, 12);
            public static object Spans()
            {
                var (a, b, c) = (new float[] { 1, 2, 3 }, new float[] { 4, 5 }, new[] { 1.5, 2.5 });
                var t = Data.Tensor<float>(3);
                return new object[] { Methods.Spans(Data.Tensor<float>(9), a, b, [7f, 8f], Data.Tensor<float>(2), t, 5f, 6f), a, b, t, Methods.Spans(Data.Tensor<double>(9), c, c, c, Data.Tensor<double>(2), Data.Tensor<double>(2), 1.0), c,
                    Data.Try(() => Methods.Spans(Data.Tensor<float>(9), a, [], a, Data.Tensor<float>(2), t, 5f)), a };
            }
            public static object ByReference()
            {
                var (x, c, d) = (Data.Tensor<int>(5), new[] { 9 }, 4);
                Methods.ByReference(ref x, 3, out var b, ref c, ref d);
                var (y, e) = (Data.Tensor<double>(5), new[] { 9.5 });
                Methods.ByReference(ref y, e[0], out e[0], ref e, ref e[0]);
                return new object[] { x, b, c, d, y, e };
            }
            public static object Chosen() { var a = new[] { 1f, 2f, 3f }; Methods.Chosen(Data.Tensor<float>(5), a, 2) += 10f; return a; }
            public static object Raw() => new object[] { Methods.Raw(Data.Tensor<float>(9), 2f), Methods.Raw(Data.Tensor<long>(9), -2L) };
            public static object Matrix() { var m = new[,] { { 1f, 2f }, { 3f, 4f } }; return new object[] { Methods.Matrix(Data.Tensor<float>(9), m), m.Cast<float>().ToArray(), Data.Try(() => Methods.Matrix(Data.Tensor<float>(9), new float[1, 1])) }; }
            public static object Structures() => new object[] { Methods.Structures((1f, 2f), null, Data.Tensor<float>(9), [new(3f, "x")]), Methods.Structures((1, 2), 5, Data.Tensor<int>(9), [new(3, "x")]) };
            public static object Objects() { var list = new List<double> { 1 }; var same = Methods.Objects(Data.Tensor<double>(9), list, v => v / 2, list.ToArray()); return new object[] { list, same, ReferenceEquals(list, same), Methods.Objects(Data.Tensor<int>(9), [], v => v / 2, [1, 2]) }; }
            public static object Guarded() => Each(
                () => Methods.Guarded<int, DivideByZeroException>(Data.Tensor<int>(5), 2), () => Methods.Guarded<int, InvalidCastException>(Data.Tensor<int>(5), 2),
                () => Methods.Guarded<float, Exception>(Data.Tensor<float>(5), 2), () => Methods.Guarded<float, Exception>(null!, 2));
            public static object Unconstrained() => new object[] { Methods.Unconstrained(Data.Tensor<float>(9), 4), Methods.Unconstrained(Data.Tensor<float>(9), "text"), Methods.Unconstrained(Data.Tensor<float>(9), (1, "x")) };
            public static object Elements() => new object[] { Methods.Elements(Data.Tensor<float>(9), Data.Tensor<float>(9)), Methods.Elements(Tensor.Create(new[] { "a", "b" }), Tensor.Create(new[] { "a" })) };
            public static object Two() => new object[] { Methods.Two(Data.Tensor<float>(9), Data.Tensor<int>(9), 3), Methods.Two(Data.Tensor<int>(9), Data.Tensor<float>(9), 2.5f), Methods.Two(Data.Tensor<float>(9), Data.Tensor<decimal>(2), 2.5m), Methods.Two(Tensor.Create(new byte[] { 1, 200 }), Data.Tensor<decimal>(2), 2.5m) };
            public static object WithService() => new object[] { Methods.WithService(Data.Tensor<float>(9), new Service()), Methods.WithService(Data.Tensor<double>(9), new Service()), Data.Try(() => Methods.WithService(Data.Tensor<float>(9), (Service)null!)) };
            public static object Activated() => new object[] { Methods.Activated(Data.Tensor<float>(9), new Relu(2f)), Methods.Activated(Data.Tensor<float>(9), new Leaky()) };
            public static object Hidden() => new object[] { Methods.Hidden(Data.Tensor<float>(9), Tensor.Create(new Secret[2]), default).FlattenedLength, Methods.Hidden(Data.Tensor<float>(9), Data.Tensor<int>(2), 1) };
            public static object Reached() => new object[] { Methods.Through(Data.Tensor<float>(9)), Methods.Through(Data.Tensor<int>(9)) };
            public static object Overloads() => new object[] { Methods.Same(Data.Tensor<float>(9)), Methods.Same<float>(Data.Tensor<float>(8)), Methods.Same<int>(Data.Tensor<int>(7)) };
            public static string WhoRan(string type)
            {
                if (type == "float") { Methods.Ran(Data.Tensor<float>(5)); } else { Methods.Ran(Data.Tensor<decimal>(5)); }
                return Methods.Last;
            }

            public static object Layers()
            {
                var (a, b, c) = (new Layer<float>(Data.Tensor<float>(6), 0.5f), new Layer<int>(Data.Tensor<int>(6), 5), new Layer<decimal>(Data.Tensor<decimal>(6), 5.5m));
                var all = new List<object?> { a.Forward(Data.Tensor<float>(6, 2)), b.Forward(Data.Tensor<int>(6, 2)), c.Forward(Data.Tensor<decimal>(6, 2)) };
                a.Step(Data.Tensor<float>(6, 3)); b.Step(Data.Tensor<int>(6, 3)); c.Step(Data.Tensor<decimal>(6, 3));
                all.AddRange([Layer<float>.Last(), Layer<int>.Last(), Layer<decimal>.Last(), a[2f], b[2], c[2m], a * 3f, b * 3, c * 3m, a.Rate, Layer<float>.Scale, Layer<int>.Scale]);
                all.AddRange([a.Mapped(Data.Tensor<int>(3), 4), a.Mapped(Data.Tensor<double>(3), 4.0), b.Mapped(Data.Tensor<float>(3), 4f), c.Mapped(Data.Tensor<decimal>(3), 4m)]);
                all.AddRange([ReferenceEquals(a.Self(Data.Tensor<float>(6)), a), a.Forward(Data.Tensor<float>(6)), Data.Try(() => a.Forward(null!)), Data.Try(() => ((Layer<float>)null!).Forward(Data.Tensor<float>(1)))]);
                return all;
            }

            public static object Nested()
            {
                var inner = new Layer<float>.Inner<int>(new Layer<float>(Data.Tensor<float>(6), 0.5f));
                return new object[] { inner.Both(Data.Tensor<int>(3)), inner.Both(Data.Tensor<int>(4)), new Layer<double>.Inner<float>(new Layer<double>(Data.Tensor<double>(6), 0.5)).Both(Data.Tensor<float>(3)) };
            }

            public static object Derived() { Layer<float> n = new Narrow(Data.Tensor<float>(6)); return new object[] { n.Forward(Data.Tensor<float>(6)), n.Forward(Data.Tensor<float>(6)), n[2f] }; }

            public static object Structs()
            {
                var (a, b) = (new Running<float>(1f), new Running<long>(2));
                var read = default(Running<float>);
                return new object[] { a.Add(Data.Tensor<float>(5)), a.Add(Data.Tensor<float>(5)), a.Total(Data.Tensor<float>(5)), b.Add(Data.Tensor<long>(5)), b.Total(Data.Tensor<long>(5)), read.Total(Data.Tensor<float>(5)), Data.Try(() => default(Running<float>).Add(Data.Tensor<float>(2))), a };
            }

            public static object Virtual() { IOperation o = new Adding(2f); return new object[] { o.Do(Data.Tensor<float>(6), 2f), ((Operation)o).Do(Data.Tensor<int>(6), 2), ((Adding)o).Seen }; }

            public static object MarkedType() => new object[] { Marked<float>.Twice(Data.Tensor<float>(5)), Marked<int>.Twice(Data.Tensor<int>(5)), Marked<float>.Count++, Marked<float>.Count };
        }
        """;
}
