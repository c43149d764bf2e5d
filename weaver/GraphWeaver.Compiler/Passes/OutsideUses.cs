using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Passes;

/// <summary>Which operations of a component are used by anything but the component itself; computed once, before fusion changes users.</summary>
internal sealed class OutsideUses
{
    private static readonly object Exit = new();
    private readonly Dictionary<Value, HashSet<object>> users = [];

    public OutsideUses(Function function)
    {
        foreach (var block in function.Blocks)
        {
            block.Phis.ForEach(phi => phi.Operands.ForEach(operand => Add(operand.Value, phi)));
            block.Instructions.ForEach(instruction => instruction.Inputs.ForEach(input => Add(input, instruction)));
            block.Terminator.Inputs.ForEach(input => Add(input, Exit));
        }
    }

    public IEnumerable<Instruction> Outputs(IReadOnlyList<TensorOperation> component)
    {
        var calls = new HashSet<object>(component.Select(operation => operation.Call));
        var conversions = new HashSet<object>(component.SelectMany(operation => operation.Conversions));
        return component.Select(operation => operation.Call).Where(IsSeen);

        // A conversion may serve operators of other components too.
        bool IsSeen(Value value) => users.TryGetValue(value, out var set)
            && set.Any(user => !calls.Contains(user) && !(conversions.Contains(user) && !IsSeen((Value)user)));
    }

    /// <summary>Whether anything but <paramref name="inside"/> uses a value.</summary>
    public bool AreBeyond(Value value, IEnumerable<Instruction> inside) => users.TryGetValue(value, out var set) && !set.IsSubsetOf(inside);

    private void Add(Value value, object user)
    {
        users.TryGetValue(value, out var set);
        (users[value] = set ?? []).Add(user);
    }
}
