using System.Numerics;
using System.Numerics.Tensors;
using System.Text;
using System.Text.RegularExpressions;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>
/// The same methods in every element type, woven against unwoven: chains, literals and scalars of types that C# computes as int, comparisons,
/// in-place operators, destinations, reductions, conversions, and what eager throws.
/// </summary>
public sealed class ElementTypeTests
{
    private const string Everywhere = """
            [Graph] public static Tensor<T> Chain(Tensor<T> x, Tensor<T> y) => x * (T)3 + y - x * y + (T)1;
            [Graph] public static Tensor<T> Scalars(Tensor<T> x, T s) => (T)100 - x + s * x - (T)(s + s);
            [Graph] public static (Tensor<bool>, Tensor<bool>) Compared(Tensor<T> x, Tensor<T> y, T s) => (Tensor.GreaterThan<T>(x + y, s), Tensor.Equals<T>(x, y));
            [Graph] public static Tensor<T> InPlace(Tensor<T> x, Tensor<T> y) { x += y; x *= (T)2; x++; return x; }
            [Graph] public static void Destination(Tensor<T> x, Tensor<T> y, Tensor<T> d) { Tensor.Max<T>(x + (T)1, y, d); }
            [Graph] public static (T, T) Extremes(Tensor<T> x, Tensor<T> y) => (Tensor.Max<T>(x + y), Tensor.Min<T>(x - y));
            [Graph] public static T Total(Tensor<T> x) => Tensor.Sum<T>(x + x);
            [Graph] public static T Mean(Tensor<T> x, T s) => Tensor.Average<T>(x * s);
            [Graph] public static Tensor<T> Quotient(Tensor<T> x, Tensor<T> y) => x / y + x;
            [Graph] public static Tensor<T> Magnitudes(Tensor<T> x, Tensor<T> y) => Tensor.MaxMagnitude<T>(Tensor.Abs<T>(x), -y);
            [Graph] public static (Tensor<float>, Tensor<T>) Converted(Tensor<T> x) { var f = Tensor.ConvertTruncating<T, float>(x + x) * 0.5f; return (f, Tensor.ConvertSaturating<float, T>(f - 1f)); }
            [Graph] public static Tensor<byte> Narrowed(Tensor<T> x) => Tensor.ConvertSaturating<T, byte>(x - (T)2) ^ (byte)0x55;
            [Graph] public static Tensor<T> Specialised(Tensor<T> x, T s) => Generic(x, s);
            private static Tensor<U> Generic<U>(Tensor<U> x, U s) where U : struct, System.Numerics.INumber<U> => x * s + x;
        """;

    private const string Integers = """
            [Graph] public static Tensor<T> Shifted(Tensor<T> x, int n) => (x << n) ^ (x >> n) ^ (x >>> (n + 7)) & ~x;
            [Graph] public static Tensor<T> Counted(Tensor<T> x, int n) => Tensor.PopCount<T>(Tensor.RotateLeft<T>(x, n)) + Tensor.LeadingZeroCount<T>(x);
        """;

    private const string Floats = """
            [Graph] public static Tensor<T> Roots(Tensor<T> x) => Tensor.Round<T>(Tensor.Sqrt<T>(x * x) + (T)0.5f) - Tensor.Reciprocal<T>(x);
            [Graph] public static Tensor<T> Digits(Tensor<T> x, int n) => Tensor.Round<T>(x + (T)0.1f, n);
        """;

    // What a widening without an instruction makes of one value: a scalar of two types.
    private const string Mixed = """
        public static class Mixed
        {
            [Graph] public static (Tensor<byte>, Tensor<int>, Tensor<long>) Widened(Tensor<byte> x, byte s) =>
                (x + s, Tensor.ConvertTruncating<byte, int>(x) * s, Tensor.ConvertTruncating<byte, long>(x) - s);
            [Graph] public static (Tensor<sbyte>, Tensor<short>) Literal(Tensor<sbyte> x) => (x * (sbyte)-1, Tensor.ConvertTruncating<sbyte, short>(x) * (short)-1);
            [Graph] public static Tensor<ushort> Character(Tensor<ushort> x, char c) => x ^ c;
            [Graph] public static Tensor<uint> Wrapped(Tensor<uint> x, int n) => x - unchecked((uint)n) + 0xFFFFFFFFu;
            [Graph] public static Tensor<ulong> Large(Tensor<ulong> x) => x * 0x9E3779B97F4A7C15ul ^ (x >> 33);
        }

        """;

    private static readonly (string Keyword, Type Type)[] types =
    [
        ("sbyte", typeof(sbyte)), ("byte", typeof(byte)), ("short", typeof(short)), ("ushort", typeof(ushort)), ("int", typeof(int)), ("uint", typeof(uint)),
        ("long", typeof(long)), ("ulong", typeof(ulong)), ("Half", typeof(Half)), ("float", typeof(float)), ("double", typeof(double)),
    ];

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(level => level, level => new Lazy<WovenProgram>(() => new WovenProgram(Source(), level)));

