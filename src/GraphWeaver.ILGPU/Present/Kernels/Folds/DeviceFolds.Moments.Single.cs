using System.Runtime.CompilerServices;
using global::ILGPU.Algorithms;
using global::ILGPU.Util;
using GraphWeaver.Kernels;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>
/// The standard deviation, of parts joined by the formula of Chan, Golub and LeVeque (<em>Algorithms for computing the sample variance</em>, 1983); and the sums of a cosine.
/// Written for float; double is the same text.
/// </content>
public static partial class DeviceFolds
{
    /// <summary>One element, which is no distance from itself but where it is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldMoments<float> StdDevOf(float x, int index) => new() { Count = 1, Mean = x, Squares = DeviceOperators.Subtract(x, x) };

    /// <summary>Two parts. Means so far apart that their distance is infinite make the squares so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldMoments<float> StdDev(DeviceFoldMoments<float> x, DeviceFoldMoments<float> y)
    {
        if (x.Count == 0)
        {
            return y;
        }

        if (y.Count == 0)
        {
            return x;
        }

        float share = (float)y.Count / (x.Count + y.Count);
        float distance = DeviceOperators.Subtract(y.Mean, x.Mean);
        float squares = DeviceOperators.Multiply(DeviceOperators.Multiply(DeviceOperators.Multiply(distance, distance), (float)x.Count), share);
        bool isFinite = XMath.Abs(distance) < float.PositiveInfinity;
        return new()
        {
            Count = x.Count + y.Count,
            Mean = Utilities.Select(isFinite, DeviceOperators.Add(x.Mean, DeviceOperators.Multiply(distance, share)), float.PositiveInfinity),
            Squares = DeviceOperators.Add(DeviceOperators.Add(x.Squares, y.Squares), Utilities.Select(isFinite, squares, float.PositiveInfinity)),
        };
    }

    /// <summary>What the host takes the root of.</summary>
    public static KernelMoments<float> StdDevOnHost(DeviceFoldMoments<float> state) => new() { Count = state.Count, Mean = state.Mean, Squares = state.Squares };

    /// <summary>One element of each tensor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldSimilarity<float> CosineSimilarityOf(float x, float y, int index) =>
        new() { Products = DeviceOperators.Multiply(x, y), SquaresOfX = DeviceOperators.Multiply(x, x), SquaresOfY = DeviceOperators.Multiply(y, y) };

    /// <summary>Two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldSimilarity<float> CosineSimilarity(DeviceFoldSimilarity<float> x, DeviceFoldSimilarity<float> y) => new()
    {
        Products = DeviceOperators.Add(x.Products, y.Products),
        SquaresOfX = DeviceOperators.Add(x.SquaresOfX, y.SquaresOfX),
        SquaresOfY = DeviceOperators.Add(x.SquaresOfY, y.SquaresOfY),
    };

    /// <summary>What the host puts together.</summary>
    public static KernelSimilarity<float> CosineSimilarityOnHost(DeviceFoldSimilarity<float> state) =>
        new() { Products = state.Products, SquaresOfX = state.SquaresOfX, SquaresOfY = state.SquaresOfY };
}
