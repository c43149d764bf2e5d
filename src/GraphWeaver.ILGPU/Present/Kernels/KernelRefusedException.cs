namespace GraphWeaver.ILGPU.Kernels;

/// <summary>A driver does not take a kernel's code.</summary>
internal sealed class KernelRefusedException(string message) : Exception(message);
