using System.ComponentModel;
using System.Runtime.CompilerServices;
using global::ILGPU;

namespace GraphWeaver.ILGPU.Kernels;

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
}
