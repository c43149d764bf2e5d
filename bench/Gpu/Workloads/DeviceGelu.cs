extern alias OnDevice;

using System.Numerics.Tensors;
using global::ILGPU;
using global::ILGPU.Runtime;
using GraphWeaver.Benchmarks.Gpu.Kernels;
using GraphWeaver.Benchmarks.Gpu.Peers;
using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.Benchmarks.Workloads;
using Woven = OnDevice::GraphWeaver.Benchmarks.Programs.Repeated;

namespace GraphWeaver.Benchmarks.Gpu.Workloads;

/// <summary><see cref="GeluChain"/> on the device.</summary>
internal sealed class DeviceGelu() : DeviceWorkload("gelu_chain")
{
    protected override IEnumerable<DevicePeer> Peers(int size, Accelerator accelerator)
    {
        int n = ((int[])[16, 1 << 16, 1 << 20, 1 << 24])[size];
        float[][] inputs = [Inputs.Array<float>(n, seed: 1, -4, 4)];
        yield return Peer<LibraryFunctions>(Library, accelerator, inputs, n);
        yield return Peer<PolynomialFunctions>(Polynomials, accelerator, inputs, n);
        (Tensor<float> tensor, Tensor<float> result) = (Tensor.Create(inputs[0]), Tensor.Create(new float[n]));
        yield return new WovenDevicePeer(calls => Woven.Gelu(tensor, result, calls), () => Agreement.Values(result));
    }

    private static HandWrittenPeer<float> Peer<TFunctions>(string name, Accelerator accelerator, float[][] inputs, int n)
        where TFunctions : struct, IFunctions
    {
        var kernel = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<float>, ArrayView<float>>(ElementKernels.Gelu<TFunctions>);
        return new HandWrittenPeer<float>(name, accelerator, inputs, [n], (stream, x, y) => kernel(stream, n, x[0], y[0]));
    }
}
