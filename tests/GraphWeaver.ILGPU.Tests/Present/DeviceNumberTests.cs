using System.Numerics;
using System.Numerics.Tensors;
using System.Text;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>
/// Operators on floating-point numbers that take a number for all elements: rounding, which is eager's to the bit, and roots, which are within their bound. Numbers for which eager
/// throws do not get to the device.
/// </summary>
[Collection("GraphMode")]
public sealed class DeviceNumberTests
{
    public static TheoryData<ElementType> Types() => [ElementType.Single, ElementType.Double];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_device_rounds_as_eager_does(ElementType type) => SpecialValues.Call(typeof(DeviceNumberTests), nameof(Rounds), [type], type, SpecialValues.Of(type));

    [Theory]
    [MemberData(nameof(Types))]
    public void A_device_takes_roots_as_eager_does(ElementType type) => SpecialValues.Call(typeof(DeviceNumberTests), nameof(Roots), [type], type, SpecialValues.Of(type));

    /// <summary>The programs, which also compile to PTX.</summary>
    internal static string Source()
    {
        var source = new StringBuilder("public static class Program\n{\n");
        foreach (ElementType type in new[] { ElementType.Single, ElementType.Double })
        {
            string t = type.Keyword();
            source.AppendLine(
                $$"""
                    [Graph] public static Tensor<{{t}}> RoundDigits{{type}}(Tensor<{{t}}> x, int n) => Tensor.Round<{{t}}>(x, n);
                    [Graph] public static Tensor<{{t}}> RoundMode{{type}}(Tensor<{{t}}> x, int mode) => Tensor.Round<{{t}}>(x, (System.MidpointRounding)mode);
                    [Graph] public static Tensor<{{t}}> RoundDigitsMode{{type}}(Tensor<{{t}}> x, int n, int mode) => Tensor.Round<{{t}}>(x, n, (System.MidpointRounding)mode);
                    [Graph] public static Tensor<{{t}}> Chain{{type}}(Tensor<{{t}}> x, int n) { Tensor.Multiply<{{t}}>(x, x, x); return Tensor.Round<{{t}}>(x, n) - x; }
                    [Graph] public static Tensor<{{t}}> RootN{{type}}(Tensor<{{t}}> x, int n) => Tensor.RootN<{{t}}>(x, n);
                """);
        }

        return source.Append('}').ToString();
    }

    private static void Rounds<T>(ElementType type, T[] values)
        where T : unmanaged, IFloatingPoint<T>
    {
        int most = type == ElementType.Single ? 6 : 15;
        var random = new Random(3);
        T[] x = [.. values, .. Enumerable.Range(0, 200).Select(_ => T.CreateTruncating((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-4, 9)))), .. Enumerable.Range(-40, 80).Select(i => T.CreateTruncating(i / 8.0))];
        foreach (int number in Enumerable.Range(-1, 18))
        {
            Same("RoundDigits", number >= 0 && number <= most ? 1 : 0, () => [Tensor.Create(x), number]);
            foreach (int mode in new[] { 0, 1, 2, 3, 4, 5 })
            {
                Same("RoundDigitsMode", mode < 5 && number >= 0 && number <= most ? 1 : 0, () => [Tensor.Create(x), number, mode]);
            }
        }

        foreach (int mode in Enumerable.Range(-1, 7))
        {
            Same("RoundMode", mode is >= 0 and < 5 ? 1 : 0, () => [Tensor.Create(x), mode]);
        }

        // What a kernel has written before is there where the next one throws.
        Same("Chain", 2, () => [Tensor.Create([.. x]), 3]);
        Same("Chain", 1, () => [Tensor.Create([.. x]), 16]);

        void Same(string method, int kernels, Func<object?[]> arguments)
        {
            long before = Accelerators.Current!.Statistics.Kernels;
            Workloads.Program("Numbers").AssertSame("Program", method + type, arguments);
            Assert.Equal(before + (2 * kernels), Accelerators.Current!.Statistics.Kernels);
        }
    }

    private static void Roots<T>(ElementType type, T[] values)
        where T : unmanaged, INumber<T>
    {
        foreach (int degree in new[] { 0, 1, 2, 3, 4, 5, 7, 10, 101, int.MaxValue, -1, -2, -3, -4, -17, int.MinValue })
        {
            long before = Accelerators.Current!.Statistics.Kernels;
            Tensor<T> expected = Run(Workloads.Program("Numbers").Unwoven, degree);
            Tensor<T> actual = Run(Workloads.Program("Numbers").Woven, degree);
            Assert.Equal(before + 1, Accelerators.Current!.Statistics.Kernels);
            Assert.All(Enumerable.Range(0, values.Length), i => Assert.True(
                Ulp.IsWithin(double.CreateTruncating(expected[i]), double.CreateTruncating(actual[i]), type, OperatorTable.Row("RootN").Ulps), $"{degree} of {values[i]}: {expected[i]} is {actual[i]}"));
        }

        Tensor<T> Run(LoadedProgram program, int degree) =>
            (Tensor<T>)program.Assembly.GetType("Program")!.GetMethod("RootN" + type)!.Invoke(null, [Tensor.Create(values), degree])!;
    }
}
