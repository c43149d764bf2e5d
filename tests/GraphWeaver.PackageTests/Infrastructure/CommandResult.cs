using System.Text.RegularExpressions;

namespace GraphWeaver.PackageTests.Infrastructure;

/// <summary>A diagnostic as a build printed it; line 0 where it has no place.</summary>
internal sealed record PrintedDiagnostic(string File, int Line, string Level, string Code, string Message);

/// <summary>What a command printed and how it ended.</summary>
internal sealed partial record CommandResult(int ExitCode, string Output)
{
    /// <summary>GraphWeaver's diagnostics, each once, in the order they were printed.</summary>
    public IReadOnlyList<PrintedDiagnostic> Diagnostics { get; } =
    [
        .. DiagnosticLine().Matches(Output)
            .Select(match => new PrintedDiagnostic(
                match.Groups["file"].Value.Trim(),
                match.Groups["line"].Success ? int.Parse(match.Groups["line"].ValueSpan) : 0,
                match.Groups["level"].Value,
                match.Groups["code"].Value,
                match.Groups["message"].Value))
            .Distinct(),
    ];

    public IReadOnlyList<PrintedDiagnostic> WithCode(string code) => [.. Diagnostics.Where(diagnostic => diagnostic.Code == code)];

    public CommandResult MustSucceed()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    public CommandResult MustFail()
    {
        Assert.True(ExitCode != 0, "The build was expected to fail.\n" + Output);
        return this;
    }

    /// <summary>The value of a line <c>name value</c> that a program printed.</summary>
    public string Printed(string name)
    {
        Match match = Regex.Match(Output, $@"^{Regex.Escape(name)} (.*?)\r?$", RegexOptions.Multiline);
        Assert.True(match.Success, $"No line '{name} ...' in:\n{Output}");
        return match.Groups[1].Value;
    }

    [GeneratedRegex(
        @"^(?<file>.*?)(\((?<line>\d+)[^)]*\))? ?: (?<level>warning|error|message) (?<code>GW\d{4}): (?<message>.*?)( \[[^\]]*\])?\r?$",
        RegexOptions.Multiline)]
    private static partial Regex DiagnosticLine();
}
