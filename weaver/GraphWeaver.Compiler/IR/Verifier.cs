using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR;

/// <summary>
/// Checks the rules of the IR: after each pass in tests and debug builds, after the last in every build. Naive on purpose: no data structure that could share an error
/// with what it checks, save <see cref="ControlFlow"/>.
/// </summary>
public static class Verifier
{
    /// <summary>Checks every rule.</summary>
    /// <exception cref="InvalidOperationException">A rule is broken; the message names the pass, the method and the rule.</exception>
    public static void Check(Function function, string pass)
    {
        foreach (var error in Errors(function).Take(1))
        {
            throw new InvalidOperationException($"After {pass}, {function.Method.FullName}: {error}");
        }
    }

    public static IEnumerable<string> Errors(Function function)
    {
        foreach (var block in function.Blocks.Where(block => block.Terminator is null))
        {
            yield return $"block {function.Blocks.IndexOf(block)} has no terminator";
            yield break;
        }

        var flow = new ControlFlow(function.Entry);
        if (flow.Predecessors(function.Entry).Count > 0)
        {
            yield return "the entry has a predecessor";
        }

        if (function.Entry.Scope is not null)
        {
            yield return "the entry lies in a scope";
        }

        foreach (var block in flow.ReversePostOrder.Where(block => !function.Blocks.Contains(block)))
        {
            yield return "a reachable block is not listed";
        }

        foreach (var error in ScopeVerifier.Errors(function))
        {
            yield return error;
        }

        var positions = Positions(function);
        for (var i = 0; i < function.Blocks.Count; i++)
        {
            var block = function.Blocks[i];
            if (!flow.IsReachable(block))
            {
                yield return $"block {i} is unreachable";
                continue;
            }

            foreach (var error in PhiErrors(block, flow, positions).Concat(UseErrors(block, flow, positions)).Concat(ShapeErrors(block)))
            {
                yield return $"block {i}: {error}";
            }
        }
    }

    private static Dictionary<Value, (BasicBlock Block, int Index)> Positions(Function function)
    {
        var positions = new Dictionary<Value, (BasicBlock, int)>();
        foreach (var block in function.Blocks)
        {
            block.Phis.ForEach(phi => positions.Add(phi, (block, -1)));
            if (block.Caught is { } caught)
            {
                positions.Add(caught, (block, -1));
            }

            for (var i = 0; i < block.Instructions.Count; i++)
            {
                positions.Add(block.Instructions[i], (block, i));
            }
        }

        return positions;
    }

    private static IEnumerable<string> PhiErrors(BasicBlock block, ControlFlow flow, Dictionary<Value, (BasicBlock Block, int Index)> positions)
    {
        foreach (var phi in block.Phis)
        {
            if (phi.Type is null)
            {
                yield return "a phi has no type";
            }

            if (phi.Block != block)
            {
                yield return "a phi does not know its block";
            }

            var expected = flow.Predecessors(block).Select(flow.IndexOf).OrderBy(index => index);
            var actual = phi.Operands.Select(operand => flow.IsReachable(operand.Predecessor) ? flow.IndexOf(operand.Predecessor) : -1).OrderBy(index => index);
            if (!expected.SequenceEqual(actual))
            {
                yield return "a phi's operands are not one per predecessor";
            }

            foreach (var operand in phi.Operands.Where(operand => operand.Value is Phi or CaughtException or Instruction))
            {
                if (!positions.TryGetValue(operand.Value, out var definition))
                {
                    yield return "a phi uses a value that is not in the function";
                }
                else if (!flow.Dominates(definition.Block, operand.Predecessor))
                {
                    yield return "a phi's operand does not dominate its predecessor";
                }
            }
        }
    }

    private static IEnumerable<string> UseErrors(BasicBlock block, ControlFlow flow, Dictionary<Value, (BasicBlock Block, int Index)> positions)
    {
        var uses = block.Instructions.SelectMany((instruction, index) => instruction.Inputs.Select(input => (Index: index, Value: input, instruction.Code)))
            .Concat(block.Terminator.Inputs.Select(input => (Index: block.Instructions.Count, Value: input, block.Terminator.Code)));
        foreach (var use in uses)
        {
            if (use.Value.Type is null)
            {
                yield return $"{use.Code} at {use.Index} uses a value without type";
            }

            if (use.Value is not (Phi or CaughtException or Instruction))
            {
                continue;
            }

            if (!positions.TryGetValue(use.Value, out var definition))
            {
                yield return $"{use.Code} at {use.Index} uses a value that is not in the function";
            }
            else if (definition.Block == block ? definition.Index >= use.Index : !flow.Dominates(definition.Block, block))
            {
                yield return $"{use.Code} at {use.Index} uses a value that does not dominate it";
            }
        }
    }

    private static IEnumerable<string> ShapeErrors(BasicBlock block)
    {
        var terminator = block.Terminator;
        var (inputs, targets) = terminator.Code switch
        {
            Code.Br or Code.Leave => (0, 1),
            Code.Brtrue or Code.Brfalse => (1, 2),
            Code.Switch => (1, terminator.Targets.Count),
            Code.Ret => (terminator.Inputs.Count, 0),
            Code.Throw or Code.Endfilter => (1, 0),
            Code.Rethrow or Code.Endfinally => (0, 0),
            >= Code.Beq and <= Code.Blt_Un => (2, 2),
            _ => (-1, -1),
        };
        if (terminator.Inputs.Count != inputs || terminator.Targets.Count != targets || (terminator.Code == Code.Ret && inputs > 1))
        {
            yield return $"a terminator {terminator.Code} has {terminator.Inputs.Count} inputs and {terminator.Targets.Count} targets";
        }

        foreach (var instruction in block.Instructions.Where(instruction => instruction.Code is Code.Ldloc or Code.Stloc && instruction.Operand is not Slot))
        {
            yield return $"{instruction.Code} without a slot";
        }
    }
}
