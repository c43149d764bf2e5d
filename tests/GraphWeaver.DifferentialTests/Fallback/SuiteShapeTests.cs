using System.Text.RegularExpressions;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>What must hold of the suite as a whole: its size, its families, and what its messages may say and where.</summary>
public sealed partial class SuiteShapeTests
{
    [Fact]
    public void At_least_110_cases_each_with_a_name_of_its_own()
    {
        Assert.True(Case.All.Count >= 110, $"{Case.All.Count} cases");
        Assert.Equal(Case.All.Count, Case.All.Select(named => named.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("T", 1, 8)]
    [InlineData("P", 1, 14)]
    [InlineData("W", 1, 9)]
    [InlineData("R", 1, 11)]
    [InlineData("B", 1, 22)]
    [InlineData("C", 5, 21)]
    [InlineData("L", 1, 19)]
    public void Every_number_of_a_family_has_a_case(string family, int first, int last)
    {
        var numbers = Case.All.Select(named => named.Number).ToHashSet();
        Assert.All(Enumerable.Range(first, last - first + 1), number => Assert.Contains($"{family}{number:00}", numbers));
    }

    [Fact]
    public void Every_marked_method_of_the_cases_is_pinned()
    {
        var pinned = Case.All.Select(named => named.Marked).ToHashSet();
        Assert.DoesNotContain(CaseReport.All, row => !pinned.Contains(row.Name));
    }

    [Fact]
    public void Every_case_pins_what_is_folded() => Assert.All(Case.All, named => Assert.True(named.Folded is not null || named.MinFolded is not null, named.Name));

    [Fact]
    public void No_message_shows_a_name_of_the_compiler_or_of_the_weaver() =>
        Assert.All(Messages(), message => Assert.False(InternalName().IsMatch(message.Text), $"{message.Line}: {message.Code} {message.Text}"));

    [Fact]
    public void Every_message_is_about_a_line_of_its_method()
    {
        foreach (var named in Case.All)
        {
            var (first, last) = RemainingCode.Lines(named.Marked);
            Assert.All(CaseReport.Of(named.Marked).Messages, message => Assert.True(message.Line >= first && message.Line <= last, $"{named.Name} is in lines {first} to {last}: {message.Line}: {message.Code} {message.Text}"));
        }
    }

    private static IEnumerable<CaseMessage> Messages() => CaseReport.All.SelectMany(row => row.Messages);

    /// <summary>Compiler-made names, addresses of instructions, values of the graph, and the weaver's own types.</summary>
    [GeneratedRegex(@"<>|<\w*>\w__|DisplayClass|\bIL_|\bGraphWeaver\.Compiler|<GraphWeaver>|InlineArray|PrivateImplementation|\bphi\b|%\d|\bBuildNode|\bslot\b")]
    private static partial Regex InternalName();
}
