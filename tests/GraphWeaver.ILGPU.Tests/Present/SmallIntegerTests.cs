using System.Numerics;
using System.Numerics.Tensors;
using System.Text;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Kernels on integers of one and two bytes, with scalars, masks, rows, any layout and reductions: what eager gives, and on the device.</summary>
[Collection("GraphMode")]
public sealed class SmallIntegerTests
{
    private static readonly ElementType[] types = [ElementType.SByte, ElementType.Byte, ElementType.Int16, ElementType.UInt16];

    public static TheoryData<ElementType> Types() => [.. types];

    [Theory]
    [MemberData(nameof(Types))]
    public void Kernels_give_what_eager_gives(ElementType type) => SpecialValues.Call(typeof(SmallIntegerTests), nameof(Compare), [type], type, SpecialValues.Of(type));

    /// <summary>The programs, which also compile to PTX.</summary>
    internal static string Source()
    {
        var source = new StringBuilder("public static class Program\n{\n");
        foreach (ElementType type in types)
        {
            string t = type.Keyword();
            string other = Other(type).Keyword();
            source.AppendLine(
                $$"""
                    [Graph] public static Tensor<{{t}}> Chain{{type}}(Tensor<{{t}}> x, Tensor<{{t}}> y, {{t}} z) => (x * y + z) - Tensor.Max<{{t}}>(x, y) * x;
                    [Graph] public static Tensor<{{t}}> Masked{{type}}(Tensor<{{t}}> x, Tensor<{{t}}> y) => TensorMath.Where(Tensor.GreaterThan<{{t}}>(x + y, y), x, y * y);
                    [Graph] public static Tensor<float> Scaled{{type}}(Tensor<{{t}}> x) => Tensor.ConvertTruncating<{{t}}, float>(x) * 0.01f;
                    [Graph] public static Tensor<float> Reread{{type}}(Tensor<{{t}}> x) => Tensor.ConvertTruncating<{{other}}, float>(Tensor.ConvertTruncating<{{t}}, {{other}}>(x)) * 0.5f;
                    [Graph] public static Tensor<int> Widened{{type}}(Tensor<{{t}}> x) => Tensor.ConvertTruncating<{{t}}, int>(Tensor.ShiftLeft<{{t}}>(Tensor.OnesComplement<{{t}}>(x), 1)) * 3;
                    [Graph] public static Tensor<int> Narrowed{{type}}(Tensor<int> x) => Tensor.ConvertTruncating<{{t}}, int>(Tensor.ConvertTruncating<int, {{t}}>(x)) * 3;
                    [Graph] public static ({{t}}, {{t}}, {{t}}, {{t}}) Reduced{{type}}(Tensor<{{t}}> x) => (Tensor.Sum<{{t}}>(x), Tensor.Product<{{t}}>(x), Tensor.Max<{{t}}>(x), Tensor.Min<{{t}}>(x));
                    [Graph] public static Tensor<{{t}}> Rows{{type}}(Tensor<{{t}}> x) => x - TensorMath.Max(x, -1, true) + TensorMath.Sum(x * x, -1, true);
                    [Graph] public static Tensor<{{t}}> Strided{{type}}(Tensor<{{t}}> x, Tensor<{{t}}> y) { x[1.., ..] = x[1.., ..] + y; return x; }
                """);
        }

        return source.Append('}').ToString();
    }

    /// <summary>The type of as many bytes and the other kind of sign.</summary>
    private static ElementType Other(ElementType type) => types.Single(other => other != type && other.Size() == type.Size());

    private static void Compare<T>(ElementType type, T[] values)
        where T : unmanaged, INumber<T>
    {
        T[] x = [.. values.SelectMany(value => values.Select(_ => value))];
        T[] y = [.. values.SelectMany(_ => values)];
        nint side = values.Length;
        Same("Chain", () => [Tensor.Create(x), Tensor.Create(y), values[0]]);
        Same("Masked", () => [Tensor.Create(x), Tensor.Create(y)]);
        Same("Scaled", () => [Tensor.Create(x)]);
        Same("Reread", () => [Tensor.Create(x)]);
        Same("Widened", () => [Tensor.Create(x)]);
        Same("Narrowed", () => [Tensor.Create([0, 1, -1, 127, 128, -129, 255, 256, 32767, 32768, -32769, 65535, 65536, int.MaxValue, int.MinValue])]);
        Same("Reduced", () => [Tensor.Create(x)]);
        Same("Rows", () => [Tensor.Create(y, [side, side])]);
        Same("Chain", () => [Tensor.Create(x, [side, side]), Tensor.Create(values), values[1]]);
        Same("Strided", () => [Tensor.Create([.. x], [side, side]), Tensor.Create(values)]);

        void Same(string method, Func<object?[]> arguments)
        {
            long before = Accelerators.Current!.Statistics.Kernels;
            Workloads.Program("SmallIntegers").AssertSame("Program", method + type, arguments);
            Assert.True(Accelerators.Current.Statistics.Kernels >= before + 2, method);
        }
    }
}
