using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels.MatrixMultiplication;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver.Kernels.Convolution;

/// <summary>
/// A convolution of any type of element, by rows of the result: each weight times the part of an image's row that it meets is added. With a stride
/// of 1 that is a run of memory, and goes through <see cref="TensorPrimitives"/>. A finished row is handed to the epilogue. Before: dense tensors, a result
/// that is not empty. After: every element of the result is written, and the epilogue has run over all of it, or given up.
/// </summary>
internal readonly struct RowConvolution<T>(
    Tensor<T> input, Tensor<T> weights, Tensor<T>? bias, Tensor<T> result, ConvolutionShape shape, KernelEpilogue epilogue) : IKernel
    where T : INumberBase<T>
{
    /// <summary>Computes the convolution.</summary>
    /// <returns>False when the epilogue gave up.</returns>
    internal bool Run() =>
        RowRunner.Run<T, RowConvolution<T>>(this, shape.Images * shape.Filters * shape.Rows, shape.Columns * (shape.WindowSize + epilogue.Cost));

    public bool Execute(int chunk, nint start, nint end)
    {
        for (nint unit = start; unit < end; unit++)
        {
            (nint plane, nint row) = Math.DivRem(unit, shape.Rows);
            (nint image, nint filter) = Math.DivRem(plane, shape.Filters);
            Span<T> sum = DenseTensor.Span(result, unit * shape.Columns, shape.Columns);
            sum.Fill(bias is null ? T.Zero : DenseTensor.Span(bias, filter, 1)[0]);
            for (nint place = 0; place < shape.WindowSize; place++)
            {
                (nint channel, nint inWindow) = Math.DivRem(place, shape.FilterHeight * shape.FilterWidth);
                (nint down, nint right) = Math.DivRem(inWindow, shape.FilterWidth);
                nint imageRow = (row * shape.Stride) + down - shape.Padding;
                if (imageRow >= 0 && imageRow < shape.Height)
                {
                    nint first = ((((image * shape.Channels) + channel) * shape.Height) + imageRow) * shape.Width;
                    AddProducts(
                        DenseTensor.Span(weights, (filter * shape.WindowSize) + place, 1)[0],
                        DenseTensor.Span(input, first, shape.Width),
                        right - shape.Padding,
                        sum);
                }
            }

            if (!epilogue.Run(unit * shape.Columns, (unit + 1) * shape.Columns))
            {
                return false;
            }
        }

        return true;
    }

    private void AddProducts(T weight, ReadOnlySpan<T> row, nint firstColumn, Span<T> sum)
    {
        if (shape.Stride == 1)
        {
            var skipped = (int)nint.Clamp(-firstColumn, 0, sum.Length);
            var count = (int)nint.Max(0, nint.Min(sum.Length, row.Length - firstColumn) - skipped);
            if (count > 0)
            {
                Span<T> met = sum.Slice(skipped, count);
                TensorPrimitives.MultiplyAdd(row.Slice((int)(firstColumn + skipped), count), weight, met, met);
            }

            return;
        }

        for (int index = 0; index < sum.Length; index++, firstColumn += shape.Stride)
        {
            if (firstColumn >= 0 && firstColumn < row.Length)
            {
                sum[index] += row[(int)firstColumn] * weight;
            }
        }
    }
}
