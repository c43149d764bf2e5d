namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>Compares the codes a case pins with those seen, both sorted. <c>GW0103</c> is one site, <c>GW0103?</c> any number of them, none too.</summary>
internal static class CodePins
{
    private static readonly string[] CountedCodes = ["GW0001", "GW0101", "GW0102"];

    public static IReadOnlyList<string> Seen(CaseReport report) =>
        [.. report.Messages.Select(message => message.Code).Where(code => !CountedCodes.Contains(code)).Order(StringComparer.Ordinal)];

    public static bool Agree(string pinned, IReadOnlyList<string> seen)
    {
        var pins = pinned.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var open = pins.Where(pin => pin.EndsWith('?')).Select(pin => pin.TrimEnd('?')).ToHashSet();
        return pins.Where(pin => !pin.EndsWith('?')).SequenceEqual(seen.Where(code => !open.Contains(code)));
    }
}
