using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Passes;

/// <summary>Who uses each value of a function: instructions, phis and terminators, each with its block; read once, before a pass changes users.</summary>
internal sealed class Users
{
    private readonly Dictionary<Value, List<(BasicBlock Block, object User)>> users = [];

    public Users(Function function)
    {
        foreach (var block in function.Blocks)
        {
            block.Phis.ForEach(phi => phi.Operands.ForEach(operand => Add(operand.Value, block, phi)));
            block.Instructions.ForEach(instruction => instruction.Inputs.ForEach(input => Add(input, block, instruction)));
            block.Terminator.Inputs.ForEach(input => Add(input, block, block.Terminator));
        }
    }

    /// <summary>The users of a value, once for each time they take it.</summary>
    public IReadOnlyList<(BasicBlock Block, object User)> Of(Value value) => users.TryGetValue(value, out var list) ? list : [];

    private void Add(Value value, BasicBlock block, object user)
    {
        users.TryGetValue(value, out var list);
        (users[value] = list ?? []).Add((block, user));
    }
}
