using GraphWeaver.Compiler.Passes;
using GraphWeaver.UnitTests.IR;

namespace GraphWeaver.UnitTests.Passes;

/// <summary>What may be dropped, and what may not because running it can be seen.</summary>
public sealed class DeadCodeTests
{
    private readonly IrModule ir = new();

    [Fact]
    public void Unused_arithmetic_goes_with_what_only_served_it() => ir.AssertBecomes(
        """
        arg0 "x" : 'int'
        b0:
          %a : 'int' = add arg0, (i4 1 'int')
          %b : 'int' = mul %a, %a
          %c : 'int' = sub arg0, (i4 2 'int')
          ret %c
        """,
        """
        arg0 "x" : 'int'
        b0:
          %c : 'int' = sub arg0, (i4 2 'int')
          ret %c
        """,
        DeadCode.Run);

    [Fact]
    public void Phis_that_only_feed_each_other_go() => ir.AssertBecomes(
        """
        arg0 "n" : 'int'
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b2 %next]
          %dead : 'int' = phi [b0 (i4 5 'int')], [b2 %more]
          blt %i, arg0 -> b2, b3
        b2:
          %next : 'int' = add %i, (i4 1 'int')
          %more : 'int' = add %dead, %i
          br -> b1
        b3:
          ret %i
        """,
        """
        arg0 "n" : 'int'
        b0:
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b2 %next]
          blt %i, arg0 -> b2, b3
        b2:
          %next : 'int' = add %i, (i4 1 'int')
          br -> b1
        b3:
          ret %i
        """,
        DeadCode.Run);

    [Theory]
    [InlineData("call 'Next' arg0", "'int'")]
    [InlineData("div arg0, arg0", "'int'")]
    [InlineData("add.ovf arg0, arg0", "'int'")]
    [InlineData("ldfld 'Value' arg1", "'int'")]
    [InlineData("castclass type 'Node' arg2", "'Node'")]
    [InlineData("volatile. ldsfld 'Counter'", "'int'")]
    [InlineData("newarr type 'int' arg0", "\"System.Int32[]\"")]
    public void An_unused_result_whose_making_can_fail_or_be_seen_stays(string operation, string type)
    {
        var text = $"{Arguments}b0:\n  %unused : {type} = {operation}\n  ret\n";
        ir.AssertBecomes(text, text, DeadCode.Run);
    }

    [Theory]
    [InlineData("div arg3, arg3", "'double'")]
    [InlineData("conv.i4 arg3", "'int'")]
    [InlineData("isinst type 'Node' arg2", "'Node'")]
    [InlineData("ldsfld 'Counter'", "'int'")]
    [InlineData("ldfld 'First' (zero 'Pair')", "'int'")]
    public void An_unused_result_whose_making_cannot_be_seen_goes(string operation, string type) =>
        ir.AssertBecomes($"{Arguments}b0:\n  %unused : {type} = {operation}\n  ret\n", $"{Arguments}b0:\n  ret\n", DeadCode.Run);

    [Fact]
    public void A_field_of_this_may_go_unread_since_this_is_not_null()
    {
        var function = ir.Parse("arg0 \"this\" : 'Node'\nb0:\n  %value : 'int' = ldfld 'Value' arg0\n  ret\n", "System.Void Node::Method()");
        DeadCode.Run(function);
        Assert.Empty(function.Instructions);
    }

    private const string Arguments = "arg0 \"x\" : 'int'\narg1 \"node\" : 'Node'\narg2 \"thing\" : 'object'\narg3 \"d\" : 'double'\n";
}
