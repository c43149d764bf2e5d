using System.Runtime.CompilerServices;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>Reductions over all elements: the device makes the partial results, the host the result.</content>
internal sealed partial class Device
{
    /// <summary>Runs a kernel with reductions and waits for them.</summary>
    /// <returns>False where the kernel does not compile for the device.</returns>
    public unsafe bool TryReduce<TState, TKernel>(DeviceStream stream, TKernel kernel, int length, out TState state)
        where TState : unmanaged
        where TKernel : struct, IDeviceReduction<TState>
    {
        int blocks = DeviceReductions.BlocksFor(length);
        var partials = new TState[blocks];
        long bytes = (long)blocks * Unsafe.SizeOf<TState>();
        DeviceBlock memory = stream.Take(bytes);
        try
        {
            ArrayView<TState> results = memory.View<TState>(bytes);
            var config = new KernelConfig(blocks, ThreadsFor(DeviceReductions.Lanes));
            if (!TryStart<TKernel, Action<AcceleratorStream, KernelConfig, ArrayView<TState>, TKernel, int>>(
                DeviceReductions.Blocks<TState, TKernel>, launch => launch(stream.Queue, config, results, kernel, length)))
            {
                state = default;
                return false;
            }

            fixed (TState* host = partials)
            {
                stream.Download(memory, (byte*)host, bytes);
            }
        }
        finally
        {
            stream.Give(memory);
        }

        state = DeviceReductions.Combine(kernel, partials.AsSpan());
        return true;
    }
}
