extern alias OnDevice;

using System.Numerics.Tensors;
using global::ILGPU;
using global::ILGPU.Runtime;
using GraphWeaver.Benchmarks.Gpu.Kernels;
using GraphWeaver.Benchmarks.Gpu.Peers;
using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.Benchmarks.Workloads;
using Woven = OnDevice::GraphWeaver.Benchmarks.Programs.Jacobi2D;

namespace GraphWeaver.Benchmarks.Gpu.Workloads;

/// <summary><see cref="Jacobi2D"/> on the device: all steps of a call without a transfer between them.</summary>
internal sealed class DeviceJacobi() : DeviceWorkload("jacobi_2d")
{
    protected override IEnumerable<DevicePeer> Peers(int size, Accelerator accelerator)
    {
        (int steps, int n) = (((int, int)[])[(50, 150), (50, 700), (10, 2800)])[size];
        double[][] inputs = [Inputs.Array<double>(n * n, seed: 1, 0, 1), Inputs.Array<double>(n * n, seed: 2, 0, 1)];
        var kernel = accelerator.LoadKernel<ArrayView<double>, ArrayView<double>, int>(JacobiKernel.Run);
        int groupSize = Math.Min(JacobiKernel.GroupSize, accelerator.MaxNumThreadsPerGroup);
        var config = new KernelConfig(new Index3D((n - 2 + groupSize - 1) / groupSize, n - 2, 1), new Index3D(groupSize, 1, 1));
        yield return new HandWrittenPeer<double>(ByHand, accelerator, inputs, [], (stream, grids, _) =>
        {
            for (int step = 0; step < steps; step++)
            {
                kernel(stream, config, grids[0], grids[1], n);
                kernel(stream, config, grids[1], grids[0], n);
            }
        });
        (Tensor<double> a, Tensor<double> b) = (Tensor.Create((double[])inputs[0].Clone(), [n, n]), Tensor.Create((double[])inputs[1].Clone(), [n, n]));
        yield return new WovenDevicePeer(calls => Woven.Run(a, b, calls * steps), () => Agreement.Values(a, b));
    }
}
