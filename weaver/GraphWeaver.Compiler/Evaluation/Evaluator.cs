using System.Diagnostics;

namespace GraphWeaver.Compiler.Evaluation;

/// <summary>
/// Runs slices in a <see cref="WorkerPair"/> and keeps the log of those that completed. After one that did not, the workers
/// are reset (a dead one is replaced) and the log is replayed before the next: so a failure costs one value, and no failed
/// slice leaves a trace. Every second spent is taken from the build's allowance.
/// </summary>
public sealed class Evaluator : IEvaluator
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);
    private readonly EvaluatorOptions options;
    private readonly List<(Slice Slice, byte[]? Packed)> log = [];
    private readonly Dictionary<byte[], int> probes = [];
    private readonly Stopwatch spent = new();
    private WorkerPair? pair;
    private int nextHandle;
    private bool stale = true;
    private string? lost;

    public Evaluator(EvaluatorOptions options)
    {
        this.options = options;
        Unavailable = options.EvaluatorPath is not { } path ? "GraphWeaver.Evaluator.dll is not beside the weaver"
            : !File.Exists(path) ? $"{path} does not exist"
            : !BitConverter.IsLittleEndian ? "the build machine is big-endian"
            : null;
    }

    public string? Unavailable { get; private set; }

    public void BeginMethod()
    {
        stale |= log.Count > 0;
        log.Clear();
        probes.Clear();
        nextHandle = 0;
        lost = null;
    }

    public SliceResult Execute(Slice slice)
    {
        var first = nextHandle;
        byte[]? packed = null;
        var result = Ask(i => first + i, limit => slice.IsVouchedFor
            ? AskFirst(slice, first, limit, out packed)
            : pair!.Ask((writer, worker) => WriteSlice(writer, worker, slice, describe: true), limit));
        if (result.Outcome == Outcome.Completed)
        {
            log.Add((slice, packed));
            nextHandle += slice.Outputs;
        }

        return result;
    }

    public SliceResult Read(IReadOnlyList<int> handles) => Ask(
        i => handles[i],
        limit => pair!.Ask(
            (writer, _) =>
            {
                writer.Write((byte)Request.Read);
                writer.WriteNumbers(handles);
            },
            limit),
        isReading: true);

    public void Dispose()
    {
        pair?.Dispose();
        pair = null;
        Unavailable = "the evaluator is disposed";
    }

    private SliceResult Ask(Func<int, int> handles, Func<TimeSpan, WorkerReply> ask, bool isReading = false)
    {
        spent.Start();
        try
        {
            if (Prepare() is { } failure)
            {
                return failure;
            }

            if (Remaining <= TimeSpan.Zero)
            {
                return UsedUp();
            }

            var limit = Remaining < options.SliceTimeout ? Remaining : options.SliceTimeout;
            var reply = ask(limit);

            // Reading changes nothing, so two workers that read differently are still good.
            stale = reply.Outcome != Outcome.Completed && !(isReading && reply.Outcome == Outcome.Differed);
            return new SliceResult
            {
                Outcome = reply.Outcome,
                Outputs = reply.Outcome == Outcome.Completed ? reply.Values(handles) : [],
                FailedStep = reply.Step,
                ExceptionType = reply.Outcome == Outcome.Threw ? reply.ExceptionType : null,
                Error = reply.Outcome == Outcome.TimedOut ? $"it did not end within {limit.TotalSeconds:0.#} s" : reply.Reason,
                StandardOutput = reply.Console,
            };
        }
        catch (OperationCanceledException)
        {
            Dispose();
            throw;
        }
        finally
        {
            spent.Stop();
        }
    }

    private TimeSpan Remaining => options.TotalTimeout - spent.Elapsed;

    /// <summary>Brings both workers to the state after the log; null, or the result that says why not.</summary>
    private SliceResult? Prepare()
    {
        options.Cancellation.ThrowIfCancellationRequested();
        if (Unavailable is { } reason)
        {
            return new SliceResult { Outcome = Outcome.Unavailable, Error = reason };
        }

        if (Remaining <= TimeSpan.Zero)
        {
            return UsedUp();
        }

        if (lost is not null)
        {
            return new SliceResult { Outcome = Outcome.Crashed, Error = lost };
        }

        if (!stale)
        {
            return null;
        }

        pair ??= new WorkerPair(options);
        Unavailable = pair.Refresh(StartLimit);
        if (Unavailable is not null)
        {
            pair.Dispose();
            pair = null;
            return new SliceResult { Outcome = Outcome.Unavailable, Error = Unavailable };
        }

        foreach (var (slice, packed) in log)
        {
            if (packed is not null)
            {
                // Done again it might give another value.
                pair.Unpack(packed, both: true);
                continue;
            }

            var reply = pair.Ask((writer, worker) => WriteSlice(writer, worker, slice, describe: false), Remaining);
            if (reply.Outcome != Outcome.Completed)
            {
                lost = $"{slice.Display} could not be done again after a failure: {reply.Reason ?? reply.Outcome.ToString()}";
                return new SliceResult { Outcome = Outcome.Crashed, Error = lost };
            }
        }

        stale = false;
        return null;
    }

    private SliceResult UsedUp() => new() { Outcome = Outcome.TimedOut, Error = $"the build's allowance of {options.TotalTimeout.TotalSeconds:0.#} s is used up" };

    private WorkerReply AskFirst(Slice slice, int first, TimeSpan limit, out byte[]? packed)
    {
        (var reply, packed) = pair!.AskFirst((writer, worker) => WriteSlice(writer, worker, slice, describe: true), first, limit);
        if (packed is not null)
        {
            pair.Unpack(packed, both: false);
        }

        return reply;
    }

    private void WriteSlice(BinaryWriter writer, WorkerProcess worker, Slice slice, bool describe)
    {
        if (!probes.TryGetValue(slice.ProbeAssembly, out var number))
        {
            probes[slice.ProbeAssembly] = number = probes.Count;
        }

        writer.Write((byte)(slice.IsVouchedFor ? Request.Vouch : Request.Execute));
        if (slice.IsVouchedFor)
        {
            writer.WriteText(options.ProjectDirectory ?? "");
        }

        writer.Write(describe);
        writer.Write(number);
        var image = worker.Probes.Add(number) ? slice.ProbeAssembly : [];
        writer.Write(image.Length);
        writer.Write(image);
        writer.WriteText(slice.TypeName);
        writer.WriteText(slice.MethodName);
        writer.WriteNumbers(slice.Inputs);
        writer.Write(slice.Outputs);
    }
}
