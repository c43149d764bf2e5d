using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR;

/// <summary>
/// A part of a function that exceptions see: the body of a <c>try</c>, of a handler or of a filter. Each block knows the innermost one it
/// lies in; null is the function itself. A scope lives as long as a block lies in it. Control enters one at its <see cref="Entry"/> only, and
/// leaves it by <c>leave</c>, <c>throw</c> and what else ends a handler.
/// </summary>
public abstract class Scope
{
    public abstract Scope? Parent { get; }

    /// <summary>The block control enters by; it lies in the scope itself, not in one within.</summary>
    public BasicBlock Entry { get; set; } = null!;

    /// <summary>Whether <paramref name="other"/> is this scope or lies in it.</summary>
    public bool Contains(Scope? other) => Outwards(other).Contains(this);

    /// <summary>A scope and those around it, the innermost first.</summary>
    public static IEnumerable<Scope> Outwards(Scope? innermost)
    {
        for (var scope = innermost; scope is not null; scope = scope.Parent)
        {
            yield return scope;
        }
    }

    /// <summary>The innermost scope that holds both, or null for the function.</summary>
    public static Scope? Common(Scope? left, Scope? right) => Outwards(left).FirstOrDefault(scope => scope.Contains(right));
}

/// <summary>
/// The body of a <c>try</c> with its handlers in the order the runtime asks them. One block in the scope around leads to its entry, its door:
/// what holds where the door ends holds in the handlers, whatever of the body has run.
/// </summary>
public sealed class TryScope(Scope? parent) : Scope
{
    private Scope? around = parent;

    public override Scope? Parent => around;

    public List<HandlerScope> Handlers { get; } = [];

    /// <summary>Says that the scope around is gone, and that what lay around that is around this one.</summary>
    public void Skip(TryScope gone) => around = gone.Parent;

    /// <summary>Says what is around a scope that lay in no other.</summary>
    public void Enclose(Scope scope) => around = scope;
}

/// <summary>The body of a <c>catch</c>, <c>finally</c> or <c>fault</c>. No block leads to its entry, which has no phis.</summary>
public sealed class HandlerScope(TryScope guarded, ExceptionHandlerType kind, CaughtException? caught) : Scope
{
    public override Scope? Parent => Guarded.Parent;

    public TryScope Guarded { get; } = guarded;

    public ExceptionHandlerType Kind { get; } = kind;

    /// <summary>What a <c>catch</c> caught; its type is the one that is caught.</summary>
    public CaughtException? Caught { get; } = caught;

    /// <summary>What decides whether the handler runs, in one of kind <see cref="ExceptionHandlerType.Filter"/>.</summary>
    public FilterScope? Filter { get; set; }

    /// <summary>Where an exception arrives: at the filter if there is one.</summary>
    public BasicBlock FirstEntry => Filter?.Entry ?? Entry;
}

/// <summary>The body of a filter, which ends in <c>endfilter</c> at most once. The rules of a handler's entry hold for its own.</summary>
public sealed class FilterScope(HandlerScope handler, CaughtException caught) : Scope
{
    public override Scope? Parent => Handler.Parent;

    public HandlerScope Handler { get; } = handler;

    public CaughtException Caught { get; } = caught;
}
