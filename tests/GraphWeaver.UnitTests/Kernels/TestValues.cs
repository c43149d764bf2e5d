using System.Collections.Concurrent;
using System.Numerics;
using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Operands with every special value among ordinary ones, repeatable, and the comparison of results.</summary>
internal static class TestValues
{
    private static readonly ConcurrentDictionary<ElementType, Func<double, object>> converters = [];

    /// <summary>
    /// Sizes around every vector width, a tile, several tiles, and (only in the first process: chunks know no widths) several chunks.
    /// </summary>
    public static IReadOnlyList<int> Sizes { get; } =
        [
            1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 33, 64, 511, 512, 513, 1000, 1025, 4099,
            .. KernelWidthTests.IsChild ? Array.Empty<int>() : [200_003],
        ];

    /// <summary>
    /// The sizes for one element type: fewer, around the widest vector of it and several tiles, where another type takes the same way through
    /// the emitter.
    /// </summary>
    public static IReadOnlyList<int> SizesFor(ElementType type) =>
        type is ElementType.Single or ElementType.Double or ElementType.Int32 or ElementType.Int64 ? Sizes : [1, 5, 17, 65, 130, 1027];

    /// <summary>A dense tensor of one dimension. <paramref name="isTame"/> leaves out what makes eager integer operators throw.</summary>
    public static object Tensor(ElementType type, int size, int seed, bool isTame) => type switch
    {
        ElementType.Single => System.Numerics.Tensors.Tensor.Create(Floats<float>(size, seed, [1e-39f, 88.7f, -87.4f, 1e-8f, 1.17549435e-38f])),
        ElementType.Double => System.Numerics.Tensors.Tensor.Create(Floats<double>(size, seed, [1e-310, 709.7, -745.2, 1e-17, 2.2250738585072014e-308])),
        ElementType.Half => System.Numerics.Tensors.Tensor.Create(
            Floats<Half>(size, seed, [(Half)3e-5, (Half)11.09, (Half)(-17.3), (Half)1e-3, (Half)6.104e-5])),
        ElementType.SByte => System.Numerics.Tensors.Tensor.Create(Integers<sbyte>(size, seed, isTame)),
        ElementType.Byte => System.Numerics.Tensors.Tensor.Create(Integers<byte>(size, seed, isTame)),
        ElementType.Int16 => System.Numerics.Tensors.Tensor.Create(Integers<short>(size, seed, isTame)),
        ElementType.UInt16 => System.Numerics.Tensors.Tensor.Create(Integers<ushort>(size, seed, isTame)),
        ElementType.Int32 => System.Numerics.Tensors.Tensor.Create(Integers<int>(size, seed, isTame)),
        ElementType.UInt32 => System.Numerics.Tensors.Tensor.Create(Integers<uint>(size, seed, isTame)),
        ElementType.Int64 => System.Numerics.Tensors.Tensor.Create(Integers<long>(size, seed, isTame)),
        ElementType.Boolean => System.Numerics.Tensors.Tensor.Create(Booleans(size, seed)),
        _ => System.Numerics.Tensors.Tensor.Create(Integers<ulong>(size, seed, isTame)),
    };

    /// <summary>A scalar of a type; what does not fit becomes the nearest value.</summary>
    public static object Scalar(ElementType type, double value) => converters.GetOrAdd(type, Converter)(value);

    /// <summary>A tensor of given elements, of the type the first one has.</summary>
    public static object Tensor(object[] values) => Call(nameof(Unboxed), values[0].GetType(), [values]);

