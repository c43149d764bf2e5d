using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// Copies a tensor of any strides into a dense one. Where the last dimension is a run of memory, rows are copied whole; else it and the dimension whose
/// elements are nearest in memory are gone through in small squares, so that each cache line is used while it is there.
/// Before: the copy is dense and not empty. After: every element of it is written.
/// </summary>
internal readonly struct StridedCopyKernel<T> : IKernel
{
    // A square of this many elements a side stays in the first-level cache.
    private const int Side = 16;

    private readonly Tensor<T> source;
    private readonly Tensor<T> copy;
    private readonly int near;
    private readonly nint[] others;
    private readonly nint[] sourceStrides;
    private readonly nint[] copyStrides;

    internal StridedCopyKernel(Tensor<T> source, Tensor<T> copy)
    {
        this.source = source;
        this.copy = copy;
        int last = source.Rank - 1;
        near = last;
        for (int dimension = 0; dimension < last; dimension++)
        {
            if (source.Lengths[dimension] > 1 && source.Strides[dimension] > 0 && source.Strides[dimension] < source.Strides[near])
            {
                near = dimension;
            }
        }

        // A unit of work is one place in the dimensions that are neither the last nor the near one, times the blocks of the near one.
        others = source.Lengths.ToArray();
        others[last] = 1;
        others[near] = near == last ? 1 : (source.Lengths[near] + Side - 1) / Side;
        sourceStrides = source.Strides.ToArray();
        copyStrides = copy.Strides.ToArray();
        sourceStrides[near] *= Side;
        copyStrides[near] *= Side;
    }

    /// <summary>Copies the elements.</summary>
    internal void Run()
    {
        nint units = Broadcasting.Product(others);
        StridedCopyKernel<T> kernel = this;
        KernelRunner.RunRows(ref kernel, units, (int)nint.Clamp(4 * (copy.FlattenedLength / units), 1, int.MaxValue));
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        int last = source.Rank - 1;
        nint length = source.Lengths[last];
        for (nint unit = start; unit < end; unit++)
        {
            ref T from = ref Unsafe.Add(ref DenseTensor.First(source), Broadcasting.Offset(unit, sourceStrides, others));
            ref T to = ref Unsafe.Add(ref DenseTensor.First(copy), Broadcasting.Offset(unit, copyStrides, others));
            if (near == last)
            {
                CopyLine(ref from, source.Strides[last], ref to, length);
                continue;
            }

            nint firstOfBlock = NearBlock(unit) * Side;
            nint lines = nint.Min(Side, source.Lengths[near] - firstOfBlock);
            CopySquares(ref from, ref to, lines, length);
        }

        return true;
    }

    private nint NearBlock(nint unit)
    {
        for (int dimension = others.Length - 1; dimension > near; dimension--)
        {
            unit /= others[dimension];
        }

        return unit % others[near];
    }

    private void CopySquares(ref T from, ref T to, nint lines, nint length)
    {
        nint sourceColumn = source.Strides[^1];
        nint sourceLine = source.Strides[near];
        nint copyLine = copy.Strides[near];
        for (nint first = 0; first < length; first += Side)
        {
            nint columns = nint.Min(Side, length - first);
            for (nint column = first; column < first + columns; column++)
            {
                ref T element = ref Unsafe.Add(ref from, column * sourceColumn);
                ref T target = ref Unsafe.Add(ref to, column);
                for (nint line = 0; line < lines; line++)
                {
                    target = element;
                    element = ref Unsafe.Add(ref element, sourceLine);
                    target = ref Unsafe.Add(ref target, copyLine);
                }
            }
        }
    }

    private static void CopyLine(ref T from, nint stride, ref T to, nint length)
    {
        if (stride == 1)
        {
            MemoryMarshal.CreateReadOnlySpan(ref from, checked((int)length)).CopyTo(MemoryMarshal.CreateSpan(ref to, (int)length));
            return;
        }

        for (nint index = 0; index < length; index++)
        {
            Unsafe.Add(ref to, index) = from;
            from = ref Unsafe.Add(ref from, stride);
        }
    }
}
