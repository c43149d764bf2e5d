using GraphWeaver.Compiler.IR;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>
/// SSA construction on the fly (Braun, Buchwald, Hack, Leißa, Mallon, Zwinkau: "Simple and Efficient Construction of Static Single
/// Assignment Form", CC 2013). A variable is any object; it is written and read per block. A block is sealed once all its predecessors are
/// filled; a read in an unsealed block leaves an operandless phi that sealing completes.
/// Holds before: no variable is one of <see cref="ExceptionalVariables"/>. Holds after <see cref="Finish"/>: no trivial phi is left.
/// </summary>
internal sealed class SsaBuilder(Function function, ControlFlow flow)
{
    private readonly Dictionary<(BasicBlock Block, object Variable), Value> definitions = [];
    private readonly Dictionary<BasicBlock, List<(object Variable, Phi Phi)>> incomplete = [];
    private readonly HashSet<BasicBlock> sealedBlocks = [];
    private readonly List<Phi> phis = [];
    private readonly HashSet<Phi> untyped = [];

    /// <summary>The value of a variable nothing has written, at the entry.</summary>
    public required Func<object, Value> InitialValue { get; init; }

    /// <summary>The type of a variable, or null when only its operands tell (an evaluation stack position).</summary>
    public required Func<object, TypeReference?> TypeOf { get; init; }

    /// <summary>The name the user gave a variable; null for one that has none.</summary>
    public required Func<object, string?> NameOf { get; init; }

    public void Write(object variable, BasicBlock block, Value value)
    {
        definitions[(block, variable)] = value;
        value.Variable ??= NameOf(variable);
    }

    public Value Read(object variable, BasicBlock block)
    {
        if (definitions.TryGetValue((block, variable), out var value))
        {
            return value;
        }

        if (!sealedBlocks.Contains(block))
        {
            var phi = NewPhi(variable, block);
            incomplete.TryGetValue(block, out var list);
            (incomplete[block] = list ?? []).Add((variable, phi));
            value = phi;
        }
        else if (flow.Sources(block).Count == 0)
        {
            value = InitialValue(variable);
        }
        else if (flow.Sources(block).Count == 1)
        {
            value = ReadThroughChain(variable, block);
        }
        else
        {
            // The phi is recorded before its operands are read: a loop that does not write the variable comes back to it.
            var phi = NewPhi(variable, block);
            Write(variable, block, phi);
            AddOperands(variable, phi);
            return phi;
        }

        Write(variable, block, value);
        return value;
    }

    public void Seal(BasicBlock block)
    {
        sealedBlocks.Add(block);
        if (incomplete.TryGetValue(block, out var list))
        {
            incomplete.Remove(block);
            list.ForEach(entry => AddOperands(entry.Variable, entry.Phi));
        }
    }

    /// <summary>Types the phis that have no type of their own, then removes those that merge only one value with themselves.</summary>
    public void Finish()
    {
        var replacements = new Dictionary<Value, Value>();
        Value Final(Value value)
        {
            while (replacements.TryGetValue(value, out var next))
            {
                value = next;
            }

            return value;
        }

        bool changed;
        do
        {
            changed = false;
            foreach (var phi in phis)
            {
                if (replacements.ContainsKey(phi))
                {
                    continue;
                }

                var distinct = phi.Operands.Select(operand => Final(operand.Value)).Where(value => value != phi).Distinct().Take(2).ToList();
                if (distinct.Count == 1)
                {
                    replacements[phi] = distinct[0];
                    phi.Block.Phis.Remove(phi);
                    changed = true;
                }
            }
        }
        while (changed);

        function.ReplaceUses(replacements);
        MergedTypes.Assign(function, untyped);
    }

    // Long runs of single-predecessor blocks are walked in a loop: recursion would be as deep as the method is long.
    private Value ReadThroughChain(object variable, BasicBlock block)
    {
        while (sealedBlocks.Contains(block) && flow.Sources(block).Count == 1)
        {
            block = flow.Sources(block)[0];
            if (definitions.TryGetValue((block, variable), out var value))
            {
                return value;
            }
        }

        return Read(variable, block);
    }

    private Phi NewPhi(object variable, BasicBlock block)
    {
        var phi = new Phi(block, TypeOf(variable)) { Variable = NameOf(variable) };
        block.Phis.Add(phi);
        phis.Add(phi);
        if (phi.Type is null)
        {
            untyped.Add(phi);
        }

        return phi;
    }

    private void AddOperands(object variable, Phi phi)
    {
        foreach (var predecessor in flow.Sources(phi.Block))
        {
            phi.Operands.Add(new PhiOperand(predecessor, Read(variable, predecessor)));
        }
    }
}
