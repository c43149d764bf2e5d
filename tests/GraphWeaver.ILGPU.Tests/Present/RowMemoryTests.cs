using System.Numerics.Tensors;
using System.Reflection;
using System.Reflection.Emit;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.ILGPU.Kernels;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>An exponential that two passes over a row take is kept where the result goes, unless that may be what a later pass reads.</summary>
[Collection("GraphMode")]
public sealed class RowMemoryTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Fresh(Tensor<float> x, Tensor<float> y) { var e = Tensor.Exp<float>(x); return e / TensorMath.Sum(e, 1, keepDimensions: true); }
            [Graph] public static (Tensor<float>, Tensor<float>) Both(Tensor<float> x, Tensor<float> y) { var e = Tensor.Exp<float>(x); return (e / TensorMath.Sum(e, 1, keepDimensions: true), e); }
            [Graph] public static void Into(Tensor<float> x, Tensor<float> y) { var e = Tensor.Exp<float>(x); Tensor.Divide<float>(e, TensorMath.Sum(e, 1, keepDimensions: true), y); }
            [Graph] public static void Over(Tensor<float> x, Tensor<float> y) { var e = Tensor.Exp<float>(x); Tensor.Multiply<float>(e / TensorMath.Sum(e, 1, keepDimensions: true), x, y); }
        }
        """;

    private static readonly Lazy<WovenProgram> program = new(() => new WovenProgram(Source, OptimizationLevel.Release));

    [Theory]
    [InlineData("Fresh", 1)]
    [InlineData("Both", 1)]
    [InlineData("Into", 1)]
    [InlineData("Over", 2)]
    public void A_value_that_two_passes_take_is_computed_once_where_it_can_be_kept(string method, int exponentials)
    {
        Type kernel = program.Value.Woven.Assembly.GetType("<GraphWeaver>Kernels")!.GetNestedTypes(BindingFlags.NonPublic)
            .Single(type => type.IsAssignableTo(typeof(IDeviceRowKernel)) && type.Name.Contains(method, StringComparison.Ordinal));
        byte[] code = kernel.GetMethod("Execute")!.GetMethodBody()!.GetILAsByteArray()!;
        int calls = Enumerable.Range(0, code.Length - 4).Count(at => code[at] == OpCodes.Call.Value && IsExponential(BitConverter.ToInt32(code, at + 1)));
        Assert.Equal(exponentials, calls);

        bool IsExponential(int token) => token >> 24 is 0x0A or 0x06 or 0x2B
            && kernel.Module.ResolveMethod(token, kernel.GetGenericArguments(), []) is { Name: "Exp" } called && called.DeclaringType == typeof(DeviceOperators);
    }

    [Theory]
    [InlineData("Fresh")]
    [InlineData("Both")]
    [InlineData("Into")]
    [InlineData("Over")]
    public void What_comes_out_is_what_eager_gives_also_over_the_operand(string method)
    {
        foreach (bool isSame in new[] { false, true })
        {
            DeviceStatistics statistics = Accelerators.Current!.Statistics;
            long before = statistics.Kernels;
            Closeness.AssertClose(Call(program.Value.Unwoven), Call(program.Value.Woven), ulps: 16);
            Assert.Equal(before + 1, statistics.Kernels);

            object?[] Call(LoadedProgram loaded)
            {
                Tensor<float> x = Workloads.Numbers<float>(1, -4, 4, 5, 37);
                Tensor<float> y = isSame ? x : Workloads.Numbers<float>(2, -4, 4, 5, 37);
                return [loaded.Assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, [x, y]), x, y];
            }
        }
    }
}
