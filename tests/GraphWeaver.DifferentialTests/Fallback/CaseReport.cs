using System.Text.Json;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>A row of the woven project's report.</summary>
internal sealed record CaseReport(string Name, string Status, int Folded, int Startup, int Kernels, int Fallbacks, IReadOnlyList<CaseMessage> Messages)
{
    private static readonly Lazy<ILookup<string, CaseReport>> Rows = new(() => ReadAll().ToLookup(row => row.Name));

    public static IEnumerable<CaseReport> All => Rows.Value.SelectMany(rows => rows);

    public static CaseReport Of(string method) => Rows.Value[method].Single();

    private static List<CaseReport> ReadAll()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(CaseFiles.Report));
        return [.. document.RootElement.GetProperty("methods").EnumerateArray().Select(Read)];
    }

    private static CaseReport Read(JsonElement row) => new(
        row.GetProperty("name").GetString()!,
        row.GetProperty("status").GetString()!,
        row.GetProperty("folded").GetInt32(),
        row.GetProperty("startup").GetInt32(),
        row.GetProperty("kernels").GetInt32(),
        row.GetProperty("fallbacks").GetInt32(),
        [.. row.GetProperty("diagnostics").EnumerateArray().Select(message => new CaseMessage(message.GetProperty("code").GetString()!, message.GetProperty("line").GetInt32(), message.GetProperty("message").GetString()!))]);
}

internal sealed record CaseMessage(string Code, int Line, string Text);
