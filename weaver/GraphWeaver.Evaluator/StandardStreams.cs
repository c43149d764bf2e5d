using System.Runtime.InteropServices;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Keeps the protocol apart from user code: the pipes move to private handles, and what the process calls standard input
/// and output afterwards is nothing and standard error. Before: streams 0 and 1 are the pipes. After: only <see cref="Channel"/> has them.
/// </summary>
internal static class StandardStreams
{
    private const int WindowsInput = -10;
    private const int WindowsOutput = -11;
    private const int WindowsError = -12;

    public static Stream TakeInput()
    {
        // On Unix the stream is over a duplicate of descriptor 0, on Windows over the handle itself: both outlive the redirection.
        var stream = Console.OpenStandardInput();
        if (OperatingSystem.IsWindows())
        {
            SetStdHandle(WindowsInput, 0);
        }
        else
        {
            using var nothing = File.OpenHandle("/dev/null");
            dup2((int)nothing.DangerousGetHandle(), 0);
        }

        return stream;
    }

    public static Stream TakeOutput()
    {
        var stream = Console.OpenStandardOutput();
        if (OperatingSystem.IsWindows())
        {
            SetStdHandle(WindowsOutput, GetStdHandle(WindowsError));
        }
        else
        {
            dup2(2, 1);
        }

        return stream;
    }

    [DllImport("libc")]
    private static extern int dup2(int from, int to);

    [DllImport("kernel32")]
    private static extern nint GetStdHandle(int which);

    [DllImport("kernel32")]
    private static extern bool SetStdHandle(int which, nint handle);
}
