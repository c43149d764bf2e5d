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

/// <summary><see cref="Mlp"/> on the device: what flows between the layers stays there.</summary>
internal sealed class DeviceMlp(string name, int[] rows, int[][] widths) : DeviceWorkload(name)
{
    private const int Layers = 3;

    protected override IEnumerable<DevicePeer> Peers(int size, Accelerator accelerator)
    {
        int m = rows[size];
        int[] width = widths[size];
        float[][] inputs =
        [
            Inputs.Array<float>(m * width[0], seed: 1, 0, 1),
            .. Enumerable.Range(0, Layers).Select(k => Inputs.Array<float>(width[k] * width[k + 1], (uint)(10 + k), -1, 1, 1 / Math.Sqrt(width[k]))),
            .. Enumerable.Range(0, Layers).Select(k => Inputs.Array<float>(width[k + 1], (uint)(20 + k), -1, 1)),
        ];
        var dense = accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, int, int, int, int>(DenseLayerKernel.Run);
        var softMax = accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, int>(RowKernels.SoftMax<PolynomialFunctions>);
        MemoryBuffer1D<float, Stride1D.Dense>[] between = [.. Enumerable.Range(1, Layers).Select(k => accelerator.Allocate1D<float>(m * width[k]))];
        yield return new HandWrittenPeer<float>(ByHand, accelerator, inputs, [m * width[Layers]], (stream, x, y) =>
        {
            for (int k = 0; k < Layers; k++)
            {
                var groups = new Index3D(Groups(width[k + 1], DenseLayerKernel.Columns), Groups(m, DenseLayerKernel.Rows), 1);
                var config = new KernelConfig(groups, new Index3D(DenseLayerKernel.Rows, DenseLayerKernel.Rows, 1));
                ArrayView<float> from = k == 0 ? x[0] : between[k - 1].View;
                dense(stream, config, from, x[1 + k], x[1 + Layers + k], between[k].View, m, width[k + 1], width[k], k < Layers - 1 ? 1 : 0);
            }

            softMax(stream, Rows(accelerator, m, width[Layers]), between[^1].View, y[0], width[Layers]);
        });
        Tensor<float> tensor = Tensor.Create(inputs[0], [m, width[0]]);
        Tensor<float>[] weights = [.. Enumerable.Range(0, Layers).Select(k => Tensor.Create(inputs[1 + k], [width[k], width[k + 1]]))];
        Tensor<float>[] biases = [.. Enumerable.Range(0, Layers).Select(k => Tensor.Create(inputs[1 + Layers + k]))];
        Tensor<float>? shares = null;
        yield return new WovenDevicePeer(
            calls => shares = Woven.Layers(tensor, weights[0], biases[0], weights[1], biases[1], weights[2], biases[2], calls), () => Agreement.Values(shares!));
    }

    private static int Groups(int length, int tile) => (length + tile - 1) / tile;
}
