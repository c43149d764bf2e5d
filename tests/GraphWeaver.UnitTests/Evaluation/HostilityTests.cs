using System.Diagnostics;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.UnitTests.Evaluation;

public sealed class HostilityTests : IDisposable
{
    private const string User = """
        internal static class Trouble
        {
            private static int secret = 41;
            public static int Counter;
            internal static int Secret() => ++secret;
            public static int Deep(int n) => n < 0 ? 0 : Deep(n + 1) + Deep(n + 2) + n;
            public static int Fail(string why) { Counter = 100; throw new InvalidOperationException(why); }
        }
        public class MyException(string message) : Exception(message);
        """;

    private readonly EvaluatorFixture fixture = new(User, options => options with { SliceTimeout = TimeSpan.FromSeconds(3) });

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_thrown_exception_comes_back_with_type_message_and_step()
    {
        var result = fixture.Run("progress[0] = 3; throw new MyException(\"no way\");");

        Assert.Equal(Outcome.Threw, result.Outcome);
        Assert.Equal("MyException", result.ExceptionType);
        Assert.Equal("MyException: no way", result.Error);
        Assert.Equal(3, result.FailedStep);
        Assert.Empty(result.Outputs);
    }

    [Fact]
    public void A_slice_that_threw_leaves_no_trace()
    {
        var array = fixture.Value("new[] { 1 }");
        var threw = fixture.Run("((int[])inputs[0])[0] = 5; outputs[0] = Trouble.Fail(\"late\");", 1, array.Handle);

        var after = fixture.Run("outputs[0] = ((int[])inputs[0])[0]; outputs[1] = Trouble.Counter;", 2, array.Handle);

        Assert.Equal(Outcome.Threw, threw.Outcome);
        Assert.Equal([1, 0], after.Outputs.Select(value => (int)value.Value!));
        Assert.Equal([1, 2], after.Outputs.Select(value => value.Handle));
    }

