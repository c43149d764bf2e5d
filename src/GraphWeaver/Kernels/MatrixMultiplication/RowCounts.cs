namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>The heights of tiles: with one text for each, no row is padded.</summary>
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

    internal readonly struct Three : IRowCount
    {
        public static int Value => 3;
    }

    internal readonly struct Four : IRowCount
    {
        public static int Value => 4;
    }

    internal readonly struct Five : IRowCount
    {
        public static int Value => 5;
    }

    internal readonly struct Six : IRowCount
    {
        public static int Value => 6;
    }

    internal readonly struct Seven : IRowCount
    {
        public static int Value => 7;
    }

    internal readonly struct Eight : IRowCount
    {
        public static int Value => 8;
    }
}
