using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

public partial struct KernelSpace
{
    /// <summary>The number of elements of the tile that begins at <paramref name="position"/>.</summary>
    /// <param name="position">The element the tile begins with.</param>
    /// <param name="end">The element after the last that the caller computes.</param>
    /// <param name="tile">The length of a tile; a last one is up to twice as long, less one element.</param>
    /// <param name="isTiled">Whether tiles are wanted even where every tensor is read and written in place.</param>
    public readonly nint TileLength(nint position, nint end, nint tile, bool isTiled)
    {
        nint remaining = end - position;
        if (columns >= ShortRow && outer > 0)
        {
            remaining = nint.Min(remaining, columns - (position % columns));
        }

        return (isTiled || isGathered) && remaining >= 2 * tile ? tile : remaining;
    }

    /// <summary>The elements of a tile, side by side: in the tensor's memory, or gathered in the buffer.</summary>
    public readonly ref T Read<T>(ref T data, ref readonly KernelAccess access, nint position, nint count, ref T buffer)
    {
        if (access.IsDirect)
        {
            return ref Unsafe.Add(ref data, Place(in access, position));
        }

        Gather(ref data, in access, position, MemoryMarshal.CreateSpan(ref buffer, (int)count));
        return ref buffer;
    }

    /// <summary>Where a kernel writes the elements of a tile: the tensor's memory, or the buffer that <see cref="Write"/> copies from.</summary>
    public readonly ref T Target<T>(ref T data, ref readonly KernelAccess access, nint position, ref T buffer) =>
        ref access.IsDirect ? ref Unsafe.Add(ref data, Place(in access, position)) : ref buffer;

    /// <summary>Puts the elements of a tile, which lie side by side, where the tensor has them, unless they are there.</summary>
    public readonly void Write<T>(ref T data, ref readonly KernelAccess access, nint position, nint count, ref T elements)
    {
        if (access.IsDirect && Unsafe.AreSame(ref elements, ref Unsafe.Add(ref data, Place(in access, position))))
        {
            return;
        }

        nint inner = access.Strides[rank - 1];
        while (count > 0)
        {
            ref T target = ref Unsafe.Add(ref data, Place(in access, position));
            nint run = nint.Min(count, columns - (position % columns));
            if (inner == 1)
            {
                MemoryMarshal.CreateReadOnlySpan(ref elements, (int)run).CopyTo(MemoryMarshal.CreateSpan(ref target, (int)run));
            }
            else
            {
                for (nint index = 0; index < run; index++)
                {
                    Unsafe.Add(ref target, index * inner) = Unsafe.Add(ref elements, index);
                }
            }

            elements = ref Unsafe.Add(ref elements, run);
            position += run;
            count -= run;
        }
    }

    private readonly void Gather<T>(ref T data, ref readonly KernelAccess access, nint position, Span<T> buffer)
    {
        nint inner = access.Strides[rank - 1];
        while (!buffer.IsEmpty)
        {
            ref T source = ref Unsafe.Add(ref data, Place(in access, position));
            int run = (int)nint.Min(buffer.Length, columns - (position % columns));
            if (inner == 1)
            {
                MemoryMarshal.CreateReadOnlySpan(ref source, run).CopyTo(buffer);
            }
            else if (inner == 0)
            {
                buffer[..run].Fill(source);
            }
            else
            {
                for (int index = 0; index < run; index++)
                {
                    buffer[index] = Unsafe.Add(ref source, index * inner);
                }
            }

            buffer = buffer[run..];
            position += run;
        }
    }

    private readonly nint Place(ref readonly KernelAccess access, nint position)
    {
        (nint row, nint column) = Math.DivRem(position, columns);
        nint place = access.Offset + (column * access.Strides[rank - 1]);
        for (int dimension = outer - 1; row > 0; dimension--)
        {
            (row, nint index) = Math.DivRem(row, lengths[dimension]);
            place += index * access.Strides[dimension];
        }

        return place;
    }
}
