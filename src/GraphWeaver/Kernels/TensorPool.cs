using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels;

/// <summary>
/// Tensors that woven methods need only between two kernels: each thread keeps a few of those it is done with, and a kernel that makes such a
/// tensor again takes one of the same lengths. Where nothing was taken for a whole collection of the oldest generation, or memory is short, the
/// garbage collector gets them; so it does one that an exception kept from coming back. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TensorPool
{
    /// <summary>A dense tensor of the given lengths that is nobody else's; its elements are not initialised.</summary>
    public static Tensor<T> Rent<T>(ReadOnlySpan<nint> shape) => Shelf<T>.OfThread?.Take(shape) ?? Tensor.CreateFromShapeUninitialized<T>(shape);

    /// <summary>Gives up a tensor that nobody looks at any more.</summary>
    public static void Return<T>(Tensor<T>? tensor)
    {
        // Where elements are repeated or left out, it is not a kernel's work.
        if (tensor is not null && tensor.IsDense && !tensor.IsEmpty)
        {
            (Shelf<T>.OfThread ??= new Shelf<T>()).Put(tensor);
        }
    }

    /// <summary>One thread's tensors of one element type.</summary>
    private sealed class Shelf<T> : ITrimmed
    {
        // Of all shelves of a thread together a call needs few: as many as tensors live at once between its kernels.
        private const int Places = 8;
        private const nint MostBytes = 256 << 20;

        [ThreadStatic]
        internal static Shelf<T>? OfThread;

        private readonly Tensor<T>?[] tensors = new Tensor<T>?[Places];
        private int next;
        private bool wasUsed;

        internal Shelf() => TrimAfterCollection.Start(this);

        internal Tensor<T>? Take(ReadOnlySpan<nint> shape)
        {
            wasUsed = true;
            foreach (ref Tensor<T>? place in tensors.AsSpan())
            {
                // The collector's thread may empty a place at any time; what the exchange gives is ours.
                if (place is { } candidate && candidate.Lengths.SequenceEqual(shape) && Interlocked.CompareExchange(ref place, null, candidate) == candidate)
                {
                    return candidate;
                }
            }

            return null;
        }

        internal void Put(Tensor<T> tensor)
        {
            nint bytes = tensor.FlattenedLength * Unsafe.SizeOf<T>();
            foreach (Tensor<T>? other in tensors)
            {
                bytes += (other?.FlattenedLength ?? 0) * Unsafe.SizeOf<T>();
            }

            if (bytes > MostBytes)
            {
                Trim(all: true);
                return;
            }

            int place = Array.IndexOf(tensors, null);
            if (place < 0)
            {
                place = next;
                next = (next + 1) % Places;
            }

            Volatile.Write(ref tensors[place], tensor);
        }

        public void Trim(bool all)
        {
            if (all || !wasUsed)
            {
                Array.Clear(tensors);
            }

            wasUsed = false;
        }
    }
}
