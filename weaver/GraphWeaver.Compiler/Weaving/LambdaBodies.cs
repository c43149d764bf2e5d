using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>
/// Finds the lambdas and local functions of a marked method that its body, woven by now or not, still names: they are woven like it. One that was
/// lifted into every use is none; nor is what is given to <c>Graph.Eager</c> or <c>Graph.AtBuild</c>, or is async or an iterator.
/// </summary>
internal sealed class LambdaBodies(InlinableMethods methods)
{
    private readonly HashSet<MethodDefinition> seen = [];

    /// <summary>Those of a method, and theirs once they are woven; each for one method only.</summary>
    public IEnumerable<MarkedMethod> Of(MarkedMethod marked)
    {
        var kept = GivenAway(marked.Method);
        foreach (var body in Named(marked.Method).Where(body => !kept.Contains(body) && seen.Add(body)))
        {
            var own = marked with { Method = body };
            yield return own;
            foreach (var inner in Of(own))
            {
                yield return inner;
            }
        }
    }

    private static List<MethodDefinition> Named(MethodDefinition method) =>
    [
        .. method.Body.Instructions
            .Select(il => il.Operand)
            .OfType<MethodReference>()
            .Where(named => MethodNames.IsLambdaOrLocalFunction(named) && !GeneratedTypes.Owns(named))
            .Select(named => named.Resolve())
            .OfType<MethodDefinition>()
            .Where(body => body.Module == method.Module && !OriginalBody.IsSibling(body) && Eligibility.Obstacle(body) is null && !MarkedMethods.IsEager(body))
            .Distinct(),
    ];

    private HashSet<MethodDefinition> GivenAway(MethodDefinition method)
    {
        if (!methods.Original(method).Body.Instructions.Any(il => il.Operand is MethodReference { DeclaringType.FullName: "GraphWeaver.Graph" }))
        {
            return [];
        }

        // What is not lifted does not tell which are given away: none is woven then.
        return methods.Lift(method) is { } function
            ? [.. function.Instructions.Where(call => call.Method is { DeclaringType.FullName: "GraphWeaver.Graph" }).Select(call => Target(call.Inputs[0])?.Resolve()).OfType<MethodDefinition>()]
            : [.. Named(method)];
    }

    private static MethodReference? Target(Value value) => value switch
    {
        Instruction { Code: Code.Ldftn, Operand: StaticDelegate kept } => kept.Target,
        Instruction { Code: Code.Newobj, Inputs: [_, Instruction { Operand: MethodReference code }] } => code,
        _ => null,
    };
}
