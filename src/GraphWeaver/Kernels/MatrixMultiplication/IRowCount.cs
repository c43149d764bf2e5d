namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>A number of rows that is a constant to the compiler of a method, so that one text serves tiles of several heights.</summary>
internal interface IRowCount
{
    /// <summary>The number.</summary>
    public static abstract int Value { get; }
}
