using System.Runtime.CompilerServices;
using GraphWeaver.ILGPU.Kernels.Functions;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The operators that the CPU has a vector function for: the same text on one lane, with the same bits. Written for float; double is the same text.</summary>
public static partial class DeviceOperators
{
    /// <summary>Cbrt of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cbrt(float x) => DeviceFunctions.Cbrt(new LaneSingle(x)).Value;

    /// <summary>Exp of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => DeviceFunctions.Exp(new LaneSingle(x)).Value;

    /// <summary>Log of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => DeviceFunctions.Log(new LaneSingle(x)).Value;

    /// <summary>Tanh of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x) => DeviceFunctions.Tanh(new LaneSingle(x)).Value;

    /// <summary>Sigmoid of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => DeviceFunctions.Sigmoid(new LaneSingle(x)).Value;

    /// <summary>ExpM1 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ExpM1(float x) => DeviceFunctions.ExpM1(new LaneSingle(x)).Value;

    /// <summary>Exp2 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp2(float x) => DeviceFunctions.Exp2(new LaneSingle(x)).Value;

    /// <summary>Exp2M1 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp2M1(float x) => DeviceFunctions.Exp2M1(new LaneSingle(x)).Value;

    /// <summary>Exp10 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp10(float x) => DeviceFunctions.Exp10(new LaneSingle(x)).Value;

    /// <summary>Exp10M1 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp10M1(float x) => DeviceFunctions.Exp10M1(new LaneSingle(x)).Value;

    /// <summary>Sinh of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sinh(float x) => DeviceFunctions.Sinh(new LaneSingle(x)).Value;

    /// <summary>Cosh of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cosh(float x) => DeviceFunctions.Cosh(new LaneSingle(x)).Value;

    /// <summary>SinPi of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SinPi(float x) => DeviceFunctions.SinPi(new LaneSingle(x)).Value;

    /// <summary>CosPi of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float CosPi(float x) => DeviceFunctions.CosPi(new LaneSingle(x)).Value;

    /// <summary>TanPi of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float TanPi(float x) => DeviceFunctions.TanPi(new LaneSingle(x)).Value;

    /// <summary>Log2 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log2(float x) => DeviceFunctions.Log2(new LaneSingle(x)).Value;

    /// <summary>Log10 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log10(float x) => DeviceFunctions.Log10(new LaneSingle(x)).Value;

    /// <summary>LogP1 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogP1(float x) => DeviceFunctions.LogP1(new LaneSingle(x)).Value;

    /// <summary>Log2P1 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log2P1(float x) => DeviceFunctions.Log2P1(new LaneSingle(x)).Value;

    /// <summary>Log10P1 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log10P1(float x) => DeviceFunctions.Log10P1(new LaneSingle(x)).Value;

    /// <summary>Asin of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Asin(float x) => DeviceFunctions.Asin(new LaneSingle(x)).Value;

    /// <summary>AsinPi of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AsinPi(float x) => DeviceFunctions.AsinPi(new LaneSingle(x)).Value;

    /// <summary>Acos of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Acos(float x) => DeviceFunctions.Acos(new LaneSingle(x)).Value;

    /// <summary>AcosPi of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AcosPi(float x) => DeviceFunctions.AcosPi(new LaneSingle(x)).Value;

    /// <summary>Atan of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Atan(float x) => DeviceFunctions.Atan(new LaneSingle(x)).Value;

    /// <summary>AtanPi of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AtanPi(float x) => DeviceFunctions.AtanPi(new LaneSingle(x)).Value;

    /// <summary>Asinh of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Asinh(float x) => DeviceFunctions.Asinh(new LaneSingle(x)).Value;

    /// <summary>Acosh of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Acosh(float x) => DeviceFunctions.Acosh(new LaneSingle(x)).Value;

    /// <summary>Atanh of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Atanh(float x) => DeviceFunctions.Atanh(new LaneSingle(x)).Value;

    /// <summary>Erf of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Erf(float x) => DeviceFunctions.Erf(new LaneSingle(x)).Value;

    /// <summary>Gelu of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Gelu(float x) => DeviceFunctions.Gelu(new LaneSingle(x)).Value;

    /// <summary>Atan2 of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Atan2(float x, float y) => DeviceFunctions.Atan2(new LaneSingle(x), new LaneSingle(y)).Value;

    /// <summary>Atan2Pi of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Atan2Pi(float x, float y) => DeviceFunctions.Atan2Pi(new LaneSingle(x), new LaneSingle(y)).Value;

    /// <summary>Hypot of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Hypot(float x, float y) => DeviceFunctions.Hypot(new LaneSingle(x), new LaneSingle(y)).Value;

    /// <summary>Pow of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Pow(float x, float y) => DeviceFunctions.Pow(new LaneSingle(x), new LaneSingle(y)).Value;

    /// <summary>MultiplyThenAdd of x, y and z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyThenAdd(float x, float y, float z) => DeviceFunctions.MultiplyThenAdd(new LaneSingle(x), new LaneSingle(y), new LaneSingle(z)).Value;

    /// <summary>MultiplyThenSubtract of x, y and z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyThenSubtract(float x, float y, float z) => DeviceFunctions.MultiplyThenSubtract(new LaneSingle(x), new LaneSingle(y), new LaneSingle(z)).Value;

    /// <summary>SubtractProduct of x, y and z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SubtractProduct(float x, float y, float z) => DeviceFunctions.SubtractProduct(new LaneSingle(x), new LaneSingle(y), new LaneSingle(z)).Value;

    /// <summary>a where x Equals y, else b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float WhereEquals(float x, float y, float a, float b) => Where(Equals(x, y), a, b);

    /// <summary>a where x GreaterThan y, else b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float WhereGreaterThan(float x, float y, float a, float b) => Where(GreaterThan(x, y), a, b);

    /// <summary>a where x GreaterThanOrEqual y, else b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float WhereGreaterThanOrEqual(float x, float y, float a, float b) => Where(GreaterThanOrEqual(x, y), a, b);

    /// <summary>a where x LessThan y, else b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float WhereLessThan(float x, float y, float a, float b) => Where(LessThan(x, y), a, b);

    /// <summary>a where x LessThanOrEqual y, else b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float WhereLessThanOrEqual(float x, float y, float a, float b) => Where(LessThanOrEqual(x, y), a, b);
}
