using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

/// <summary>What a kernel that works row by row needs beside its stages. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class KernelRows
{
    /// <summary>Memory for buffers as long as a row, until <see cref="Return"/>.</summary>
    public static nint Rent(nint bytes) => (nint)NativeMemory.AlignedAlloc((nuint)bytes, 64);

    /// <summary>Gives back what <see cref="Rent"/> gave.</summary>
    public static void Return(nint memory) => NativeMemory.AlignedFree((void*)memory);

    /// <summary>Puts one value into every element of a tile.</summary>
    public static void Fill<T>(T value, ref T first, nint count) => MemoryMarshal.CreateSpan(ref first, (int)count).Fill(value);

    /// <summary>The cost of a row in float additions, of an element's cost.</summary>
    public static int Cost(ref readonly KernelSpace space, int cost) => (int)long.Min((long)cost * space.RowLength, int.MaxValue);

    /// <summary>A fresh tensor with one element per row.</summary>
    public static Tensor<T> Allocate<T>(ref readonly KernelSpace space, bool keepDimensions)
    {
        if (!keepDimensions && space.Shape.Length > 1)
        {
            return Tensor.CreateFromShapeUninitialized<T>(space.Shape[..^1]);
        }

        Span<nint> lengths = stackalloc nint[space.Shape.Length];
        space.Shape.CopyTo(lengths);
        lengths[^1] = 1;
        return Tensor.CreateFromShapeUninitialized<T>(lengths);
    }

    /// <summary>The sum of a row.</summary>
    public static T Sum<T>(T reduced, nint length) => reduced;

    /// <summary>The largest element of a row.</summary>
    public static T Max<T>(T reduced, nint length) => reduced;

    /// <summary>The smallest element of a row.</summary>
    public static T Min<T>(T reduced, nint length) => reduced;

    /// <summary>The sum of a row divided by its length.</summary>
    public static T Mean<T>(T reduced, nint length)
        where T : INumber<T> => reduced / T.CreateTruncating(length);
}
