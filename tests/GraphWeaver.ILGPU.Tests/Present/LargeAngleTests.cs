using System.Numerics.Tensors;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Circular functions of angles of every size, on the device: near the exact value, which double knows; of infinity and NaN there is none.</summary>
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
        }
        """;

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
        long before = Accelerators.Current!.Statistics.Kernels;
        var actual = (Tensor<float>)Workloads.Program("Angles").Woven.Assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, [Tensor.Create(angles)])!;
        Assert.Equal(before + 1, Accelerators.Current.Statistics.Kernels);
        for (int index = 0; index < angles.Length; index++)
        {
            double exact = method switch { "Sin" => Math.Sin(angles[index]), "Cos" => Math.Cos(angles[index]), _ => Math.Tan(angles[index]) };
            float nearest = (float)exact;
            double unit = MathF.BitIncrement(MathF.Abs(nearest)) - MathF.Abs(nearest);
            Assert.True(double.IsNaN(exact) ? float.IsNaN(actual[index]) : Math.Abs(actual[index] - exact) <= unit * (Math.Abs(angles[index]) > 100000 ? 0.51 : 1), $"{angles[index]:R}: {exact:R} is {actual[index]:R}");
        }
    }
}
