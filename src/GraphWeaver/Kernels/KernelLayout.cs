using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels;

/// <summary>
/// Where the elements of a tensor lie: element (i, j, ...) at <c>Offset + i Strides[0] + j Strides[1] + ...</c> from the tensor's first. A view of
/// a tensor is another layout of the same memory, so views cost no copy and no object. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public partial struct KernelLayout
{
    /// <summary>The largest rank a layout has.</summary>
    public const int MaxRank = 8;

    /// <summary>The number of dimensions, from 1 to <see cref="MaxRank"/>.</summary>
    public int Rank;

    /// <summary>The place of the first element, in elements.</summary>
    public nint Offset;

    /// <summary>The length of each dimension.</summary>
    public KernelDimensions Lengths;

    /// <summary>The distance of neighbours along each dimension, in elements; 0 where one element stands for all.</summary>
    public KernelDimensions Strides;

    /// <summary>The layout of a tensor.</summary>
    /// <returns>False for null, for an empty tensor, and for one with more dimensions or elements than a kernel takes.</returns>
    public static bool TryGet<T>([NotNullWhen(true)] Tensor<T>? tensor, out KernelLayout layout)
    {
        if (tensor is null)
        {
            layout = default;
            return false;
        }

        return TryGet(tensor.Lengths, tensor.Strides, tensor.FlattenedLength, out layout);
    }

    /// <inheritdoc cref="TryGet{T}(Tensor{T}, out KernelLayout)"/>
    public static bool TryGet<T>(ref readonly TensorSpan<T> span, out KernelLayout layout) =>
        TryGet(span.Lengths, span.Strides, span.FlattenedLength, out layout);

    /// <inheritdoc cref="TryGet{T}(Tensor{T}, out KernelLayout)"/>
    public static bool TryGet<T>(ref readonly ReadOnlyTensorSpan<T> span, out KernelLayout layout) =>
        TryGet(span.Lengths, span.Strides, span.FlattenedLength, out layout);

    /// <summary>Whether no two elements are surely or possibly one: each stride is beyond all that smaller strides reach.</summary>
    internal readonly bool IsInjective
    {
        get
        {
            nint reached = 0;
            for (int taken = 0; taken < (1 << Rank) - 1;)
            {
                int next = -1;
                for (int dimension = 0; dimension < Rank; dimension++)
                {
                    if ((taken & (1 << dimension)) == 0 && (next < 0 || nint.Abs(Strides[dimension]) < nint.Abs(Strides[next])))
                    {
                        next = dimension;
                    }
                }

                taken |= 1 << next;
                if (Lengths[next] == 1)
                {
                    continue;
                }

                if (nint.Abs(Strides[next]) <= reached)
                {
                    return false;
                }

                reached += nint.Abs(Strides[next]) * (Lengths[next] - 1);
            }

            return true;
        }
    }

    /// <summary>Puts the elements, of which there are some, one behind the other in row-major order.</summary>
    /// <returns>False where they are more than a kernel takes.</returns>
    internal bool TryMakeDense()
    {
        nint count = 1;
        for (int dimension = Rank - 1; dimension >= 0; dimension--)
        {
            if (Lengths[dimension] > int.MaxValue / count)
            {
                return false;
            }

            Strides[dimension] = count;
            count *= Lengths[dimension];
        }

        return true;
    }

    private static bool TryGet(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, nint count, out KernelLayout layout)
    {
        layout = default;
        if (lengths.Length is 0 or > MaxRank || count is <= 0 or > int.MaxValue)
        {
            return false;
        }

        layout.Rank = lengths.Length;

        // Most tensors have one or two dimensions: a loop is done before a copy is called.
        for (int dimension = 0; dimension < lengths.Length; dimension++)
        {
            layout.Lengths[dimension] = lengths[dimension];
            layout.Strides[dimension] = strides[dimension];
        }

        return true;
    }
}
