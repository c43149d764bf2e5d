using System.ComponentModel;
using System.Runtime.CompilerServices;
using global::ILGPU;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// What the threads of a group have come to, put together in pairs in shared memory, always the same ones, so that a device repeats its bits. The number of threads is
/// a power of two. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class DeviceGroups
{
    /// <summary>Threads of a group, at most: the room that a reduction has in shared memory.</summary>
    internal const int MaxThreads = 256;

    /// <summary>The first element of a row that is this thread's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FirstOfThread() => Group.IdxX;

    /// <summary>The threads of a group: how far a thread's next element is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ThreadsOfGroup() => Group.DimX;

    private static T Combine<T, TCombination>(T value)
        where T : unmanaged
        where TCombination : struct, IDeviceCombination<T>
    {
        ArrayView<T> shared = SharedMemory.Allocate<T>(MaxThreads);
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                shared[Group.IdxX] = default(TCombination).Combine(shared[Group.IdxX], shared[Group.IdxX + half]);
            }

            Group.Barrier();
        }

        T result = shared[0];

        // The next reduction may write only when everyone has read.
        Group.Barrier();
        return result;
    }
}
