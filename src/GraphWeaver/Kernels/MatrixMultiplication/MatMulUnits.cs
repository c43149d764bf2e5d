namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// How a product is cut into units of work: panels, as many columns as a tile has, over a range of rows. One panel and as many rows as leave units
/// enough for the threads to come out even. Panels side by side, over so few rows that their elements stay in cache, where an epilogue follows, since it is
/// run row by row and each start costs as much as some hundred elements, and where few rows leave the right matrix where it is, in rows.
/// </summary>
/// <param name="Panels">The panels of a result.</param>
/// <param name="PanelsOfUnit">The panels of a unit.</param>
/// <param name="RowsOfUnit">The rows of a unit, whole tiles of them.</param>
/// <param name="PanelRanges">The units side by side.</param>
/// <param name="RowRanges">The units below each other.</param>
internal readonly record struct MatMulUnits(nint Panels, nint PanelsOfUnit, nint RowsOfUnit, nint PanelRanges, nint RowRanges)
{
    // Units wanted, and the rows a unit needs to be worth packing a panel.
    private const int EnoughUnits = 16;
    private const int EnoughRows = 64;

    // What a thread takes at once: less work needs no unit of its own.
    private const long EnoughProducts = 524_288;

    // Elements of a unit, whose products are handed on from cache: 256 KB of float.
    private const int RowsInCache = 256;
    private const int ElementsInCache = 65_536;

    /// <summary>The units of one result.</summary>
    internal nint Count => PanelRanges * RowRanges;

    internal static MatMulUnits Of(MatMulShape shape, nint batches, int tileRows, int tileColumns, RightReading reading, bool hasEpilogue)
    {
        bool isSideBySide = hasEpilogue || reading.IsInPlace;
        nint panels = Ranges(shape.Columns, tileColumns);
        nint wanted = nint.Max(EnoughUnits / (panels * batches), isSideBySide ? Ranges(shape.Rows, RowsInCache) : 1);
        nint rows = Ranges(shape.Rows, nint.Clamp(wanted, 1, Ranges(shape.Rows, EnoughRows)));
        rows = Ranges(rows, tileRows) * tileRows;
        nint rowRanges = Ranges(shape.Rows, rows);
        nint panelsOfUnit = 1;
        if (isSideBySide)
        {
            nint most = nint.Min(panels, ElementsInCache / (rows * tileColumns));
            var enough = (nint)long.Min(panels, EnoughProducts / ((long)nint.Min(rows, shape.Rows) * tileColumns * nint.Max(1, shape.Depth)));
            panelsOfUnit = nint.Max(enough, batches * panels * rowRanges / EnoughUnits);
            panelsOfUnit = nint.Max(1, nint.Min(most, nint.Max(panelsOfUnit, reading.LeastColumns / tileColumns)));
        }

        return new MatMulUnits(panels, panelsOfUnit, rows, Ranges(panels, panelsOfUnit), rowRanges);
    }

    private static nint Ranges(nint length, nint size) => (length + size - 1) / size;
}
