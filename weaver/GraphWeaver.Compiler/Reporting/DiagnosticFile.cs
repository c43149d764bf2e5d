using System.Globalization;
using System.Text;
using GraphWeaver.Compiler.Diagnostics;

namespace GraphWeaver.Compiler.Reporting;

/// <summary>
/// The hand-over from the weaver to the MSBuild task, which logs and replays it: plain lines, so that neither side needs a JSON library in
/// the weaver's folder.
/// <para>A line is a record of tab-separated fields, its kind first. <c>graphweaver</c> opens the file with the format's version;
/// <c>input</c> names a file the next build depends on; <c>method</c> is a row of the report; <c>diagnostic</c> belongs to the
/// <c>method</c> before it, or to the project when none came yet. Backslash, tab, carriage return and line feed are written
/// <c>\\ \t \r \n</c>. The reader is <c>GraphWeaver.Tasks.DiagnosticFileReader</c>.</para>
/// </summary>
public static class DiagnosticFile
{
    /// <summary>Raised whenever a reader of the previous format would misread the new one.</summary>
    public const int FormatVersion = 2;

    /// <summary>Writes <paramref name="report"/> to <paramref name="path"/>; the folder is made when it is missing.</summary>
    public static void Write(string path, WeavingReport report)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Format(report), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    public static string Format(WeavingReport report)
    {
        var text = new StringBuilder();
        AppendRecord(text, "graphweaver", Number(FormatVersion));

        foreach (string path in report.BuildInputs.Distinct(StringComparer.Ordinal).OrderBy(path => path, StringComparer.Ordinal))
        {
            AppendRecord(text, "input", path);
        }

        foreach (Diagnostic diagnostic in report.Diagnostics)
        {
            AppendDiagnostic(text, diagnostic);
        }

        foreach (MethodReport method in report.Methods)
        {
            AppendRecord(text, "method", method.Name, method.Signature, method.File ?? "", method.IsWoven ? "woven" : "unchanged",
                Number(method.Folded), Number(method.Startup), Number(method.Kernels), Number(method.Fallbacks), method.NotVerifiableBecause ?? "");

            foreach (Diagnostic diagnostic in method.Diagnostics)
            {
                AppendDiagnostic(text, diagnostic);
            }
        }

        return text.ToString();
    }

    private static void AppendDiagnostic(StringBuilder text, Diagnostic diagnostic)
    {
        SourceLocation? location = diagnostic.Location;
        AppendRecord(text, "diagnostic", diagnostic.Descriptor.Code, LevelName(diagnostic.Descriptor.Severity), location?.File ?? "",
            Number(location?.Line ?? 0), Number(location?.Column ?? 0), Number(location?.EndLine ?? 0), Number(location?.EndColumn ?? 0),
            WithAdvice(diagnostic));
    }

    /// <summary>The catalogue's advice closes every message; an engine that already said it is not repeated.</summary>
    private static string WithAdvice(Diagnostic diagnostic)
    {
        string advice = diagnostic.Descriptor.Advice;
        bool isSaid = advice.Length == 0 || diagnostic.Message.EndsWith(advice, StringComparison.Ordinal);
        return isSaid ? diagnostic.Message : diagnostic.Message + " " + advice;
    }

    private static string LevelName(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void AppendRecord(StringBuilder text, params string[] fields) =>
        text.Append(string.Join("\t", fields.Select(Escape))).Append('\n');

    private static string Escape(string field) =>
        field.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\r", "\\r").Replace("\n", "\\n");
}
