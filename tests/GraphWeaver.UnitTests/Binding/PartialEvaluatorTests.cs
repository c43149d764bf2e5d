using GraphWeaver.Compiler.Binding;
using GraphWeaver.Compiler.Binding.Storing;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.UnitTests.IR;

namespace GraphWeaver.UnitTests.Binding;

/// <summary>The partial evaluator on its own: nothing is executed in the build, so only literals are known.</summary>
public sealed class PartialEvaluatorTests
{
    private readonly IrModule ir = new();

    [Fact]
    public void A_constant_branch_leaves_one_arm() => AssertBinds(
        """
        b0:
          %c : 'bool' = clt (i4 1 'int'), (i4 2 'int')
          brtrue %c -> b1, b2
        b1:
          call 'Effect' (i4 1 'int')
          br -> b3
        b2:
          call 'Effect' (i4 2 'int')
          br -> b3
        b3:
          %m : 'int' = phi [b1 (i4 10 'int')], [b2 (i4 20 'int')]
          %n : 'int' = add %m, (i4 1 'int')
          ret %n
        """,
        """
        b0:
          call 'Effect' (i4 1 'int')
          ret (i4 11 'int')
        """);

    [Fact]
    public void A_loop_of_constant_length_unrolls() => AssertBinds(
        """
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b2 %next]
          %sum : 'int' = phi [b0 (i4 0 'int')], [b2 %more]
          blt %i, (i4 3 'int') -> b2, b3
        b2:
          call 'Effect' %i
          %more : 'int' = add %sum, %i
          %next : 'int' = add %i, (i4 1 'int')
          br -> b1
        b3:
          ret %sum
        """,
        """
        b0:
          call 'Effect' (i4 0 'int')
          call 'Effect' (i4 1 'int')
          call 'Effect' (i4 2 'int')
          ret (i4 3 'int')
        """);

    [Fact]
    public void Values_that_swap_in_an_unrolled_loop_swap_at_once() => AssertBinds(
        """
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b2 %next]
          %a : 'int' = phi [b0 (i4 5 'int')], [b2 %b]
          %b : 'int' = phi [b0 (i4 7 'int')], [b2 %a]
          blt %i, (i4 1 'int') -> b2, b3
        b2:
          %next : 'int' = add %i, (i4 1 'int')
          br -> b1
        b3:
          call 'Effect' %a
          ret %b
        """,
        """
        b0:
          call 'Effect' (i4 7 'int')
          ret (i4 5 'int')
        """);

    [Fact]
    public void A_long_loop_unrolls_where_nothing_of_it_remains_and_stays_where_it_would_repeat_run_time_code()
    {
        string Loop(string effect) => $"""
            b0:
              br -> b1
            b1:
              %i : 'int' = phi [b0 (i4 0 'int')], [b2 %next]
              %sum : 'int' = phi [b0 (i4 0 'int')], [b2 %more]
              blt %i, (i4 1000 'int') -> b2, b3
            b2:{effect}
              %more : 'int' = add %sum, %i
              %next : 'int' = add %i, (i4 1 'int')
              br -> b1
            b3:
              ret %sum
            """;
        AssertBinds(Loop(""), "b0:\n  ret (i4 499500 'int')\n");
        AssertBinds(Loop("\n  call 'Effect' %i"), Loop("\n  call 'Effect' %i"));
    }

    [Fact]
    public void A_loop_of_unknown_length_stays_a_loop() => AssertStays(
        """
        arg0 "n" : 'int'
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b2 %next]
          blt %i, arg0 -> b2, b3
        b2:
          call 'Effect' %i
          %next : 'int' = add %i, (i4 1 'int')
          br -> b1
        b3:
          ret %i
        """);

    [Fact]
    public void An_endless_loop_stays_a_loop() => AssertStays(
        """
        b0:
          br -> b1
        b1:
          call 'Effect' (i4 1 'int')
          br -> b1
        """);

