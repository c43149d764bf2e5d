using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Programs;

/// <summary>The angle between pairs of points on a sphere by the haversine formula, which is accurate for small angles.</summary>
public static class ArcDistance
{
    /// <summary>The angles in a fresh tensor.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static Tensor<double> Run(Tensor<double> theta1, Tensor<double> phi1, Tensor<double> theta2, Tensor<double> phi2)
    {
        Tensor<double> h = Haversine(theta1, phi1, theta2, phi2);
        return 2.0 * Tensor.Atan2<double>(Tensor.Sqrt<double>(h), Tensor.Sqrt<double>(1.0 - h));
    }

    /// <summary>The angles in <paramref name="result"/>.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static void Into(Tensor<double> theta1, Tensor<double> phi1, Tensor<double> theta2, Tensor<double> phi2, Tensor<double> result)
    {
        Tensor<double> h = Haversine(theta1, phi1, theta2, phi2);
        Tensor.Multiply<double>(Tensor.Atan2<double>(Tensor.Sqrt<double>(h), Tensor.Sqrt<double>(1.0 - h)), 2.0, result);
    }

    private static Tensor<double> Haversine(Tensor<double> theta1, Tensor<double> phi1, Tensor<double> theta2, Tensor<double> phi2)
    {
        Tensor<double> a = Tensor.Sin<double>((theta2 - theta1) * 0.5);
        Tensor<double> b = Tensor.Sin<double>((phi2 - phi1) * 0.5);
        return a * a + Tensor.Cos<double>(theta1) * Tensor.Cos<double>(theta2) * b * b;
    }
}
