using System.Globalization;
using System.Text;

namespace GraphWeaver.Tasks;

/// <summary>
/// Reads the hand-over file back. The format is described at its writer, <c>GraphWeaver.Compiler.Reporting.DiagnosticFile</c>; the two share
/// no code, because tasks load into MSBuild beside the engine's Cecil and must not bring it along.
/// </summary>
internal static class DiagnosticFileReader
{
    private const string Header = "graphweaver\t2";

    /// <exception cref="InvalidDataException">The file was not written by this version's weaver, or only in part.</exception>
    public static WeavingRecord Read(string path) => Parse(File.ReadAllLines(path));

    public static WeavingRecord Parse(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || lines[0] != Header)
        {
            throw new InvalidDataException("it does not begin with the expected header; rebuild the project");
        }

        var record = new WeavingRecord();
        foreach (string line in lines.Skip(1))
        {
            string[] fields = [.. line.Split('\t').Select(Unescape)];
            switch (fields[0])
            {
                case "input" when fields.Length == 2:
                    record.Inputs.Add(fields[1]);
                    break;
                case "method" when fields.Length == 10:
                    record.Methods.Add(new MethodRecord(fields[1], fields[2], fields[3], fields[4],
                        Number(fields[5]), Number(fields[6]), Number(fields[7]), Number(fields[8]), fields[9]));
                    break;
                case "diagnostic" when fields.Length == 9:
                    List<DiagnosticRecord> owner = record.Methods.Count > 0 ? record.Methods[^1].Diagnostics : record.ProjectDiagnostics;
                    owner.Add(new DiagnosticRecord(fields[2], fields[1], fields[3],
                        Number(fields[4]), Number(fields[5]), Number(fields[6]), Number(fields[7]), fields[8]));
                    break;
                default:
                    throw new InvalidDataException($"it has an unknown record '{line}'; rebuild the project");
            }
        }

        return record;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new InvalidDataException($"'{text}' is not a count; rebuild the project");

    private static string Unescape(string field)
    {
        if (field.IndexOf('\\') < 0)
        {
            return field;
        }

        var text = new StringBuilder(field.Length);
        for (int position = 0; position < field.Length; position++)
        {
            bool isEscape = field[position] == '\\' && position + 1 < field.Length;
            text.Append(!isEscape ? field[position] : field[++position] switch
            {
                't' => '\t',
                'r' => '\r',
                'n' => '\n',
                char literal => literal,
            });
        }

        return text.ToString();
    }
}
