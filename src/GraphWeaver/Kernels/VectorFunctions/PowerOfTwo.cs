using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>
/// x 2ⁿ for integral n, rounded once, whether the result is normal or subnormal: by AVX-512's instruction where there is one, else in two
/// exact steps and one rounding. Both give the same bits. n may be any exponent of the format's results, NaN only where x is.
/// </summary>
internal static partial class PowerOfTwo
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Scale(Vector512<float> x, Vector512<float> n) =>
        Avx512F.IsSupported ? Avx512F.Scale(x, n) : ScaleInSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Scale(Vector256<float> x, Vector256<float> n) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.Scale(x, n) : ScaleInSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Scale(Vector128<float> x, Vector128<float> n) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.Scale(x, n) : ScaleInSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Scale(Vector512<double> x, Vector512<double> n) =>
        Avx512F.IsSupported ? Avx512F.Scale(x, n) : ScaleInSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Scale(Vector256<double> x, Vector256<double> n) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.Scale(x, n) : ScaleInSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<double> Scale(Vector128<double> x, Vector128<double> n) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.Scale(x, n) : ScaleInSteps(x, n);
}
