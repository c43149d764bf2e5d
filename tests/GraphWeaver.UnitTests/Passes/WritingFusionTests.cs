namespace GraphWeaver.UnitTests.Passes;

/// <summary>Kernels that write memory: what is written, and what it may share.</summary>
public sealed class WritingFusionTests
{
    private readonly FusionText fusion = new();

    [Fact]
    public void What_is_written_several_times_is_written_once_with_what_it_holds_at_the_end()
    {
        var (text, graphs) = fusion.Fuse(
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
        Assert.Equal(1, FusionText.Count(text, "brtrue"));
    }

    [Fact]
    public void What_is_read_after_the_writing_must_be_apart()
    {
        var (_, graphs) = fusion.Fuse(
            """
            b0:
              call '*=scalar' arg0, arg2
              %sum : 'Tensor' = call '+' arg0, arg1
              ret %sum
            """);
        Assert.Contains("  %in0 <- %0\n", Assert.Single(graphs));
    }

    [Fact]
    public void A_write_to_a_result_of_the_region_is_part_of_it()
    {
        var (_, graphs) = fusion.Fuse(
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
        var (_, graphs) = fusion.Fuse(
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
}
