using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Finds the exception no call of a method escapes (GW1101): a <c>throw</c>, a guard that threw when the build executed it, or a call that never
/// returns, without which no path leads to a return. Any other call that threw in the build has its GW0103.
/// </summary>
/// <param name="bound">The bound function.</param>
/// <param name="thrown">What guards of the function threw in the build.</param>
internal sealed class CertainThrow(Function bound, IReadOnlyDictionary<Instruction, string> thrown)
{
    public (SequencePoint? Location, string Text)? Find()
    {
        var reached = new HashSet<BasicBlock>();
        var open = new Queue<BasicBlock>([bound.Entry]);
        (SequencePoint? Location, string Text)? first = null;
        while (open.Count > 0)
        {
            var block = open.Dequeue();
            if (!reached.Add(block))
            {
                continue;
            }

            if (Throw(block) is { } found)
            {
                if (Scope.Outwards(block.Scope).OfType<TryScope>().Any(scope => scope.Handlers.Any(handler => handler.Caught is not null)))
                {
                    return null;
                }

                first ??= found;
            }
            else if (block.Terminator.Code == Code.Ret)
            {
                return null;
            }
            else
            {
                block.Successors.ToList().ForEach(open.Enqueue);
            }
        }

        return first;
    }

    private (SequencePoint? Location, string Text)? Throw(BasicBlock block)
    {
        foreach (var call in block.Instructions.Where(instruction => instruction.IsCall))
        {
            if (call.Method!.Name == "ThrowSwitchExpressionException")
            {
                return (PlaceOf(call), "no arm of a switch expression matches");
            }

            if (thrown.TryGetValue(call, out var text))
            {
                return (PlaceOf(call), $"'{MethodNames.Display(call.Method)}' throws {text}");
            }

            if (NeverReturns(call.Method))
            {
                return (PlaceOf(call), $"'{MethodNames.Display(call.Method)}' never returns");
            }
        }

        return block.Terminator.Code == Code.Throw ? (block.Terminator.Location, Describe(block.Terminator.Inputs[0])) : null;
    }

    /// <summary>A call the compiler added has no place of its own: it belongs to the statement before it.</summary>
    private static SequencePoint? PlaceOf(Instruction call) => call.Location ?? call.Site.PointBefore;

    private static bool NeverReturns(MethodReference method) =>
        (MethodNames.IsCompilerMade(method.DeclaringType) && method.Name.StartsWith("Throw", StringComparison.Ordinal))
        || (method.Resolve() is { } definition && definition.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "DoesNotReturnAttribute"));

    private static string Describe(Value exception) => exception switch
    {
        Instruction { Code: Code.Newobj } made when Message(made) is { } message => $"{MethodNames.Short(made.Method!.DeclaringType)}: {message}",
        Instruction { Code: Code.Newobj } made => MethodNames.Short(made.Method!.DeclaringType),
        { Type: { } type } => MethodNames.Short(type),
        _ => "an exception",
    };

    private static string? Message(Instruction made)
    {
        var parameters = made.Method!.Resolve()?.Parameters;
        var texts = made.Inputs.Select((input, index) => ((input as Constant)?.Literal as string, Name: parameters?[index].Name)).Where(text => text.Item1 is not null).ToList();
        return texts.Where(text => text.Name == "message").Concat(texts).Select(text => text.Item1).FirstOrDefault();
    }
}
