using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// Copies columns that are runs of memory into rows, in squares that are turned in registers where the machine has the instructions, the rest element
/// by element. Before: columns <c>distance</c> elements apart. After: element (row, column) is at <c>target[row * width + column]</c>.
/// </summary>
internal static unsafe class BlockTransposition
{
    /// <summary>Copies a block of <paramref name="rows"/> elements of each column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Copy<T>(T* source, nint distance, nint rows, nint columns, T* target, nint width)
        where T : unmanaged
    {
        nint turnedColumns = 0;
        nint turnedRows = 0;
        if (Sse2.IsSupported && sizeof(T) == sizeof(float))
        {
            (turnedRows, turnedColumns) = (rows & ~3, columns & ~3);
            TurnSingles((float*)source, distance, turnedRows, turnedColumns, (float*)target, width);
        }
        else if (Sse2.IsSupported && sizeof(T) == sizeof(double))
        {
            (turnedRows, turnedColumns) = (rows & ~1, columns & ~1);
            TurnDoubles((double*)source, distance, turnedRows, turnedColumns, (double*)target, width);
        }

        CopyOneByOne(source + turnedRows, distance, rows - turnedRows, turnedColumns, target + (turnedRows * width), width);
        CopyOneByOne(source + (turnedColumns * distance), distance, rows, columns - turnedColumns, target + turnedColumns, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnSingles(float* source, nint distance, nint rows, nint columns, float* target, nint width)
    {
        for (nint column = 0; column < columns; column += 4)
        {
            float* from = source + (column * distance);
            float* to = target + column;
            for (nint row = 0; row < rows; row += 4)
            {
                Vector128<float> first = Vector128.Load(from);
                Vector128<float> second = Vector128.Load(from + distance);
                Vector128<float> third = Vector128.Load(from + (2 * distance));
                Vector128<float> fourth = Vector128.Load(from + (3 * distance));
                Vector128<float> upperLeft = Sse.UnpackLow(first, second);
                Vector128<float> upperRight = Sse.UnpackLow(third, fourth);
                Vector128<float> lowerLeft = Sse.UnpackHigh(first, second);
                Vector128<float> lowerRight = Sse.UnpackHigh(third, fourth);
                Sse.MoveLowToHigh(upperLeft, upperRight).Store(to);
                Sse.MoveHighToLow(upperRight, upperLeft).Store(to + width);
                Sse.MoveLowToHigh(lowerLeft, lowerRight).Store(to + (2 * width));
                Sse.MoveHighToLow(lowerRight, lowerLeft).Store(to + (3 * width));
                from += 4;
                to += 4 * width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnDoubles(double* source, nint distance, nint rows, nint columns, double* target, nint width)
    {
        for (nint column = 0; column < columns; column += 2)
        {
            double* from = source + (column * distance);
            double* to = target + column;
            for (nint row = 0; row < rows; row += 2)
            {
                Vector128<double> first = Vector128.Load(from);
                Vector128<double> second = Vector128.Load(from + distance);
                Sse2.UnpackLow(first, second).Store(to);
                Sse2.UnpackHigh(first, second).Store(to + width);
                from += 2;
                to += 2 * width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyOneByOne<T>(T* source, nint distance, nint rows, nint columns, T* target, nint width)
        where T : unmanaged
    {
        for (nint column = 0; column < columns; column++)
        {
            T* from = source + (column * distance);
            T* to = target + column;
            for (nint row = 0; row < rows; row++)
            {
                *to = *from++;
                to += width;
            }
        }
    }
}
