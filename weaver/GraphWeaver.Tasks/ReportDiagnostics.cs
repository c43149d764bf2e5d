using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace GraphWeaver.Tasks;

/// <summary>
/// Logs what the weaver said, after every compilation and after every one that was skipped: so warnings replay on a build that had nothing
/// to do, and the user's NoWarn, WarningsAsErrors and WarningsNotAsErrors apply to each code, which Fody's own logging cannot offer.
/// Then writes the report and the list of files the next build depends on, and clears the marker of an unfinished weave.
/// </summary>
public sealed class ReportDiagnostics : Microsoft.Build.Utilities.Task
{
    /// <summary>What fails for something outside the project is tried again by the next build.</summary>
    private const string AtBuildFailed = "GW2003";

    /// <summary>The hand-over file; nothing was marked when it is missing.</summary>
    [Required]
    public string DiagnosticsFile { get; set; } = "";

    /// <summary>Folder of <c>report.json</c> and <c>report.html</c>, or empty for no report.</summary>
    public string ReportDirectory { get; set; } = "";

    /// <summary>Where the paths go that the next build must watch, one per line.</summary>
    [Required]
    public string InputsFile { get; set; } = "";

    /// <summary>Exists between the scan and here; see <c>GraphWeaver.Fody.targets</c>.</summary>
    [Required]
    public string PendingMarker { get; set; } = "";

    [Required]
    public string AssemblyName { get; set; } = "";

    /// <summary>Where a diagnostic points that belongs to no line.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Folder of one page per code, for the help link; empty for none.</summary>
    public string DocumentationDirectory { get; set; } = "";

    public override bool Execute()
    {
        if (!File.Exists(DiagnosticsFile))
        {
            return true;
        }

        WeavingRecord record;
        try
        {
            record = DiagnosticFileReader.Read(DiagnosticsFile);
        }
        catch (InvalidDataException exception)
        {
            Log.LogWarning(null, "GW1901", null, ProjectFile, 0, 0, 0, 0,
                $"GraphWeaver's diagnostics in '{DiagnosticsFile}' cannot be read: {exception.Message}.");
            return true;
        }

        foreach (DiagnosticRecord diagnostic in record.AllDiagnostics)
        {
            LogDiagnostic(diagnostic);
        }

        FileChange.WriteWhenDifferent(InputsFile, string.Concat(record.Inputs.Select(path => path + "\n")));
        if (ReportDirectory.Length > 0)
        {
            FileChange.WriteWhenDifferent(Path.Combine(ReportDirectory, "report.json"), JsonReport.Format(record));
            FileChange.WriteWhenDifferent(Path.Combine(ReportDirectory, "report.html"), HtmlReport.Format(record, AssemblyName));
        }

        if (record.AllDiagnostics.All(diagnostic => diagnostic.Code != AtBuildFailed))
        {
            File.Delete(PendingMarker);
        }

        return !Log.HasLoggedErrors;
    }

    private void LogDiagnostic(DiagnosticRecord diagnostic)
    {
        string file = diagnostic.File.Length > 0 ? diagnostic.File : ProjectFile;
        string? helpLink = HelpLink(diagnostic.Code);
        switch (diagnostic.Level)
        {
            case "error":
                Log.LogError(null, diagnostic.Code, null, helpLink, file,
                    diagnostic.Line, diagnostic.Column, diagnostic.EndLine, diagnostic.EndColumn, "{0}", diagnostic.Message);
                break;
            case "warning":
                Log.LogWarning(null, diagnostic.Code, null, helpLink, file,
                    diagnostic.Line, diagnostic.Column, diagnostic.EndLine, diagnostic.EndColumn, "{0}", diagnostic.Message);
                break;
            default:
                Log.LogMessage(null, diagnostic.Code, null, file,
                    diagnostic.Line, diagnostic.Column, diagnostic.EndLine, diagnostic.EndColumn, MessageImportance.High, "{0}", diagnostic.Message);
                break;
        }
    }

    private string? HelpLink(string code)
    {
        string page = Path.Combine(DocumentationDirectory, code + ".md");
        return DocumentationDirectory.Length > 0 && File.Exists(page) ? new Uri(Path.GetFullPath(page)).AbsoluteUri : null;
    }
}
