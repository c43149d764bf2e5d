using System.Runtime.CompilerServices;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>Reductions over all elements: the device makes the partial results, the host the result.</content>
internal sealed partial class Device
{
    /// <summary>Runs a kernel with reductions and waits for them.</summary>
    /// <returns>False where the kernel does not compile for the device.</returns>
    public bool TryReduce<TState, TKernel>(TKernel kernel, int length, out TState state)
        where TState : unmanaged
        where TKernel : struct, IDeviceReduction<TState>
    {
        state = default;
        if (Launcher<TKernel, Action<AcceleratorStream, KernelConfig, ArrayView<TState>, TKernel, int>>(
            DeviceReductions.Blocks<TState, TKernel>) is not { } launch)
        {
            return false;
        }

        int blocks = DeviceReductions.BlocksFor(length);
        long bytes = (long)blocks * Unsafe.SizeOf<TState>();
        DeviceBlock memory = Memory.Take(bytes);
        try
        {
            ArrayView<TState> results = memory.View<TState>(bytes);
            launch(Stream, new KernelConfig(blocks, ThreadsFor(DeviceReductions.Lanes)), results, kernel, length);
            Statistics.CountKernel();
            var partials = new TState[blocks];
            results.CopyToCPU(Stream, partials);
            Stream.Synchronize();
            state = DeviceReductions.Combine(kernel, partials.AsSpan());
        }
        finally
        {
            Memory.Give(memory);
        }

        return true;
    }
}
