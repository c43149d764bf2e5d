namespace GraphWeaver;

/// <summary>Where woven kernels may run. Only a program that references the package GraphWeaver.ILGPU has kernels for more than the CPU.</summary>
public enum Backend
{
    /// <summary>On a GPU where that pays, else on the CPU.</summary>
    Auto,

    /// <summary>On the CPU.</summary>
    Cpu,

    /// <summary>On an NVIDIA GPU wherever a kernel has a form for it, whether it pays or not.</summary>
    Cuda,

    /// <summary>On an OpenCL device wherever a kernel has a form for it, whether it pays or not.</summary>
    OpenCL,

    /// <summary>
    /// On ILGPU's CPU accelerator, a debugging simulator that is a thousand times slower than <see cref="Cpu"/>: for tests and for debugging.
    /// </summary>
    Simulator,
}
