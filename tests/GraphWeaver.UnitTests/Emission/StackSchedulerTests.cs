using GraphWeaver.Compiler.Emission;
using GraphWeaver.UnitTests.IR;
using Mono.Cecil;

namespace GraphWeaver.UnitTests.Emission;

/// <summary>Trees stay on the evaluation stack only where that keeps the order of evaluation; seen in the IL that is emitted.</summary>
public sealed class StackSchedulerTests
{
    private readonly IrModule ir = new();

    [Fact]
    public void Operands_evaluated_in_order_stay_on_the_stack() => AssertEmits(
        "ldarg.0, call Next, ldarg.1, call Next, sub, ret",
        """
        %a : 'int' = call 'Next' arg0
        %b : 'int' = call 'Next' arg1
        %c : 'int' = sub %a, %b
        ret %c
        """);

    [Fact]
    public void Operands_used_in_reverse_order_are_not_evaluated_in_reverse() => AssertEmits(
        "ldarg.0, call Next, stloc.0, ldarg.1, call Next, ldloc.0, sub, ret",
        """
        %a : 'int' = call 'Next' arg0
        %b : 'int' = call 'Next' arg1
        %c : 'int' = sub %b, %a
        ret %c
        """);

    [Fact]
    public void A_result_used_twice_is_stored_and_evaluated_once() => AssertEmits(
        "ldarg.0, call Next, stloc.0, ldloc.0, ldloc.0, mul, ret",
        """
        %a : 'int' = call 'Next' arg0
        %b : 'int' = mul %a, %a
        ret %b
        """);

    [Fact]
    public void A_statement_between_a_result_and_its_use_keeps_its_place() => AssertEmits(
        "ldarg.0, call Next, stloc.0, ldarg.1, call Effect, ldloc.0, ret",
        """
        %a : 'int' = call 'Next' arg0
        call 'Effect' arg1
        ret %a
        """);

    [Fact]
    public void A_read_of_a_static_is_not_moved_past_a_write() => AssertEmits(
        "ldsfld Counter, stloc.0, ldarg.0, stsfld Counter, ldloc.0, ret",
        """
        %a : 'int' = ldsfld 'Counter'
        stsfld 'Counter' arg0
        ret %a
        """);

    [Fact]
    public void A_read_of_a_slot_is_not_moved_past_a_write() => AssertEmits(
        "ldarg.0, stloc.0, ldloc.0, stloc.1, ldarg.1, stloc.0, ldloc.1, ret",
        """
        stloc slot0 arg0
        %a : 'int' = ldloc slot0
        stloc slot0 arg1
        ret %a
        """,
        "slot0 \"x\" : 'int'\n");

    [Fact]
    public void Nested_trees_take_the_nearest_results() => AssertEmits(
        "ldarg.0, call Next, ldarg.1, call Next, ldc.i4.3, call Next, mul, add, ret",
        """
        %a : 'int' = call 'Next' arg0
        %b : 'int' = call 'Next' arg1
        %c : 'int' = call 'Next' (i4 3 'int')
        %d : 'int' = mul %b, %c
        %e : 'int' = add %a, %d
        ret %e
        """);

    [Fact]
    public void An_unused_result_of_a_call_is_popped() => AssertEmits(
        "ldarg.0, call Next, pop, ldarg.1, ret",
        """
        %a : 'int' = call 'Next' arg0
        ret arg1
        """);

    [Fact]
    public void The_address_of_a_value_is_that_of_its_local() => AssertEmits(
        "ldarg.0, ldarg.1, newobj .ctor, stloc.0, ldloca 0, call Sum, ret",
        """
        %pair : 'Pair' = newobj 'new Pair' arg0, arg1
        %address : 'Pair&' = ldloca %pair
        %sum : 'int' = call 'Sum()' %address
        ret %sum
        """);

    [Fact]
    public void Phis_that_swap_are_copied_as_one()
    {
        var il = Emit(
            """
            arg0 "a" : 'int'
            arg1 "b" : 'int'
            b0:
              br -> b1
            b1:
              %x : 'int' = phi [b0 arg0], [b2 %y]
              %y : 'int' = phi [b0 arg1], [b2 %x]
              blt %x, arg1 -> b2, b3
            b2:
              br -> b1
            b3:
              ret %x
            """);
        Assert.StartsWith("ldarg.0, ldarg.1, stloc.0, stloc.1, ", il);
        Assert.Contains("ldloc.0, ldloc.1, stloc.0, stloc.1, br", il);
    }

    private void AssertEmits(string il, string body, string slots = "") =>
        Assert.Equal(il, Emit($"arg0 \"a\" : 'int'\narg1 \"b\" : 'int'\n{slots}b0:\n{body}"));

    private string Emit(string text)
    {
        var function = ir.Parse(text, "System.Int32 Host::Two(System.Int32,System.Int32)");
        BodyEmitter.Emit(function, function.Method);
        return string.Join(", ", function.Method.Body.Instructions.Select(instruction => instruction.Operand switch
        {
            MemberReference member => $"{instruction.OpCode.Name} {member.Name}",
            Mono.Cecil.Cil.VariableDefinition local => $"{instruction.OpCode.Name.Replace(".s", "")} {local.Index}",
            _ => instruction.OpCode.Name,
        }));
    }
}
