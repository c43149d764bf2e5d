using GraphWeaver.Kernels;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>One tensor of a call.</summary>
/// <param name="tensor">The tensor.</param>
internal struct DeviceSlot(DeviceTensor tensor)
{
    /// <summary>The tensor; of one that has a copy already, the one with the copy.</summary>
    public DeviceTensor Tensor = tensor;

    /// <summary>How the kernel reaches it over the call's space.</summary>
    public KernelAccess Access;

    /// <summary>The same for the device.</summary>
    public DeviceAccess Place;

    /// <summary>What was noted of a tensor that nobody writes to.</summary>
    public Resident? Resident;

    /// <summary>Whether the kernel writes every element of it, and reads none first.</summary>
    public bool IsFresh;

    /// <summary>Whether it is a span of the caller's, whose elements are there for one kernel.</summary>
    public bool IsSpan;

    /// <summary>Whether the kernel writes it.</summary>
    public bool IsWritten;
}
