using System.Runtime.Intrinsics;
using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>A function of <see cref="VectorMath"/> applied to whole arrays (a multiple of 16 elements), at each width, beside .NET's scalar function.</summary>
internal sealed record VectorFunction(
    Func<double, DoubleDouble> Exact,
    Func<Vector512<float>, Vector512<float>> Single512,
    Func<Vector256<float>, Vector256<float>> Single256,
    Func<Vector128<float>, Vector128<float>> Single128,
    Func<Vector512<double>, Vector512<double>> Double512,
    Func<Vector256<double>, Vector256<double>> Double256,
    Func<Vector128<double>, Vector128<double>> Double128,
    Func<float, float>? ScalarSingle = null,
    Func<double, double>? ScalarDouble = null)
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
        "ExpM1" => new(Exactly(name), VectorMath.ExpM1, VectorMath.ExpM1, VectorMath.ExpM1, VectorMath.ExpM1, VectorMath.ExpM1, VectorMath.ExpM1, float.ExpM1, double.ExpM1),
        "Exp2" => new(Exactly(name), VectorMath.Exp2, VectorMath.Exp2, VectorMath.Exp2, VectorMath.Exp2, VectorMath.Exp2, VectorMath.Exp2, float.Exp2, double.Exp2),
        "Exp2M1" => new(Exactly(name), VectorMath.Exp2M1, VectorMath.Exp2M1, VectorMath.Exp2M1, VectorMath.Exp2M1, VectorMath.Exp2M1, VectorMath.Exp2M1, float.Exp2M1, double.Exp2M1),
        "Exp10" => new(Exactly(name), VectorMath.Exp10, VectorMath.Exp10, VectorMath.Exp10, VectorMath.Exp10, VectorMath.Exp10, VectorMath.Exp10, float.Exp10, double.Exp10),
        "Exp10M1" => new(Exactly(name), VectorMath.Exp10M1, VectorMath.Exp10M1, VectorMath.Exp10M1, VectorMath.Exp10M1, VectorMath.Exp10M1, VectorMath.Exp10M1, float.Exp10M1, double.Exp10M1),
        "Sinh" => new(Exactly(name), VectorMath.Sinh, VectorMath.Sinh, VectorMath.Sinh, VectorMath.Sinh, VectorMath.Sinh, VectorMath.Sinh, float.Sinh, double.Sinh),
        "Cosh" => new(Exactly(name), VectorMath.Cosh, VectorMath.Cosh, VectorMath.Cosh, VectorMath.Cosh, VectorMath.Cosh, VectorMath.Cosh, float.Cosh, double.Cosh),
        "Sin" => new(Exactly(name), VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, VectorMath.Sin, float.Sin, double.Sin),
        "Cos" => new(Exactly(name), VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, VectorMath.Cos, float.Cos, double.Cos),
        "Tan" => new(Exactly(name), VectorMath.Tan, VectorMath.Tan, VectorMath.Tan, VectorMath.Tan, VectorMath.Tan, VectorMath.Tan, float.Tan, double.Tan),
        "SinPi" => new(Exactly(name), VectorMath.SinPi, VectorMath.SinPi, VectorMath.SinPi, VectorMath.SinPi, VectorMath.SinPi, VectorMath.SinPi, float.SinPi, double.SinPi),
        "CosPi" => new(Exactly(name), VectorMath.CosPi, VectorMath.CosPi, VectorMath.CosPi, VectorMath.CosPi, VectorMath.CosPi, VectorMath.CosPi, float.CosPi, double.CosPi),
        "TanPi" => new(Exactly(name), VectorMath.TanPi, VectorMath.TanPi, VectorMath.TanPi, VectorMath.TanPi, VectorMath.TanPi, VectorMath.TanPi, float.TanPi, double.TanPi),
        "Log2" => new(Exactly(name), VectorMath.Log2, VectorMath.Log2, VectorMath.Log2, VectorMath.Log2, VectorMath.Log2, VectorMath.Log2, float.Log2, double.Log2),
        "Log10" => new(Exactly(name), VectorMath.Log10, VectorMath.Log10, VectorMath.Log10, VectorMath.Log10, VectorMath.Log10, VectorMath.Log10, float.Log10, double.Log10),
        "LogP1" => new(Exactly(name), VectorMath.LogP1, VectorMath.LogP1, VectorMath.LogP1, VectorMath.LogP1, VectorMath.LogP1, VectorMath.LogP1, float.LogP1, double.LogP1),
        "Log2P1" => new(Exactly(name), VectorMath.Log2P1, VectorMath.Log2P1, VectorMath.Log2P1, VectorMath.Log2P1, VectorMath.Log2P1, VectorMath.Log2P1, float.Log2P1, double.Log2P1),
        "Log10P1" => new(Exactly(name), VectorMath.Log10P1, VectorMath.Log10P1, VectorMath.Log10P1, VectorMath.Log10P1, VectorMath.Log10P1, VectorMath.Log10P1, float.Log10P1, double.Log10P1),
        "Atan" => new(Exactly(name), VectorMath.Atan, VectorMath.Atan, VectorMath.Atan, VectorMath.Atan, VectorMath.Atan, VectorMath.Atan, float.Atan, double.Atan),
        "AtanPi" => new(Exactly(name), VectorMath.AtanPi, VectorMath.AtanPi, VectorMath.AtanPi, VectorMath.AtanPi, VectorMath.AtanPi, VectorMath.AtanPi, float.AtanPi, double.AtanPi),
        "Asin" => new(Exactly(name), VectorMath.Asin, VectorMath.Asin, VectorMath.Asin, VectorMath.Asin, VectorMath.Asin, VectorMath.Asin, float.Asin, double.Asin),
        "AsinPi" => new(Exactly(name), VectorMath.AsinPi, VectorMath.AsinPi, VectorMath.AsinPi, VectorMath.AsinPi, VectorMath.AsinPi, VectorMath.AsinPi, float.AsinPi, double.AsinPi),
        "Acos" => new(Exactly(name), VectorMath.Acos, VectorMath.Acos, VectorMath.Acos, VectorMath.Acos, VectorMath.Acos, VectorMath.Acos, float.Acos, double.Acos),
        "AcosPi" => new(Exactly(name), VectorMath.AcosPi, VectorMath.AcosPi, VectorMath.AcosPi, VectorMath.AcosPi, VectorMath.AcosPi, VectorMath.AcosPi, float.AcosPi, double.AcosPi),
        "Asinh" => new(Exactly(name), VectorMath.Asinh, VectorMath.Asinh, VectorMath.Asinh, VectorMath.Asinh, VectorMath.Asinh, VectorMath.Asinh, float.Asinh, double.Asinh),
        "Acosh" => new(Exactly(name), VectorMath.Acosh, VectorMath.Acosh, VectorMath.Acosh, VectorMath.Acosh, VectorMath.Acosh, VectorMath.Acosh, float.Acosh, double.Acosh),
        "Atanh" => new(Exactly(name), VectorMath.Atanh, VectorMath.Atanh, VectorMath.Atanh, VectorMath.Atanh, VectorMath.Atanh, VectorMath.Atanh, float.Atanh, double.Atanh),
        "Cbrt" => new(Exactly(name), VectorMath.Cbrt, VectorMath.Cbrt, VectorMath.Cbrt, VectorMath.Cbrt, VectorMath.Cbrt, VectorMath.Cbrt, float.Cbrt, double.Cbrt),
        _ => throw new ArgumentException(name),
    };

    private static Func<double, DoubleDouble> Exactly(string name) => x => DoubleDouble.Of(name, x)!.Value;

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
