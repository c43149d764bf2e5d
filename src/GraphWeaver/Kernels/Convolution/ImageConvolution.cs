using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.MatrixMultiplication;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver.Kernels.Convolution;

/// <summary>
/// Takes a convolution to the form its type has: the filters times the windows on matrix tiles for float and double, through float for Half, rows for the
/// rest. Nothing is allocated for dense tensors.
/// </summary>
internal static unsafe class ImageConvolution
{
    /// <summary>Computes the convolution, and then the epilogue over it, block by block; the result is dense and not empty.</summary>
    /// <returns>False when the epilogue gave up.</returns>
    internal static bool Compute<T>(
        Tensor<T> input, Tensor<T> weights, Tensor<T>? bias, Tensor<T> result, ConvolutionShape shape, KernelEpilogue epilogue)
        where T : INumberBase<T>
    {
        if (typeof(T) == typeof(Half))
        {
            Tensor<float> wide = TensorMath.Conv2D(
                Wide.To<T, float>(input), Wide.To<T, float>(weights), bias is null ? null : Wide.To<T, float>(bias), shape.Stride, shape.Padding);
            Tensor.ConvertTruncating<float, Half>(wide, DenseTensor.As<Half, T>(result).AsTensorSpan());
            return KernelRunner.Run(ref epilogue, result.FlattenedLength, Math.Max(1, epilogue.Cost));
        }

        input = DenseTensor.Of(input);
        weights = DenseTensor.Of(weights);
        bias = bias is null ? null : DenseTensor.Of(bias);

        if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated)
        {
            return ComputeSingle(
                DenseTensor.As<float, T>(input), DenseTensor.As<float, T>(weights), (Tensor<float>?)(object?)bias, DenseTensor.As<float, T>(result), shape, epilogue);
        }

        if (typeof(T) == typeof(double) && Vector128.IsHardwareAccelerated)
        {
            return ComputeDouble(
                DenseTensor.As<double, T>(input), DenseTensor.As<double, T>(weights), (Tensor<double>?)(object?)bias, DenseTensor.As<double, T>(result), shape, epilogue);
        }

        return new RowConvolution<T>(input, weights, bias, result, shape, epilogue).Run();
    }

    private static bool ComputeSingle(
        Tensor<float> input, Tensor<float> weights, Tensor<float>? bias, Tensor<float> result, ConvolutionShape shape, KernelEpilogue epilogue)
    {
        fixed (float* images = &DenseTensor.First(input), filters = &DenseTensor.First(weights), target = &DenseTensor.First(result))
        {
            fixed (float* terms = bias is null ? [] : DenseTensor.Span(bias, 0, shape.Filters))
            {
                // Every image is multiplied by the same filters.
                var left = new StridedMatrices<float>(filters, offsets: null, shape.WindowSize, 1);
                var product = new MatMulShape(shape.Filters, shape.Rows * shape.Columns, shape.WindowSize);
                return MatMulDispatcher.Multiply(left, new WindowMatrices<float>(images, shape), target, product, shape.Images, terms, epilogue);
            }
        }
    }

    private static bool ComputeDouble(
        Tensor<double> input, Tensor<double> weights, Tensor<double>? bias, Tensor<double> result, ConvolutionShape shape, KernelEpilogue epilogue)
    {
        fixed (double* images = &DenseTensor.First(input), filters = &DenseTensor.First(weights), target = &DenseTensor.First(result))
        {
            fixed (double* terms = bias is null ? [] : DenseTensor.Span(bias, 0, shape.Filters))
            {
                var left = new StridedMatrices<double>(filters, offsets: null, shape.WindowSize, 1);
                var product = new MatMulShape(shape.Filters, shape.Rows * shape.Columns, shape.WindowSize);
                return MatMulDispatcher.Multiply(left, new WindowMatrices<double>(images, shape), target, product, shape.Images, terms, epilogue);
            }
        }
    }
}
