using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace GraphWeaver.Compiler.Evaluation;

/// <summary>
/// One worker: its process, its pipes, and what it has been sent. Requests go out at once; a thread gathers the frames that
/// come back, so a wait can end at its deadline. <see cref="Dispose"/> kills the process, whatever it is doing.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int ErrorLinesKept = 8;
    private static readonly byte[] closed = [];
    private readonly Process process;
    private readonly Stream input;
    private readonly BlockingCollection<byte[]> frames = [];
    private readonly Queue<string> errors = new();
    private readonly ManualResetEventSlim errorsRead = new();

    private WorkerProcess(Process process)
    {
        this.process = process;
        input = process.StandardInput.BaseStream;
        new Thread(ReadFrames) { IsBackground = true, Name = "GraphWeaver worker frames" }.Start();
        new Thread(ReadErrors) { IsBackground = true, Name = "GraphWeaver worker errors" }.Start();
    }

    /// <summary>Numbers of the probes this worker has, so that each is sent once.</summary>
    public HashSet<int> Probes { get; } = [];

    public bool IsBroken { get; private set; }

    /// <exception cref="Win32Exception">The host cannot be started.</exception>
    public static WorkerProcess Start(EvaluatorOptions options, WorkerFiles files, bool altered)
    {
        var start = new ProcessStartInfo(options.DotnetHost)
        {
            Arguments = $"exec --runtimeconfig \"{files.RuntimeConfiguration}\" \"{options.EvaluatorPath}\"",
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        WorkerEnvironment.Apply(start.EnvironmentVariables, files, altered);
        var process = Process.Start(start) ?? throw new Win32Exception();
        var worker = new WorkerProcess(process);
        worker.Send(writer =>
        {
            writer.Write((byte)Request.Start);
            writer.Write(altered);
            writer.Write(Process.GetCurrentProcess().Id);
            writer.Write(options.PayloadLimit);
            writer.Write(options.OutputLimit);
            writer.WriteText(options.AssemblyPath);
            writer.WriteTexts(options.ImplementationPaths);
            writer.WriteTexts(options.ReferencePaths);
        });
        return worker;
    }

    /// <summary>Sends a frame. A worker that is gone is noticed by <see cref="Receive"/>.</summary>
    public void Send(Action<BinaryWriter> write)
    {
        using var frame = new MemoryStream();
        using var writer = new BinaryWriter(frame, Encoding.UTF8);
        writer.Write(0);
        write(writer);
        writer.Flush();
        frame.Position = 0;
        writer.Write((int)frame.Length - sizeof(int));
        writer.Flush();
        try
        {
            input.Write(frame.GetBuffer(), 0, (int)frame.Length);
            input.Flush();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            IsBroken = true;
        }
    }

    /// <summary>Waits for the worker to be ready; null, or why it is not.</summary>
    public string? AwaitReady(TimeSpan limit, CancellationToken cancellation)
    {
        if (!frames.TryTake(out var frame, Milliseconds(limit), cancellation))
        {
            return "the worker did not start in time";
        }

        return ReferenceEquals(frame, closed) || frame[0] != (byte)Reply.Ready ? "the worker ended at once: " + Errors() : null;
    }

    /// <summary>The answer to the request sent last. Any outcome that leaves the process unfit marks it broken.</summary>
    public WorkerReply Receive(TimeSpan limit, CancellationToken cancellation)
    {
        if (!frames.TryTake(out var frame, Milliseconds(limit), cancellation))
        {
            IsBroken = true;
            return new WorkerReply { Outcome = Outcome.TimedOut, Step = AskProgress(cancellation) };
        }

        if (ReferenceEquals(frame, closed))
        {
            IsBroken = true;
            return new WorkerReply { Outcome = Outcome.Crashed, Reason = "the process died: " + Errors() };
        }

        if (frame[0] == (byte)Reply.Exiting)
        {
            IsBroken = true;
            using var reader = new BinaryReader(new MemoryStream(frame), Encoding.UTF8);
            reader.ReadByte();
            return new WorkerReply { Outcome = Outcome.Crashed, Step = reader.ReadInt32(), Reason = reader.ReadText() };
        }

        var reply = WorkerReply.Parse(frame);
        IsBroken |= reply.Outcome == Outcome.OutOfMemory;
        return reply;
    }

    /// <summary>The answer to a request for packed values, or null when the worker is gone.</summary>
    public byte[]? ReceivePacked(TimeSpan limit, CancellationToken cancellation)
    {
        if (!frames.TryTake(out var frame, Milliseconds(limit), cancellation) || ReferenceEquals(frame, closed) || frame[0] != (byte)Reply.Packed)
        {
            IsBroken = true;
            return null;
        }

        return [.. frame.Skip(1)];
    }

    public void Dispose()
    {
        try
        {
            process.Kill();
            process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
        catch (Win32Exception)
        {
            // It is ending.
        }

        process.Dispose();
    }

    private static int Milliseconds(TimeSpan limit) => (int)Math.Max(0, Math.Min(limit.TotalMilliseconds, int.MaxValue));

    private int AskProgress(CancellationToken cancellation)
    {
        const int Patience = 300;
        Send(writer => writer.Write((byte)Request.Progress));
        return frames.TryTake(out var frame, Patience, cancellation) && !ReferenceEquals(frame, closed) && frame[0] == (byte)Reply.Progress
            ? BitConverter.ToInt32(frame, 1)
            : -1;
    }

    private void ReadFrames()
    {
        var output = process.StandardOutput.BaseStream;
        while (ReadExactly(output, sizeof(int)) is { } length && ReadExactly(output, BitConverter.ToInt32(length, 0)) is { } frame)
        {
            frames.Add(frame);
        }

        frames.Add(closed);
    }

    private static byte[]? ReadExactly(Stream stream, int count)
    {
        var bytes = new byte[count];
        try
        {
            for (var done = 0; done < count;)
            {
                var read = stream.Read(bytes, done, count - done);
                if (read == 0)
                {
                    return null;
                }

                done += read;
            }

            return bytes;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    private void ReadErrors()
    {
        try
        {
            while (process.StandardError.ReadLine() is { } line)
            {
                lock (errors)
                {
                    if (errors.Count < ErrorLinesKept && line.Trim().Length > 0)
                    {
                        errors.Enqueue(line.Trim());
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process was killed; what it said before is kept.
        }

        errorsRead.Set();
    }

    private string Errors()
    {
        const int Patience = 500;
        errorsRead.Wait(Patience);
        lock (errors)
        {
            return errors.Count == 0 ? "it said nothing" : string.Join(" ", errors);
        }
    }
}
