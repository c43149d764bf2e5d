using System.Diagnostics;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.UnitTests.Evaluation;

public sealed class LifetimeTests
{
    [Fact]
    public void No_worker_outlives_the_evaluator()
    {
        var fixture = new EvaluatorFixture();
        var result = fixture.Run("outputs[0] = Environment.ProcessId.ToString(); new Thread(() => Thread.Sleep(-1)).Start();");
        var processes = result.Error!.Split(':')[^1].Split('/').Select(text => int.Parse(text.Trim(' ', '"'))).ToArray();
        Assert.Equal(2, processes.Length);
        Assert.All(processes, id => Assert.True(IsRunning(id)));

        fixture.Dispose();

        Assert.All(processes, id => Assert.False(IsRunning(id)));
    }

    [Fact]
    public void A_worker_ends_when_its_pipe_closes_though_user_code_is_running()
    {
        using var fixture = new EvaluatorFixture();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [EvaluatorFixture.EvaluatorPath])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var slice = fixture.Slice("new Thread(() => Thread.Sleep(-1)).Start(); while (true) ;");
        var stream = process.StandardInput.BaseStream;
        WriteFrame(stream, writer =>
        {
            writer.Write((byte)Request.Start);
            writer.Write(false);
            writer.Write(Environment.ProcessId);
            writer.Write(1);
            writer.Write(1);
            writer.WriteText(fixture.AssemblyPath);
            writer.WriteTexts([]);
            writer.WriteTexts([]);
        });
        WriteFrame(stream, writer =>
        {
            writer.Write((byte)Request.Execute);
            writer.Write(true);
            writer.Write(0);
            writer.Write(slice.ProbeAssembly.Length);
            writer.Write(slice.ProbeAssembly);
            writer.WriteText(slice.TypeName);
            writer.WriteText(slice.MethodName);
            writer.WriteNumbers([]);
            writer.Write(0);
        });
        Assert.False(process.WaitForExit(1500));

        stream.Close();

        Assert.True(process.WaitForExit(5000));
    }

    [Fact]
    public void No_process_is_started_before_the_first_slice()
    {
        using var fixture = new EvaluatorFixture(configure: options => options with { DotnetHost = "no-such-host-anywhere" });

        Assert.Null(fixture.Evaluator.Unavailable);
        var result = fixture.Run("outputs[0] = 1;");

        Assert.Equal(Outcome.Unavailable, result.Outcome);
        Assert.Contains("no-such-host-anywhere", fixture.Evaluator.Unavailable, StringComparison.Ordinal);
        Assert.Equal(Outcome.Unavailable, fixture.Run("outputs[0] = 1;").Outcome);
    }

    [Fact]
    public void A_missing_framework_is_said_in_the_hosts_words()
    {
        using var fixture = new EvaluatorFixture(configure: options => options with { Frameworks = ["Microsoft.NETCore.App/99.0.0"] });

        var result = fixture.Run("outputs[0] = 1;");

        Assert.Equal(Outcome.Unavailable, result.Outcome);
        Assert.Contains("99.0.0", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_worker_assembly_it_is_unavailable_at_once()
    {
        using var fixture = new EvaluatorFixture(configure: options => options with { EvaluatorPath = null });

        Assert.NotNull(fixture.Evaluator.Unavailable);
    }

    [Fact]
    public void A_cancelled_build_throws_and_leaves_no_worker()
    {
        using var source = new CancellationTokenSource();
        using var fixture = new EvaluatorFixture(configure: options => options with { Cancellation = source.Token });
        fixture.Value("1");

        // A thread of its own: a timer waits for a pool thread, and the tests beside this one block those.
        var canceller = new Thread(() =>
        {
            Thread.Sleep(300);
            source.Cancel();
        });
        canceller.Start();

        Assert.ThrowsAny<OperationCanceledException>(() => fixture.Run("while (true) ;", 0));
        canceller.Join();
        Assert.NotNull(fixture.Evaluator.Unavailable);
    }

    private static void WriteFrame(Stream stream, Action<BinaryWriter> write)
    {
        using var frame = new MemoryStream();
        write(new BinaryWriter(frame));
        stream.Write(BitConverter.GetBytes((int)frame.Length));
        stream.Write(frame.ToArray());
        stream.Flush();
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
