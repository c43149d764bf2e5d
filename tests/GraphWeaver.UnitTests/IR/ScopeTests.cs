using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;

namespace GraphWeaver.UnitTests.IR;

/// <summary>The shape of functions with handlers, and each rule about scopes: a function that keeps all is broken in one place and refused.</summary>
public sealed class ScopeTests
{
    private const string RetryLoop = """
        arg0 "x" : 'int'
        try0
        filter1 of try0 if when2 : 'Exception'
        try3
        finally4 of try3
        b0:
          %a : 'int' = add arg0, arg0
          br -> b1
        b1:
          br -> b2
        b2 in try0 entry:
          %b : 'int' = call 'Next' %a
          br -> b3
        b3 in try0:
          brtrue %b -> b3, b4
        b4 in try0:
          leave -> b8
        b5 in when2 entry:
          %f : 'Exception' = caught
          endfilter (i4 1 'int')
        b6 in filter1 entry:
          %e : 'Exception' = caught
          brtrue %a -> b7, b11
        b7 in filter1:
          leave -> b1
        b8:
          br -> b9
        b9 in try3 entry:
          leave -> b12
        b10 in finally4 entry:
          call 'Effect' %a
          endfinally
        b11 in filter1:
          rethrow
        b12:
          ret
        """;

    private readonly IrModule ir = new();
    private readonly Function function;
    private readonly ControlFlow flow;

    public ScopeTests()
    {
        function = ir.Parse(RetryLoop);
        flow = new ControlFlow(function.Entry);
    }

    private IReadOnlyList<BasicBlock> Blocks => function.Blocks;

    [Fact]
    public void A_function_that_keeps_the_rules_is_accepted() => Assert.Empty(Verifier.Errors(function));

    [Fact]
    public void A_handler_comes_after_all_of_its_try_and_after_its_filter()
    {
        Assert.All([2, 3, 4], block => Assert.True(flow.IndexOf(Blocks[block]) < flow.IndexOf(Blocks[5])));
        Assert.True(flow.IndexOf(Blocks[5]) < flow.IndexOf(Blocks[6]));
    }

    [Theory]
    [InlineData(1, 5, true)]
    [InlineData(1, 6, true)]
    [InlineData(2, 5, false)]
    [InlineData(2, 6, false)]
    [InlineData(5, 6, true)]
    [InlineData(8, 10, true)]
    [InlineData(9, 10, false)]
    public void What_dominates_a_handler_is_what_dominates_the_door_s_end(int dominator, int block, bool expected) =>
        Assert.Equal(expected, flow.Dominates(Blocks[dominator], Blocks[block]));

    [Fact]
    public void Values_come_to_a_handler_from_the_door_alone()
    {
        Assert.Equal([Blocks[1]], flow.Sources(Blocks[5]));
        Assert.Equal([Blocks[8]], flow.Sources(Blocks[10]));
        Assert.Equal([Blocks[0], Blocks[7]], flow.Sources(Blocks[1]));
    }

