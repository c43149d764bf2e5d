using GraphWeaver.Compiler.Passes;
using GraphWeaver.UnitTests.IR;

namespace GraphWeaver.UnitTests.Passes;

/// <summary>Which slots become values, and what their uses turn into.</summary>
public sealed class SlotPromotionTests
{
    private readonly IrModule ir = new();

    [Fact]
    public void An_in_span_temporary_becomes_the_address_of_a_value() => AssertBecomes(
        """
        arg0 "x" : 'Tensor'
        slot0 "span" : 'Span'
        b0:
          %span : 'Span' = call 'ToSpan' arg0
          stloc slot0 %span
          %address : 'Span&' = ldloca slot0
          %y : 'Tensor' = call 'Tanh' %address
          ret %y
        """,
        """
        arg0 "x" : 'Tensor'
        b0:
          %span : 'Span' = call 'ToSpan' arg0
          %address : 'Span&' = ldloca %span
          %y : 'Tensor' = call 'Tanh' %address
          ret %y
        """);

    [Fact]
    public void Two_spans_that_share_one_slot_come_apart() => AssertBecomes(
        """
        arg0 "x" : 'Tensor'
        slot0 "span" : 'Span'
        b0:
          %first : 'Span' = call 'ToSpan' arg0
          stloc slot0 %first
          %a : 'Span&' = ldloca slot0
          %y : 'Tensor' = call 'Tanh' %a
          %second : 'Span' = call 'ToSpan' %y
          stloc slot0 %second
          %b : 'Span&' = ldloca slot0
          %z : 'Tensor' = call 'Add' %b, %b
          ret %z
        """,
        """
        arg0 "x" : 'Tensor'
        b0:
          %first : 'Span' = call 'ToSpan' arg0
          %a : 'Span&' = ldloca %first
          %y : 'Tensor' = call 'Tanh' %a
          %second : 'Span' = call 'ToSpan' %y
          %b : 'Span&' = ldloca %second
          %c : 'Span&' = ldloca %second
          %z : 'Tensor' = call 'Add' %b, %c
          ret %z
        """);

    [Theory]
    [InlineData("call 'Keep' %address")]
    [InlineData("call 'Change' %address")]
    [InlineData("call 'Both' (i4 1 'int'), %address")]
    [InlineData("call 'Grow()' %address")]
    [InlineData("stobj type 'Pair' %address, (zero 'Pair')")]
    [InlineData("volatile. ldobj type 'Pair' %address", "'Pair'")]
    [InlineData("ldflda 'First' %address", "'int&'")]
    public void A_slot_whose_address_can_be_kept_or_written_through_stays_memory(string use, string? result = null)
    {
        var text = $"""
            slot0 "pair" : 'Pair'
            b0:
              stloc slot0 (zero 'Pair')
              %address : 'Pair&' = ldloca slot0
              {(result is null ? "" : $"%result : {result} = ")}{use}
              ret
            """;
        AssertBecomes(text, text);
    }

    [Fact]
    public void A_slot_whose_address_leaves_by_return_or_phi_stays_memory()
    {
        const string Text = """
            arg0 "flag" : 'bool'
            slot0 "pair" : 'Pair'
            slot1 "other" : 'Pair'
            b0:
              %a : 'Pair&' = ldloca slot0
              %b : 'Pair&' = ldloca slot1
              brtrue arg0 -> b1, b2
            b1:
              br -> b2
            b2:
              %c : 'Pair&' = phi [b0 %a], [b1 %b]
              ret %c
            """;
        AssertBecomes(Text, Text);
    }

    [Fact]
    public void Pinned_and_narrow_slots_stay_memory()
    {
        const string Text = """
            arg0 "x" : 'int'
            slot0 "flag" : 'bool'
            slot1 "reference" : 'int&' pinned
            b0:
              stloc slot0 arg0
              %flag : 'bool' = ldloc slot0
              ret %flag
            """;
        AssertBecomes(Text, Text);
    }

    [Fact]
    public void A_constructor_call_on_a_slot_becomes_newobj_and_initobj_the_zero_value() => AssertBecomes(
        """
        slot0 "pair" : 'Pair'
        b0:
          %a : 'Pair&' = ldloca slot0
          call 'new Pair' %a, (i4 1 'int'), (i4 2 'int')
          %b : 'Pair&' = ldloca slot0
          %sum : 'int' = call 'Sum()' %b
          %c : 'Pair&' = ldloca slot0
          initobj type 'Pair' %c
          %d : 'Pair&' = ldloca slot0
          %first : 'int' = ldfld 'First' %d
          %both : 'int' = add %sum, %first
          ret %both
        """,
        """
        b0:
          %pair : 'Pair' = newobj 'new Pair' (i4 1 'int'), (i4 2 'int')
          %b : 'Pair&' = ldloca %pair
          %sum : 'int' = call 'Sum()' %b
          %first : 'int' = ldfld 'First' (zero 'Pair')
          %both : 'int' = add %sum, %first
          ret %both
        """);

    [Fact]
    public void A_slot_written_in_a_loop_becomes_a_phi_of_the_loop() => AssertBecomes(
        """
        arg0 "x" : 'Tensor'
        arg1 "n" : 'int'
        slot0 "span" : 'Span'
        b0:
          %first : 'Span' = call 'ToSpan' arg0
          stloc slot0 %first
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b2 %next]
          blt %i, arg1 -> b2, b3
        b2:
          %a : 'Span&' = ldloca slot0
          %y : 'Tensor' = call 'Tanh' %a
          %again : 'Span' = call 'ToSpan' %y
          stloc slot0 %again
          %next : 'int' = add %i, (i4 1 'int')
          br -> b1
        b3:
          %b : 'Span&' = ldloca slot0
          %z : 'Tensor' = call 'Tanh' %b
          ret %z
        """,
        """
        arg0 "x" : 'Tensor'
        arg1 "n" : 'int'
        b0:
          %first : 'Span' = call 'ToSpan' arg0
          br -> b1
        b1:
          %i : 'int' = phi [b0 (i4 0 'int')], [b2 %next]
          %span : 'Span' = phi [b0 %first], [b2 %again]
          blt %i, arg1 -> b2, b3
        b2:
          %a : 'Span&' = ldloca %span
          %y : 'Tensor' = call 'Tanh' %a
          %again : 'Span' = call 'ToSpan' %y
          %next : 'int' = add %i, (i4 1 'int')
          br -> b1
        b3:
          %b : 'Span&' = ldloca %span
          %z : 'Tensor' = call 'Tanh' %b
          ret %z
        """);

    [Fact]
    public void A_slot_written_on_one_arm_of_a_diamond_becomes_a_phi_with_its_initial_zero() => AssertBecomes(
        """
        arg0 "flag" : 'bool'
        slot0 "pair" : 'Pair'
        b0:
          brtrue arg0 -> b1, b2
        b1:
          %a : 'Pair&' = ldloca slot0
          call 'new Pair' %a, (i4 1 'int'), (i4 2 'int')
          br -> b3
        b2:
          br -> b3
        b3:
          %pair : 'Pair' = ldloc slot0
          ret %pair
        """,
        """
        arg0 "flag" : 'bool'
        b0:
          brtrue arg0 -> b1, b2
        b1:
          %new : 'Pair' = newobj 'new Pair' (i4 1 'int'), (i4 2 'int')
          br -> b3
        b2:
          br -> b3
        b3:
          %pair : 'Pair' = phi [b1 %new], [b2 (zero 'Pair')]
          ret %pair
        """);

    private void AssertBecomes(string before, string after) => ir.AssertBecomes(before, after, SlotPromotion.Run);
}