    [Theory]
    [InlineData("Trouble.Deep(0);", "Stack overflow")]
    [InlineData("Environment.FailFast(\"gone for good\");", "gone for good")]
    [InlineData("Environment.Exit(0);", "Environment.Exit")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "died")]
    [InlineData("unsafe { *(int*)16 = 1; }", "NullReferenceException")]
    [InlineData("var t = new Thread(() => throw new MyException(\"alone\")); t.Start(); t.Join(); Thread.Sleep(1000);", "MyException")]
    public void After_death_the_log_is_replayed_and_handles_stay_valid(string fatal, string reason)
    {
        var list = fixture.Value("new List<string> { \"kept\" }");
        fixture.Run("((List<string>)inputs[0]).Add(\"also\"); Trouble.Counter++;", 0, list.Handle);

        var died = fixture.Run("progress[0] = 2; ((List<string>)inputs[0]).Clear(); " + fatal, 1, list.Handle);
        var after = fixture.Run("outputs[0] = string.Join(\",\", (List<string>)inputs[0]) + Trouble.Counter;", 1, list.Handle);

        Assert.True(died.Outcome is Outcome.Crashed || reason == "NullReferenceException", died.Outcome.ToString());
        Assert.Contains(reason, died.Error, StringComparison.Ordinal);
        Assert.Equal("kept,also1", after.Outputs[0].Value);
    }

    [Fact]
    public void An_endless_loop_is_ended_and_its_step_is_known()
    {
        var kept = fixture.Value("new int[3]");
        var clock = Stopwatch.StartNew();

        var result = fixture.Run("progress[0] = 1; while (true) ;");

        Assert.Equal(Outcome.TimedOut, result.Outcome);
        Assert.Equal(1, result.FailedStep);
        Assert.InRange(clock.Elapsed.TotalSeconds, 2.5, 6);
        Assert.Equal(3, fixture.Run("outputs[0] = ((int[])inputs[0]).Length;", 1, kept.Handle).Outputs[0].Value);
    }

    [Fact]
    public void The_whole_allowance_is_a_limit_of_its_own()
    {
        using var poor = new EvaluatorFixture(configure: options => options with { TotalTimeout = TimeSpan.FromSeconds(2) });

        Assert.Equal(Outcome.TimedOut, poor.Run("Thread.Sleep(3000);", 0).Outcome);
        var after = poor.Run("outputs[0] = 1;");

        Assert.Equal(Outcome.TimedOut, after.Outcome);
        Assert.Contains("allowance", after.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outputs[0] = new[] { new byte[int.MaxValue - 100], new byte[int.MaxValue - 100] };")]
    [InlineData("var all = new List<byte[]>(); while (true) all.Add(new byte[1 << 20]);")]
    public void Memory_is_limited(string greedy)
    {
        using var small = new EvaluatorFixture(configure: options => options with { MemoryLimit = 100 << 20 });
        var kept = small.Value("\"kept\"");

        var result = small.Run(greedy);

        Assert.Equal(Outcome.OutOfMemory, result.Outcome);
        Assert.Equal("kept", small.Run("outputs[0] = inputs[0];", 1, kept.Handle).Outputs[0].Value);
    }

    [Fact]
    public void Console_output_is_captured_and_input_is_empty()
    {
        var result = fixture.Run("Console.WriteLine(\"out\"); Console.Error.Write('e'); outputs[0] = Console.ReadLine();");
        var raw = fixture.Run("using (var s = Console.OpenStandardOutput()) s.Write(new byte[] { 9, 9, 9, 9, 9 }); outputs[0] = 1;");
        var silent = fixture.Run("Console.SetOut(null ?? System.IO.TextWriter.Null); outputs[0] = 2;");
        var again = fixture.Run("Console.Write(\"again\");", 0);

        Assert.Equal("out" + Environment.NewLine + "e", result.StandardOutput);
        Assert.Equal(ValueKind.Null, result.Outputs[0].Kind);
        Assert.Equal(1, raw.Outputs[0].Value);
        Assert.Null(silent.StandardOutput);
        Assert.Equal("again", again.StandardOutput);
    }

    [Fact]
    public void Console_output_is_cut_at_its_limit()
    {
        var result = fixture.Run("for (var i = 0; i < 100000; i++) Console.Write(\"0123456789\");", 0);

        Assert.InRange(result.StandardOutput!.Length, 64 << 10, (64 << 10) + 20);
        Assert.EndsWith("(cut)", result.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public void Internals_of_the_user_are_reachable()
    {
        Assert.Equal(42, fixture.Value("Trouble.Secret()").Value);
    }

    [Fact]
    public void Each_method_has_fresh_statics_and_handles()
    {
        Assert.Equal(42, fixture.Value("Trouble.Secret()").Value);
        Assert.Equal(43, fixture.Value("Trouble.Secret()").Value);
        fixture.Evaluator.BeginMethod();

        var fresh = fixture.Value("Trouble.Secret()");

        Assert.Equal((42, 0), ((int)fresh.Value!, fresh.Handle));
    }

    [Fact]
    public void The_users_file_can_be_rewritten_while_workers_run()
    {
        fixture.Value("Trouble.Secret()");
        File.WriteAllBytes(fixture.AssemblyPath, [1, 2, 3]);

        Assert.Equal(43, fixture.Value("Trouble.Secret()").Value);
    }

    [Fact]
    public void A_missing_library_is_a_crash_with_its_name()
    {
        using var bare = new EvaluatorFixture(configure: options => options with { ImplementationPaths = [] });

        var result = bare.Run("outputs[0] = MathNet.Numerics.SpecialFunctions.Gamma(3.0);");

        Assert.Equal(Outcome.Crashed, result.Outcome);
        Assert.Contains("MathNet.Numerics", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void MathNet_runs_on_one_thread()
    {
        Assert.Equal(1, fixture.Value("MathNet.Numerics.Control.MaxDegreeOfParallelism").Value);
    }
}