    /// <summary>The elements of a tensor as boxed values, or the scalar itself.</summary>
    public static object[] Elements(object? result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Type type = result.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Tensor<>)
            ? (object[])Call(nameof(Flat), type.GetGenericArguments()[0], result)
            : [result];
    }

    /// <summary>A number of any type.</summary>
    public static double Number(object value) => value is Half half ? (double)half : Convert.ToDouble(value);

    /// <summary>
    /// Distance in units of the last place; 0 for equal bits or two NaNs, infinite where one is NaN or the signs of large values differ.
    /// </summary>
    public static double Ulps(object actual, object expected) => (actual, expected) switch
    {
        (float a, float b) => a.Equals(b) && (float.IsNaN(a) || float.IsNegative(a) == float.IsNegative(b)) ? 0
            : float.IsNaN(a) || float.IsNaN(b) ? double.PositiveInfinity
            : Math.Max(0.5, (double)Int128.Abs(
                Ordinal(BitConverter.SingleToInt32Bits(a), int.MinValue) - Ordinal(BitConverter.SingleToInt32Bits(b), int.MinValue))),
        (double a, double b) => a.Equals(b) && (double.IsNaN(a) || double.IsNegative(a) == double.IsNegative(b)) ? 0
            : double.IsNaN(a) || double.IsNaN(b) ? double.PositiveInfinity
            : Math.Max(0.5, (double)Int128.Abs(
                Ordinal(BitConverter.DoubleToInt64Bits(a), long.MinValue) - Ordinal(BitConverter.DoubleToInt64Bits(b), long.MinValue))),
        (Half a, Half b) => a.Equals(b) && (Half.IsNaN(a) || Half.IsNegative(a) == Half.IsNegative(b)) ? 0
            : Half.IsNaN(a) || Half.IsNaN(b) ? double.PositiveInfinity
            : Math.Max(0.5, (double)Int128.Abs(
                Ordinal(BitConverter.HalfToInt16Bits(a), short.MinValue) - Ordinal(BitConverter.HalfToInt16Bits(b), short.MinValue))),
        _ => actual.Equals(expected) ? 0 : double.PositiveInfinity,
    };

    private static Int128 Ordinal(long bits, Int128 signBit) => bits < 0 ? signBit - bits : bits;

    private static object[] Flat<T>(Tensor<T> tensor)
    {
        var elements = new T[tensor.FlattenedLength];
        tensor.FlattenTo(elements);
        return Array.ConvertAll(elements, element => (object)element!);
    }

    private static Func<double, object> Converter(ElementType type) => typeof(TestValues).GetMethod(nameof(Converted), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(EagerOperators.Clr(type)).CreateDelegate<Func<double, object>>();

    private static object Converted<T>(double value)
        where T : INumberBase<T> => T.CreateSaturating(value);

    private static Tensor<T> Unboxed<T>(object[] values) => System.Numerics.Tensors.Tensor.Create(Array.ConvertAll(values, value => (T)value));

    private static object Call(string method, Type element, params object[] arguments) => typeof(TestValues)
        .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(element).Invoke(null, arguments)!;

    private static T[] Floats<T>(int size, int seed, T[] special)
        where T : IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        T[] everywhere =
        [
            T.Zero, T.NegativeZero, T.One, T.NegativeOne, T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, -T.Epsilon,
            T.MaxValue, T.MinValue, T.CreateTruncating(0.5), T.CreateTruncating(2.5), T.CreateTruncating(-3.5),
        ];
        return Fill(size, seed, [.. everywhere, .. special], random => T.CreateTruncating((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 3))));
    }

    private static T[] Integers<T>(int size, int seed, bool isTame)
        where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        bool isSigned = T.MinValue < T.Zero;
        T[] tame = [T.One, T.One + T.One, T.CreateTruncating(isSigned ? -7 : 7), T.CreateTruncating(13), T.MaxValue, T.MinValue + T.One, T.CreateTruncating(100)];
        T[] special = isTame ? tame : [.. tame, T.Zero, T.Zero - T.One, T.MinValue];
        int limit = int.CreateSaturating(T.Min(T.MaxValue, T.CreateSaturating(1000)));
        return Fill(size, seed, special, random => isSigned && random.Next(4) == 0
            ? T.CreateTruncating(random.NextInt64(long.CreateTruncating(T.MinValue) + 1, -1))
            : T.CreateTruncating(random.Next(1, limit)));
    }

    private static bool[] Booleans(int size, int seed) => Fill(size, seed, [true, false], random => random.Next(3) == 0);

    private static T[] Fill<T>(int size, int seed, T[] special, Func<Random, T> ordinary)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, size).Select(index =>
            random.Next(4) == 0 || index < 2 ? special[random.Next(special.Length)] : ordinary(random)).ToArray();
    }
}
