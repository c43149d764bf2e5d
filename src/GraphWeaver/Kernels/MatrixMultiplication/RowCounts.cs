namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>The heights of tiles: with the powers of two no row is ever padded.</summary>
internal static class RowCounts
{
    internal readonly struct One : IRowCount
    {
        public static int Value => 1;
    }

    internal readonly struct Two : IRowCount
    {
        public static int Value => 2;
    }

    internal readonly struct Four : IRowCount
    {
        public static int Value => 4;
    }

    internal readonly struct Eight : IRowCount
    {
        public static int Value => 8;
    }
}
