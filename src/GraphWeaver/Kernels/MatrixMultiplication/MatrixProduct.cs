using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// Takes tensors to the form of product their type has: tiles for float and double, through float for Half, rows for the rest. Nothing is
/// allocated for two matrices, where no copy is needed.
/// </summary>
internal static unsafe class MatrixProduct
{
    // Tiles go along the rows of x once for each panel of columns. Where columns are a page of memory or more apart, every step is another
    // page, and lines of the cache drive each other out: above a few panels one copy is cheaper than reading x as it is.
    private const int FewColumns = 128;
    private const int FarColumns = 1024;

    private static readonly nint[] AtTheStart = [0];

    /// <summary>result = x y for every matrix of the batch, and then the epilogue over it, block by block; result is dense and not empty.</summary>
    /// <returns>False when the epilogue gave up.</returns>
    internal static bool Compute<T>(Tensor<T> x, Tensor<T> y, Tensor<T> result, KernelEpilogue epilogue)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
    {
        if (x.Strides[^1] >= FarColumns && y.Lengths[^1] > FewColumns)
        {
            x = DenseTensor.CopyOf(x);
        }

        nint[] xOffsets = Offsets(x, result);
        if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated)
        {
            return ComputeSingle(DenseTensor.As<float, T>(x), xOffsets, DenseTensor.As<float, T>(y), Offsets(y, result), DenseTensor.As<float, T>(result), epilogue);
        }

        if (typeof(T) == typeof(double) && Vector128.IsHardwareAccelerated)
        {
            return ComputeDouble(DenseTensor.As<double, T>(x), xOffsets, DenseTensor.As<double, T>(y), Offsets(y, result), DenseTensor.As<double, T>(result), epilogue);
        }

        if (typeof(T) == typeof(Half))
        {
            Tensor<float> left = Tensor.ConvertTruncating<Half, float>(DenseTensor.As<Half, T>(x));
            Tensor<float> right = Tensor.ConvertTruncating<Half, float>(DenseTensor.As<Half, T>(y));
            Tensor.ConvertTruncating<float, Half>(TensorMath.MatMul(left, right), DenseTensor.As<Half, T>(result).AsTensorSpan());
            return KernelRunner.Run(ref epilogue, result.FlattenedLength, Math.Max(1, epilogue.Cost));
        }

        Tensor<T> denseRight = DenseTensor.Of(y);
        return new RowMatMul<T>(x, xOffsets, denseRight, Offsets(denseRight, result), result, epilogue).Run();
    }

    private static nint[] Offsets<T>(Tensor<T> operand, Tensor<T> result)
    {
        if (result.Rank == 2)
        {
            return AtTheStart;
        }

        ReadOnlySpan<nint> batch = result.Lengths[..^2];
        return Broadcasting.Offsets(Broadcasting.Strides(operand.Lengths[..^2], operand.Strides[..^2], batch), batch);
    }

    private static bool ComputeSingle(
        Tensor<float> x, nint[] xOffsets, Tensor<float> y, nint[] yOffsets, Tensor<float> result, KernelEpilogue epilogue)
    {
        fixed (float* px = &DenseTensor.First(x), py = &DenseTensor.First(y), pr = &DenseTensor.First(result))
        {
            fixed (nint* xs = xOffsets, ys = yOffsets)
            {
                var left = new StridedMatrices<float>(px, xs, x.Strides[^2], x.Strides[^1]);
                var right = new StridedMatrices<float>(py, ys, y.Strides[^2], y.Strides[^1]);
                return MatMulDispatcher.Multiply(left, right, pr, MatMulShape.Of(x, y), xOffsets.Length, bias: null, epilogue);
            }
        }
    }

    private static bool ComputeDouble(
        Tensor<double> x, nint[] xOffsets, Tensor<double> y, nint[] yOffsets, Tensor<double> result, KernelEpilogue epilogue)
    {
        fixed (double* px = &DenseTensor.First(x), py = &DenseTensor.First(y), pr = &DenseTensor.First(result))
        {
            fixed (nint* xs = xOffsets, ys = yOffsets)
            {
                var left = new StridedMatrices<double>(px, xs, x.Strides[^2], x.Strides[^1]);
                var right = new StridedMatrices<double>(py, ys, y.Strides[^2], y.Strides[^1]);
                return MatMulDispatcher.Multiply(left, right, pr, MatMulShape.Of(x, y), xOffsets.Length, bias: null, epilogue);
            }
        }
    }
}
