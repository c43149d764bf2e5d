namespace GraphWeaver.UnitTests.Passes;

/// <summary>Where regions begin and end, and what kernels they become.</summary>
public sealed class RegionTests
{
    private readonly FusionText fusion = new();

    [Fact]
    public void An_instruction_that_can_be_seen_splits_a_chain()
    {
        var (text, graphs) = fusion.Fuse(
            """
            b0:
              %sum : 'Tensor' = call '+' arg0, arg1
              call 'Effect' arg4
              %product : 'Tensor' = call '*' %sum, arg0
              ret %product
            """);
        Assert.Equal(2, graphs.Count);
        Assert.Equal(2, FusionText.Count(text, "brtrue"));
        Assert.Equal(1, FusionText.Count(text, "call 'Effect' arg4"));
    }

    [Fact]
    public void A_transparent_instruction_that_uses_no_result_does_not_split()
    {
        var (text, graphs) = fusion.Fuse(
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
        var (text, graphs) = fusion.Fuse(
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
        Assert.Equal(2, FusionText.Count(text, "brtrue"));
    }

    [Fact]
    public void Unrelated_chains_one_after_another_are_regions_of_their_own()
    {
        var regions = fusion.Partition(
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
        var regions = fusion.Partition(
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
    public void A_region_nobody_uses_is_left_to_eager()
    {
        var (text, graphs) = fusion.Fuse("b0:\n  %a : 'Tensor' = call '+' arg0, arg1\n  ret\n");
        Assert.Empty(graphs);
        Assert.DoesNotContain("brtrue", text);
    }

    [Fact]
    public void A_write_to_memory_from_outside_shares_no_region_with_an_unrelated_chain()
    {
        Assert.Equal(
            ["1", "1", "1"],
            fusion.Partition(
                """
                b0:
                  call '*=scalar' arg0, arg2
                  %c : 'DoubleTensor' = call 'double+' arg3, arg3
                  call '*=scalar' arg0, arg2
                  ret
                """));
    }
}
