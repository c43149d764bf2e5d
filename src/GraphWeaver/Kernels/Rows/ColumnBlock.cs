namespace GraphWeaver.Kernels.Rows;

/// <summary>Columns side by side, which kernels that go down columns work on together.</summary>
/// <param name="First">Where the first of their elements is in the tensor.</param>
/// <param name="Value">Where the first of their values is in a tensor that has one value for each column.</param>
/// <param name="Count">How many columns there are.</param>
internal readonly record struct ColumnBlock(nint First, nint Value, int Count)
{
    /// <summary>The most columns of a block: their running values stay in the first-level cache.</summary>
    internal const int MaxCount = 512;

    /// <summary>The number of blocks of a tensor.</summary>
    internal static nint BlocksOf(DimensionShape shape) => shape.Outer * BlocksOf(shape.Inner);

    /// <summary>One of a tensor's blocks.</summary>
    internal static ColumnBlock Of(DimensionShape shape, nint index)
    {
        (nint outer, nint block) = Math.DivRem(index, BlocksOf(shape.Inner));
        nint column = block * MaxCount;
        return new((outer * shape.Length * shape.Inner) + column, (outer * shape.Inner) + column, (int)nint.Min(MaxCount, shape.Inner - column));
    }

    private static nint BlocksOf(nint columns) => (columns + MaxCount - 1) / MaxCount;
}
