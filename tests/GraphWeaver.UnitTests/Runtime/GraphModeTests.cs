namespace GraphWeaver.UnitTests.Runtime;

/// <summary>The switches and what they make of the environment.</summary>
[Collection(nameof(GraphMode))]
public class GraphModeTests
{
    [Theory]
    [InlineData(null, ExecutionMode.Graph)]
    [InlineData("", ExecutionMode.Graph)]
    [InlineData(" Graph ", ExecutionMode.Graph)]
    [InlineData("EAGER", ExecutionMode.Eager)]
    [InlineData("verify", ExecutionMode.Verify)]
    [InlineData("2", ExecutionMode.Eager)]
    [InlineData("fast", ExecutionMode.Eager)]
    public void The_mode_is_read_from_text_and_unknown_text_is_eager(string? text, ExecutionMode expected) =>
        Assert.Equal(expected, GraphMode.ParseMode(text));

    [Theory]
    [InlineData(null, Backend.Auto)]
    [InlineData(" AUTO ", Backend.Auto)]
    [InlineData("cpu", Backend.Cpu)]
    [InlineData("Cuda", Backend.Cuda)]
    [InlineData("OpenCL", Backend.OpenCL)]
    [InlineData("simulator", Backend.Simulator)]
    [InlineData("tpu", Backend.Auto)]
    public void The_backend_is_read_from_text_and_unknown_text_is_auto(string? text, Backend expected) =>
        Assert.Equal(expected, GraphMode.ParseBackend(text));

    [Theory]
    [InlineData("3", 3)]
    [InlineData(" 1 ", 1)]
    [InlineData("0", null)]
    [InlineData("-2", null)]
    [InlineData("many", null)]
    [InlineData(null, null)]
    public void The_number_of_threads_is_read_from_text_and_otherwise_that_of_processors(string? text, int? expected) =>
        Assert.Equal(expected ?? Environment.ProcessorCount, GraphMode.ParseThreads(text));

    [Fact]
    public void The_switches_hold_what_is_set_and_refuse_the_rest()
    {
        ExecutionMode mode = GraphMode.Current;
        int threads = GraphMode.MaxThreads;
        try
        {
            GraphMode.Current = ExecutionMode.Verify;
            GraphMode.MaxThreads = 7;
            Assert.Equal(ExecutionMode.Verify, GraphMode.Current);
            Assert.Equal(7, GraphMode.MaxThreads);
            Assert.Throws<ArgumentOutOfRangeException>(() => GraphMode.Current = (ExecutionMode)3);
            Assert.Throws<ArgumentOutOfRangeException>(() => GraphMode.Current = (ExecutionMode)(-1));
            Assert.Throws<ArgumentOutOfRangeException>(() => GraphMode.MaxThreads = 0);
        }
        finally
        {
            GraphMode.Current = mode;
            GraphMode.MaxThreads = threads;
        }
    }

    [Fact]
    public void Unwoven_graph_calls_evaluate_their_delegates()
    {
        int calls = 0;
        Assert.Equal(5, Graph.Eager(() => 5));
        Graph.Eager(() => { calls++; });
        Assert.Equal("x", Graph.AtBuild(() => "x", "data.csv"));
        Assert.Equal(1, calls);
        Assert.Throws<ArgumentNullException>("f", () => Graph.AtBuild<int>(null!));
        Assert.Throws<ArgumentNullException>("f", () => Graph.Eager<int>(null!));
        Assert.Throws<ArgumentNullException>("f", () => Graph.Eager(null!));
    }
}
