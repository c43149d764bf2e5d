using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Benchmarks.Peers;

/// <summary>
/// The peers that a machine may have or not: gcc, OpenBLAS, Python and its libraries. What is missing is named and left out.
/// The libraries' own switches are set before any of them is loaded, so that each uses the threads that GraphWeaver uses.
/// </summary>
internal sealed class Surroundings : IDisposable
{
    private readonly List<string> absent = [];

    private Surroundings(bool search)
    {
        if (!search)
        {
            return;
        }

        string threads = GraphMode.MaxThreads.ToString(CultureInfo.InvariantCulture);
        SetVariable("OMP_NUM_THREADS", threads);
        SetVariable("OPENBLAS_NUM_THREADS", threads);
        SetVariable("NUMEXPR_NUM_THREADS", threads);
        SetVariable("NUMBA_NUM_THREADS", threads);
        if (Avx512F.IsSupported)
        {
            // Older versions take a new processor for a Haswell and leave half its width unused.
            SetVariable("OPENBLAS_CORETYPE", "SkylakeX");
        }

        Compiled = [.. Compile(PeerNames.Gcc, "-ffp-contract=off"), .. Compile(PeerNames.GccFast, "-ffast-math")];
        OpenBlas = OpenBlas.TryLoad(absent);
        Python = PythonProcess.TryStart(absent);
    }

    /// <summary>A machine with nothing but .NET.</summary>
    public static Surroundings None { get; } = new(search: false);

    /// <summary>The C library under each of its options; empty where there is no gcc.</summary>
    public IReadOnlyList<(string Name, CompiledC Library)> Compiled { get; } = [];

    public OpenBlas? OpenBlas { get; }

    public PythonProcess? Python { get; }

    /// <summary>One line for each peer that is not here.</summary>
    public IReadOnlyList<string> Absent => absent;

    /// <summary>Looks for all of them, compiles and starts them.</summary>
    public static Surroundings Search() => new(search: true);

    public void Dispose()
    {
        foreach ((_, CompiledC library) in Compiled)
        {
            library.Dispose();
        }

        Python?.Dispose();
    }

    private IEnumerable<(string Name, CompiledC Library)> Compile(string name, string option) =>
        CompiledC.TryBuild(option, absent) is { } library ? [(name, library)] : [];

    // The runtime keeps its own copy of the environment, for children; native code asks the C library. What the user has set stays.
    private static void SetVariable(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is null)
        {
            Environment.SetEnvironmentVariable(name, value);
            if (!OperatingSystem.IsWindows())
            {
                _ = SetNative(name, value, 1);
            }
        }
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetNative(string name, string value, int overwrite);
}
