using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Every test of this assembly runs kernels on ILGPU's CPU accelerator, or on the device that <c>GRAPHWEAVER_BACKEND</c> names.</summary>
internal static class Simulator
{
    [ModuleInitializer]
    internal static void Choose()
    {
        if (Environment.GetEnvironmentVariable("GRAPHWEAVER_BACKEND") is null)
        {
            GraphMode.Backend = Backend.Simulator;
        }
    }
}
