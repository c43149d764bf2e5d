using Mono.Cecil;

namespace GraphWeaver.Compiler.IR;

/// <summary>A method body in SSA form. <c>Blocks[0]</c> is the entry, has no predecessors and lies in no scope; every block is reachable.</summary>
public sealed class Function(MethodDefinition method)
{
    public MethodDefinition Method { get; } = method;

    public ModuleDefinition Module => Method.Module;

    public List<Argument> Arguments { get; } = [];

    public List<Slot> Slots { get; } = [];

    public List<BasicBlock> Blocks { get; } = [];

    public BasicBlock Entry => Blocks[0];

    /// <summary>Whether any block lies in a <c>try</c> or handler.</summary>
    public bool HasScopes => Blocks.Any(block => block.Scope is not null);

    public IEnumerable<Instruction> Instructions => Blocks.SelectMany(block => block.Instructions);

    /// <summary>Replaces every use of the keys, following chains of replacements to their end.</summary>
    public void ReplaceUses(IReadOnlyDictionary<Value, Value> replacements)
    {
        if (replacements.Count == 0)
        {
            return;
        }

        Value Final(Value value)
        {
            while (replacements.TryGetValue(value, out var next))
            {
                value = next;
            }

            return value;
        }

        foreach (var replaced in replacements.Keys.Where(replaced => replaced.Variable is not null))
        {
            Final(replaced).Variable ??= replaced.Variable;
        }

        foreach (var block in Blocks)
        {
            foreach (var phi in block.Phis)
            {
                for (var i = 0; i < phi.Operands.Count; i++)
                {
                    phi.Operands[i] = phi.Operands[i] with { Value = Final(phi.Operands[i].Value) };
                }
            }

            foreach (var inputs in block.Instructions.Select(instruction => instruction.Inputs).Append(block.Terminator.Inputs))
            {
                for (var i = 0; i < inputs.Count; i++)
                {
                    inputs[i] = Final(inputs[i]);
                }
            }
        }
    }

    /// <summary>How often each value is used, counted over instructions, terminators and phis.</summary>
    public Dictionary<Value, int> CountUses()
    {
        var counts = new Dictionary<Value, int>();
        void Count(Value value) => counts[value] = counts.TryGetValue(value, out var count) ? count + 1 : 1;
        foreach (var block in Blocks)
        {
            block.Phis.ForEach(phi => phi.Operands.ForEach(operand => Count(operand.Value)));
            block.Instructions.ForEach(instruction => instruction.Inputs.ForEach(Count));
            block.Terminator.Inputs.ForEach(Count);
        }

        return counts;
    }
}
