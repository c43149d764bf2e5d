using System.Runtime.CompilerServices;
using GraphWeaver.ILGPU.Kernels.Functions;
using global::ILGPU.Algorithms;
using global::ILGPU.Util;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>What eager does with the C library, as .NET's scalar functions have it, special values included. Written for float; double is the same text.</content>
public static partial class DeviceOperators
{
    /// <summary>The binary exponent of x; the smallest int for zero, the largest for what is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ILogB(float x)
    {
        float size = XMath.Abs(x);
        bool isTiny = size < SingleFormat.SmallestNormal;
        float normal = Utilities.Select(isTiny, Multiply(size, SingleFormat.TwoTo54), size);
        int exponent = (int)(SingleBits(normal) >> SingleFormat.ExponentShift) - (int)SingleFormat.ExponentBias - Utilities.Select(isTiny, 54, 0);
        exponent = Utilities.Select(size == 0, int.MinValue, exponent);
        return Utilities.Select(size < float.PositiveInfinity, exponent, int.MaxValue);
    }

    /// <summary>x less the whole multiple of y that is nearest to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Ieee754Remainder(float x, float y)
    {
        float remainder = CopySign(DeviceFunctions.Modulus(XMath.Abs(x), XMath.Abs(y)), x);
        float other = Subtract(remainder, CopySign(XMath.Abs(y), x));
        float quotient = Divide(x, y);
        float halfway = Utilities.Select(XMath.Abs(Round(quotient)) > XMath.Abs(quotient), other, remainder);
        float nearest = Utilities.Select(XMath.Abs(other) < XMath.Abs(remainder), other, remainder);
        nearest = Utilities.Select(XMath.Abs(other) == XMath.Abs(remainder), halfway, nearest);
        return Utilities.Select(remainder == 0, remainder, nearest);
    }

    /// <summary>The logarithm of x to the base y; NaN for base 1, and for bases 0 and infinity but of 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogBase(float x, float y)
    {
        float result = DeviceFunctions.LogarithmToBase(new LaneSingle(x), new LaneSingle(y)).Value;
        result = Utilities.Select(y == 0 | y == float.PositiveInfinity, Utilities.Select(x == 1, result, float.NaN), result);
        return Utilities.Select(y == 1, float.NaN, result);
    }

    /// <summary>The n-th root of x: of a negative number only where n is odd, as a number of this type; of minus infinity where n itself is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float RootN(float x, int n)
    {
        float size = XMath.Abs(x);
        float root = DeviceFunctions.Root(new LaneSingle(size), 1.0 / n).Value;
        root = Utilities.Select(n == 2, XMath.Sqrt(size), Utilities.Select(n == 3, Cbrt(size), root));
        float even = Utilities.Select(x < 0, float.NaN, root);
        float degree = n;
        bool isOdd = Subtract(degree, Multiply(2, Floor(Multiply(degree, 0.5f)))) == 1;
        isOdd = (isOdd & size < float.PositiveInfinity) | ((n & 1) != 0 & size == float.PositiveInfinity);
        root = Utilities.Select(isOdd, CopySign(root, x), even);
        return Utilities.Select(n == 0, float.NaN, root);
    }
}
