using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels.Moves;

/// <summary>
/// Copies elements from one layout of some lengths to another, in row-major order: dimensions that lie behind one another in both are made one, and
/// what then is the last is copied run by run, as one block of memory where it is one in both. A chunk may begin and end within a run.
/// Before: the layouts share no memory, and no element is written twice. After: the first elements, as many as asked for, are written.
/// </summary>
internal ref struct ElementMove<T> : IKernel
{
    private readonly ref T source;
    private readonly ref T destination;
    private KernelDimensions lengths;
    private KernelDimensions from;
    private KernelDimensions to;
    private readonly int last;

    private ElementMove(ref T source, ReadOnlySpan<nint> sourceStrides, ref T destination, ReadOnlySpan<nint> destinationStrides, ReadOnlySpan<nint> lengths)
    {
        this.source = ref source;
        this.destination = ref destination;
        last = -1;
        for (int dimension = 0; dimension < lengths.Length; dimension++)
        {
            nint length = lengths[dimension];
            if (length == 1)
            {
                continue;
            }

            if (last >= 0 && from[last] == sourceStrides[dimension] * length && to[last] == destinationStrides[dimension] * length)
            {
                length *= this.lengths[last];
            }
            else
            {
                last++;
            }

            (this.lengths[last], from[last], to[last]) = (length, sourceStrides[dimension], destinationStrides[dimension]);
        }

        if (last < 0)
        {
            (last, this.lengths[0], from[0], to[0]) = (0, 1, 1, 1);
        }
    }

    /// <summary>Copies the first <paramref name="count"/> of the elements of some lengths, none of which is 0.</summary>
    /// <param name="source">The first element in order, which need not be the first in memory: strides may be negative, or 0 for what is repeated.</param>
    /// <param name="sourceStrides">The distances of neighbours.</param>
    /// <param name="destination">Where the first element goes.</param>
    /// <param name="destinationStrides">The distances of neighbours there.</param>
    /// <param name="lengths">The lengths, at most <see cref="KernelLayout.MaxRank"/> of them.</param>
    /// <param name="count">How many elements.</param>
    internal static void Run(
        ref T source, ReadOnlySpan<nint> sourceStrides, ref T destination, ReadOnlySpan<nint> destinationStrides, ReadOnlySpan<nint> lengths, nint count)
    {
        var move = new ElementMove<T>(ref source, sourceStrides, ref destination, destinationStrides, lengths);
        KernelRunner.Run(ref move, count, 1 + (Unsafe.SizeOf<T>() / 16));
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        KernelDimensions index = default;
        nint read = 0;
        nint written = 0;
        nint place = start;
        for (int dimension = last; dimension >= 0; dimension--)
        {
            (place, index[dimension]) = Math.DivRem(place, lengths[dimension]);
            read += index[dimension] * from[dimension];
            written += index[dimension] * to[dimension];
        }

        while (start < end)
        {
            nint length = nint.Min(lengths[last] - index[last], end - start);
            CopyRun(ref Unsafe.Add(ref source, read), ref Unsafe.Add(ref destination, written), length);
            start += length;
            read -= index[last] * from[last];
            written -= index[last] * to[last];
            index[last] = 0;
            for (int dimension = last - 1; dimension >= 0; dimension--)
            {
                read += from[dimension];
                written += to[dimension];
                if (++index[dimension] < lengths[dimension])
                {
                    break;
                }

                index[dimension] = 0;
                read -= from[dimension] * lengths[dimension];
                written -= to[dimension] * lengths[dimension];
            }
        }

        return true;
    }

    private readonly void CopyRun(ref T read, ref T written, nint length)
    {
        nint step = from[last];
        nint stepWritten = to[last];
        if (stepWritten == 1 && step == 1)
        {
            MemoryMarshal.CreateReadOnlySpan(ref read, (int)length).CopyTo(MemoryMarshal.CreateSpan(ref written, (int)length));
            return;
        }

        if (stepWritten == 1 && step == -1)
        {
            Span<T> run = MemoryMarshal.CreateSpan(ref written, (int)length);
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Subtract(ref read, length - 1), (int)length).CopyTo(run);
            run.Reverse();
            return;
        }

        for (nint element = 0; element < length; element++)
        {
            written = read;
            read = ref Unsafe.Add(ref read, step);
            written = ref Unsafe.Add(ref written, stepWritten);
        }
    }
}
