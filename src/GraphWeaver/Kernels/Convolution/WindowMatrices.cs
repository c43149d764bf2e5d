using System.Runtime.CompilerServices;
using GraphWeaver.Kernels.MatrixMultiplication;

namespace GraphWeaver.Kernels.Convolution;

/// <summary>
/// The windows of an image as the columns of a matrix ("im2col"; K. Chellapilla et al., High Performance Convolutional Neural Networks for Document Processing,
/// 2006), a block at a time, straight into the panel of a matrix product: row (c, p, q), column (i, j) is the image's element
/// (c, i stride + p - padding, j stride + q - padding), or zero outside.
/// </summary>
/// <param name="images">The first element of dense images; it does not move.</param>
/// <param name="shape">The convolution.</param>
internal readonly unsafe struct WindowMatrices<T>(T* images, ConvolutionShape shape) : IPanelSource<T>
    where T : unmanaged
{
    public T* TryAt(nint batch, nint row, nint column, out nint distance)
    {
        distance = 0;
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack<TTile>(nint batch, nint firstRow, nint rows, nint firstColumn, nint columns, T* target)
        where TTile : struct, IMatMulTile<T>
    {
        (nint channel, nint place) = Math.DivRem(firstRow, shape.FilterHeight * shape.FilterWidth);
        (nint down, nint right) = Math.DivRem(place, shape.FilterWidth);
        (nint firstOutputRow, nint firstOutputColumn) = Math.DivRem(firstColumn, shape.Columns);
        for (nint row = 0; row < rows; row++)
        {
            T* plane = images + (((batch * shape.Channels) + channel) * shape.Height * shape.Width);
            nint outputRow = firstOutputRow;
            nint outputColumn = firstOutputColumn;
            for (nint done = 0; done < columns; outputRow++, outputColumn = 0)
            {
                nint count = nint.Min(columns - done, shape.Columns - outputColumn);
                CopyRun(plane, (outputRow * shape.Stride) + down - shape.Padding, (outputColumn * shape.Stride) + right - shape.Padding, count, target + done);
                done += count;
            }

            new Span<T>(target + columns, (int)(TTile.Columns - columns)).Clear();
            target += TTile.Columns;
            if (++right == shape.FilterWidth)
            {
                right = 0;
                if (++down == shape.FilterHeight)
                {
                    down = 0;
                    channel++;
                }
            }
        }
    }

    // Elements of one row of the image, stride apart, from a column that may be outside.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CopyRun(T* plane, nint imageRow, nint imageColumn, nint count, T* target)
    {
        if (imageRow < 0 || imageRow >= shape.Height)
        {
            new Span<T>(target, (int)count).Clear();
            return;
        }

        T* source = plane + (imageRow * shape.Width);
        if (shape.Stride == 1 && imageColumn >= 0 && imageColumn + count <= shape.Width)
        {
            Unsafe.CopyBlockUnaligned(target, source + imageColumn, (uint)(count * sizeof(T)));
            return;
        }

        for (nint index = 0; index < count; index++)
        {
            target[index] = (nuint)imageColumn < (nuint)shape.Width ? source[imageColumn] : default;
            imageColumn += shape.Stride;
        }
    }
}
