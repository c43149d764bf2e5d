namespace GraphWeaver.Compiler.Purity;

/// <summary>A verdict on the way: the effect, its cause at the leaf, and the methods from the one asked about to the leaf's caller.</summary>
internal sealed record Finding(Effect Effect, string Reason, IReadOnlyList<string> Chain)
{
    public static Finding Pure(string reason) => new(Effect.Pure, reason, []);

    public static Finding Impure(string reason) => new(Effect.Impure, reason, []);

    public Finding CalledFrom(string caller) => this with { Chain = [caller, .. Chain] };
}
