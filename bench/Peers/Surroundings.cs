using System.Runtime.InteropServices;

namespace GraphWeaver.Benchmarks.Peers;

/// <summary>
/// The peers that a machine may have or not: gcc, OpenBLAS, Python and its libraries. What is missing is named and left out.
/// The libraries' own switches are set before any of them is loaded, so that each uses the threads that GraphWeaver uses.
/// </summary>
internal sealed class Surroundings : IDisposable
{
    private readonly List<string> absent = [];

    public Surroundings()
    {
        string threads = GraphMode.MaxThreads.ToString(System.Globalization.CultureInfo.InvariantCulture);
        SetVariable("OMP_NUM_THREADS", threads);
        SetVariable("OPENBLAS_NUM_THREADS", threads);
        SetVariable("NUMEXPR_NUM_THREADS", threads);
        SetVariable("NUMBA_NUM_THREADS", threads);
        if (System.Runtime.Intrinsics.X86.Avx512F.IsSupported)
        {
            // Older versions take a new processor for a Haswell and leave half its width unused.
            SetVariable("OPENBLAS_CORETYPE", "SkylakeX");
        }

        Gcc = CompiledC.TryBuild("strict", "-ffp-contract=off", absent);
        GccFast = CompiledC.TryBuild("fast", "-ffast-math", absent);
        OpenBlas = OpenBlas.TryLoad(absent);
        Python = PythonProcess.TryStart(absent);
    }

    public CompiledC? Gcc { get; }

    public CompiledC? GccFast { get; }

    public OpenBlas? OpenBlas { get; }

    public PythonProcess? Python { get; }

    /// <summary>One line for each peer that is not here.</summary>
    public IReadOnlyList<string> Absent => absent;

    public void Dispose()
    {
        Gcc?.Dispose();
        GccFast?.Dispose();
        Python?.Dispose();
    }

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
