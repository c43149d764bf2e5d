using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels;

public partial struct KernelSpace
{
    /// <summary>Whether two tensors, as the space reaches them, share no memory.</summary>
    public static bool AreApart<T1, T2>(ref T1 first, ref readonly KernelAccess firstAccess, ref T2 second, ref readonly KernelAccess secondAccess)
    {
        nint distance = Unsafe.ByteOffset(ref Unsafe.As<T1, byte>(ref first), ref Unsafe.As<T2, byte>(ref second));
        nint secondBegin = distance + (secondAccess.Lowest * Unsafe.SizeOf<T2>());
        nint secondEnd = distance + ((secondAccess.Highest + 1) * Unsafe.SizeOf<T2>());
        return secondBegin >= (firstAccess.Highest + 1) * Unsafe.SizeOf<T1>() || secondEnd <= firstAccess.Lowest * Unsafe.SizeOf<T1>();
    }

    /// <summary>Whether two tensors share no memory, or every element of the space lies at the same place in both.</summary>
    public static bool AreApartOrEqual<T1, T2>(ref T1 first, ref readonly KernelAccess firstAccess, ref T2 second, ref readonly KernelAccess secondAccess)
    {
        nint distance = Unsafe.ByteOffset(ref Unsafe.As<T1, byte>(ref first), ref Unsafe.As<T2, byte>(ref second));
        return (typeof(T1) == typeof(T2) && distance + ((secondAccess.Offset - firstAccess.Offset) * Unsafe.SizeOf<T1>()) == 0
                && ((ReadOnlySpan<nint>)firstAccess.Strides).SequenceEqual(secondAccess.Strides))
            || AreApart(ref first, in firstAccess, ref second, in secondAccess);
    }
}
