using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Emission;

/// <summary>
/// Which local holds each of the user's variables, instruction by instruction, for debuggers. SSA gives a variable one local for each of its
/// values; a value is shown from where it is stored to where another takes its place, and past a join only where it is still wanted:
/// elsewhere the variable may hold something else that was never stored. Symbols want scopes that nest or lie apart, so the code is cut wherever the picture
/// changes.
/// </summary>
internal sealed class VariableScopes
{
    private const int MostBlocks = 2000;
    private readonly IReadOnlyDictionary<Value, VariableDefinition> locals;
    private readonly Liveness? liveness;
    private readonly Dictionary<Value, int> order = [];
    private readonly List<(int Start, IReadOnlyDictionary<string, VariableDefinition> Shown)> changes = [];
    private readonly Dictionary<string, VariableDefinition> shown = [];

    public VariableScopes(Function function, IReadOnlyDictionary<Value, VariableDefinition> locals)
    {
        this.locals = locals;
        if (function.Blocks.Count <= MostBlocks && function.Blocks.Any(block => block.Phis.Cast<Value>().Concat(block.Instructions).Any(value => value.Variable is not null)))
        {
            liveness = new Liveness(new ControlFlow(function.Entry));
        }
    }

    /// <summary>Says that a block begins at an instruction.</summary>
    public void Begin(BasicBlock block, int position)
    {
        if (liveness is null)
        {
            return;
        }

        shown.Clear();
        var arriving = block.Caught is { } caught ? block.Phis.Append<Value>(caught) : block.Phis;
        foreach (var value in liveness.At(block).Where(order.ContainsKey).OrderBy(value => order[value]).Concat(arriving))
        {
            Show(value);
        }

        Note(position);
    }

    /// <summary>Says that a variable has a new value from an instruction on, whether it has a local or not.</summary>
    public void Define(Instruction value, int position)
    {
        if (liveness is not null && value.Variable is not null)
        {
            Show(value);
            Note(position);
        }
    }

    /// <summary>The scopes, in order; none where no variable is to be seen.</summary>
    public IEnumerable<ScopeDebugInformation> In(IList<IlInstruction> code)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            var (start, variables) = changes[i];
            var end = i + 1 < changes.Count ? changes[i + 1].Start : code.Count;
            if (variables.Count == 0 || start >= end)
            {
                continue;
            }

            var scope = new ScopeDebugInformation(code[start], end < code.Count ? code[end] : null);
            foreach (var variable in variables.OrderBy(variable => variable.Value.Index))
            {
                scope.Variables.Add(new VariableDebugInformation(variable.Value, variable.Key));
            }

            yield return scope;
        }
    }

    private void Show(Value value)
    {
        if (!order.ContainsKey(value))
        {
            order.Add(value, order.Count);
        }

        if (value.Variable is not { } name)
        {
            return;
        }

        if (locals.TryGetValue(value, out var local))
        {
            shown[name] = local;
        }
        else
        {
            shown.Remove(name);
        }
    }

    private void Note(int position)
    {
        if (changes.Count > 0 && changes[changes.Count - 1].Start == position)
        {
            changes.RemoveAt(changes.Count - 1);
        }

        if (changes.Count == 0 || !Same(changes[changes.Count - 1].Shown))
        {
            changes.Add((position, new Dictionary<string, VariableDefinition>(shown)));
        }
    }

    private bool Same(IReadOnlyDictionary<string, VariableDefinition> other) =>
        other.Count == shown.Count && shown.All(variable => other.TryGetValue(variable.Key, out var local) && local == variable.Value);
}
