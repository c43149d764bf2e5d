using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR;

/// <summary>The verifier's rules for <c>try</c>, handlers and filters.</summary>
internal static class ScopeVerifier
{
    public static IEnumerable<string> Errors(Function function)
    {
        var scopes = function.Blocks.SelectMany(block => Scope.Outwards(block.Scope)).Distinct().ToList();
        foreach (var scope in scopes)
        {
            foreach (var error in ScopeErrors(scope, function))
            {
                yield return error;
            }
        }

        foreach (var block in function.Blocks)
        {
            foreach (var error in EdgeErrors(block).Concat(EndErrors(block)))
            {
                yield return $"block {function.Blocks.IndexOf(block)}: {error}";
            }
        }
    }

    private static IEnumerable<string> ScopeErrors(Scope scope, Function function)
    {
        if (scope.Entry?.Scope != scope || !function.Blocks.Contains(scope.Entry))
        {
            yield return "a scope's entry does not lie in it";
            yield break;
        }

        if (scope is TryScope guarded)
        {
            var doors = function.Blocks.Where(block => !scope.Contains(block.Scope) && block.Successors.Contains(scope.Entry)).ToList();
            if (doors.Count != 1 || doors[0].Scope != scope.Parent)
            {
                yield return "a try has not one door, in the scope around";
            }

            if (guarded.Handlers.Count == 0)
            {
                yield return "a try has no handler";
            }

            yield break;
        }

        var handler = (scope as FilterScope)?.Handler ?? (HandlerScope)scope;
        if (!handler.Guarded.Handlers.Contains(handler) || handler.Kind == ExceptionHandlerType.Filter != handler.Filter is not null)
        {
            yield return "a handler or filter its try does not know";
        }

        if (handler.Kind is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter != handler.Caught is not null)
        {
            yield return "a handler has an exception where it catches none, or none where it does";
        }

        if (scope.Entry.Phis.Count > 0 || function.Blocks.Any(block => block.Successors.Contains(scope.Entry)))
        {
            yield return "a handler's entry has phis or a branch to it";
        }

        if (scope is FilterScope && function.Blocks.Count(block => block.Scope == scope && block.Terminator.Code == Code.Endfilter) > 1)
        {
            yield return "a filter ends twice";
        }
    }

    private static IEnumerable<string> EdgeErrors(BasicBlock block)
    {
        foreach (var target in block.Successors)
        {
            var left = Scope.Outwards(block.Scope).Where(scope => !scope.Contains(target.Scope)).ToList();
            var entered = Scope.Outwards(target.Scope).Where(scope => !scope.Contains(block.Scope)).ToList();
            if (left.Count > 0 != (block.Terminator.Code == Code.Leave))
            {
                yield return "a leave stays inside, or another branch leaves a scope";
            }

            if (left.Any(scope => scope is FilterScope or HandlerScope { Kind: ExceptionHandlerType.Finally or ExceptionHandlerType.Fault }))
            {
                yield return "a branch leaves a finally, fault or filter";
            }

            if (entered.Count > 1 || entered.Any(scope => scope is not TryScope || scope.Entry != target))
            {
                yield return "a branch enters a scope elsewhere than at a try's entry";
            }
        }
    }

    private static IEnumerable<string> EndErrors(BasicBlock block)
    {
        var fits = block.Terminator.Code switch
        {
            Code.Ret => block.Scope is null,
            Code.Endfinally => block.Scope is HandlerScope { Kind: ExceptionHandlerType.Finally or ExceptionHandlerType.Fault },
            Code.Endfilter => block.Scope is FilterScope,
            Code.Rethrow => Scope.Outwards(block.Scope).Any(scope => scope is HandlerScope { Caught: not null }),
            _ => true,
        };
        if (!fits)
        {
            yield return $"{block.Terminator.Code} where it cannot stand";
        }
    }
}
