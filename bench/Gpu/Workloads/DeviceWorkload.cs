using System.Numerics;
using global::ILGPU;
using global::ILGPU.Runtime;
using GraphWeaver.Benchmarks.Gpu.Kernels;
using GraphWeaver.Benchmarks.Gpu.Peers;
using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.Benchmarks.Workloads;

namespace GraphWeaver.Benchmarks.Gpu.Workloads;

/// <summary>A workload of the CPU's benchmarks on a device. Its inputs are made again here, from the same seeds.</summary>
internal abstract class DeviceWorkload(string name)
{
    protected const string Library = "by hand, XMath";
    protected const string Polynomials = "by hand, polynomials";
    protected const string ByHand = "by hand";

    private readonly Workload workload = AllWorkloads.List.Single(workload => workload.Name == name);

    public string Name => name;

    public IReadOnlyList<string> Sizes => workload.Sizes;

    /// <summary>Makes the inputs and the peers: those by hand, and later the woven ones.</summary>
    public DeviceCase Create(string size, Accelerator accelerator) =>
        new(workload.Create(size, Surroundings.None), [.. Peers(Sizes.ToList().IndexOf(size), accelerator)]);

    /// <summary>The peers at a place in <see cref="Sizes"/>.</summary>
    protected abstract IEnumerable<DevicePeer> Peers(int size, Accelerator accelerator);

    /// <summary>One group for each row, a power of two of threads, no more than it has columns.</summary>
    protected static KernelConfig Rows(Accelerator accelerator, int rows, int columns)
    {
        int most = Math.Min(columns, Math.Min(RowKernels.GroupSize, accelerator.MaxNumThreadsPerGroup));
        return new KernelConfig(rows, 1 << BitOperations.Log2((uint)most));
    }
}
