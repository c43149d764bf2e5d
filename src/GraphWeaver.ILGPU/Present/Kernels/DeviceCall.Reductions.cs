namespace GraphWeaver.ILGPU.Kernels;

/// <content>Reductions over all elements: their results are the host's at once, tensors stay where they are.</content>
public sealed partial class DeviceCall
{
    /// <summary>Runs a kernel with reductions over all elements.</summary>
    /// <param name="kernel">The kernel with its scalars; it takes its tensors from this call.</param>
    /// <param name="length">The number of elements, not 0.</param>
    /// <param name="cost">The cost of an element in float additions.</param>
    /// <param name="state">What the reductions have come to.</param>
    /// <returns>False where the CPU has to do the work; then nothing of this thread's is on a device any more.</returns>
    public bool Reduce<TState, TKernel>(TKernel kernel, nint length, int cost, out TState state)
        where TState : unmanaged
        where TKernel : struct, IDeviceReduction<TState>
    {
        if (length > int.MaxValue)
        {
            session.BringHome();
            state = default;
            return false;
        }

        TState reduced = default;
        bool isDone = Run<TKernel>((long)length * cost, (device, stream) =>
        {
            kernel.Bind(this);
            return device.TryReduce(stream, kernel, (int)length, out reduced);
        });
        state = reduced;
        return isDone;
    }
}
