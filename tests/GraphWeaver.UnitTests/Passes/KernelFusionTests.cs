using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.UnitTests.IR;

namespace GraphWeaver.UnitTests.Passes;

/// <summary>Where regions begin and end, what kernels they become, and where the eager path stands.</summary>
public sealed class KernelFusionTests
{
    private const string Tensors = "arg0 \"x\" : 'Tensor'\narg1 \"y\" : 'Tensor'\narg2 \"f\" : 'float'\narg3 \"d\" : 'DoubleTensor'\narg4 \"n\" : 'int'\n";
    private readonly IrModule ir = new();

    [Fact]
    public void A_chain_becomes_one_kernel_beside_its_original_instructions_and_a_phi_merges_them()
    {
        var (text, graphs) = Fuse(
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
        AssertText(
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
        var (text, graphs) = Fuse(
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
        Assert.Equal(2, Count(text, "phi [b3 "));
        Assert.DoesNotContain("phi [b4", text);
        Assert.Matches(@"b1:\s+ret (%\d+)\s+b2:\s+ret (?!\1)%\d+", text);
    }

    [Fact]
    public void A_phi_of_a_successor_hears_of_the_new_predecessor()
    {
        var (text, graphs) = Fuse(
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
        var (text, graphs) = Fuse(
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
    public void An_instruction_that_can_be_seen_splits_a_chain()
    {
        var (text, graphs) = Fuse(
            """
            b0:
              %sum : 'Tensor' = call '+' arg0, arg1
              call 'Effect' arg4
              %product : 'Tensor' = call '*' %sum, arg0
              ret %product
            """);
        Assert.Equal(2, graphs.Count);
        Assert.Equal(2, Count(text, "brtrue"));
        Assert.Equal(1, Count(text, "call 'Effect' arg4"));
    }

    [Fact]
    public void A_transparent_instruction_that_uses_no_result_does_not_split()
    {
        var (text, graphs) = Fuse(
            """
            b0:
              %sum : 'Tensor' = call '+' arg0, arg1
              %more : 'int' = add arg4, arg4
              %product : 'Tensor' = call '*' %sum, arg0
              call 'Effect' %more
              ret %product
            """);
        Assert.Single(graphs);
        Assert.Matches(@"^[\s\S]*= add arg4, arg4\s[\s\S]*brtrue", text);
    }

    [Fact]
    public void What_needs_a_reduction_starts_the_next_region()
    {
        var (text, graphs) = Fuse(
            """
            b0:
              %square : 'Tensor' = call '*' arg0, arg0
              %span : 'Span' = call 'ToSpan' %square
              %address : 'Span&' = ldloca %span
              %total : 'float' = call 'TotalOf' %address
              %scaled : 'Tensor' = call '*scalar' %square, %total
              ret %scaled
            """);
        Assert.Equal(2, graphs.Count);
        Assert.Contains(graphs, graph => graph.EndsWith("%0 = Multiply<float>(%in0, %in0)\n  %1 = Sum<float>(%0)\n  output 0 from the pool\n  return %0, %1\n", StringComparison.Ordinal));
        Assert.Contains(graphs, graph => graph.EndsWith("%0 = Multiply<float>(%in0, %in1)\n  return %0\n", StringComparison.Ordinal));
        Assert.Equal(2, Count(text, "brtrue"));
    }

    [Fact]
    public void Unrelated_chains_one_after_another_are_regions_of_their_own()
    {
        var regions = Partition(
            """
            b0:
              %a : 'Tensor' = call '+' arg0, arg0
              %b : 'Tensor' = call '*' %a, arg0
              %c : 'Tensor' = call '+' arg1, arg1
              %d : 'Tensor' = call '*' %c, arg1
              ret
            """);
        Assert.Equal(["2", "2"], regions);
    }

    [Fact]
    public void Unrelated_chains_that_interleave_are_one_region_of_two_kernels()
    {
        var regions = Partition(
            """
            b0:
              %a : 'Tensor' = call '+' arg0, arg0
              %c : 'DoubleTensor' = call 'double+' arg3, arg3
              %b : 'Tensor' = call '*' %a, arg0
              %d : 'DoubleTensor' = call 'double+' %c, arg3
              ret
            """);
        Assert.Equal(["2 2"], regions);
    }

    [Fact]
    public void Two_kernels_of_one_region_share_one_eager_path()
    {
        var (text, graphs) = Fuse(
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
        AssertText(
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
    public void A_region_nobody_uses_is_left_to_eager()
    {
        var (text, graphs) = Fuse("b0:\n  %a : 'Tensor' = call '+' arg0, arg1\n  ret\n");
        Assert.Empty(graphs);
        Assert.DoesNotContain("brtrue", text);
    }

    [Fact]
    public void Equal_graphs_share_one_kernel()
    {
        var (text, graphs) = Fuse(
            """
            slot0 "keep" : 'Tensor'
            b0:
              %a : 'Tensor' = call '+' arg0, arg1
              stloc slot0 %a
              %b : 'Tensor' = call '+' %a, arg1
              ret %b
            """);
        Assert.Single(graphs);
        Assert.Equal(2, Count(text, "<GraphWeaver>Kernels::Method_0("));
    }

    [Fact]
    public void A_conversion_that_something_else_uses_stays_where_it_is()
    {
        var (text, graphs) = Fuse(
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
        Assert.Equal(1, Count(text, "call 'ToSpan'"));
    }

    [Fact]
    public void What_is_written_several_times_is_written_once_with_what_it_holds_at_the_end()
    {
        var (text, graphs) = Fuse(
            """
            b0:
              %span : 'Span' = call 'ToSpan' arg1
              %address : 'Span&' = ldloca %span
              call '+=' arg0, %address
              call '*=scalar' arg0, arg2
              %product : 'Tensor' = call '*' arg0, arg0
              ret %product
            """);
        Assert.Equal(
            """
            kernel(%in0: tensor<float>, %in1: tensor<float>, %in2: float)
              %0 = Add<float>(%in0, %in1)
              %1 = Multiply<float>(%0, %in2)
              %2 = Multiply<float>(%1, %1)
              %in0 <- %1 may be %in1
              return %2

            """,
            Assert.Single(graphs));
        Assert.Equal(1, Count(text, "brtrue"));
    }

    [Fact]
    public void What_is_read_after_the_writing_must_be_apart()
    {
        var (_, graphs) = Fuse(
            """
            b0:
              call '*=scalar' arg0, arg2
              %sum : 'Tensor' = call '+' arg0, arg1
              ret %sum
            """);
        Assert.Contains("  %in0 <- %0\n", Assert.Single(graphs));
    }

    [Fact]
    public void A_write_to_memory_from_outside_shares_no_region_with_an_unrelated_chain()
    {
        Assert.Equal(
            ["1", "1", "1"],
            Partition(
                """
                b0:
                  call '*=scalar' arg0, arg2
                  %c : 'DoubleTensor' = call 'double+' arg3, arg3
                  call '*=scalar' arg0, arg2
                  ret
                """));
    }

    [Fact]
    public void A_write_to_a_result_of_the_region_is_part_of_it()
    {
        var (_, graphs) = Fuse(
            """
            b0:
              %sum : 'Tensor' = call '+' arg0, arg1
              call '*=scalar' %sum, arg2
              ret %sum
            """);
        Assert.EndsWith("  %0 = Add<float>(%in0, %in1)\n  %1 = Multiply<float>(%0, %in2)\n  return %1\n", Assert.Single(graphs));
    }

    [Theory]
    [InlineData("", "output 0 may take %in0")]
    [InlineData("%other : 'Tensor' = call '+' %next, %next", "output 0 may take %in0")]
    [InlineData("stloc slot0 %next", null)]
    [InlineData("stloc slot0 %t", null)]
    [InlineData("%late : 'Tensor' = call '+' %t, arg1", null)]
    public void A_carried_tensor_that_only_operators_see_gives_its_memory(string more, string? expected)
    {
        var (_, graphs) = Fuse(
            $"""
            slot0 "keep" : 'Tensor'
            b0:
              br -> b1
            b1:
              %t : 'Tensor' = phi [b0 arg0], [b3 %next]
              brtrue arg4 -> b2, b4
            b2:
              %next : 'Tensor' = call '+' %t, arg1
              call 'Effect' arg4
              br -> b3
            b3:
              {more}
              call 'Effect' arg4
              br -> b1
            b4:
              ret %t
            """);
        Assert.Equal(expected is not null, graphs.Any(graph => graph.Contains(expected ?? "may take", StringComparison.Ordinal)));
    }

    private (string Text, IReadOnlyList<string> Graphs) Fuse(string body)
    {
        var function = ir.Parse(Tensors + body);
        var kernels = new KernelLibrary(ir.Module);
        var fusion = new KernelFusion(function, kernels);
        fusion.Run();
        var text = IrModule.Text(function);
        Assert.Equal(Count(text, "<GraphWeaver>Kernels::"), fusion.Count);
        return (text, [.. kernels.Graphs]);
    }

    /// <summary>A line for each region: how many operations each of its components has.</summary>
    private IEnumerable<string> Partition(string body) => new RegionPartition(ir.Parse(Tensors + body)).Partition()
        .Select(region => string.Join(" ", region.Components.Select(component => component.Count)));

    private void AssertText(string expected, string actual, params string[] kernels)
    {
        for (var i = 0; i < kernels.Length; i++)
        {
            expected = expected.Replace("KERNEL" + i, $"method \"{kernels[i]}\"");
        }

        Assert.Equal(IrModule.Text(ir.Parse(Tensors + expected)), actual);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
