using System.Runtime.InteropServices;
using global::ILGPU;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// ILGPU asks for <c>libOpenCL.so</c>, which Linux distributions put into the package for developers; the loader that every driver comes with is <c>libOpenCL.so.1</c>.
/// </summary>
internal static class OpenCLLibrary
{
    private static int isFound;

    /// <summary>Has ILGPU find the loader by either name.</summary>
    public static void Find()
    {
        if (!OperatingSystem.IsLinux() || Interlocked.Exchange(ref isFound, 1) != 0)
        {
            return;
        }

        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, (name, assembly, path) =>
                name == "OpenCL" && NativeLibrary.TryLoad("libOpenCL.so.1", assembly, path, out nint handle) ? handle : 0);
        }
        catch (InvalidOperationException)
        {
            // The program has a resolver of its own.
        }
    }
}
