using GraphWeaver.Compiler.Emission;
using GraphWeaver.UnitTests.IR;

namespace GraphWeaver.UnitTests.Emission;

/// <summary>Which edges get a block of their own.</summary>
public sealed class CriticalEdgesTests
{
    private readonly IrModule ir = new();

    [Fact]
    public void An_edge_from_a_branch_to_a_block_with_phis_is_split() => ir.AssertBecomes(
        """
        arg0 "x" : 'int'
        b0:
          brtrue arg0 -> b1, b2
        b1:
          br -> b2
        b2:
          %m : 'int' = phi [b0 (i4 1 'int')], [b1 (i4 2 'int')]
          ret %m
        """,
        """
        arg0 "x" : 'int'
        b0:
          brtrue arg0 -> b1, edge
        b1:
          br -> b2
        b2:
          %m : 'int' = phi [edge (i4 1 'int')], [b1 (i4 2 'int')]
          ret %m
        edge:
          br -> b2
        """,
        CriticalEdges.Split);

    [Fact]
    public void A_loop_of_one_block_and_every_case_of_a_switch_get_edges_of_their_own() => ir.AssertBecomes(
        """
        arg0 "x" : 'int'
        b0:
          switch arg0 -> b1, b1, b2
        b1:
          %i : 'int' = phi [b0 (i4 1 'int')], [b0 (i4 1 'int')], [b1 %next]
          %next : 'int' = add %i, arg0
          blt %next, arg0 -> b1, b2
        b2:
          ret
        """,
        """
        arg0 "x" : 'int'
        b0:
          switch arg0 -> first, second, b2
        b1:
          %i : 'int' = phi [first (i4 1 'int')], [second (i4 1 'int')], [again %next]
          %next : 'int' = add %i, arg0
          blt %next, arg0 -> again, b2
        b2:
          ret
        first:
          br -> b1
        second:
          br -> b1
        again:
          br -> b1
        """,
        CriticalEdges.Split);

    [Fact]
    public void A_leave_to_a_block_with_phis_gets_an_edge_behind_it() => ir.AssertBecomes(
        """
        arg0 "x" : 'int'
        try0
        finally1 of try0
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b2 %next]
          br -> b2
        b2 in try0 entry:
          %next : 'int' = add %i, arg0
          leave -> b1
        b3 in finally1 entry:
          call 'Effect' %i
          endfinally
        """,
        """
        arg0 "x" : 'int'
        try0
        finally1 of try0
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [edge %next]
          br -> b2
        b2 in try0 entry:
          %next : 'int' = add %i, arg0
          leave -> edge
        b3 in finally1 entry:
          call 'Effect' %i
          endfinally
        edge:
          br -> b1
        """,
        CriticalEdges.Split);

    [Fact]
    public void Edges_to_blocks_without_phis_stay()
    {
        const string Text = """
            arg0 "x" : 'int'
            b0:
              brtrue arg0 -> b1, b2
            b1:
              br -> b2
            b2:
              ret
            """;
        ir.AssertBecomes(Text, Text, CriticalEdges.Split);
    }
}
