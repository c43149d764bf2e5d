namespace GraphWeaver.Compiler.Purity;

/// <summary>A verdict on the way: the effect, its cause at the leaf, and the methods from the one asked about to the leaf's caller.</summary>
/// <param name="Effect">The strongest effect.</param>
/// <param name="Reason">The cause at the leaf.</param>
/// <param name="Chain">Callers in the user's names, the outermost first.</param>
/// <param name="IsHash">Whether all that is impure is that hash codes differ between runs: no collection's contents or order depend on them.</param>
internal sealed record Finding(Effect Effect, string Reason, IReadOnlyList<string> Chain, bool IsHash = false)
{
    public static Finding Pure(string reason) => new(Effect.Pure, reason, []);

    public static Finding Mutates(string reason) => new(Effect.MutatesArguments, reason, []);

    public static Finding Impure(string reason) => new(Effect.Impure, reason, []);

    public bool IsImpure => Effect == Effect.Impure;

    public Finding CalledFrom(string caller) => this with { Chain = [caller, .. Chain] };
}
