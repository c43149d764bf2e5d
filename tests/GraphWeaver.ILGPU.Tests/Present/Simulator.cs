using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Every test of this assembly runs kernels on ILGPU's CPU accelerator.</summary>
internal static class Simulator
{
    [ModuleInitializer]
    internal static void Choose() => GraphMode.Backend = Backend.Simulator;
}
