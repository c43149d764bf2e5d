using System.Numerics;
using global::ILGPU;
using global::ILGPU.Runtime;
using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Gpu.Peers;

/// <summary>Kernels by hand, over one buffer for each input and each result.</summary>
/// <param name="name">See <see cref="DevicePeer.Name"/>.</param>
/// <param name="accelerator">The device.</param>
/// <param name="inputs">What is brought there.</param>
/// <param name="resultLengths">The lengths of the results; empty where the inputs are overwritten and are the results.</param>
/// <param name="run">Launches the kernels, given the inputs and the results.</param>
internal sealed class HandWrittenPeer<T>(
    string name, Accelerator accelerator, T[][] inputs, int[] resultLengths, Action<AcceleratorStream, ArrayView<T>[], ArrayView<T>[]> run)
    : DevicePeer(name)
    where T : unmanaged, INumberBase<T>
{
    private readonly MemoryBuffer1D<T, Stride1D.Dense>[] buffers =
        [.. inputs.Select(input => input.Length).Concat(resultLengths).Select(length => accelerator.Allocate1D<T>(length))];

    private readonly T[][] results = resultLengths.Length == 0
        ? [.. inputs.Select(input => new T[input.Length])]
        : [.. resultLengths.Select(length => new T[length])];

    public override bool IsYardstick => true;

    private ArrayView<T>[] Views => field ??= [.. buffers.Select(buffer => (ArrayView<T>)buffer.View)];

    private ArrayView<T>[] InputViews => field ??= Views[..inputs.Length];

    private ArrayView<T>[] ResultViews => field ??= resultLengths.Length == 0 ? Views : Views[inputs.Length..];

    public override void Repeat(int calls)
    {
        AcceleratorStream stream = accelerator.DefaultStream;
        for (int i = 0; i < inputs.Length; i++)
        {
            InputViews[i].CopyFromCPU(stream, inputs[i]);
        }

        for (int call = 0; call < calls; call++)
        {
            run(stream, InputViews, ResultViews);
        }

        for (int i = 0; i < results.Length; i++)
        {
            ResultViews[i].CopyToCPU(stream, results[i]);
        }

        stream.Synchronize();
    }

    public override double[] Values() => Agreement.Values(results);

    public override void Dispose()
    {
        foreach (MemoryBuffer1D<T, Stride1D.Dense> buffer in buffers)
        {
            buffer.Dispose();
        }
    }
}
