using System.Runtime.Intrinsics;
using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>A function of <see cref="VectorMath"/> applied to whole arrays (a multiple of 16 elements), at each width, and .NET's scalar function.</summary>
internal sealed record VectorFunction(
    Func<Vector512<float>, Vector512<float>> Single512,
    Func<Vector256<float>, Vector256<float>> Single256,
    Func<Vector128<float>, Vector128<float>> Single128,
    Func<Vector512<double>, Vector512<double>> Double512,
    Func<Vector256<double>, Vector256<double>> Double256,
    Func<Vector128<double>, Vector128<double>> Double128,
    Func<float, float> ScalarSingle,
    Func<double, double> ScalarDouble)
{
    public static VectorFunction Get(string name) => name switch
    {
        "Exp" => new(VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp, float.Exp, double.Exp),
        "Log" => new(VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log, float.Log, double.Log),
        "Tanh" => new(VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh, float.Tanh, double.Tanh),
        "Sigmoid" => new(
            VectorMath.Sigmoid,
            VectorMath.Sigmoid,
            VectorMath.Sigmoid,
            VectorMath.Sigmoid,
            VectorMath.Sigmoid,
            VectorMath.Sigmoid,
            x => (float)(1 / (1 + Math.Exp(-x))),
            x => 1 / (1 + Math.Exp(-x))),
        "ExpM1" => new(VectorMath.ExpM1, VectorMath.ExpM1, VectorMath.ExpM1, VectorMath.ExpM1, VectorMath.ExpM1, VectorMath.ExpM1, float.ExpM1, double.ExpM1),
        "Exp2" => new(VectorMath.Exp2, VectorMath.Exp2, VectorMath.Exp2, VectorMath.Exp2, VectorMath.Exp2, VectorMath.Exp2, float.Exp2, double.Exp2),
        "Exp2M1" => new(VectorMath.Exp2M1, VectorMath.Exp2M1, VectorMath.Exp2M1, VectorMath.Exp2M1, VectorMath.Exp2M1, VectorMath.Exp2M1, float.Exp2M1, double.Exp2M1),
        "Exp10" => new(VectorMath.Exp10, VectorMath.Exp10, VectorMath.Exp10, VectorMath.Exp10, VectorMath.Exp10, VectorMath.Exp10, float.Exp10, double.Exp10),
        "Exp10M1" => new(VectorMath.Exp10M1, VectorMath.Exp10M1, VectorMath.Exp10M1, VectorMath.Exp10M1, VectorMath.Exp10M1, VectorMath.Exp10M1, float.Exp10M1, double.Exp10M1),
        "Sinh" => new(VectorMath.Sinh, VectorMath.Sinh, VectorMath.Sinh, VectorMath.Sinh, VectorMath.Sinh, VectorMath.Sinh, float.Sinh, double.Sinh),
        "Cosh" => new(VectorMath.Cosh, VectorMath.Cosh, VectorMath.Cosh, VectorMath.Cosh, VectorMath.Cosh, VectorMath.Cosh, float.Cosh, double.Cosh),
        "Sin" => new(VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, float.Sin, double.Sin),
        "Cos" => new(VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, float.Cos, double.Cos),
        "Tan" => new(VectorMath.Tan, VectorMath.Tan, VectorMath.Tan, VectorMath.Tan, VectorMath.Tan, VectorMath.Tan, float.Tan, double.Tan),
        "SinPi" => new(VectorMath.SinPi, VectorMath.SinPi, VectorMath.SinPi, VectorMath.SinPi, VectorMath.SinPi, VectorMath.SinPi, float.SinPi, double.SinPi),
        "CosPi" => new(VectorMath.CosPi, VectorMath.CosPi, VectorMath.CosPi, VectorMath.CosPi, VectorMath.CosPi, VectorMath.CosPi, float.CosPi, double.CosPi),
        "TanPi" => new(VectorMath.TanPi, VectorMath.TanPi, VectorMath.TanPi, VectorMath.TanPi, VectorMath.TanPi, VectorMath.TanPi, float.TanPi, double.TanPi),
        "Log2" => new(VectorMath.Log2, VectorMath.Log2, VectorMath.Log2, VectorMath.Log2, VectorMath.Log2, VectorMath.Log2, float.Log2, double.Log2),
        "Log10" => new(VectorMath.Log10, VectorMath.Log10, VectorMath.Log10, VectorMath.Log10, VectorMath.Log10, VectorMath.Log10, float.Log10, double.Log10),
        "LogP1" => new(VectorMath.LogP1, VectorMath.LogP1, VectorMath.LogP1, VectorMath.LogP1, VectorMath.LogP1, VectorMath.LogP1, float.LogP1, double.LogP1),
        "Log2P1" => new(VectorMath.Log2P1, VectorMath.Log2P1, VectorMath.Log2P1, VectorMath.Log2P1, VectorMath.Log2P1, VectorMath.Log2P1, float.Log2P1, double.Log2P1),
        "Log10P1" => new(VectorMath.Log10P1, VectorMath.Log10P1, VectorMath.Log10P1, VectorMath.Log10P1, VectorMath.Log10P1, VectorMath.Log10P1, float.Log10P1, double.Log10P1),
        "Atan" => new(VectorMath.Atan, VectorMath.Atan, VectorMath.Atan, VectorMath.Atan, VectorMath.Atan, VectorMath.Atan, float.Atan, double.Atan),
        "AtanPi" => new(VectorMath.AtanPi, VectorMath.AtanPi, VectorMath.AtanPi, VectorMath.AtanPi, VectorMath.AtanPi, VectorMath.AtanPi, float.AtanPi, double.AtanPi),
        "Asin" => new(VectorMath.Asin, VectorMath.Asin, VectorMath.Asin, VectorMath.Asin, VectorMath.Asin, VectorMath.Asin, float.Asin, double.Asin),
        "AsinPi" => new(VectorMath.AsinPi, VectorMath.AsinPi, VectorMath.AsinPi, VectorMath.AsinPi, VectorMath.AsinPi, VectorMath.AsinPi, float.AsinPi, double.AsinPi),
        "Acos" => new(VectorMath.Acos, VectorMath.Acos, VectorMath.Acos, VectorMath.Acos, VectorMath.Acos, VectorMath.Acos, float.Acos, double.Acos),
        "AcosPi" => new(VectorMath.AcosPi, VectorMath.AcosPi, VectorMath.AcosPi, VectorMath.AcosPi, VectorMath.AcosPi, VectorMath.AcosPi, float.AcosPi, double.AcosPi),
        "Cbrt" => new(VectorMath.Cbrt, VectorMath.Cbrt, VectorMath.Cbrt, VectorMath.Cbrt, VectorMath.Cbrt, VectorMath.Cbrt, float.Cbrt, double.Cbrt),
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
