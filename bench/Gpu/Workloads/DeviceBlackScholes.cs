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

/// <summary><see cref="BlackScholes{T}"/> of floats on the device.</summary>
internal sealed class DeviceBlackScholes() : DeviceWorkload("black_scholes_float")
{
    protected override IEnumerable<DevicePeer> Peers(int size, Accelerator accelerator)
    {
        int n = ((int[])[1 << 14, 1 << 20, 1 << 23])[size];
        float[][] inputs =
        [
            Inputs.Array<float>(n, seed: 1, 10, 100), Inputs.Array<float>(n, seed: 2, 10, 100), Inputs.Array<float>(n, seed: 3, 0.1, 2),
        ];
        yield return Peer<LibraryFunctions>(Library, accelerator, inputs, n);
        yield return Peer<PolynomialFunctions>(Polynomials, accelerator, inputs, n);
        Tensor<float>[] given = [.. inputs.Select(input => Tensor.Create(input))];
        (Tensor<float> call, Tensor<float> put) = (Tensor.Create(new float[n]), Tensor.Create(new float[n]));
        yield return new WovenDevicePeer(calls => Woven.Prices(given[0], given[1], given[2], call, put, calls), () => Agreement.Values(call, put));
    }

    private static HandWrittenPeer<float> Peer<TFunctions>(string name, Accelerator accelerator, float[][] inputs, int n)
        where TFunctions : struct, IFunctions
    {
        var kernel = accelerator.LoadAutoGroupedKernel<
            Index1D, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>>(ElementKernels.BlackScholes<TFunctions>);
        return new HandWrittenPeer<float>(
            name, accelerator, inputs, [n, n], (stream, x, y) => kernel(stream, n, x[0], x[1], x[2], y[0], y[1]));
    }
}
