using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GraphWeaver.Benchmarks.Peers;

/// <summary>
/// <c>Native/kernels.c</c> compiled by gcc into a shared library in a temporary folder, and called from this process, so that gcc's code
/// takes its turn between the others'. Linked without <c>-ffast-math</c>, which would switch this process to flushing denormals.
/// </summary>
internal sealed unsafe class CompiledC : IDisposable
{
    private const string Options = "-O3 -march=native -mprefer-vector-width=512 -fopenmp -fPIC -fvisibility=hidden";

    private readonly string folder;
    private readonly nint library;

    private CompiledC(string folder, nint library)
    {
        this.folder = folder;
        this.library = library;
    }

    /// <summary>Compiles and loads; null, and a line in <paramref name="absent"/>, where there is no gcc or it fails.</summary>
    public static CompiledC? TryBuild(string option, List<string> absent)
    {
        string folder = Directory.CreateTempSubdirectory("graphweaver-bench-").FullName;
        string source = Path.Combine(AppContext.BaseDirectory, "Native", "kernels.c");
        string library = Path.Combine(folder, "kernels.so");
        string code = Path.Combine(folder, "kernels.o");
        if (TryGcc($"{Options} {option} -c {source} -o {code}", out string error)
            && TryGcc($"-shared {code} -o {library} -fopenmp -lmvec -lm", out error)
            && NativeLibrary.TryLoad(library, out nint handle))
        {
            return new CompiledC(folder, handle);
        }

        absent.Add($"gcc {option}: {error.Split('\n')[0]}");
        Directory.Delete(folder, recursive: true);
        return null;
    }

    /// <summary>Calls a function with the addresses of pinned <paramref name="buffers"/>.</summary>
    public Action Call(string function, Pinned buffers, params nint[] sizes)
    {
        var address = (delegate* unmanaged<nint*, nint*, void>)NativeLibrary.GetExport(library, function);
        return () =>
        {
            fixed (nint* buffer = buffers.Addresses, size = sizes)
            {
                address(buffer, size);
            }
        };
    }

    // The library stays loaded until the process ends: OpenMP's threads are still in it.
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static bool TryGcc(string arguments, out string error)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("gcc", arguments) { RedirectStandardError = true })!;
            error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            error = "not installed";
            return false;
        }
    }
}
