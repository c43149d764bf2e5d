using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

public partial struct KernelSpace
{
    /// <summary>Goes to the element at <paramref name="position"/>.</summary>
    public readonly void Seek(ref KernelTile tile, nint position)
    {
        tile.Column = position;
        if (outer > 0)
        {
            (nint row, tile.Column) = Math.DivRem(position, columns);
            for (int dimension = outer - 1; dimension > 0; dimension--)
            {
                (row, tile.Row[dimension]) = Math.DivRem(row, lengths[dimension]);
            }

            tile.Row[0] = row;
        }
    }

    /// <summary>The number of elements of the tile that begins where <paramref name="tile"/> says.</summary>
    /// <param name="tile">The place it begins at.</param>
    /// <param name="remaining">How many elements there are still to compute.</param>
    /// <param name="size">The length of a tile; a last one is up to twice as long, less one element.</param>
    /// <param name="isTiled">Whether tiles are wanted even where every tensor is read and written in place.</param>
    public readonly nint Count(ref readonly KernelTile tile, nint remaining, nint size, bool isTiled)
    {
        if (columns >= ShortRow && outer > 0)
        {
            remaining = nint.Min(remaining, columns - tile.Column);
        }

        return (isTiled || isGathered) && remaining >= 2 * size ? size : remaining;
    }

    /// <summary>Goes on from a tile of <paramref name="count"/> elements, which ends before <paramref name="position"/>.</summary>
    public readonly void Advance(ref KernelTile tile, nint count, nint position)
    {
        tile.Column += count;
        if (outer > 0 && tile.Column >= columns)
        {
            if (tile.Column == columns)
            {
                GoToNextRow(ref tile);
            }
            else
            {
                Seek(ref tile, position);
            }
        }
    }

    /// <summary>The elements of a tile, side by side: in the tensor's memory, or gathered in the buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref T Read<T>(ref T data, ref readonly KernelAccess access, ref readonly KernelTile tile, nint count, ref T buffer)
    {
        if (access.IsDirect)
        {
            return ref Unsafe.Add(ref data, Place(in access, in tile));
        }

        Gather(ref data, in access, in tile, count, ref buffer);
        return ref buffer;
    }

    /// <summary>Where a kernel writes the elements of a tile: the tensor's memory, or the buffer that <see cref="Write"/> copies from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref T Target<T>(ref T data, ref readonly KernelAccess access, ref readonly KernelTile tile, ref T buffer) =>
        ref access.IsDirect ? ref Unsafe.Add(ref data, Place(in access, in tile)) : ref buffer;

    /// <summary>Puts the elements of a tile, which lie side by side, where the tensor has them, unless they are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write<T>(ref T data, ref readonly KernelAccess access, ref readonly KernelTile tile, nint count, ref T elements)
    {
        if (!access.IsDirect || !Unsafe.AreSame(ref elements, ref Unsafe.Add(ref data, Place(in access, in tile))))
        {
            Scatter(ref data, in access, in tile, count, ref elements);
        }
    }

    private readonly void Scatter<T>(ref T data, ref readonly KernelAccess access, ref readonly KernelTile first, nint count, ref T source)
    {
        KernelTile tile = first;
        ReadOnlySpan<T> elements = MemoryMarshal.CreateReadOnlySpan(ref source, (int)count);
        nint inner = access.Inner;
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

    private readonly void Gather<T>(ref T data, ref readonly KernelAccess access, ref readonly KernelTile first, nint count, ref T target)
    {
        KernelTile tile = first;
        Span<T> buffer = MemoryMarshal.CreateSpan(ref target, (int)count);
        nint inner = access.Inner;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly nint Place(ref readonly KernelAccess access, ref readonly KernelTile tile)
    {
        nint place = access.Offset + (tile.Column * access.Inner);
        return outer == 0 ? place : outer == 1 ? place + (tile.Row[0] * access.Strides[0]) : place + PlaceOfRow(in access, in tile);
    }

    private readonly nint PlaceOfRow(ref readonly KernelAccess access, ref readonly KernelTile tile)
    {
        nint place = 0;
        for (int dimension = 0; dimension < outer; dimension++)
        {
            place += tile.Row[dimension] * access.Strides[dimension];
        }

        return place;
    }
}
