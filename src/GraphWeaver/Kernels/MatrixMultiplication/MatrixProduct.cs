using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>Takes tensors to the form of product their type has: tiles for float and double, through float for Half, rows for the rest.</summary>
internal static unsafe class MatrixProduct
{
    // Tiles go along the rows of x once for each panel of columns. Where columns are a page of memory or more apart, every step is another
    // page, and lines of the cache drive each other out: above a few panels one copy is cheaper than reading x as it is.
    private const int FewColumns = 128;
    private const int FarColumns = 1024;

    /// <summary>result = x y for every matrix of the batch; result is dense and not empty.</summary>
    internal static void Compute<T>(Tensor<T> x, Tensor<T> y, Tensor<T> result, ReadOnlySpan<nint> batch)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
    {
        if (x.Strides[^1] >= FarColumns && y.Lengths[^1] > FewColumns)
        {
            x = DenseTensor.Of(x);
        }

        nint[] xOffsets = Broadcasting.Offsets(Broadcasting.Strides(x.Lengths[..^2], x.Strides[..^2], batch), batch);
        if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated)
        {
            nint[] yOffsets = Broadcasting.Offsets(Broadcasting.Strides(y.Lengths[..^2], y.Strides[..^2], batch), batch);
            ComputeSingle(DenseTensor.As<float, T>(x), xOffsets, DenseTensor.As<float, T>(y), yOffsets, DenseTensor.As<float, T>(result));
        }
        else if (typeof(T) == typeof(double) && Vector128.IsHardwareAccelerated)
        {
            nint[] yOffsets = Broadcasting.Offsets(Broadcasting.Strides(y.Lengths[..^2], y.Strides[..^2], batch), batch);
            ComputeDouble(DenseTensor.As<double, T>(x), xOffsets, DenseTensor.As<double, T>(y), yOffsets, DenseTensor.As<double, T>(result));
        }
        else if (typeof(T) == typeof(Half))
        {
            Tensor<float> left = Tensor.ConvertTruncating<Half, float>(DenseTensor.As<Half, T>(x));
            Tensor<float> right = Tensor.ConvertTruncating<Half, float>(DenseTensor.As<Half, T>(y));
            Tensor.ConvertTruncating<float, Half>(TensorMath.MatMul(left, right), DenseTensor.As<Half, T>(result).AsTensorSpan());
        }
        else
        {
            Tensor<T> right = DenseTensor.Of(y);
            nint[] yOffsets = Broadcasting.Offsets(Broadcasting.Strides(right.Lengths[..^2], right.Strides[..^2], batch), batch);
            new RowMatMul<T>(x, xOffsets, right, yOffsets, result).Run();
        }
    }

    private static void ComputeSingle(Tensor<float> x, nint[] xOffsets, Tensor<float> y, nint[] yOffsets, Tensor<float> result)
    {
        fixed (float* px = &DenseTensor.First(x), py = &DenseTensor.First(y), pr = &DenseTensor.First(result))
        {
            fixed (nint* xs = xOffsets, ys = yOffsets)
            {
                var left = new StridedMatrices<float>(px, xs, x.Strides[^2], x.Strides[^1]);
                var right = new StridedMatrices<float>(py, ys, y.Strides[^2], y.Strides[^1]);
                MatMulDispatcher.Multiply(left, right, pr, MatMulShape.Of(x, y), xOffsets.Length);
            }
        }
    }

    private static void ComputeDouble(Tensor<double> x, nint[] xOffsets, Tensor<double> y, nint[] yOffsets, Tensor<double> result)
    {
        fixed (double* px = &DenseTensor.First(x), py = &DenseTensor.First(y), pr = &DenseTensor.First(result))
        {
            fixed (nint* xs = xOffsets, ys = yOffsets)
            {
                var left = new StridedMatrices<double>(px, xs, x.Strides[^2], x.Strides[^1]);
                var right = new StridedMatrices<double>(py, ys, y.Strides[^2], y.Strides[^1]);
                MatMulDispatcher.Multiply(left, right, pr, MatMulShape.Of(x, y), xOffsets.Length);
            }
        }
    }
}
