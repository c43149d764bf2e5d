namespace GraphWeaver.Benchmarks.Gpu.Kernels;

/// <summary>Where a kernel by hand takes its elementary functions from. A struct parameter: ILGPU compiles a kernel for each.</summary>
internal interface IFunctions
{
    float Exp(float x);

    float Log(float x);

    float Tanh(float x);
}
