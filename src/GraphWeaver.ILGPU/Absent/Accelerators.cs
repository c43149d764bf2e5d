namespace GraphWeaver.ILGPU;

/// <summary>The accelerators of this machine, where ILGPU was not on the package feed when this assembly was built: none can be reached.</summary>
public static class Accelerators
{
    /// <summary>True when this assembly was built with ILGPU.</summary>
    public static bool IsIlgpuPresent => false;

    /// <summary>None: kernels run on the CPU alone.</summary>
    public static AcceleratorDescription? Current => null;

    /// <summary>Nothing was tried.</summary>
    public static IReadOnlyCollection<string> Messages => [];

    /// <summary>Gives devices back: there are none.</summary>
    public static void Release()
    {
    }

    /// <summary>Lists CUDA and OpenCL devices: none, because only ILGPU could find them.</summary>
    public static IReadOnlyList<AcceleratorDescription> Find() => [];
}