    [Fact]
    public void A_loop_left_by_a_run_time_decision_stays_a_loop() => AssertStays(
        """
        arg0 "stop" : 'bool'
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b3 %next]
          blt %i, (i4 3 'int') -> b2, b4
        b2:
          brtrue arg0 -> b4, b3
        b3:
          call 'Effect' %i
          %next : 'int' = add %i, (i4 1 'int')
          br -> b1
        b4:
          ret %i
        """);

    [Fact]
    public void A_run_time_decision_within_an_unrolled_loop_is_copied_with_each_trip() => AssertBinds(
        """
        arg0 "flag" : 'bool'
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 1 'int')], [b4 %next]
          %sum : 'int' = phi [b0 (i4 0 'int')], [b4 %more]
          blt %i, (i4 3 'int') -> b2, b5
        b2:
          brtrue arg0 -> b3, b4
        b3:
          call 'Effect' %i
          %s : 'int' = add %sum, %i
          br -> b4
        b4:
          %more : 'int' = phi [b2 %sum], [b3 %s]
          %next : 'int' = add %i, (i4 1 'int')
          br -> b1
        b5:
          ret %sum
        """,
        """
        arg0 "flag" : 'bool'
        b0:
          brtrue arg0 -> b1, b2
        b1:
          call 'Effect' (i4 1 'int')
          br -> b2
        b2:
          %x : 'int' = phi [b0 (i4 0 'int')], [b1 (i4 1 'int')]
          brtrue arg0 -> b3, b4
        b3:
          call 'Effect' (i4 2 'int')
          %s : 'int' = add %x, (i4 2 'int')
          br -> b4
        b4:
          %y : 'int' = phi [b2 %x], [b3 %s]
          ret %y
        """);

    [Fact]
    public void A_constant_loop_in_a_run_time_loop_unrolls_and_the_outer_one_stays() => AssertBinds(
        Nested("arg0", "(i4 2 'int')"),
        """
        arg0 "n" : 'int'
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b2 %next]
          blt %i, arg0 -> b2, b3
        b2:
          call 'Effect' (i4 0 'int')
          call 'Effect' (i4 1 'int')
          %next : 'int' = add %i, (i4 1 'int')
          br -> b1
        b3:
          ret
        """);

    [Fact]
    public void A_run_time_loop_in_a_constant_loop_is_copied_with_each_trip() => AssertBinds(
        Nested("(i4 2 'int')", "arg0"),
        """
        arg0 "n" : 'int'
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b2 %more]
          blt %i, arg0 -> b2, b3
        b2:
          call 'Effect' %i
          %more : 'int' = add %i, (i4 1 'int')
          br -> b1
        b3:
          br -> b4
        b4:
          %j : 'int' = phi [b3 (i4 0 'int')], [b5 %again]
          blt %j, arg0 -> b5, b6
        b5:
          call 'Effect' %j
          %again : 'int' = add %j, (i4 1 'int')
          br -> b4
        b6:
          ret
        """);

