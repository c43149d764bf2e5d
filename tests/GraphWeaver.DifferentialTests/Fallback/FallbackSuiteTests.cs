namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>
/// The fallback families. Every case is built twice by one build, and each of its argument lists is run three times in each: everything
/// observable must agree. What the build made of it is pinned beside it, in its attribute.
/// </summary>
public sealed class FallbackSuiteTests
{
    public static TheoryData<string> Names => [.. Case.All.Select(named => named.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_woven_method_does_what_the_unwoven_one_does(string name)
    {
        var named = Case.Find(name);
        using var plain = new CaseAssembly(CaseFiles.Plain);
        using var woven = new CaseAssembly(CaseFiles.Woven);
        var lists = plain.Arguments(named).Count;
        for (var list = 0; list < lists; list++)
        {
            var expected = CaseRun.Of(plain, named, list);
            var actual = CaseRun.Of(woven, named, list);
            Assert.Equal(expected.Calls, actual.Calls);
            Assert.Equal(expected.Shared, actual.Shared);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_build_makes_of_it_what_the_case_pins(string name)
    {
        var named = Case.Find(name);
        var report = CaseReport.Of(named.Marked);
        var log = string.Join("\n", report.Messages.Select(message => $"{message.Line}: {message.Code} {message.Text}"));
        var codes = CodePins.Seen(report);
        var remaining = RemainingCode.Of(named.Marked);
        var isAsPinned = (named.Folded is null || report.Folded == named.Folded)
            && (named.MinFolded is null || report.Folded >= named.MinFolded)
            && (report.Startup, report.Kernels, report.Fallbacks) == (named.Startup, named.Kernels, named.Fallbacks)
            && CodePins.Agree(named.Codes, codes)
            && (named.Remaining == "*" || named.Remaining == remaining);
        Assert.True(
            isAsPinned,
            $"""
            pinned: folded {named.Folded}{(named.MinFolded is { } least ? $"{least} or more" : "")}, start-up {named.Startup}, kernels {named.Kernels}, fallbacks {named.Fallbacks}, codes '{named.Codes}', remaining '{named.Remaining}'
            seen:   folded {report.Folded}, start-up {report.Startup}, kernels {report.Kernels}, fallbacks {report.Fallbacks}, codes '{string.Join(' ', codes)}', remaining '{remaining}'
            {log}
            """);
        Assert.All(named.Says, said => Assert.True(report.Messages.Any(message => message.Code == said[..6] && message.Text.Contains(said[7..], StringComparison.Ordinal)), $"nothing says '{said}':\n{log}"));
    }
}
