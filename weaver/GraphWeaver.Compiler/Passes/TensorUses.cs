using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>Which users of a tensor only look at its elements.</summary>
internal sealed class TensorUses(Users users)
{
    public static bool IsView(Instruction instruction) => TensorSpans.IsConversionOfTensor(instruction) || instruction.IsAddressOfValue
        || (instruction.IsCall && ViewTable.Find(instruction.Method!) is not null);

    /// <summary>The users of a value.</summary>
    public IReadOnlyList<(BasicBlock Block, object User)> Of(Value value) => users.Of(value);

    /// <summary>A table operator that gives no reference back, or a conversion that only such read in the same block.</summary>
    public bool IsOperator(Instruction user, BasicBlock block) => IsView(user)
        ? Of(user).All(use => use.Block == block && use.User is Instruction reader && IsOperator(reader, block))
        : user.Code == Code.Call && OperatorTable.Find(user.Method!) is { } match && !(match.ReturnsDestination && Of(user).Any());
}
