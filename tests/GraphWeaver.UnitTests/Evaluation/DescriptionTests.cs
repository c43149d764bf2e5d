using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.UnitTests.Evaluation;

/// <summary>How a worker describes values that are read: as a graph of parts that can be made again, or with the reason why not.</summary>
public sealed class DescriptionTests : IDisposable
{
    private readonly EvaluatorFixture fixture = new("""
        public class Node { public Node Next; private readonly int number; public Node(int number) { this.number = number; } }
        public sealed class Named { public string Name { get; set; } public int[] Values { get; init; } }
        public sealed class Hashed { private readonly int hash; public Hashed(string text) => hash = text.GetHashCode(); }
        public sealed class Finalized { private int x = 1; ~Finalized() => x = 0; }
        public sealed class Handle : IDisposable { private nint handle = 1; public void Dispose() => handle = 0; }
        public unsafe struct Pointing { public int* Place; }
        public static class Log { public static string Text = ""; }
        public static class Late { public static readonly object Instance = Make(); static Late() { } private static object Make() { Log.Text += "late"; return new Node(1); } }
        public static class Held { public static readonly Dictionary<string, Node> Nodes = new() { ["a"] = new Node(3) { Next = new Node(4) } }; }
        """);

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void Execution_shows_values_and_reading_describes_them()
    {
        var shown = fixture.Value("new Named { Name = \"n\", Values = new[] { 1, 2 } }");
        var content = Describe(shown).Content!;

        Assert.Null(shown.Content);
        Assert.Equal(StoredKind.Object, content.Kind);
        Assert.Equal(["<Name>k__BackingField", "<Values>k__BackingField"], content.Fields.Select(field => field.Name));
        Assert.Equal("n", content.Parts[0].Text);
        Assert.Equal((StoredKind.Bytes, ValueKind.Int32, 8), (content.Parts[1].Kind, content.Parts[1].ElementKind, content.Parts[1].Bytes.Length));
    }

    [Fact]
    public void Values_read_together_share_the_parts_they_share_as_objects()
    {
        var result = fixture.Run("var a = new Node(1); a.Next = a; var b = new List<Node> { a, a, new Node(1) }; outputs[0] = a; outputs[1] = b;", outputs: 2);
        var read = fixture.Evaluator.Read([result.Outputs[0].Handle, result.Outputs[1].Handle]).Outputs;
        var node = read[0].Content!;
        var items = read[1].Content!.FillParts.Single();

        Assert.Same(node, node.Parts[0]);
        Assert.Equal((StoredKind.Made, "NewList", "FillList"), (read[1].Content!.Kind, read[1].Content!.Create, read[1].Content!.Fill));
        Assert.True(items.IsHidden);
        Assert.Same(node, items.Parts[0]);
        Assert.Same(node, items.Parts[1]);
        Assert.NotSame(node, items.Parts[2]);
        Assert.Same(read[0].Reading, read[1].Reading);
    }

    [Fact]
    public void A_hash_code_in_a_field_is_a_difference_and_reading_on_goes_on()
    {
        var hashed = fixture.Value("new Hashed(\"text\")");
        var plain = fixture.Value("new Node(2)");

        Assert.Equal(Outcome.Differed, fixture.Evaluator.Read([plain.Handle, hashed.Handle]).Outcome);
        Assert.NotNull(Describe(plain).Content);
    }

    [Theory]
    [InlineData("new Finalized()", "more than its fields (Finalized)")]
    [InlineData("new Handle()", "more than its fields (Handle)")]
    [InlineData("default(Pointing)", "more than its fields (Pointing)")]
    [InlineData("new Random(1)", "more than its fields (Random)")]
    [InlineData("new List<object> { (Action)(() => { }) }", "more than its fields (Action)")]
    [InlineData("new[] { Enumerable.Range(0, 3).Select(i => i) }", "more than its fields")]
    [InlineData("new System.Threading.CancellationTokenSource()", "more than its fields (CancellationTokenSource)")]
    [InlineData("new List<DateTime> { new(2020, 1, 1, 0, 0, 0, DateTimeKind.Local) }", "local time")]
    [InlineData("new nint[] { unchecked((nint)0x1_0000_0000) }", "too wide")]
    [InlineData("Array.CreateInstance(typeof(int), new[] { 2 }, new[] { 1 })", "does not begin at 0")]
    [InlineData("Held.Nodes", "a static field leads to")]
    [InlineData("new List<Node> { Held.Nodes[\"a\"].Next }", "a static field leads to (Node)")]
    [InlineData("Enumerable.Range(0, 30_000).Select(i => new object()).ToArray()", "too many parts")]
    [InlineData("Tensor.Create(new[] { 1, 2, 3, 4 }, new nint[] { 2, 2 }, new nint[] { 1, 2 })", "strides of its own")]
    public void What_cannot_be_made_again_says_why(string expression, string reason)
    {
        var read = Describe(fixture.Value(expression));

        Assert.Null(read.Content);
        Assert.Contains(reason, read.Obstacle);
    }

    [Fact]
    public void Looking_for_statics_sets_off_no_initializer()
    {
        Describe(fixture.Value("new Node(5)"));

        Assert.Equal("", fixture.Value("Log.Text").Value);
        Assert.Equal("late", fixture.Value("(Late.Instance is null ? \"\" : Log.Text)").Value);
    }

    [Fact]
    public void A_value_that_cannot_be_described_leaves_the_others_alone()
    {
        var result = fixture.Run("var a = new Node(1); outputs[0] = new object[] { a, new Random(1) }; outputs[1] = a;", outputs: 2);
        var read = fixture.Evaluator.Read([result.Outputs[0].Handle, result.Outputs[1].Handle]).Outputs;

        Assert.Null(read[0].Content);
        Assert.Equal(StoredKind.Object, read[1].Content!.Kind);
    }

    [Fact]
    public void Descriptions_stay_under_the_payload_limit()
    {
        using var small = new EvaluatorFixture(configure: options => options with { PayloadLimit = 100 });
        var many = small.Value("new[] { new byte[60], new byte[60] }");

        Assert.Contains("too large", Assert.Single(small.Evaluator.Read([many.Handle]).Outputs).Obstacle);
    }

    private BuildValue Describe(BuildValue value)
    {
        var read = fixture.Evaluator.Read([value.Handle]);
        Assert.True(read.Outcome == Outcome.Completed, read.Error);
        return Assert.Single(read.Outputs);
    }
}
