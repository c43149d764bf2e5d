namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>The product of an [Rows, Depth] and a [Depth, Columns] matrix.</summary>
internal readonly record struct MatMulShape(nint Rows, nint Columns, nint Depth);
