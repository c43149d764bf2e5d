using System.Runtime.Intrinsics;
using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>A function of <see cref="VectorMath"/> applied to whole arrays (a multiple of 16 elements), at each width.</summary>
internal sealed record VectorFunction(
    Func<double, DoubleDouble> Exact,
    Func<Vector512<float>, Vector512<float>> Single512,
    Func<Vector256<float>, Vector256<float>> Single256,
    Func<Vector128<float>, Vector128<float>> Single128,
    Func<Vector512<double>, Vector512<double>> Double512,
    Func<Vector256<double>, Vector256<double>> Double256,
    Func<Vector128<double>, Vector128<double>> Double128)
{
    public static VectorFunction Get(string name) => name switch
    {
        "Exp" => new(x => DoubleDouble.Exp(x), VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp),
        "Log" => new(DoubleDouble.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log),
        "Tanh" => new(DoubleDouble.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh),
        "Sigmoid" => new(
            DoubleDouble.Sigmoid,
            VectorMath.Sigmoid,
            VectorMath.Sigmoid,
            VectorMath.Sigmoid,
            VectorMath.Sigmoid,
            VectorMath.Sigmoid,
            VectorMath.Sigmoid),
        "Erf" => new(x => DoubleDouble.Erf(x), VectorMath.Erf, VectorMath.Erf, VectorMath.Erf, VectorMath.Erf, VectorMath.Erf, VectorMath.Erf),
        "Gelu" => new(DoubleDouble.Gelu, VectorMath.Gelu, VectorMath.Gelu, VectorMath.Gelu, VectorMath.Gelu, VectorMath.Gelu, VectorMath.Gelu),
        _ => throw new ArgumentException(name),
    };

    public float[] Apply(int width, float[] x)
    {
        var y = new float[x.Length];
        for (int i = 0; i < x.Length; i += width / 32)
        {
            switch (width)
            {
                case 512: Single512(Vector512.Create(x, i)).CopyTo(y, i); break;
                case 256: Single256(Vector256.Create(x, i)).CopyTo(y, i); break;
                default: Single128(Vector128.Create(x, i)).CopyTo(y, i); break;
            }
        }

        return y;
    }

    public double[] Apply(int width, double[] x)
    {
        var y = new double[x.Length];
        for (int i = 0; i < x.Length; i += width / 64)
        {
            switch (width)
            {
                case 512: Double512(Vector512.Create(x, i)).CopyTo(y, i); break;
                case 256: Double256(Vector256.Create(x, i)).CopyTo(y, i); break;
                default: Double128(Vector128.Create(x, i)).CopyTo(y, i); break;
            }
        }

        return y;
    }
}