    [Fact]
    public void A_handler_that_retries_is_part_of_the_loop_and_a_loop_inside_the_try_has_no_handler()
    {
        var forest = new LoopForest(flow);
        Assert.True(forest.IsReducible);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], forest.HeadedBy(Blocks[1])!.Body.Select(block => function.Blocks.IndexOf(block)).Order());
        Assert.Equal([3], forest.HeadedBy(Blocks[3])!.Body.Select(block => function.Blocks.IndexOf(block)));
    }

    [Fact]
    public void A_value_made_in_a_try_is_not_there_in_its_handler() => Refused(
        "block 10: Call at 0 uses a value that does not dominate it",
        () =>
        {
            Blocks[9].Instructions.Add(new Compiler.IR.Instruction(Code.Add, null, ir.Module.TypeSystem.Int32, [function.Arguments[0], function.Arguments[0]]));
            Blocks[10].Instructions[0].Inputs[0] = Blocks[9].Instructions[0];
        });

    [Fact]
    public void An_exception_is_there_only_in_its_handler() => Refused(
        "block 12: Ret at 0 uses a value that does not dominate it",
        () => Blocks[12].Terminator.Inputs.Add(Blocks[6].Caught!));

    [Fact]
    public void The_entry_lies_in_no_scope() => Refused("the entry lies in a scope", () => Blocks[0].Scope = Blocks[2].Scope);

    [Fact]
    public void A_scope_s_entry_lies_in_it() => Refused("a scope's entry does not lie in it", () => Blocks[2].Scope!.Entry = Blocks[8]);

    [Fact]
    public void A_try_has_one_door() => Refused("a try has not one door, in the scope around", () => Blocks[7].Terminator.Targets[0] = Blocks[2]);

    [Fact]
    public void A_try_has_a_handler() => Refused("a try has no handler", () => ((TryScope)Blocks[9].Scope!).Handlers.Clear());

    [Fact]
    public void A_handler_is_one_of_its_try() => Refused(
        "a handler or filter its try does not know",
        () => ((TryScope)Blocks[2].Scope!).Handlers[0] = ((TryScope)Blocks[9].Scope!).Handlers[0]);

    [Fact]
    public void No_branch_leads_to_a_handler() => Refused("a handler's entry has phis or a branch to it", () => Blocks[11].Terminator = Terminator.Jump(Blocks[6]));

    [Fact]
    public void A_handler_s_entry_has_no_phis() =>
        Refused("a handler's entry has phis or a branch to it", () => Blocks[6].Phis.Add(new Phi(Blocks[6], ir.Module.TypeSystem.Int32)));

    [Fact]
    public void A_filter_ends_once() => Refused("a filter ends twice", () => AddBlock(Blocks[5].Scope!, new Terminator(Code.Endfilter, [function.Arguments[0]], [])));

    [Fact]
    public void A_branch_that_leaves_is_a_leave() => Refused("block 4: a leave stays inside, or another branch leaves a scope", () => Blocks[4].Terminator = Terminator.Jump(Blocks[8]));

    [Fact]
    public void A_leave_leaves() =>
        Refused("block 2: a leave stays inside, or another branch leaves a scope", () => Blocks[2].Terminator = new Terminator(Code.Leave, [], [Blocks[3]]));

    [Fact]
    public void Nothing_leaves_a_finally() => Refused("block 10: a branch leaves a finally, fault or filter", () => Blocks[10].Terminator = new Terminator(Code.Leave, [], [Blocks[12]]));

    [Fact]
    public void A_scope_is_entered_at_its_entry() =>
        Refused("block 8: a branch enters a scope elsewhere than at a try's entry", () => Blocks[8].Terminator = new Terminator(Code.Beq, [function.Arguments[0], function.Arguments[0]], [Blocks[9], Blocks[3]]));

    [Theory]
    [InlineData(4, Code.Ret)]
    [InlineData(7, Code.Endfinally)]
    [InlineData(10, Code.Rethrow)]
    public void What_ends_a_block_fits_its_scope(int block, Code code) =>
        Refused($"block {block}: {code} where it cannot stand", () => Blocks[block].Terminator = new Terminator(code, [], []));

    [Fact]
    public void Endfilter_ends_a_filter() =>
        Refused("block 11: Endfilter where it cannot stand", () => Blocks[11].Terminator = new Terminator(Code.Endfilter, [function.Arguments[0]], []));

    private void AddBlock(Scope scope, Terminator terminator)
    {
        var block = new BasicBlock { Scope = scope, Terminator = terminator };
        function.Blocks.Add(block);
        scope.Entry.Terminator = new Terminator(Code.Brtrue, [function.Arguments[0]], [block, block]);
        var other = new BasicBlock { Scope = scope, Terminator = new Terminator(Code.Endfilter, [function.Arguments[0]], []) };
        function.Blocks.Add(other);
        scope.Entry.Terminator.Targets[1] = other;
    }

    private void Refused(string message, Action breaking)
    {
        breaking();
        Assert.Equal(message, Verifier.Errors(function).First());
    }
}
