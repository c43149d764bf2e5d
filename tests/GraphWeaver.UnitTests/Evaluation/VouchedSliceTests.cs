using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.UnitTests.Evaluation;

/// <summary>Slices their author vouches for: one worker runs them, both know the value afterwards.</summary>
public sealed class VouchedSliceTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("graphweaver-project").FullName;
    private readonly EvaluatorFixture fixture;

    public VouchedSliceTests() => fixture = new EvaluatorFixture(
        "public sealed class Pair { public int[] Numbers = []; public string Text = \"\"; public Pair Self; } public class Opaque { public Dictionary<object, int> Table = new(); }",
        options => options with { ProjectDirectory = directory });

    public void Dispose()
    {
        fixture.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void What_the_two_workers_would_not_agree_on_is_taken_from_one()
    {
        var id = Vouch("outputs[0] = Guid.NewGuid().ToString();").Outputs[0];

        Assert.Equal(id.Value, Then("outputs[0] = ((string)inputs[0]).ToLowerInvariant();", id.Handle).Outputs[0].Value);
    }

    [Fact]
    public void It_runs_once_and_in_the_projects_folder_only()
    {
        Assert.Equal(Outcome.Completed, Vouch("System.IO.File.AppendAllText(\"trace.txt\", \"x\"); Console.Write(2.5); outputs[0] = 1;").Outcome);

        Assert.Equal("x", File.ReadAllText(Path.Combine(directory, "trace.txt")));
        Assert.Equal(false, fixture.Value("System.IO.File.Exists(\"trace.txt\")").Value);
    }

    [Theory]
    [InlineData("new Random().Next(1000000)", "(int)inputs[0] + 1")]
    [InlineData("new[] { new Random().NextDouble() }", "((double[])inputs[0])[0]")]
    [InlineData("new string[,] { { Guid.NewGuid().ToString() }, { \"b\" } }", "((string[,])inputs[0])[0, 0].Length + ((string[,])inputs[0])[1, 0]")]
    [InlineData("Tensor.Create<double>(new[] { 1.5, new Random().NextDouble() }, new nint[] { 1, 2 })", "((Tensor<double>)inputs[0]).Sum<double>(x => x)")]
    [InlineData("new List<(int, string)> { (new Random().Next(), \"a\") }", "((List<(int, string)>)inputs[0])[0].Item1")]
    [InlineData("new Pair { Numbers = new[] { 7, new Random().Next() }, Text = \"t\" }", "((Pair)inputs[0]).Numbers[1] + ((Pair)inputs[0]).Text")]
    [InlineData("DateTime.UtcNow", "((DateTime)inputs[0]).Ticks")]
    [InlineData("DayOfWeek.Friday", "(int)(DayOfWeek)inputs[0]")]
    [InlineData("null", "inputs[0] is null")]
    public void Later_slices_of_both_workers_see_the_same_value(string made, string used)
    {
        var value = Vouch($"outputs[0] = {made};").Outputs[0];

        var result = Then($"outputs[0] = {used.Replace(".Sum<double>(x => x)", "[0, 1]")};", value.Handle);

        Assert.True(result.Outcome == Outcome.Completed, result.Error);
    }

    [Fact]
    public void An_object_that_holds_itself_arrives_whole()
    {
        var value = Vouch("var pair = new Pair(); pair.Self = pair; pair.Text = Guid.NewGuid().ToString(); outputs[0] = pair;").Outputs[0];

        Assert.Equal(true, Then("outputs[0] = ReferenceEquals(((Pair)inputs[0]).Self, inputs[0]);", value.Handle).Outputs[0].Value);
    }

    [Fact]
    public void After_a_failure_the_value_is_the_one_it_was()
    {
        var id = Vouch("outputs[0] = new[] { new Random().Next() };").Outputs[0];
        var before = Then("outputs[0] = ((int[])inputs[0])[0];", id.Handle).Outputs[0].Value;

        Assert.Equal(Outcome.Threw, fixture.Run("throw new Exception();").Outcome);

        Assert.Equal(before, Then("outputs[0] = ((int[])inputs[0])[0];", id.Handle).Outputs[0].Value);
    }

    [Fact]
    public void A_value_that_cannot_leave_its_process_is_not_computed_with()
    {
        var value = Vouch("var opaque = new Opaque(); opaque.Table[new object()] = 1; outputs[0] = opaque;").Outputs[0];

        var result = Then("outputs[0] = ((Opaque)inputs[0]).Table.Count;", value.Handle);

        Assert.Equal(Outcome.Differed, result.Outcome);
        Assert.Contains("Graph.AtBuild", result.Error);
        Assert.Equal(7, fixture.Value("7").Value);
    }

    [Fact]
    public void What_it_throws_is_told()
    {
        var result = Vouch("throw new System.IO.FileNotFoundException(\"no such file\");");

        Assert.Equal(Outcome.Threw, result.Outcome);
        Assert.Contains("no such file", result.Error);
    }

    private SliceResult Vouch(string body) => fixture.Evaluator.Execute(fixture.Slice(body, body.Contains("outputs") ? 1 : 0) with { IsVouchedFor = true });

    private SliceResult Then(string body, int handle) => fixture.Run(body, 1, handle);
}
