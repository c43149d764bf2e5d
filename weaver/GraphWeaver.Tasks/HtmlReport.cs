using System.Globalization;
using System.Net;
using System.Text;

namespace GraphWeaver.Tasks;

/// <summary>
/// Formats <c>report.html</c>, the build report for people: one self-contained page, totals first, then a row per marked method with what
/// was said about it folded away below.
/// </summary>
internal static class HtmlReport
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
        h1 { font-size: 1.4rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border-bottom: 1px solid #8884; padding: .4rem .6rem; text-align: left; vertical-align: top; }
        td.count, th.count { text-align: right; font-variant-numeric: tabular-nums; }
        code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
        .signature, .place { opacity: .7; font-size: .85em; }
        .woven { color: #1a7f37; } .warning { color: #b35900; } .error { color: #cf222e; }
        ul { margin: .3rem 0; padding-left: 1.2rem; }
        """;

    public static string Format(WeavingRecord record, string assemblyName)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<title>GraphWeaver: ").Append(Text(assemblyName)).Append("</title>\n")
            .Append("<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n")
            .Append("<h1>GraphWeaver: ").Append(Text(assemblyName)).Append("</h1>\n")
            .Append("<p>").Append(Totals(record)).Append("</p>\n");

        AppendDiagnostics(html, record.ProjectDiagnostics);
        html.Append("<table>\n<tr><th>Method</th><th>Status</th><th class=\"count\">Folded</th><th class=\"count\">Start-up</th>")
            .Append("<th class=\"count\">Kernels</th><th class=\"count\">Fallbacks</th></tr>\n");
        foreach (MethodRecord method in record.Methods)
        {
            AppendMethod(html, method);
        }

        return html.Append("</table>\n</body>\n</html>\n").ToString();
    }

    private static string Totals(WeavingRecord record)
    {
        int woven = record.Methods.Count(method => method.Status == "woven");
        return FormattableString.Invariant(
            $"{woven} of {record.Methods.Count} marked methods woven: {record.Methods.Sum(method => method.Kernels)} kernels, ") +
            FormattableString.Invariant(
            $"{record.Methods.Sum(method => method.Folded)} calls executed in the build, {record.Methods.Sum(method => method.Startup)} at start-up, ") +
            FormattableString.Invariant($"{record.Methods.Sum(method => method.Fallbacks)} fallbacks.");
    }

    private static void AppendMethod(StringBuilder html, MethodRecord method)
    {
        html.Append("<tr><td><code>").Append(Text(method.Name)).Append("</code><div class=\"signature\"><code>")
            .Append(Text(method.Signature)).Append("</code></div>");
        AppendDiagnostics(html, method.Diagnostics);
        html.Append("</td><td class=\"").Append(Text(method.Status)).Append("\">").Append(Text(method.Status)).Append("</td>");
        foreach (int count in new[] { method.Folded, method.Startup, method.Kernels, method.Fallbacks })
        {
            html.Append("<td class=\"count\">").Append(count.ToString(CultureInfo.InvariantCulture)).Append("</td>");
        }

        html.Append("</tr>\n");
    }

    private static void AppendDiagnostics(StringBuilder html, List<DiagnosticRecord> diagnostics)
    {
        if (diagnostics.Count == 0)
        {
            return;
        }

        bool isLoud = diagnostics.Any(diagnostic => diagnostic.Level != "info");
        html.Append(isLoud ? "<details open>" : "<details>")
            .Append("<summary>").Append(diagnostics.Count.ToString(CultureInfo.InvariantCulture)).Append(" remarks</summary><ul>\n");
        foreach (DiagnosticRecord diagnostic in diagnostics)
        {
            html.Append("<li><b class=\"").Append(Text(diagnostic.Level)).Append("\">").Append(Text(diagnostic.Code)).Append("</b> ")
                .Append(Text(diagnostic.Message));
            if (diagnostic.Line > 0)
            {
                html.Append(" <span class=\"place\">").Append(Text(Path.GetFileName(diagnostic.File)))
                    .Append(FormattableString.Invariant($":{diagnostic.Line}:{diagnostic.Column}")).Append("</span>");
            }

            html.Append("</li>\n");
        }

        html.Append("</ul></details>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
