using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GraphWeaver.Benchmarks.Peers;

/// <summary>
/// The Python peers in a child process that computes only when it is asked, sample by sample, one JSON line to and fro, so that it takes
/// its turn between the peers of this process.
/// </summary>
internal sealed class PythonProcess : IDisposable
{
    private readonly Process process;

    private PythonProcess(Process process) => this.process = process;

    /// <summary>Starts the first Python that has NumPy; null, and a line in <paramref name="absent"/> for each library that is missing.</summary>
    public static PythonProcess? TryStart(List<string> absent)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Python", "peers.py");
        string reason = "Python: not installed";
        foreach (string python in (string[])["/usr/bin/python3", "python3"])
        {
            try
            {
                var started = new PythonProcess(Process.Start(new ProcessStartInfo(python, ["-B", script])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!);
                started.process.ErrorDataReceived += (_, _) => { };
                started.process.BeginErrorReadLine();
                JsonNode hello = started.Read();
                reason = string.Join(", ", hello["absent"]!.AsArray().Select(name => (string)name!)) + $": not installed for {python}";
                if ((bool)hello["ready"]!)
                {
                    if (hello["absent"]!.AsArray().Count > 0)
                    {
                        absent.Add(reason);
                    }

                    return started;
                }

                started.Dispose();
            }
            catch (Win32Exception)
            {
                // No such program: the next one.
            }
        }

        absent.Add(reason);
        return null;
    }

    /// <summary>Makes a case there, and names the peers that can compute it.</summary>
    public IReadOnlyList<PythonPeer> Open(string workload, string size) =>
    [
        .. Ask(new { @do = "open", workload, size })["peers"]!.AsArray().Select(name => new PythonPeer((string)name!, this)),
    ];

    /// <summary>Lets go of the open case.</summary>
    public void Close() => Ask(new { @do = "close" });

    /// <summary>The seconds of <paramref name="calls"/> calls.</summary>
    public double Run(string peer, int calls) => (double)Ask(new { @do = "run", peer, calls })["seconds"]!;

    /// <summary>The checksums of the peer's last result.</summary>
    public double[] Checksums(string peer) => Ask(new { @do = "check", peer })["checksums"].Deserialize<double[]>()!;

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private JsonNode Ask(object question)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(question));
        process.StandardInput.Flush();
        JsonNode answer = Read();
        return answer["error"] is { } error ? throw new PeerException((string)error!) : answer;
    }

    private JsonNode Read() =>
        JsonNode.Parse(process.StandardOutput.ReadLine() ?? throw new PeerException("the Python process has ended"))!;
}
