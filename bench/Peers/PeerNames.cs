namespace GraphWeaver.Benchmarks.Peers;

/// <summary>The peers' names in tables and records.</summary>
internal static class PeerNames
{
    public const string Woven = "woven";
    public const string WovenOneThread = "woven 1 thread";
    public const string WovenGiven = "woven given";
    public const string WovenFast = "woven FastMath";
    public const string WovenFastOneThread = "woven FastMath 1 thread";
    public const string WovenFastGiven = "woven FastMath given";
    public const string Eager = "eager";
    public const string EagerOperator = "one eager operator";
    public const string Primitives = "TensorPrimitives";
    public const string PrimitivesTiled = "TensorPrimitives tiled";
    public const string LoopOneThread = "loop 1 thread";
    public const string Loop = "loop 2 threads";
    public const string LoopGiven = "loop 2 threads given";
    public const string LoopFastOneThread = "FMA loop 1 thread";
    public const string LoopFast = "FMA loop 2 threads";
    public const string LoopFastGiven = "FMA loop 2 threads given";
    public const string Gcc = "gcc";
    public const string GccFast = "gcc -ffast-math";
    public const string OpenBlas = "OpenBLAS";
    public const string NumPy = "NumPy";
    public const string NumExpr = "NumExpr";
    public const string Numba = "Numba";
    public const string NumbaFast = "Numba fastmath";
    public const string Torch = "torch";
    public const string TorchJit = "torch.jit";
    public const string TorchNative = "torch native";

    /// <summary>All of them in the order of the tables.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Woven, WovenOneThread, WovenGiven, WovenFast, WovenFastOneThread, WovenFastGiven, Eager, EagerOperator,
        Primitives, PrimitivesTiled, LoopOneThread, Loop, LoopGiven, LoopFastOneThread, LoopFast, LoopFastGiven, Gcc, GccFast, OpenBlas,
        NumPy, NumExpr, Numba, NumbaFast, Torch, TorchJit, TorchNative,
    ];

    /// <summary>The peer's place in <see cref="All"/>.</summary>
    public static int Place(string peer) => All.TakeWhile(name => name != peer).Count();

    /// <summary>The woven way that a peer is compared with: like with like.</summary>
    public static string Like(string peer) => peer switch
    {
        WovenOneThread or LoopOneThread => WovenOneThread,
        WovenGiven or LoopGiven or Gcc or Primitives or PrimitivesTiled => WovenGiven,
        WovenFastOneThread or LoopFastOneThread => WovenFastOneThread,
        WovenFast or LoopFast or NumbaFast => WovenFast,
        WovenFastGiven or LoopFastGiven or GccFast => WovenFastGiven,
        _ => Woven,
    };

    /// <summary>What stands in for a woven way that a workload does not have: the one that returns its result.</summary>
    public static string Returning(string woven) => woven is WovenFastGiven or WovenFast ? WovenFast : Woven;
}
