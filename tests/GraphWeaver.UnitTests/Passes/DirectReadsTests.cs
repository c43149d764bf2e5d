using GraphWeaver.Compiler.Passes;
using GraphWeaver.UnitTests.IR;

namespace GraphWeaver.UnitTests.Passes;

/// <summary>What inlining leaves behind: reads through addresses of copies, and checks of receivers.</summary>
public sealed class DirectReadsTests
{
    private readonly IrModule ir = new();

    [Fact]
    public void A_field_is_read_from_the_value_whose_copy_it_would_be_read_from() => ir.AssertBecomes(
        """
        arg0 "pair" : 'Pair'
        b0:
          %address : 'Pair&' = ldloca arg0
          %first : 'int' = ldfld 'First' %address
          ret %first
        """,
        """
        arg0 "pair" : 'Pair'
        b0:
          %address : 'Pair&' = ldloca arg0
          %first : 'int' = ldfld 'First' arg0
          ret %first
        """,
        DirectReads.Run);

    [Fact]
    public void A_check_of_a_receiver_is_never_dropped_unless_it_cannot_fail() => ir.AssertBecomes(
        """
        arg0 "node" : 'Node'
        b0:
          %once : 'Node' = dup arg0
          %again : 'Node' = dup %once
          %value : 'int' = ldfld 'Value' %again
          ret
        """,
        """
        arg0 "node" : 'Node'
        b0:
          %once : 'Node' = dup arg0
          ret
        """,
        DeadCode.Run);
}
