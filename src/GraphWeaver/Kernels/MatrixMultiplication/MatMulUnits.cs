namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// How a product is cut into units of work: panels, as many columns as a tile has, over a range of rows. One panel and as many rows as leave units
/// enough for the threads to come out even; where an epilogue follows, panels side by side, since it is run row by row and each start
/// costs as much as some hundred elements, over so few rows that their elements stay in cache.
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

    // Together 256 KB of float.
    private const int MostPanels = 8;
    private const int RowsInCache = 256;

    /// <summary>The units of one result.</summary>
    internal nint Count => PanelRanges * RowRanges;

    internal static MatMulUnits Of(MatMulShape shape, nint batches, int tileRows, int tileColumns, bool hasEpilogue)
    {
        nint panels = Ranges(shape.Columns, tileColumns);
        nint wanted = nint.Max(EnoughUnits / (panels * batches), hasEpilogue ? Ranges(shape.Rows, RowsInCache) : 1);
        nint rows = Ranges(shape.Rows, nint.Clamp(wanted, 1, Ranges(shape.Rows, EnoughRows)));
        rows = Ranges(rows, tileRows) * tileRows;
        nint rowRanges = Ranges(shape.Rows, rows);
        nint panelsOfUnit = hasEpilogue ? nint.Clamp(batches * panels * rowRanges / EnoughUnits, 1, nint.Min(panels, MostPanels)) : 1;
        return new MatMulUnits(panels, panelsOfUnit, rows, Ranges(panels, panelsOfUnit), rowRanges);
    }

    private static nint Ranges(nint length, nint size) => (length + size - 1) / size;
}