    public static TheoryData<string, OptimizationLevel> Types()
    {
        var data = new TheoryData<string, OptimizationLevel>();
        foreach (var (keyword, _) in types)
        {
            data.Add(keyword, OptimizationLevel.Debug);
            data.Add(keyword, OptimizationLevel.Release);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_woven_method_does_what_the_unwoven_one_does_in_every_type(string keyword, OptimizationLevel level)
    {
        var type = types.Single(pair => pair.Keyword == keyword).Type;
        GetType().GetMethod(nameof(AssertSame), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, [programs[level].Value, "Of_" + keyword]);
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Scalars_keep_their_type(OptimizationLevel level)
    {
        var program = programs[level].Value;
        Check(program, "Mixed", "Widened", () => [Values<byte>(70, 3), (byte)250]);
        Check(program, "Mixed", "Literal", () => [Values<sbyte>(70, 3)]);
        Check(program, "Mixed", "Character", () => [Values<ushort>(70, 3), 'ÿ']);
        Check(program, "Mixed", "Wrapped", () => [Values<uint>(70, 3), -5]);
        Check(program, "Mixed", "Large", () => [Values<ulong>(70, 3)]);
    }

    private static void AssertSame<T>(WovenProgram program, string name)
        where T : INumber<T>, IMinMaxValue<T>
    {
        foreach (var size in new[] { 1, 3, 130, 1500 })
        {
            T small = T.CreateSaturating(3);
            Check(program, name, "Chain", () => [Values<T>(size, 3), Values<T>(size, 5)]);
            Check(program, name, "Scalars", () => [Values<T>(size, 3), small]);
            Check(program, name, "Compared", () => [Values<T>(size, 3), Values<T>(size, 5), small]);
            Check(program, name, "InPlace", () => [Values<T>(size, 3), Values<T>(size, 5)]);
            Check(program, name, "Destination", () => [Values<T>(size, 3), Values<T>(size, 5), Values<T>(size, 7)]);
            Check(program, name, "Extremes", () => [Values<T>(size, 3), Values<T>(size, 5)]);
            Check(program, name, "Total", () => [Values<T>(size, 3)]);
            Check(program, name, "Mean", () => [Values<T>(size, 3), small]);
            Check(program, name, "Quotient", () => [Values<T>(size, 3), Divisors<T>(size)]);
            Check(program, name, "Quotient", () => [Values<T>(size, 3), Values<T>(size, 5) - Values<T>(size, 5)]);
            Check(program, name, "Magnitudes", () => [Values<T>(size, 3), Values<T>(size, 5)]);
            Check(program, name, "Magnitudes", () => [Values<T>(size, 3) - Values<T>(size, 3) + T.MinValue, Values<T>(size, 5)]);
            Check(program, name, "Converted", () => [Values<T>(size, 3)]);
            Check(program, name, "Narrowed", () => [Values<T>(size, 3)]);
            Check(program, name, "Specialised", () => [Values<T>(size, 3), small]);
            if (IsFloat(typeof(T)))
            {
                Check(program, name, "Roots", () => [Values<T>(size, 3)]);
                Check(program, name, "Digits", () => [Values<T>(size, 3), 2]);
                Check(program, name, "Digits", () => [Values<T>(size, 3), 7]);
            }
            else
            {
                Check(program, name, "Shifted", () => [Values<T>(size, 3), 5]);
                Check(program, name, "Shifted", () => [Values<T>(size, 3), 19]);
                Check(program, name, "Counted", () => [Values<T>(size, 3), 11]);
            }
        }

        Check(program, name, "Chain", () => [Values<T>(0, 3), Values<T>(0, 5)]);
        Check(program, name, "Mean", () => [Values<T>(0, 3), T.One]);
        Check(program, name, "Chain", () => [Values<T>(4, 3), null]);
    }

    private static void Check(WovenProgram program, string type, string method, Func<object?[]> arguments)
    {
        var report = program.MethodReport($"{type}.{method}");
        Assert.Equal(1, report.Kernels);
        Assert.DoesNotContain(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code.StartsWith("GW1", StringComparison.Ordinal));
        program.AssertSame(type, method, arguments);
    }

    /// <summary>Whole numbers and, of floating point, eighths: small enough that sums of them are exact in float and double.</summary>
    private static Tensor<T> Values<T>(int size, int seed)
        where T : INumber<T> =>
        Tensor.Create(Enumerable.Range(0, size).Select(index =>
            T.CreateTruncating((index * 37 * seed % 251) - 90) / (IsFloat(typeof(T)) ? T.CreateTruncating(8) : T.One)).ToArray());

    private static bool IsFloat(Type type) => type == typeof(Half) || type == typeof(float) || type == typeof(double);

    private static Tensor<T> Divisors<T>(int size)
        where T : INumber<T> =>
        Tensor.Create(Enumerable.Range(0, size).Select(index => T.CreateTruncating((index % 100) + 1)).ToArray());

    private static string Source()
    {
        var source = new StringBuilder(Mixed);
        foreach (var (keyword, type) in types)
        {
            var text = string.Join('\n', Everywhere, IsFloat(type) ? Floats : Integers);
            source.Append($"public static class Of_{keyword}\n{{\n").Append(Regex.Replace(text, @"\bT\b", keyword)).Append("\n}\n");
        }

        return source.ToString();
    }
}
