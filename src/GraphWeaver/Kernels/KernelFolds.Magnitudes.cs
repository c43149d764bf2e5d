using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels;

/// <content>The integer of largest or smallest magnitude: VectorN's own forms of these are not eager's for the smallest value.</content>
public static partial class KernelFolds
{
    /// <summary>The integer of smallest magnitude, which changes nothing.</summary>
    public static T MaxMagnitudeStart<T>(nint start)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        T.Zero;

    /// <summary>The integer of largest magnitude, of two the positive one.</summary>
    public static void MaxMagnitude<T>(ref T state, ReadOnlySpan<T> x)
        where T : IBinaryInteger<T> =>
        state = T.MaxMagnitude(state, TensorPrimitives.MaxMagnitude(x));

    /// <summary>The integer of largest magnitude, which changes nothing.</summary>
    public static T MinMagnitudeStart<T>(nint start)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        LargestMagnitude<T>();

    /// <summary>The integer of smallest magnitude, of two the negative one.</summary>
    public static void MinMagnitude<T>(ref T state, ReadOnlySpan<T> x)
        where T : IBinaryInteger<T> =>
        state = T.MinMagnitude(state, TensorPrimitives.MinMagnitude(x));

    /// <summary>The integer of smallest magnitude, which changes nothing.</summary>
    public static T MaxMagnitudeNumberStart<T>(nint start)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        T.Zero;

    /// <summary>The integer of largest magnitude, of two the positive one.</summary>
    public static void MaxMagnitudeNumber<T>(ref T state, ReadOnlySpan<T> x)
        where T : IBinaryInteger<T> =>
        state = T.MaxMagnitudeNumber(state, TensorPrimitives.MaxMagnitudeNumber(x));

    /// <summary>The integer of largest magnitude, which changes nothing.</summary>
    public static T MinMagnitudeNumberStart<T>(nint start)
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        LargestMagnitude<T>();

    /// <summary>The integer of smallest magnitude, of two the negative one.</summary>
    public static void MinMagnitudeNumber<T>(ref T state, ReadOnlySpan<T> x)
        where T : IBinaryInteger<T> =>
        state = T.MinMagnitudeNumber(state, TensorPrimitives.MinMagnitudeNumber(x));

    private static T LargestMagnitude<T>()
        where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        T.IsNegative(T.MinValue) ? T.MinValue : T.MaxValue;
}
