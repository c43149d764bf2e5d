namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>Goes over a length in pieces that stay in the first cache.</summary>
internal static class Tiles
{
    /// <summary>Calls <paramref name="tile"/> with the start and the length of each piece.</summary>
    public static void Run(int length, int size, Action<int, int> tile)
    {
        for (int at = 0; at < length; at += size)
        {
            tile(at, Math.Min(size, length - at));
        }
    }
}
