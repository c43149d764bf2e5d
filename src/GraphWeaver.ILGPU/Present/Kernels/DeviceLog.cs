using System.Collections.Concurrent;
using global::ILGPU.Runtime.OpenCL;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>Why work stays on the CPU: one line for each reason, to standard error, since standard output is the program's.</summary>
internal static class DeviceLog
{
    private static readonly ConcurrentDictionary<string, bool> said = new();

    /// <summary>Every line said so far.</summary>
    public static IReadOnlyCollection<string> Lines => [.. said.Keys];

    /// <summary>Forgets what was said, so that it is said again.</summary>
    public static void Forget() => said.Clear();

    /// <summary>What is wrong; OpenCL's exceptions have a code and no message.</summary>
    public static string Reason(Exception exception) => exception.GetBaseException() is var cause && cause is CLException { Error: var error } ? error.ToString() : cause.Message;

    /// <summary>Writes a line, the first time it is said.</summary>
    public static void Say(string text)
    {
        string line = text.ReplaceLineEndings(" ").Replace("\0", "").TrimEnd();
        if (said.TryAdd(line, true))
        {
            try
            {
                Console.Error.WriteLine("GraphWeaver: " + line);
            }
            catch (IOException)
            {
                // Nobody listens.
            }
        }
    }
}
