using System.ComponentModel;
using global::ILGPU;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// Reductions over all elements. Each of a block's 256 lanes takes every so manieth element, in order; lanes, and on the host blocks, are put together in pairs. The
/// number of blocks depends on the length alone, and a lane is no thread: a group of fewer threads goes over its lanes in turn. So which elements meet in which
/// order is the same on every device. A floating-point sum's error is at most (n / 262,144 + 20) u times the sum of the magnitudes for n elements above a million,
/// 24 u below, u half a unit in the last place of 1 (N. J. Higham, Accuracy and Stability of Numerical Algorithms, section 4.2).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeviceReductions
{
    /// <summary>The lanes of a block.</summary>
    internal const int Lanes = 256;

    // Enough to fill the largest devices; the host puts as many partial results together.
    private const int MostBlocks = 1024;

    // Elements of a lane before there is another block.
    private const int ElementsOfLane = 4;

    /// <summary>One partial result for each block, which is a group of threads.</summary>
    public static void Blocks<TState, TKernel>(ArrayView<TState> partials, TKernel kernel, int length)
        where TState : unmanaged
        where TKernel : struct, IDeviceReduction<TState>
    {
        ArrayView<TState> shared = SharedMemory.Allocate<TState>(Lanes);
        int step = Grid.DimX * Lanes;
        for (int lane = Group.IdxX; lane < Lanes; lane += Group.DimX)
        {
            TState state = kernel.Start();
            int index = (Grid.IdxX * Lanes) + lane;
            for (int remaining = length - index; remaining > 0; remaining -= step)
            {
                state = kernel.Combine(state, kernel.Element(index));
                index += step;
            }

            shared[lane] = state;
        }

        Group.Barrier();
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int lane = Group.IdxX; lane < half; lane += Group.DimX)
            {
                shared[lane] = kernel.Combine(shared[lane], shared[lane + half]);
            }

            Group.Barrier();
        }

        if (Group.IdxX == 0)
        {
            partials[Grid.IdxX] = shared[0];
        }
    }

    /// <summary>The number of blocks for so many elements.</summary>
    internal static int BlocksFor(int length) => (int)Math.Min(MostBlocks, ((long)length + (Lanes * ElementsOfLane) - 1) / (Lanes * ElementsOfLane));

    /// <summary>Puts the blocks' results together; the first is the result.</summary>
    internal static TState Combine<TState, TKernel>(TKernel kernel, Span<TState> partials)
        where TState : unmanaged
        where TKernel : struct, IDeviceReduction<TState>
    {
        for (int count = partials.Length; count > 1; count = (count + 1) / 2)
        {
            int half = (count + 1) / 2;
            for (int index = 0; index + half < count; index++)
            {
                partials[index] = kernel.Combine(partials[index], partials[index + half]);
            }
        }

        return partials[0];
    }
}
