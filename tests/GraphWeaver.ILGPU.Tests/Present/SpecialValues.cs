using System.Numerics;
using System.Reflection;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>The numbers at which devices and compilers go wrong, and the types of elements as the runtime has them.</summary>
internal static class SpecialValues
{
    /// <summary>The runtime's type.</summary>
    public static Type TypeOf(ElementType type) => type switch
    {
        ElementType.Single => typeof(float),
        ElementType.Double => typeof(double),
        ElementType.SByte => typeof(sbyte),
        ElementType.Byte => typeof(byte),
        ElementType.Int16 => typeof(short),
        ElementType.UInt16 => typeof(ushort),
        ElementType.Int32 => typeof(int),
        ElementType.UInt32 => typeof(uint),
        ElementType.Int64 => typeof(long),
        ElementType.UInt64 => typeof(ulong),
        _ => typeof(bool),
    };

    /// <summary>The numbers of a type, as an array.</summary>
    public static Array Of(ElementType type) => type switch
    {
        ElementType.Single => Floating<float>(float.Epsilon, 1.1e-38f, 3e38f, 16777217, 88.7f, -103.9f, 2147483500f, -2147483600f, 9.2e18f),
        ElementType.Double => Floating<double>(
            double.Epsilon, 2.2e-308, 1e308, 9007199254740993, 709.7, -745.1, 2147483646.5, -2147483648.5, 9223372036854774784, 1 + 2.9802322387695312e-8, 1.4e-45, 3.4028235677973366e38),
        ElementType.SByte => Integers<sbyte>(),
        ElementType.Byte => Integers<byte>(),
        ElementType.Int16 => Integers<short>(),
        ElementType.UInt16 => Integers<ushort>(),
        ElementType.Int32 => Integers<int>(),
        ElementType.UInt32 => Integers<uint>(),
        ElementType.Int64 => Integers<long>(),
        _ => Integers<ulong>(),
    };

    /// <summary>Calls a generic method of <paramref name="owner"/>, which throws what the method throws.</summary>
    public static void Call(Type owner, string method, ElementType[] types, params object?[] arguments) =>
        owner.GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod([.. types.Select(TypeOf)])
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static T[] Floating<T>(params T[] own)
        where T : IFloatingPointIeee754<T> =>
    [
        T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Zero, T.NegativeZero, T.One, T.NegativeOne, .. own,
        .. new[] { 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, -0.3, 1e-5, -1e-9, 0.75, 3, -7, 10, 127.5, -128.5, 255.5, 1e4, -12345.678, 1e10, 1.8e19, 1e20, -1e20 }.Select(T.CreateTruncating),
    ];

    private static T[] Integers<T>()
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
    [
        T.MinValue, T.MaxValue, T.MinValue + T.One, T.MaxValue - T.One, T.MaxValue / (T.One + T.One),
        .. new[] { -1, 0, 1, 2, 7, -7, 46341, 1 << 24, (1 << 24) + 1, 1L << 31, 3037000500, 1L << 53, (1L << 53) + 1, (1L << 62) + (1L << 38) + 1 }.Select(T.CreateTruncating),
    ];
}
