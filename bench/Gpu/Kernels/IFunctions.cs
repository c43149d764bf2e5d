namespace GraphWeaver.Benchmarks.Gpu.Kernels;

/// <summary>Where a kernel by hand takes its elementary functions from. A struct parameter: ILGPU compiles a kernel for each.</summary>
internal interface IFunctions
{
    public float Exp(float x);

    public float Log(float x);

    public float Tanh(float x);
}
