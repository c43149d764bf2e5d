namespace GraphWeaver.Compiler.Purity;

/// <summary>What a call can do besides computing its result, in rising order.</summary>
public enum Effect
{
    /// <summary>Nothing: reads its arguments and immutable data.</summary>
    Pure,

    /// <summary>Writes memory reached from its receiver or arguments, nothing else.</summary>
    MutatesArguments,

    /// <summary>Reads or writes the world: it is never executed in the build unless vouched for.</summary>
    Impure,
}

/// <summary>What the analysis found about a method.</summary>
/// <param name="Effect">The strongest effect.</param>
/// <param name="Reason">
/// For an impure method the chain in the user's names, <c>reads DateTime.Now via A.B, C.D</c>; else where the verdict comes from.
/// </param>
/// <param name="MayAliasStatics">Whether results may be mutable objects that statics hold, so that storing them would make a second one.</param>
public sealed record PurityVerdict(Effect Effect, string Reason, bool MayAliasStatics = false)
{
    public bool IsPure => Effect == Effect.Pure;
}
