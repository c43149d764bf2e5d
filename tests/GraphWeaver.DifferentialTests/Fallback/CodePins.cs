using GraphWeaver.Compiler.Reporting;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>
/// Compares the codes a case pins with those seen, both sorted. <c>GW0103</c> is one site, <c>GW0103?</c> any number of them, none too.
/// GW0001, GW0101 and GW0102 are what the counters count, and are left out.
/// </summary>
internal static class CodePins
{
    private static readonly string[] Counted = ["GW0001", "GW0101", "GW0102"];

    public static IReadOnlyList<string> Seen(CaseReport report) => Seen(report.Messages.Select(message => message.Code));

    public static IReadOnlyList<string> Seen(MethodReport report) => Seen(report.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Code));

    public static bool Agree(string pinned, IReadOnlyList<string> seen)
    {
        var pins = pinned.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var open = pins.Where(pin => pin.EndsWith('?')).Select(pin => pin.TrimEnd('?')).ToHashSet();
        return pins.Where(pin => !pin.EndsWith('?')).SequenceEqual(seen.Where(code => !open.Contains(code)));
    }

    private static IReadOnlyList<string> Seen(IEnumerable<string> codes) => [.. codes.Where(code => !Counted.Contains(code)).Order(StringComparer.Ordinal)];
}
