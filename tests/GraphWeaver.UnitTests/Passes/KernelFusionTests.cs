namespace GraphWeaver.UnitTests.Passes;

/// <summary>What stands around a kernel: the eager path beside it, and where the results of the two meet.</summary>
public sealed class KernelFusionTests
{
    private readonly FusionText fusion = new();

    [Fact]
    public void A_chain_becomes_one_kernel_beside_its_original_instructions_and_a_phi_merges_them()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              %sum : 'Tensor' = call '+' arg0, arg1
              %span : 'Span' = call 'ToSpan' %sum
              %address : 'Span&' = ldloca %span
              %tanh : 'Tensor' = call 'Tanh' %address
              %scaled : 'Tensor' = call '*scalar' %tanh, arg2
              ret %scaled
            """);
        Assert.Equal(
            [
                """
                kernel(%in0: tensor<float>, %in1: tensor<float>, %in2: float)
                  %0 = Add<float>(%in0, %in1)
                  %1 = Tanh<float>(%0)
                  %2 = Multiply<float>(%1, %in2)
                  return %2

                """,
            ],
            graphs);
        fusion.AssertText(
            """
            slot0 "result0" : 'Tensor'
            b0:
              %result : 'Tensor&' = ldloca slot0
              %ran : 'bool' = call KERNEL0 arg0, arg1, arg2, %result
              brtrue %ran -> done, eager
            done:
              %fused : 'Tensor' = ldloc slot0
              br -> join
            eager:
              %sum : 'Tensor' = call '+' arg0, arg1
              %span : 'Span' = call 'ToSpan' %sum
              %address : 'Span&' = ldloca %span
              %tanh : 'Tensor' = call 'Tanh' %address
              %scaled : 'Tensor' = call '*scalar' %tanh, arg2
              br -> join
            join:
              %value : 'Tensor' = phi [done %fused], [eager %scaled]
              ret %value
            """,
            text,
            "System.Boolean <GraphWeaver>Kernels::Method_0(System.Numerics.Tensors.Tensor`1<System.Single>,System.Numerics.Tensors.Tensor`1<System.Single>,System.Single,System.Numerics.Tensors.Tensor`1<System.Single>&)");
    }

    [Fact]
    public void Every_result_used_after_the_region_goes_through_a_phi()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              %sum : 'Tensor' = call '+' arg0, arg1
              %product : 'Tensor' = call '*' %sum, arg0
              brtrue arg4 -> b1, b2
            b1:
              ret %sum
            b2:
              ret %product
            """);
        Assert.EndsWith("return %0, %1\n", Assert.Single(graphs));
        Assert.Equal(2, FusionText.Count(text, "phi [b3 "));
        Assert.DoesNotContain("phi [b4", text);
        Assert.Matches(@"b1:\s+ret (%\d+)\s+b2:\s+ret (?!\1)%\d+", text);
    }

    [Fact]
    public void A_phi_of_a_successor_hears_of_the_new_predecessor()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              brtrue arg4 -> b1, b2
            b1:
              %sum : 'Tensor' = call '+' arg0, arg1
              br -> b2
            b2:
              %either : 'Tensor' = phi [b0 arg0], [b1 %sum]
              ret %either
            """);
        Assert.Single(graphs);
        Assert.Contains("phi [b0 arg0], [b5 ", text);
    }

    [Fact]
    public void A_chain_carried_around_a_loop_of_one_block_goes_around_through_the_phi()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              br -> b1
            b1:
              %t : 'Tensor' = phi [b0 arg0], [b1 %next]
              %next : 'Tensor' = call '+' %t, arg1
              brtrue arg4 -> b1, b2
            b2:
              ret %next
            """);
        Assert.Single(graphs);
        Assert.Matches(@"b1:\s+(%\d+) : 'Tensor' = phi \[b0 arg0\], \[b5 (%\d+)\][\s\S]*brtrue arg4 -> b1, b2", text);
        Assert.Matches(@"b5:\s+(%\d+) : 'Tensor' = phi \[b3 %\d+\], \[b4 %\d+\]\s+brtrue arg4", text);
    }

    [Fact]
    public void Two_kernels_of_one_region_share_one_eager_path()
    {
        var (text, graphs) = fusion.Fuse(
            """
            slot0 "keep" : 'DoubleTensor'
            b0:
              %a : 'Tensor' = call '+' arg0, arg0
              %c : 'DoubleTensor' = call 'double+' arg3, arg3
              %b : 'Tensor' = call '*' %a, arg0
              stloc slot0 %c
              ret %b
            """);
        Assert.Equal(2, graphs.Count);
        fusion.AssertText(
            """
            slot0 "keep" : 'DoubleTensor'
            slot1 "result1" : 'Tensor'
            slot2 "result2" : 'DoubleTensor'
            b0:
              %p : 'Tensor&' = ldloca slot1
              %ran : 'bool' = call KERNEL0 arg0, %p
              brtrue %ran -> second, eager
            second:
              %q : "System.Numerics.Tensors.Tensor`1<System.Double>&" = ldloca slot2
              %both : 'bool' = call KERNEL1 arg3, %q
              brtrue %both -> done, eager
            done:
              %fast : 'Tensor' = ldloc slot1
              %double : 'DoubleTensor' = ldloc slot2
              br -> join
            eager:
              %a : 'Tensor' = call '+' arg0, arg0
              %c : 'DoubleTensor' = call 'double+' arg3, arg3
              %b : 'Tensor' = call '*' %a, arg0
              br -> join
            join:
              %first : 'Tensor' = phi [done %fast], [eager %b]
              %other : 'DoubleTensor' = phi [done %double], [eager %c]
              stloc slot0 %other
              ret %first
            """,
            text,
            "System.Boolean <GraphWeaver>Kernels::Method_0(System.Numerics.Tensors.Tensor`1<System.Single>,System.Numerics.Tensors.Tensor`1<System.Single>&)",
            "System.Boolean <GraphWeaver>Kernels::Method_1(System.Numerics.Tensors.Tensor`1<System.Double>,System.Numerics.Tensors.Tensor`1<System.Double>&)");
    }

    [Fact]
    public void Equal_graphs_share_one_kernel()
    {
        var (text, graphs) = fusion.Fuse(
            """
            slot0 "keep" : 'Tensor'
            b0:
              %a : 'Tensor' = call '+' arg0, arg1
              stloc slot0 %a
              %b : 'Tensor' = call '+' %a, arg1
              ret %b
            """);
        Assert.Single(graphs);
        Assert.Equal(2, FusionText.Count(text, "<GraphWeaver>Kernels::Method_0("));
    }

    [Fact]
    public void A_conversion_that_something_else_uses_stays_where_it_is()
    {
        var (text, graphs) = fusion.Fuse(
            """
            slot0 "keep" : 'Span'
            b0:
              %span : 'Span' = call 'ToSpan' arg0
              stloc slot0 %span
              %address : 'Span&' = ldloca %span
              %tanh : 'Tensor' = call 'Tanh' %address
              ret %tanh
            """);
        Assert.Single(graphs);
        Assert.Matches(@"b0:\s+(%\d+) : 'Span' = call 'ToSpan' arg0\s+stloc slot0 \1\s", text);
        Assert.Equal(1, FusionText.Count(text, "call 'ToSpan'"));
    }
}
