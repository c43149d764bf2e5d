namespace GraphWeaver.UnitTests.Runtime;

/// <summary>Where the functions of one argument are measured: every exponent of their domain, the neighbourhoods of their zeros, poles and changes of method.</summary>
internal static class VectorFunctionPoints
{
    private static readonly Dictionary<string, (double Low, double High, double LowDouble, double HighDouble)> domains = new()
    {
        ["ExpM1"] = (-100, 88.7, -700, 709.7),
        ["Exp2"] = (-125.9, 127.9, -1021.9, 1023.9),
        ["Exp2M1"] = (-125.9, 127.9, -1021.9, 1023.9),
        ["Exp10"] = (-37.9, 38.5, -307.6, 308.2),
        ["Exp10M1"] = (-37.9, 38.5, -307.6, 308.2),
        ["Sinh"] = (-89.3, 89.3, -709.7, 709.7),
        ["Cosh"] = (-89.3, 89.3, -709.7, 709.7),
        ["Sin"] = (-1e6, 1e6, -1e9, 1e9),
        ["Cos"] = (-1e6, 1e6, -1e9, 1e9),
        ["Tan"] = (-1e6, 1e6, -1e9, 1e9),
        ["SinPi"] = (-1e8, 1e8, -1e16, 1e16),
        ["CosPi"] = (-1e8, 1e8, -1e16, 1e16),
        ["TanPi"] = (-1e8, 1e8, -1e16, 1e16),
        ["Log2"] = (1e-45, 3e38, 5e-324, 1e308),
        ["Log10"] = (1e-45, 3e38, 5e-324, 1e308),
        ["LogP1"] = (-0.99999994, 3e38, -0.9999999999999999, 1e308),
        ["Log2P1"] = (-0.99999994, 3e38, -0.9999999999999999, 1e308),
        ["Log10P1"] = (-0.99999994, 3e38, -0.9999999999999999, 1e308),
        ["Atan"] = (-3e38, 3e38, -1e300, 1e300),
        ["AtanPi"] = (-3e38, 3e38, -1e300, 1e300),
        ["Asin"] = (-1, 1, -1, 1),
        ["AsinPi"] = (-1, 1, -1, 1),
        ["Acos"] = (-1, 1, -1, 1),
        ["AcosPi"] = (-1, 1, -1, 1),
        ["Asinh"] = (-3e38, 3e38, -1e300, 1e300),
        ["Acosh"] = (1, 3e38, 1, 1e300),
        ["Atanh"] = (-0.99999994, 0.99999994, -0.9999999999999999, 0.9999999999999999),
        ["Cbrt"] = (-3e38, 3e38, -1e300, 1e300),
    };

    // Where results are exact or change their method: the neighbours of these are taken.
    private static readonly double[] centres =
    [
        0.25, 0.34657359, 0.41421356, 0.5, 0.70710678, 0.78539816, 1, 1.41421356, 1.57079633, 2.35619449, 2.41421356, 3.14159265, 4.71238898, 6.28318531,
        16, 33.5, 100, 99_999, 100_001, 134_217_728,
    ];

    public static IEnumerable<string> Names => domains.Keys;

    /// <summary>Signs of zeros, poles, integers and their halves, thresholds of overflow and underflow: a multiple of sixteen.</summary>
    public static double[] Special { get; } =
    [
        0.5, -0.5, 1.5, -1.5, 2, -2, 2.5, -2.5, 3, -3, 8_388_609, -8_388_609, 4_503_599_627_370_497, -4_503_599_627_370_497, 1e20, -1e20,
        88.72283, 88.7229, 89.4159, 89.42, 709.782712893384, 709.7827128933841, 710.4758600739439, 710.476, 38.5318, 38.532, 308.2547, 308.2548, 127.9999, -150.1,
        -44.8, -323.3,
    ];

    public static float[] Single(string name)
    {
        (double low, double high, _, _) = domains[name];
        var random = new Random(20_261_123);
        IEnumerable<float> points =
            Enumerable.Range(0, 30_000).Select(_ => (float)(low + ((high - low) * random.NextDouble())))
                .Concat(Enumerable.Range(0, 30_000).Select(index => Signed(index, BitConverter.Int32BitsToSingle(1 + (71_303 * index)))))
                .Concat(centres.SelectMany(centre => Enumerable.Range(-100, 200).Select(step =>
                    Signed(step, BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits((float)centre) + step)))));
        return Whole(points.Where(point => point >= low && point <= high));
    }

    public static double[] Double(string name)
    {
        (_, _, double low, double high) = domains[name];
        var random = new Random(20_261_124);
        IEnumerable<double> points =
            Enumerable.Range(0, 3_000).Select(_ => low + ((high - low) * random.NextDouble()))
                .Concat(Enumerable.Range(0, 3_000).Select(index => Signed(index, Math.ScaleB(1 + random.NextDouble(), random.Next(-900, 60)))))
                .Concat(Enumerable.Range(0, 3_000).Select(index => Signed(index, Math.ScaleB(1 + random.NextDouble(), random.Next(-8, 8)))))
                .Concat(centres.SelectMany(centre => Enumerable.Range(-30, 60).Select(step =>
                    Signed(step, BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(centre) + step)))));
        return Whole(points.Where(point => point >= low && point <= high));
    }

    private static float Signed(int index, float value) => index % 2 == 0 ? value : -value;

    private static double Signed(int index, double value) => index % 2 == 0 ? value : -value;

    private static T[] Whole<T>(IEnumerable<T> points)
    {
        T[] all = [.. points];
        return all[..(all.Length / 16 * 16)];
    }
}
