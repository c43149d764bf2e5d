using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.VectorFunctions;

internal static partial class Polynomials
{
    /// <summary>(r - sin r) / r³ for z = r², |r| ≤ ¼ π; relative error of sin r at most 3.7e-9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Sine(Vector512<float> z)
    {
        Vector512<float> p = Vector512.Create(-2.7181138193554943e-06f);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.00019839311426039785f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(-0.008333329111337662f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.1666666716337204f));
        return p;
    }

    /// <summary>(cos r - 1 + ½ r²) / r⁴ for z = r², |r| ≤ ¼ π; relative error of cos r at most 1.6e-10.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Cosine(Vector512<float> z)
    {
        Vector512<float> p = Vector512.Create(2.4433082217001356e-05f);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(-0.0013887315290048718f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.04166664555668831f));
        return p;
    }

    /// <summary>(arctan t - t) / t³ for z = t², |t| ≤ ½; relative error of arctan t at most 4.1e-9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ArcTangent(Vector512<float> z)
    {
        Vector512<float> square = z * z;
        Vector512<float> p = Vector512.MultiplyAddEstimate(z, Vector512.Create(0.03872794285416603f), Vector512.Create(-0.07984454184770584f));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.10941102355718613f), Vector512.Create(-0.14272095263004303f)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.19999490678310394f), Vector512.Create(-0.333333283662796f)));
        return p;
    }

    /// <summary>(arcsin x - x) / x³ for z = x², |x| ≤ ½; relative error of arcsin x at most 8.5e-10.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ArcSine(Vector512<float> z)
    {
        Vector512<float> p = Vector512.Create(0.03752925246953964f);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.014429942704737186f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.03180988132953644f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.04451671242713928f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.07500505447387695f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.16666659712791443f));
        return p;
    }

    /// <summary>(tan r - r) / r³ for z = r², |r| ≤ ¼ π; relative error of tan r at most 4.9e-9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Tangent(Vector512<float> z)
    {
        Vector512<float> p = Vector512.Create(0.004377368371933699f);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(8.736973541090265e-05f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.01083748135715723f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.021281560882925987f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.054060034453868866f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.13332661986351013f));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.33333349227905273f));
        return p;
    }
}