    [Fact]
    public void Two_constant_loops_nested_unroll_in_order() => AssertBinds(
        Nested("(i4 2 'int')", "(i4 2 'int')"),
        """
        arg0 "n" : 'int'
        b0:
          call 'Effect' (i4 0 'int')
          call 'Effect' (i4 1 'int')
          call 'Effect' (i4 0 'int')
          call 'Effect' (i4 1 'int')
          ret
        """);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 20)]
    [InlineData(2, 30)]
    [InlineData(-1, 30)]
    [InlineData(int.MinValue, 30)]
    [InlineData(int.MaxValue, 30)]
    public void A_constant_switch_leaves_one_case(int index, int result) => AssertBinds(
        $"""
        b0:
          switch (i4 {index} 'int') -> b1, b2, b3
        b1:
          br -> b4
        b2:
          br -> b4
        b3:
          br -> b4
        b4:
          %m : 'int' = phi [b1 (i4 10 'int')], [b2 (i4 20 'int')], [b3 (i4 30 'int')]
          ret %m
        """,
        $"b0:\n  ret (i4 {result} 'int')\n");

    [Fact]
    public void A_run_time_switch_keeps_an_edge_for_each_case() => AssertStays(
        """
        arg0 "n" : 'int'
        b0:
          switch arg0 -> b1, b1, b2
        b1:
          call 'Effect' (i4 1 'int')
          br -> b2
        b2:
          %m : 'int' = phi [b0 (i4 10 'int')], [b1 (i4 20 'int')]
          ret %m
        """);

    [Theory]
    [InlineData("(i4 1 'int')", "(i4 1 'int')", true)]
    [InlineData("(i4 1 'int')", "(i4 2 'int')", false)]
    [InlineData("(i4 1 'int')", "(i4 1 'bool')", false)]
    [InlineData("(r8 1.5 'double')", "(r8 1.5 'double')", true)]
    [InlineData("(r8 0 'double')", "(r8 0 'double')", true)]
    [InlineData("(r8 0 'double')", "(r8 0x8000000000000000 'double')", false)]
    [InlineData("(r4 0 'float')", "(r4 0x80000000 'float')", false)]
    [InlineData("(r8 0x7ff8000000000000 'double')", "(r8 0xfff8000000000000 'double')", false)]
    [InlineData("(r4 0x7fc00000 'float')", "(r4 0xffc00000 'float')", false)]
    [InlineData("(str \"a\" 'string')", "(str \"a\" 'string')", true)]
    [InlineData("(null 'string')", "(null 'string')", true)]
    [InlineData("arg0", "arg0", true)]
    public void Where_arms_meet_only_what_differs_becomes_a_phi(string left, string right, bool isSame)
    {
        var bound = Bind(ir.Parse(
            $"""
            arg0 "flag" : 'bool'
            b0:
              brtrue arg0 -> b1, b2
            b1:
              br -> b3
            b2:
              br -> b3
            b3:
              %m : 'object' = phi [b1 {left}], [b2 {right}]
              ret %m
            """));
        Assert.Equal(isSame ? 0 : 1, bound.Blocks.Sum(block => block.Phis.Count));
    }

    [Fact]
    public void An_irreducible_graph_is_left_as_it_is()
    {
        var function = ir.Parse(
            """
            arg0 "n" : 'int'
            b0:
              brtrue arg0 -> b1, b2
            b1:
              br -> b2
            b2:
              brtrue arg0 -> b1, b3
            b3:
              ret
            """);
        Assert.Same(function, Bind(function));
    }

    private static string Nested(string outer, string inner) => $"""
        arg0 "n" : 'int'
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b4 %next]
          blt %i, {outer} -> b2, b5
        b2:
          %j : 'int' = phi [b1 (i4 0 'int')], [b3 %more]
          blt %j, {inner} -> b3, b4
        b3:
          call 'Effect' %j
          %more : 'int' = add %j, (i4 1 'int')
          br -> b2
        b4:
          %next : 'int' = add %i, (i4 1 'int')
          br -> b1
        b5:
          ret
        """;

    private void AssertStays(string text) => AssertBinds(text, text);

    private void AssertBinds(string before, string after) => ir.AssertBecomes(before, after, Bind);

    /// <summary>Nothing is foldable, so the worker, which is not there, is never asked.</summary>
    private Function Bind(Function source)
    {
        var foldability = new Foldability(new PurityAnalysis(new NoBodies(ir.Module)), new KnownInputs(new StoredTypes(ir.Module)), source, isEnabled: false);
        var program = new BuildProgram(new Function(source.Method), foldability, new SliceRunner(null!, ir.Module, (_, _) => { }));
        return PartialEvaluator.Run(source, program, new UnrollBudget());
    }
}
