using GraphWeaver.Compiler.IR;

namespace GraphWeaver.UnitTests.IR;

/// <summary>Order, dominators and loops of small graphs, named by the blocks' places in the text.</summary>
public sealed class ControlFlowTests
{
    private const string Nested = """
        arg0 "n" : 'int'
        b0:
          br -> b1
        b1:
          brtrue arg0 -> b2, b5
        b2:
          brtrue arg0 -> b3, b4
        b3:
          brtrue arg0 -> b2, b5
        b4:
          br -> b1
        b5:
          ret
        """;

    private const string IntoALoop = """
        arg0 "n" : 'int'
        b0:
          brtrue arg0 -> b1, b2
        b1:
          br -> b2
        b2:
          brtrue arg0 -> b1, b3
        b3:
          ret
        """;

    private readonly IrModule ir = new();

    [Fact]
    public void Reverse_post_order_puts_every_block_before_those_it_dominates_and_keeps_the_order_of_code()
    {
        var function = ir.Parse(Nested);
        Assert.Equal(["b0", "b1", "b2", "b3", "b4", "b5"], Names(function, new ControlFlow(function.Entry).ReversePostOrder));
    }

    [Theory]
    [InlineData(0, 5, true)]
    [InlineData(1, 5, true)]
    [InlineData(2, 3, true)]
    [InlineData(2, 4, true)]
    [InlineData(3, 3, true)]
    [InlineData(2, 5, false)]
    [InlineData(3, 4, false)]
    [InlineData(4, 1, false)]
    public void A_block_dominates_what_cannot_be_reached_without_it(int dominator, int block, bool expected)
    {
        var function = ir.Parse(Nested);
        Assert.Equal(expected, new ControlFlow(function.Entry).Dominates(function.Blocks[dominator], function.Blocks[block]));
    }

    [Fact]
    public void A_switch_with_two_cases_on_one_block_is_two_of_its_predecessors()
    {
        var function = ir.Parse(
            """
            arg0 "n" : 'int'
            b0:
              switch arg0 -> b1, b1, b2
            b1:
              br -> b2
            b2:
              ret
            """);
        var flow = new ControlFlow(function.Entry);
        Assert.Equal(["b0", "b0"], Names(function, flow.Predecessors(function.Blocks[1])));
        Assert.Equal(["b0", "b1"], Names(function, flow.Predecessors(function.Blocks[2])));
    }

    [Fact]
    public void A_block_nothing_leads_to_is_not_reachable()
    {
        var function = ir.Parse(Nested);
        var stray = new BasicBlock { Terminator = Terminator.Jump(function.Blocks[5]) };
        var flow = new ControlFlow(function.Entry);
        Assert.False(flow.IsReachable(stray));
        Assert.True(flow.IsReachable(function.Blocks[4]));
    }

    [Fact]
    public void An_outer_loop_holds_its_inner_loop_and_a_block_that_only_leaves_is_in_neither()
    {
        var function = ir.Parse(Nested);
        var forest = new LoopForest(new ControlFlow(function.Entry));
        Assert.True(forest.IsReducible);
        Assert.Equal(["b1", "b2", "b3", "b4"], Names(function, forest.HeadedBy(function.Blocks[1])!.Body));
        Assert.Equal(["b2", "b3"], Names(function, forest.HeadedBy(function.Blocks[2])!.Body));
        Assert.All(new[] { 0, 3, 4, 5 }, index => Assert.Null(forest.HeadedBy(function.Blocks[index])));
    }

    [Fact]
    public void Two_back_edges_to_one_header_are_one_loop()
    {
        var function = ir.Parse(
            """
            arg0 "n" : 'int'
            b0:
              br -> b1
            b1:
              brtrue arg0 -> b2, b3
            b2:
              brtrue arg0 -> b1, b4
            b3:
              ret
            b4:
              br -> b1
            """);
        var forest = new LoopForest(new ControlFlow(function.Entry));
        Assert.Equal(["b1", "b2", "b4"], Names(function, forest.HeadedBy(function.Blocks[1])!.Body));
    }

    [Fact]
    public void A_jump_into_a_loop_makes_the_graph_irreducible()
    {
        var function = ir.Parse(IntoALoop);
        Assert.False(new LoopForest(new ControlFlow(function.Entry)).IsReducible);
    }

    private static IEnumerable<string> Names(Function function, IEnumerable<BasicBlock> blocks)
    {
        var indices = blocks.Select(block => function.Blocks.IndexOf(block)).ToList();
        return (blocks is HashSet<BasicBlock> ? indices.Order() : indices.AsEnumerable()).Select(index => "b" + index);
    }
}
