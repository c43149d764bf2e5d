using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.UnitTests.Runtime;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>
/// Circular functions of angles of every size, on the device: near the exact value, which of float double knows, and of double whole numbers of some thousand bits; the C library's is
/// twenty units off where it is smallest. Of infinity and NaN there is none.
/// </summary>
[Collection("GraphMode")]
public sealed class LargeAngleTests
{
    /// <summary>The programs, which also compile to PTX.</summary>
    internal const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Sin(Tensor<float> x) => Tensor.Sin<float>(x);
            [Graph] public static Tensor<float> Cos(Tensor<float> x) => Tensor.Cos<float>(x);
            [Graph] public static Tensor<float> Tan(Tensor<float> x) => Tensor.Tan<float>(x);
            [Graph] public static Tensor<double> SinOfDouble(Tensor<double> x) => Tensor.Sin<double>(x);
            [Graph] public static Tensor<double> CosOfDouble(Tensor<double> x) => Tensor.Cos<double>(x);
            [Graph] public static Tensor<double> TanOfDouble(Tensor<double> x) => Tensor.Tan<double>(x);
        }
        """;

    // As many bits behind the point as an angle has before it, and enough.
    private const int Places = 1300;

    private static readonly BigInteger halfPi = HalfPi();

    // Near multiples of ½ π, the first nearest of all doubles (J.-M. Muller, Elementary Functions, section 11.3.2).
    private static readonly double[] worst =
    [
        Math.ScaleB(6381956970095103, 797), Math.ScaleB(5261692873635770, 499), Math.ScaleB(5108287900914119, 35), Math.ScaleB(7072614130405443, 1), Math.PI * (1L << 40), Math.PI * 1e300, 1e22,
    ];

    [Theory]
    [InlineData("Sin")]
    [InlineData("Cos")]
    [InlineData("Tan")]
    public void An_angle_of_any_size_is_taken(string method)
    {
        var random = new Random(7);
        float[] angles =
        [
            float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -float.MaxValue, 100000f, 100000.01f, -100000.01f, 16367173e20f,
            .. Enumerable.Range(0, 4000).Select(_ => BitConverter.UInt32BitsToSingle((uint)random.NextInt64(0x47C35000, 0x7F800000) | (random.Next(2) == 0 ? 0 : 0x80000000))),
        ];
        Tensor<float> actual = Run(method, angles);
        for (int index = 0; index < angles.Length; index++)
        {
            double exact = Of(method, angles[index]);
            float nearest = (float)exact;
            double unit = MathF.BitIncrement(MathF.Abs(nearest)) - MathF.Abs(nearest);
            Assert.True(double.IsNaN(exact) ? float.IsNaN(actual[index]) : Math.Abs(actual[index] - exact) <= unit * (Math.Abs(angles[index]) > 100000 ? 0.51 : 1), $"{angles[index]:R}: {exact:R} is {actual[index]:R}");
        }
    }

    [Theory]
    [InlineData("Sin")]
    [InlineData("Cos")]
    [InlineData("Tan")]
    public void An_angle_of_double_of_any_size_is_taken(string method)
    {
        const double Large = 1 << 27;
        var random = new Random(7);
        double[] angles =
        [
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, -double.MaxValue, Large, Math.BitIncrement(Large), -Math.BitIncrement(Large),
            .. worst.SelectMany(angle => new[] { angle, -angle, Math.BitIncrement(angle), Math.BitDecrement(angle), 2 * angle }),
            .. Enumerable.Range(27, 997).Select(exponent => Math.ScaleB(1, exponent)),
            .. Enumerable.Range(0, 20000).Select(_ => Math.ScaleB(random.NextDouble() + 1, random.Next(20, 1024)) * (random.Next(2) == 0 ? 1 : -1)),
        ];
        Tensor<double> actual = Run(method + "OfDouble", angles);
        double error = 0;
        for (int index = 0; index < angles.Length; index++)
        {
            if (!double.IsFinite(angles[index]))
            {
                Assert.Equal(double.NaN, actual[index]);
                continue;
            }

            DoubleDouble exact = Exact(method, angles[index]);
            double unit = Math.BitIncrement(Math.Abs(exact.High)) - Math.Abs(exact.High);
            error = Math.Max(error, Math.Abs((actual[index] - exact).High) / unit);
            Assert.True(error <= 1.3, $"{angles[index]:R}: {exact.High:R} is {actual[index]:R}, {error} units");
        }

        // The reference is one: half a unit is lost somewhere.
        Assert.True(error > 0.4, $"{error}");
    }

    private static DoubleDouble Exact(string method, double angle)
    {
        long bits = BitConverter.DoubleToInt64Bits(angle);
        BigInteger scaled = (BigInteger)((bits & ((1L << 52) - 1)) | (1L << 52)) << (Places - 1075 + (int)((bits >> 52) & 0x7FF));
        BigInteger quarter = ((2 * scaled) + halfPi) / (2 * halfPi);
        BigInteger rest = scaled - (quarter * halfPi);
        double high = Scaled(rest);
        var r = new DoubleDouble(high, Scaled(rest - (BigInteger)Math.ScaleB(high, 200) * (BigInteger.One << (Places - 200))));
        double place = (double)(quarter % 4);
        DoubleDouble sine = DoubleDouble.Sine(place, r);
        DoubleDouble cosine = DoubleDouble.Sine(place + 1, r);
        return method == "Cos" ? cosine : (method == "Sin" ? sine : sine / cosine) * Math.Sign(angle);
    }

    private static double Scaled(BigInteger value) => Math.ScaleB((double)(value >> (Places - 200)), -200);

    /// <summary>½ π by Machin's formula, π = 16 arctan 1/5 - 4 arctan 1/239.</summary>
    private static BigInteger HalfPi()
    {
        return (8 * ArcTangentOfOneOver(5)) - (2 * ArcTangentOfOneOver(239));

        static BigInteger ArcTangentOfOneOver(int x)
        {
            BigInteger power = (BigInteger.One << (Places + 32)) / x;
            BigInteger sum = 0;
            for (int n = 1; !power.IsZero; n += 2)
            {
                sum += n % 4 == 1 ? power / n : -(power / n);
                power /= x * x;
            }

            return sum >> 32;
        }
    }

    private static double Of(string method, double angle) => method switch { "Sin" => Math.Sin(angle), "Cos" => Math.Cos(angle), _ => Math.Tan(angle) };

    private static Tensor<T> Run<T>(string method, T[] angles)
    {
        long before = Accelerators.Current!.Statistics.Kernels;
        var actual = (Tensor<T>)Workloads.Program("Angles").Woven.Assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, [Tensor.Create(angles)])!;
        Assert.Equal(before + 1, Accelerators.Current.Statistics.Kernels);
        return actual;
    }
}
