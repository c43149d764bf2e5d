using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>
/// Makes scopes of a body's exception clauses. Clauses that guard the same range are handlers of one <see cref="TryScope"/>; what lies in
/// what follows from the ranges. Entries are not set: they are blocks, and blocks are cut later.
/// </summary>
internal sealed class ScopeReader
{
    private readonly Dictionary<IlInstruction, int> indices = [];
    private readonly MethodBody body;
    private readonly List<Interval> intervals = [];
    private readonly Dictionary<(int Start, int End), TryScope> tries = [];
    private readonly Dictionary<ExceptionHandler, HandlerScope> handlers = [];

    public ScopeReader(MethodBody body)
    {
        this.body = body;
        for (var i = 0; i < body.Instructions.Count; i++)
        {
            indices[body.Instructions[i]] = i;
        }

        foreach (var clause in body.ExceptionHandlers)
        {
            var guarded = Guarded(clause);
            if (intervals.All(interval => interval.Start != guarded.Start || interval.End != guarded.End || interval.Clause is not null))
            {
                intervals.Add(new Interval(guarded.Start, guarded.End, null, false));
            }

            if (clause.FilterStart is not null)
            {
                intervals.Add(new Interval(indices[clause.FilterStart], indices[clause.HandlerStart], clause, true));
            }

            intervals.Add(new Interval(indices[clause.HandlerStart], EndOf(clause.HandlerEnd), clause, false));
        }

        intervals.Sort((left, right) => (left.End - left.Start).CompareTo(right.End - right.Start));
        foreach (var interval in intervals.Where(interval => interval.Clause is not null))
        {
            if (Around(interval.Start, interval.End) != Around(Guarded(interval.Clause!).Start, Guarded(interval.Clause!).End))
            {
                throw new NotLiftedException("a handler that lies apart from what it guards");
            }
        }
    }

    /// <summary>Where a range of instructions lies; the clause is null for a <c>try</c> body.</summary>
    private sealed record Interval(int Start, int End, ExceptionHandler? Clause, bool IsFilter);

    /// <summary>The first instructions of scopes and those behind their ends.</summary>
    public IEnumerable<int> Borders => intervals.SelectMany(interval => new[] { interval.Start, interval.End });

    /// <summary>The innermost scope an instruction lies in.</summary>
    public Scope? At(int index) => intervals.FirstOrDefault(interval => interval.Start <= index && index < interval.End) is { } innermost ? ScopeOf(innermost) : null;

    /// <summary>The scopes that begin with an instruction, the outermost first.</summary>
    public List<Scope> BeginningAt(int index) => [.. intervals.Where(interval => interval.Start == index).Reverse().Select(ScopeOf)];

    private Interval? Around(int start, int end) =>
        intervals.FirstOrDefault(interval => interval.Start <= start && end <= interval.End && interval.End - interval.Start > end - start);

    private Scope ScopeOf(Interval interval)
    {
        if (interval.Clause is null)
        {
            return TryAt(interval.Start, interval.End);
        }

        var guarded = Guarded(interval.Clause);
        TryAt(guarded.Start, guarded.End);
        var handler = handlers[interval.Clause];
        return interval.IsFilter ? handler.Filter! : handler;
    }

    private TryScope TryAt(int start, int end)
    {
        if (tries.TryGetValue((start, end), out var known))
        {
            return known;
        }

        var scope = new TryScope(Around(start, end) is { } around ? ScopeOf(around) : null);
        tries.Add((start, end), scope);
        foreach (var clause in body.ExceptionHandlers.Where(clause => Guarded(clause) == (start, end)))
        {
            var type = clause.CatchType ?? (clause.FilterStart is null ? null : body.Method.Module.TypeSystem.Object);
            var handler = new HandlerScope(scope, clause.HandlerType, type is null ? null : new CaughtException(type));
            handler.Filter = clause.FilterStart is null ? null : new FilterScope(handler, new CaughtException(type!));
            handlers.Add(clause, handler);
            scope.Handlers.Add(handler);
        }

        return scope;
    }

    private (int Start, int End) Guarded(ExceptionHandler clause) => (indices[clause.TryStart], EndOf(clause.TryEnd));

    private int EndOf(IlInstruction? instruction) => instruction is null ? body.Instructions.Count : indices[instruction];
}
