namespace GraphWeaver.DifferentialTests.Fallback.Grids;

/// <summary>One program of a grid: A after B in C, where A and B are none, if, while or for, and C is if, while or for.</summary>
internal sealed record GridCell(string A, string B, string C)
{
    private static readonly string[] Inner = ["None", "If", "While", "For"];
    private static readonly string[] Outer = ["If", "While", "For"];

    public static IReadOnlyList<GridCell> All { get; } = [.. from a in Inner from b in Inner from c in Outer select new GridCell(a, b, c)];

    public string Name => $"{A}_after_{B}_in_{C}";
}
