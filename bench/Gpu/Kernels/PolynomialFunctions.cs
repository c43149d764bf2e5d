using global::ILGPU;
using global::ILGPU.Util;

namespace GraphWeaver.Benchmarks.Gpu.Kernels;

/// <summary>
/// Reduction and a short polynomial, within 2 ulp of the result or, for Tanh, of 1: as accurate on every device as the CPU's loops, with the
/// coefficients of GraphWeaver's vector functions. Written for the arguments of the workloads: Log takes normal numbers only.
/// </summary>
internal readonly struct PolynomialFunctions : IFunctions
{
    // 1.5 2²³: adding it rounds to an integer, in the low bits of the sum.
    private const float Integer = 12582912f;

    public float Exp(float x)
    {
        float bounded = Utilities.Select(x < -104f, -104f, Utilities.Select(x > 89f, 89f, x));
        float n = bounded * 1.44269504f + Integer - Integer;
        float r = bounded - n * 0.693145751953125f - n * 1.4286068203094173e-06f;
        float p = 0.00019845881615765393f * r + 0.0013940627686679363f;
        p = (p * r + 0.008333389647305012f) * r + 0.041666362434625626f;
        p = (p * r + 0.1666666567325592f) * r + 0.5f;

        // In two steps, since 2ⁿ itself need not be representable.
        float half = n * 0.5f + Integer - Integer;
        return (1f + (r + r * r * p)) * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    public float Log(float x)
    {
        // The exponent changes at √½.
        uint bits = Interop.FloatAsInt(x);
        int e = (int)((bits + (0x3F800000 - 0x3F3504F4)) >> 23) - 127;
        float f = Interop.IntAsFloat(bits - ((uint)e << 23)) - 1f;
        float h = 0.5f * f * f;
        float p = -0.07634572684764862f * f + 0.12761719524860382f;
        p = (p * f - 0.1316022425889969f) * f + 0.1420174241065979f;
        p = (p * f - 0.16623352468013763f) * f + 0.20001226663589478f;
        p = (p * f - 0.250008225440979f) * f + 0.3333333134651184f;
        float low = e * 1.4286068203094173e-06f + p * (f * (h + h));
        return e * 0.693145751953125f + (f - (h - low));
    }

    public float Tanh(float x)
    {
        float size = Utilities.Select(x < 0f, -x, x);
        float z = Exp(-2f * size);
        float result = (1f - z) / (1f + z);
        return Utilities.Select(x < 0f, -result, result);
    }

    private static float PowerOfTwo(float n) => Interop.IntAsFloat(Interop.FloatAsInt(n + (Integer + 127f)) << 23);
}
