using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

public partial struct KernelSpace
{
    /// <summary>Finds the tile that begins at <paramref name="position"/>.</summary>
    /// <param name="tile">The place it begins at.</param>
    /// <param name="position">The element it begins with.</param>
    /// <param name="end">The element after the last that the caller computes.</param>
    /// <param name="size">The length of a tile; a last one is up to twice as long, less one element.</param>
    /// <param name="isTiled">Whether tiles are wanted even where every tensor is read and written in place.</param>
    /// <returns>How many elements it has.</returns>
    public readonly nint Begin(ref KernelTile tile, nint position, nint end, nint size, bool isTiled)
    {
        nint remaining = end - position;
        tile.Column = position;
        if (outer > 0)
        {
            (nint row, tile.Column) = Math.DivRem(position, columns);
            for (int dimension = outer - 1; dimension > 0; dimension--)
            {
                (row, tile.Row[dimension]) = Math.DivRem(row, lengths[dimension]);
            }

            tile.Row[0] = row;
            if (columns >= ShortRow)
            {
                remaining = nint.Min(remaining, columns - tile.Column);
            }
        }

        return (isTiled || isGathered) && remaining >= 2 * size ? size : remaining;
    }

    /// <summary>The elements of a tile, side by side: in the tensor's memory, or gathered in the buffer.</summary>
    public readonly ref T Read<T>(ref T data, ref readonly KernelAccess access, ref readonly KernelTile tile, nint count, ref T buffer)
    {
        if (access.IsDirect)
        {
            return ref Unsafe.Add(ref data, Place(in access, in tile));
        }

        Gather(ref data, in access, tile, MemoryMarshal.CreateSpan(ref buffer, (int)count));
        return ref buffer;
    }

    /// <summary>Where a kernel writes the elements of a tile: the tensor's memory, or the buffer that <see cref="Write"/> copies from.</summary>
    public readonly ref T Target<T>(ref T data, ref readonly KernelAccess access, ref readonly KernelTile tile, ref T buffer) =>
        ref access.IsDirect ? ref Unsafe.Add(ref data, Place(in access, in tile)) : ref buffer;

    /// <summary>Puts the elements of a tile, which lie side by side, where the tensor has them, unless they are there.</summary>
    public readonly void Write<T>(ref T data, ref readonly KernelAccess access, ref readonly KernelTile tile, nint count, ref T elements)
    {
        if (access.IsDirect && Unsafe.AreSame(ref elements, ref Unsafe.Add(ref data, Place(in access, in tile))))
        {
            return;
        }

        Scatter(ref data, in access, tile, MemoryMarshal.CreateReadOnlySpan(ref elements, (int)count));
    }

    private readonly void Scatter<T>(ref T data, ref readonly KernelAccess access, KernelTile tile, ReadOnlySpan<T> elements)
    {
        nint inner = access.Strides[rank - 1];
        while (true)
        {
            ref T target = ref Unsafe.Add(ref data, Place(in access, in tile));
            int run = (int)nint.Min(elements.Length, columns - tile.Column);
            if (inner == 1)
            {
                elements[..run].CopyTo(MemoryMarshal.CreateSpan(ref target, run));
            }
            else
            {
                for (int index = 0; index < run; index++)
                {
                    Unsafe.Add(ref target, index * inner) = elements[index];
                }
            }

            elements = elements[run..];
            if (elements.IsEmpty)
            {
                return;
            }

            GoToNextRow(ref tile);
        }
    }

    private readonly void Gather<T>(ref T data, ref readonly KernelAccess access, KernelTile tile, Span<T> buffer)
    {
        nint inner = access.Strides[rank - 1];
        while (true)
        {
            ref T source = ref Unsafe.Add(ref data, Place(in access, in tile));
            int run = (int)nint.Min(buffer.Length, columns - tile.Column);
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
            if (buffer.IsEmpty)
            {
                return;
            }

            GoToNextRow(ref tile);
        }
    }

    private readonly void GoToNextRow(ref KernelTile tile)
    {
        tile.Column = 0;
        for (int dimension = outer - 1; dimension >= 0; dimension--)
        {
            if (++tile.Row[dimension] < lengths[dimension])
            {
                return;
            }

            tile.Row[dimension] = 0;
        }
    }

    private readonly nint Place(ref readonly KernelAccess access, ref readonly KernelTile tile)
    {
        nint place = access.Offset + (tile.Column * access.Strides[rank - 1]);
        for (int dimension = 0; dimension < outer; dimension++)
        {
            place += tile.Row[dimension] * access.Strides[dimension];
        }

        return place;
    }
}
