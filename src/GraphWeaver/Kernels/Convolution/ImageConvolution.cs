using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.MatrixMultiplication;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver.Kernels.Convolution;

/// <summary>Takes a convolution to the form its type has: the filters times the windows on matrix tiles for float and double, rows for the rest.</summary>
internal static unsafe class ImageConvolution
{
    /// <summary>Computes the convolution; the tensors are dense, the result is not empty.</summary>
    internal static void Compute<T>(Tensor<T> input, Tensor<T> weights, Tensor<T>? bias, Tensor<T> result, ConvolutionShape shape)
        where T : INumberBase<T>
    {
        if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated)
        {
            ComputeSingle(
                DenseTensor.As<float, T>(input), DenseTensor.As<float, T>(weights), (Tensor<float>?)(object?)bias, DenseTensor.As<float, T>(result), shape);
        }
        else if (typeof(T) == typeof(double) && Vector128.IsHardwareAccelerated)
        {
            ComputeDouble(
                DenseTensor.As<double, T>(input), DenseTensor.As<double, T>(weights), (Tensor<double>?)(object?)bias, DenseTensor.As<double, T>(result), shape);
        }
        else
        {
            new RowConvolution<T>(input, weights, bias, result, shape).Run();
        }
    }

    private static void ComputeSingle(Tensor<float> input, Tensor<float> weights, Tensor<float>? bias, Tensor<float> result, ConvolutionShape shape)
    {
        fixed (float* images = &DenseTensor.First(input), filters = &DenseTensor.First(weights), target = &DenseTensor.First(result))
        {
            fixed (float* terms = bias is null ? [] : DenseTensor.Span(bias, 0, shape.Filters))
            {
                // Every image is multiplied by the same filters.
                fixed (nint* offsets = new nint[shape.Images])
                {
                    var left = new StridedMatrices<float>(filters, offsets, shape.WindowSize, 1);
                    var product = new MatMulShape(shape.Filters, shape.Rows * shape.Columns, shape.WindowSize);
                    MatMulDispatcher.Multiply(left, new WindowMatrices<float>(images, shape), target, product, shape.Images, terms);
                }
            }
        }
    }

    private static void ComputeDouble(Tensor<double> input, Tensor<double> weights, Tensor<double>? bias, Tensor<double> result, ConvolutionShape shape)
    {
        fixed (double* images = &DenseTensor.First(input), filters = &DenseTensor.First(weights), target = &DenseTensor.First(result))
        {
            fixed (double* terms = bias is null ? [] : DenseTensor.Span(bias, 0, shape.Filters))
            {
                fixed (nint* offsets = new nint[shape.Images])
                {
                    var left = new StridedMatrices<double>(filters, offsets, shape.WindowSize, 1);
                    var product = new MatMulShape(shape.Filters, shape.Rows * shape.Columns, shape.WindowSize);
                    MatMulDispatcher.Multiply(left, new WindowMatrices<double>(images, shape), target, product, shape.Images, terms);
                }
            }
        }
    }
}
