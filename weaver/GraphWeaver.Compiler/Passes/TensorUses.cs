using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>Who uses each value of a function, and which of them only look at a tensor's elements; read once, before fusion changes users.</summary>
internal sealed class TensorUses
{
    private readonly Dictionary<Value, List<(BasicBlock Block, object User)>> users = [];

    public TensorUses(Function function)
    {
        foreach (var block in function.Blocks)
        {
            block.Phis.ForEach(phi => phi.Operands.ForEach(operand => Add(operand.Value, block, phi)));
            block.Instructions.ForEach(instruction => instruction.Inputs.ForEach(input => Add(input, block, instruction)));
            block.Terminator.Inputs.ForEach(input => Add(input, block, block.Terminator));
        }
    }

    public static bool IsView(Instruction instruction) => TensorSpans.IsConversionOfTensor(instruction) || instruction.IsAddressOfValue
        || (instruction.IsCall && ViewTable.Find(instruction.Method!) is not null);

    /// <summary>The instructions, phis and terminators that take a value, each with its block.</summary>
    public IEnumerable<(BasicBlock Block, object User)> Of(Value value) => users.TryGetValue(value, out var list) ? list : [];

    /// <summary>A table operator that gives no reference back, or a conversion that only such read in the same block.</summary>
    public bool IsOperator(Instruction user, BasicBlock block) => IsView(user)
        ? Of(user).All(use => use.Block == block && use.User is Instruction reader && IsOperator(reader, block))
        : user.Code == Code.Call && OperatorTable.Find(user.Method!) is { } match && !(match.ReturnsDestination && Of(user).Any());

    private void Add(Value value, BasicBlock block, object user)
    {
        users.TryGetValue(value, out var list);
        (users[value] = list ?? []).Add((block, user));
    }
}
