namespace GraphWeaver.Benchmarks.Gpu;

/// <summary>What is left where the package feed has no ILGPU.</summary>
internal static class GpuProgram
{
    private static void Main() => Console.WriteLine("The package feed has no ILGPU: there is nothing to measure.");
}
