using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// A choice by element between two tensors, all three operands read as they are broadcast: by strides, a row of the last dimension at a time; where each
/// is either of the result's own layout or a single element, the whole is one row. Before: the result is dense and not empty. After: every
/// element of it is written.
/// </summary>
internal readonly struct WhereKernel<T> : IKernel
{
    private readonly Tensor<bool> condition;
    private readonly Tensor<T> x;
    private readonly Tensor<T> y;
    private readonly Tensor<T> result;
    private readonly nint[] shape;
    private readonly nint[] conditionStrides;
    private readonly nint[] xStrides;
    private readonly nint[] yStrides;

    internal WhereKernel(Tensor<bool> condition, Tensor<T> x, Tensor<T> y, Tensor<T> result)
    {
        this.condition = condition;
        this.x = x;
        this.y = y;
        this.result = result;
        bool isFlat = IsFlat(condition, result) && IsFlat(x, result) && IsFlat(y, result);
        shape = isFlat ? [result.FlattenedLength] : result.Lengths.ToArray();
        conditionStrides = Strides(condition, isFlat);
        xStrides = Strides(x, isFlat);
        yStrides = Strides(y, isFlat);
    }

    /// <summary>Chooses the elements.</summary>
    internal void Run()
    {
        WhereKernel<T> kernel = this;
        KernelRunner.Run(ref kernel, result.FlattenedLength, cost: 4);
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        nint length = shape[^1];
        while (start < end)
        {
            (nint row, nint column) = Math.DivRem(start, length);
            nint count = nint.Min(length - column, end - start);
            Choose(
                ref At(condition, conditionStrides, row, column), conditionStrides[^1],
                ref At(x, xStrides, row, column), xStrides[^1],
                ref At(y, yStrides, row, column), yStrides[^1],
                DenseTensor.Span(result, start, count));
            start += count;
        }

        return true;
    }

    private static void Choose(ref bool condition, nint conditionStride, ref T x, nint xStride, ref T y, nint yStride, Span<T> result)
    {
        int index = 0;
        if (conditionStride == 1 && xStride is (0 or 1) && yStride is (0 or 1) && !RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            index = VectorSelection.Choose(ref condition, ref x, (int)xStride, ref y, (int)yStride, result);
            condition = ref Unsafe.Add(ref condition, index);
            x = ref Unsafe.Add(ref x, index * xStride);
            y = ref Unsafe.Add(ref y, index * yStride);
        }

        for (; index < result.Length; index++)
        {
            T first = x;
            T second = y;
            result[index] = condition ? first : second;
            condition = ref Unsafe.Add(ref condition, conditionStride);
            x = ref Unsafe.Add(ref x, xStride);
            y = ref Unsafe.Add(ref y, yStride);
        }
    }

    private ref TElement At<TElement>(Tensor<TElement> tensor, nint[] strides, nint row, nint column) => ref Unsafe.Add(
        ref DenseTensor.First(tensor), Broadcasting.Offset(row, strides.AsSpan(..^1), shape.AsSpan(..^1)) + (column * strides[^1]));

    private nint[] Strides<TElement>(Tensor<TElement> tensor, bool isFlat) =>
        isFlat ? [tensor.FlattenedLength == 1 ? 0 : 1] : Broadcasting.Strides(tensor.Lengths, tensor.Strides, shape);

    private static bool IsFlat<TElement>(Tensor<TElement> tensor, Tensor<T> result) =>
        tensor.FlattenedLength == 1 || (tensor.IsDense && tensor.Lengths.SequenceEqual(result.Lengths));
}
