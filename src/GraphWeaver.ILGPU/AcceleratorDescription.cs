namespace GraphWeaver.ILGPU;

/// <summary>An accelerator the GPU backend can reach on this machine.</summary>
/// <param name="Name">The device's name as its driver gives it.</param>
/// <param name="Platform"><c>Cuda</c>, <c>OpenCL</c> or, for the simulator, <c>CPU</c>.</param>
/// <param name="MemoryBytes">Device memory in bytes.</param>
/// <param name="Multiprocessors">Number of multiprocessors (compute units).</param>
public sealed record AcceleratorDescription(string Name, string Platform, long MemoryBytes, int Multiprocessors)
{
    /// <summary>What it has done for this program.</summary>
    public DeviceStatistics Statistics { get; } = new();
}
