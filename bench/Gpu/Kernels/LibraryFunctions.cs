using global::ILGPU.Algorithms;

namespace GraphWeaver.Benchmarks.Gpu.Kernels;

/// <summary>ILGPU's own: the driver's on OpenCL; on CUDA, instructions of the GPU that are right to 11 to 22 bits.</summary>
internal readonly struct LibraryFunctions : IFunctions
{
    public float Exp(float x) => XMath.Exp(x);

    public float Log(float x) => XMath.Log(x);

    public float Tanh(float x) => XMath.Tanh(x);
}
