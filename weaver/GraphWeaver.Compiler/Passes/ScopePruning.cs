using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Removes handlers that do nothing: a <c>finally</c> that folding has left empty, and any other of a body in which nothing can throw.
/// Holds after: a <c>try</c> without handlers is plain code, and what left it by <c>leave</c> jumps.
/// </summary>
internal static class ScopePruning
{
    public static void Run(Function function)
    {
        var scopes = function.Blocks.SelectMany(block => Scope.Outwards(block.Scope)).OfType<TryScope>().Distinct().ToList();
        foreach (var scope in scopes)
        {
            scope.Handlers.RemoveAll(handler => handler.Kind == ExceptionHandlerType.Finally ? IsEmpty(handler, function) : CannotThrow(scope, function));
            if (scope.Handlers.Count == 0)
            {
                Dissolve(scope, function, scopes);
            }
        }

        var flow = new ControlFlow(function.Entry);
        foreach (var block in function.Blocks)
        {
            block.Phis.ForEach(phi => phi.Operands.RemoveAll(operand => !flow.IsReachable(operand.Predecessor)));
        }

        function.Blocks.RemoveAll(block => !flow.IsReachable(block));
    }

    private static bool IsEmpty(Scope scope, Function function) => function.Blocks
        .Where(block => scope.Contains(block.Scope))
        .All(block => block.Instructions.Count == 0 && block.Terminator.Code is Code.Br or Code.Endfinally && block.Phis.Count == 0);

    private static bool CannotThrow(TryScope scope, Function function) => function.Blocks
        .Where(block => scope.Contains(block.Scope))
        .All(block => block.Terminator.Code is not (Code.Throw or Code.Rethrow) && block.Instructions.All(instruction => MayStand(instruction, function)));

    private static bool MayStand(Instruction instruction, Function function) =>
        Transparency.IsTransparent(instruction, function.Method) || instruction is { Code: Code.Stloc, Operand: Slot };

    private static void Dissolve(TryScope scope, Function function, List<TryScope> scopes)
    {
        foreach (var block in function.Blocks.Where(block => block.Scope == scope))
        {
            block.Scope = scope.Parent;
        }

        scopes.Where(inner => inner.Parent == scope).ToList().ForEach(inner => inner.Skip(scope));
        foreach (var block in function.Blocks.Where(block => block.Terminator.Code == Code.Leave && block.Scope?.Contains(block.Terminator.Targets[0].Scope) != false))
        {
            block.Terminator = Terminator.Jump(block.Terminator.Targets[0]);
        }
    }
}
