using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.IR.Text;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.UnitTests.Passes;

/// <summary>Which kernels C# with views becomes, as text, and that no view is left on the kernel's way.</summary>
public sealed class ViewFusionTests
{
    private const string Source = """
        public static class Program
        {
            public static Tensor<float> Stencil(Tensor<float> a) => a[1..^1, 1..^1] + a[..^2, 1..^1] + a[2.., 1..^1] + a[1..^1, ..^2] + a[1..^1, 2..];
            public static Tensor<float> Others(Tensor<float> a, nint n) => Tensor.Transpose(a.Reshape([n, 4])).Unsqueeze(1) * Tensor.Reverse<float>(a.PermuteDimensions([1, 0]));
            public static void Jacobi(Tensor<float> a, Tensor<float> b) => b.SetSlice((a[..^2] + a[2..]) * 0.5f, 1..^1);
            public static void Bare(Tensor<float> a, Tensor<float> b) { b[1..] = a; }
        }
        """;

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void A_five_point_stencil_is_one_kernel(OptimizationLevel optimization) => Assert.Equal(
        """
        kernel(%in0: range, %in1: tensor<float>.Slice(%in0, %in0), %in2: range, %in3: tensor<float>.Slice(%in2, %in0), %in4: range, %in5: tensor<float>.Slice(%in4, %in0), %in6: tensor<float>.Slice(%in0, %in2), %in7: tensor<float>.Slice(%in0, %in4))
          %0 = Add<float>(%in1, %in3)
          %1 = Add<float>(%0, %in5)
          %2 = Add<float>(%1, %in6)
          %3 = Add<float>(%2, %in7)
          return %3

        """,
        Kernel("Stencil", optimization));

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Views_of_views_are_steps_one_after_the_other(OptimizationLevel optimization) => Assert.Equal(
        """
        kernel(%in0: number, %in1: number, %in2: dimension, %in3: tensor<float>.Reshape(%in0, %in1).Transpose().Unsqueeze(%in2), %in4: dimension, %in5: tensor<float>.PermuteDimensions(%in2, %in4).Reverse())
          %0 = Multiply<float>(%in3, %in5)
          return %0

        """,
        Kernel("Others", optimization));

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void A_part_is_written_in_place(OptimizationLevel optimization) => Assert.Equal(
        """
        kernel(%in0: range, %in1: tensor<float>.Slice(%in0), %in2: range, %in3: tensor<float>.Slice(%in2), %in4: float, %in5: range, %in6: tensor<float>.Slice(%in5))
          %0 = Add<float>(%in1, %in3)
          %1 = Multiply<float>(%0, %in4)
          %in6 <- %1 may be %in1 may be %in3
          return 

        """,
        Kernel("Jacobi", optimization));

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void A_bare_tensor_is_copied(OptimizationLevel optimization) => Assert.Equal(
        """
        kernel(%in0: tensor<float>, %in1: range, %in2: tensor<float>.Slice(%in1))
          %0 = Copy<float>(%in0)
          %in2 <- %0 may be %in0
          return 

        """,
        Kernel("Bare", optimization));

    private static string Kernel(string name, OptimizationLevel optimization)
    {
        using var module = CecilModules.Read(CSharpCompiler.Compile(Source, optimization));
        var function = Lifter.Lift(module.GetType("Program").Methods.Single(method => method.Name == name));
        SlotPromotion.Run(function);
        var kernels = new KernelLibrary(module);
        new KernelFusion(function, kernels).Run();
        Verifier.Check(function, "fusion");
        var text = IrWriter.Write(function);
        var way = text[..text.IndexOf("Kernels::", StringComparison.Ordinal)];
        Assert.DoesNotContain("Tensors.Tensor`1<System.Single>::get_Item", way);
        Assert.DoesNotContain("InlineArray", way[way.IndexOf("b0:", StringComparison.Ordinal)..]);
        return Assert.Single(kernels.Graphs);
    }
}
