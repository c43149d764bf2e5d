using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.UnitTests.IR;

/// <summary>Each rule: a function that keeps all of them is broken in one place and refused with that rule's words.</summary>
public sealed class VerifierTests
{
    private const string Diamond = """
        arg0 "x" : 'int'
        b0:
          %a : 'int' = add arg0, (i4 1 'int')
          brtrue arg0 -> b1, b2
        b1:
          %b : 'int' = mul %a, %a
          br -> b3
        b2:
          br -> b3
        b3:
          %m : 'int' = phi [b1 %b], [b2 %a]
          ret %m
        """;

    private readonly IrModule ir = new();
    private readonly Function function;

    public VerifierTests() => function = ir.Parse(Diamond);

    private Instruction Sum => function.Blocks[0].Instructions[0];

    private Instruction Product => function.Blocks[1].Instructions[0];

    private Phi Merged => function.Blocks[3].Phis[0];

    [Fact]
    public void A_function_that_keeps_the_rules_is_accepted() => Assert.Empty(Verifier.Errors(function));

    [Fact]
    public void The_message_names_the_pass_and_the_method()
    {
        function.Blocks[3].Terminator = null!;
        var exception = Assert.Throws<InvalidOperationException>(() => Verifier.Check(function, "a pass"));
        Assert.Equal("After a pass, System.Void Host::Method(): block 3 has no terminator", exception.Message);
    }

    [Fact]
    public void The_entry_has_no_predecessor() => Refused("the entry has a predecessor", () => function.Blocks[2].Terminator.Targets[0] = function.Entry);

    [Fact]
    public void Every_reachable_block_is_listed() => Refused("a reachable block is not listed", () => function.Blocks.RemoveAt(3));

    [Fact]
    public void Every_listed_block_is_reachable() =>
        Refused("block 4 is unreachable", () => function.Blocks.Add(new BasicBlock { Terminator = Terminator.Jump(function.Blocks[3]) }));

    [Fact]
    public void A_phi_has_a_type() => Refused("block 3: a phi has no type", () => Merged.Type = null);

    [Fact]
    public void A_phi_knows_its_block() => Refused("block 3: a phi does not know its block", () => Merged.Block = function.Blocks[2]);

    [Fact]
    public void A_phi_has_an_operand_for_each_predecessor() =>
        Refused("block 3: a phi's operands are not one per predecessor", () => Merged.Operands.RemoveAt(0));

    [Fact]
    public void A_phi_has_no_operand_for_a_block_that_is_no_predecessor() => Refused(
        "block 3: a phi's operands are not one per predecessor",
        () => Merged.Operands[0] = new PhiOperand(function.Blocks[0], Sum));

    [Fact]
    public void A_phi_takes_values_of_the_function() => Refused(
        "block 3: a phi uses a value that is not in the function",
        () => Merged.Operands[0] = new PhiOperand(function.Blocks[1], Product.CopyWith([])));

    [Fact]
    public void A_phi_s_operand_dominates_the_predecessor_it_comes_from() => Refused(
        "block 3: a phi's operand does not dominate its predecessor",
        () => Merged.Operands[1] = new PhiOperand(function.Blocks[2], Product));

    [Fact]
    public void A_value_in_use_has_a_type() => Refused("block 1: Mul at 0 uses a value without type", () => Sum.Type = null);

    [Fact]
    public void An_instruction_takes_values_of_the_function() =>
        Refused("block 1: Mul at 0 uses a value that is not in the function", () => Product.Inputs[0] = Sum.CopyWith([]));

    [Fact]
    public void An_instruction_of_another_block_dominates_its_user() =>
        Refused("block 3: Ret at 0 uses a value that does not dominate it", () => function.Blocks[3].Terminator.Inputs[0] = Product);

    [Fact]
    public void An_instruction_of_the_same_block_stands_before_its_user() =>
        Refused("block 1: Mul at 0 uses a value that does not dominate it", () => Product.Inputs[1] = Product);

    [Theory]
    [InlineData(Code.Br, 1, 1)]
    [InlineData(Code.Br, 0, 2)]
    [InlineData(Code.Brtrue, 0, 2)]
    [InlineData(Code.Brfalse, 1, 1)]
    [InlineData(Code.Beq, 1, 2)]
    [InlineData(Code.Blt_Un, 2, 1)]
    [InlineData(Code.Switch, 2, 2)]
    [InlineData(Code.Ret, 2, 0)]
    [InlineData(Code.Ret, 0, 1)]
    [InlineData(Code.Throw, 0, 0)]
    [InlineData(Code.Add, 2, 1)]
    public void A_terminator_has_the_inputs_and_targets_of_its_code(Code code, int inputs, int targets)
    {
        function.Blocks[2].Terminator = new Terminator(code, Enumerable.Repeat(Sum, inputs), Enumerable.Repeat(function.Blocks[3], targets));
        Assert.Contains($"block 2: a terminator {code} has {inputs} inputs and {targets} targets", Verifier.Errors(function));
    }

    [Theory]
    [InlineData(Code.Ldloc)]
    [InlineData(Code.Stloc)]
    public void A_load_or_store_of_a_local_names_a_slot(Code code) => Refused(
        $"block 2: {code} without a slot",
        () => function.Blocks[2].Instructions.Add(new Instruction(code, null, null, [])));

    private void Refused(string message, Action breaking)
    {
        breaking();
        Assert.Equal(message, Verifier.Errors(function).First());
    }
}
