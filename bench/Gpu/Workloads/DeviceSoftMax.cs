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

/// <summary><see cref="SoftMax"/> on the device.</summary>
internal sealed class DeviceSoftMax() : DeviceWorkload("softmax")
{
    protected override IEnumerable<DevicePeer> Peers(int size, Accelerator accelerator)
    {
        (int rows, int columns) = (((int, int)[])[(512, 128), (8192, 128), (65536, 256)])[size];
        float[][] inputs = [Inputs.Array<float>(rows * columns, seed: 1, 0, 8)];
        yield return Peer<LibraryFunctions>(Library, accelerator, inputs, rows, columns);
        yield return Peer<PolynomialFunctions>(Polynomials, accelerator, inputs, rows, columns);
        (Tensor<float> tensor, Tensor<float> result) = (Tensor.Create(inputs[0], [rows, columns]), Tensor.Create(new float[rows * columns], [rows, columns]));
        yield return new WovenDevicePeer(calls => Woven.Shares(tensor, result, calls), () => Agreement.Values(result));
    }

    private static HandWrittenPeer<float> Peer<TFunctions>(string name, Accelerator accelerator, float[][] inputs, int rows, int columns)
        where TFunctions : struct, IFunctions
    {
        var kernel = accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, int>(RowKernels.SoftMax<TFunctions>);
        KernelConfig config = Rows(accelerator, rows, columns);
        return new HandWrittenPeer<float>(name, accelerator, inputs, [rows * columns], (stream, x, y) => kernel(stream, config, x[0], y[0], columns));
    }
}
