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

/// <summary><see cref="LayerNorm"/> on the device.</summary>
internal sealed class DeviceLayerNorm() : DeviceWorkload("layernorm")
{
    private const int Columns = 1024;

    protected override IEnumerable<DevicePeer> Peers(int size, Accelerator accelerator)
    {
        int rows = ((int[])[64, 1024, 16384])[size];
        float[][] inputs =
        [
            Inputs.Array<float>(rows * Columns, seed: 1, -1, 3), Inputs.Array<float>(Columns, seed: 2, 0.5, 1.5), Inputs.Array<float>(Columns, seed: 3, -1, 1),
        ];
        var kernel = accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, int>(RowKernels.LayerNorm);
        KernelConfig config = Rows(accelerator, rows, Columns);
        yield return new HandWrittenPeer<float>(
            ByHand, accelerator, inputs, [rows * Columns], (stream, x, y) => kernel(stream, config, x[0], x[1], x[2], y[0], Columns));
        (Tensor<float> tensor, Tensor<float> result) = (Tensor.Create(inputs[0], [rows, Columns]), Tensor.Create(new float[rows * Columns], [rows, Columns]));
        (Tensor<float> gain, Tensor<float> bias) = (Tensor.Create(inputs[1]), Tensor.Create(inputs[2]));
        yield return new WovenDevicePeer(calls => Woven.Normalised(tensor, gain, bias, result, calls), () => Agreement.Values(result));
    }
}
