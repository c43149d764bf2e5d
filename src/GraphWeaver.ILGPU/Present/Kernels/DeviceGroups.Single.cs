using System.Runtime.CompilerServices;
using global::ILGPU;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// What the threads of a group have come to, put together in pairs in shared memory, always the same ones, so that a device repeats its bits. The number of threads is
/// a power of two. Written for float; the other types are the same text. For generated code.
/// </summary>
public static partial class DeviceGroups
{
    /// <summary>The sum over the group's threads.</summary>
    public static float Add(float value)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(MaxThreads);
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                shared[Group.IdxX] = DeviceOperators.Add(shared[Group.IdxX], shared[Group.IdxX + half]);
            }

            Group.Barrier();
        }

        float result = shared[0];
        Group.Barrier();
        return result;
    }

    /// <summary>The largest over the group's threads.</summary>
    public static float Max(float value)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(MaxThreads);
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                shared[Group.IdxX] = DeviceOperators.Max(shared[Group.IdxX], shared[Group.IdxX + half]);
            }

            Group.Barrier();
        }

        float result = shared[0];
        Group.Barrier();
        return result;
    }

    /// <summary>The smallest over the group's threads.</summary>
    public static float Min(float value)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(MaxThreads);
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                shared[Group.IdxX] = DeviceOperators.Min(shared[Group.IdxX], shared[Group.IdxX + half]);
            }

            Group.Barrier();
        }

        float result = shared[0];
        Group.Barrier();
        return result;
    }

    /// <summary>A sum divided by the number of elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Mean(float sum, int length) => sum / length;
}
