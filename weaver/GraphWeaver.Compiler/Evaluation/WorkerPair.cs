using System.ComponentModel;

namespace GraphWeaver.Compiler.Evaluation;

/// <summary>
/// The two workers that get the same stream in different surroundings, started together. What one cannot confirm for the
/// other is not a result.
/// </summary>
internal sealed class WorkerPair : IDisposable
{
    private readonly EvaluatorOptions options;
    private readonly WorkerFiles files;
    private readonly WorkerProcess?[] workers = new WorkerProcess?[2];

    public WorkerPair(EvaluatorOptions options)
    {
        this.options = options;
        files = new WorkerFiles(options);
    }

    /// <summary>Starts what is not running or broken, and resets what is; null, or why there is no pair.</summary>
    public string? Refresh(TimeSpan limit)
    {
        var fresh = new List<WorkerProcess>();
        for (var i = 0; i < workers.Length; i++)
        {
            if (workers[i] is { IsBroken: false } running)
            {
                running.Probes.Clear();
                running.Send(writer => writer.Write((byte)Request.Reset));
                continue;
            }

            workers[i]?.Dispose();
            workers[i] = null;
            try
            {
                fresh.Add(workers[i] = WorkerProcess.Start(options, files, altered: i == 1));
            }
            catch (Win32Exception exception)
            {
                return $"{options.DotnetHost} cannot be started: {exception.Message}";
            }
        }

        return fresh.Select(worker => worker.AwaitReady(limit, options.Cancellation)).FirstOrDefault(reason => reason is not null);
    }

    /// <summary>Sends one request to both and joins their answers.</summary>
    public WorkerReply Ask(Action<BinaryWriter, WorkerProcess> write, TimeSpan limit)
    {
        foreach (var worker in workers)
        {
            worker!.Send(writer => write(writer, worker));
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var first = workers[0]!.Receive(limit, options.Cancellation);
        var second = workers[1]!.Receive(limit - clock.Elapsed, options.Cancellation);
        return Join(first, second);
    }

    /// <summary>Sends one request to the first worker, whose word counts; null for the values when it did not complete.</summary>
    public (WorkerReply Reply, byte[]? Packed) AskFirst(Action<BinaryWriter, WorkerProcess> write, int firstHandle, TimeSpan limit)
    {
        var worker = workers[0]!;
        worker.Send(writer => write(writer, worker));
        var reply = worker.Receive(limit, options.Cancellation);
        if (reply.Outcome != Outcome.Completed)
        {
            return (reply, null);
        }

        worker.Send(writer =>
        {
            writer.Write((byte)Request.Pack);
            writer.Write(firstHandle);
        });
        return worker.ReceivePacked(limit, options.Cancellation) is { } packed
            ? (reply, packed)
            : (new WorkerReply { Outcome = Outcome.Crashed, Reason = "the process died while its value was fetched" }, null);
    }

    /// <summary>Adds packed values to the tables of the second worker, or of both.</summary>
    public void Unpack(byte[] packed, bool both)
    {
        foreach (var worker in workers.Skip(both ? 0 : 1))
        {
            worker!.Send(writer =>
            {
                writer.Write((byte)Request.Unpack);
                writer.Write(packed);
            });
        }
    }

    public void Dispose()
    {
        foreach (var worker in workers)
        {
            worker?.Dispose();
        }

        files.Dispose();
    }

    private static WorkerReply Join(WorkerReply first, WorkerReply second)
    {
        foreach (var outcome in new[] { Outcome.Crashed, Outcome.OutOfMemory, Outcome.TimedOut })
        {
            if (first.Outcome == outcome || second.Outcome == outcome)
            {
                return first.Outcome == outcome ? first : second;
            }
        }

        return SameBytes(first.Frame, second.Frame)
            ? first
            : new WorkerReply { Outcome = Outcome.Differed, Step = first.Step, Reason = Difference(first, second) };
    }

    private static bool SameBytes(byte[] one, byte[] other)
    {
        var same = one.Length == other.Length;
        for (var i = 0; same && i < one.Length; i++)
        {
            same = one[i] == other[i];
        }

        return same;
    }

    private static string Difference(WorkerReply first, WorkerReply second)
    {
        const string Cause = "the result depends on culture, time zone, hash codes, time or chance";
        if (first.Outcome != second.Outcome || first.Outcome == Outcome.Threw)
        {
            return $"{Cause}: {first.Reason ?? "no exception"} / {second.Reason ?? "no exception"}";
        }

        if (first.Console != second.Console)
        {
            return $"{Cause}: it printed {first.Console} / {second.Console}";
        }

        var pair = first.Values(i => i).Zip(second.Values(i => i), (one, other) => (one.Display, Other: other.Display))
            .FirstOrDefault(values => values.Display != values.Other);
        return pair.Display is null ? Cause : $"{Cause}: {pair.Display} / {pair.Other}";
    }
}
