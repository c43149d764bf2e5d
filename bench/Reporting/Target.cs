using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>What is wanted against one peer.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Mean">The least geometric mean of its ratio over a workload's sizes; null where only cells count.</param>
/// <param name="Cell">The least ratio in a cell.</param>
/// <param name="Applies">In which cells.</param>
internal sealed record Target(string Peer, double? Mean, double Cell, Predicate<CellRecord> Applies)
{
    private static readonly Predicate<CellRecord> everywhere = _ => true;

    /// <summary>The list of the issue on speed.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        .. ((string[])[PeerNames.Loop, PeerNames.LoopFast, PeerNames.LoopGiven, PeerNames.LoopFastGiven]).Select(
            loop => new Target(loop, 1 / 1.15, 1 / 1.4, cell => cell.Size != "tiny")),
        new(PeerNames.Gcc, null, 1 / 1.3, everywhere),
        new(PeerNames.GccFast, null, 1 / 1.3, everywhere),
        .. ((string[])[PeerNames.NumPy, PeerNames.NumExpr, PeerNames.Numba, PeerNames.NumbaFast, PeerNames.Torch, PeerNames.TorchJit, PeerNames.TorchNative])
            .Select(peer => new Target(peer, null, 1, everywhere)),
        new(PeerNames.Eager, null, 15, IsLongChain),
        new(PeerNames.EagerOperator, null, 1, everywhere),
        new(PeerNames.OpenBlas, null, 0.85, cell => cell.Workload == "matmul"),
    ];

    // Element-wise chains of five operators or more, at 65,536 elements or more.
    private static bool IsLongChain(CellRecord cell) => cell.Workload switch
    {
        "gelu_chain" => cell.Size != "tiny",
        "black_scholes_float" or "black_scholes_double" or "arc_distance" => cell.Size != "small",
        _ => false,
    };
}
