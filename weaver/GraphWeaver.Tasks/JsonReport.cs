using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphWeaver.Tasks;

/// <summary>
/// Formats <c>report.json</c>. Its fields are a contract with tools: they may be added to, never renamed. Written field by field, so that no
/// reflection over our types decides a spelling.
/// </summary>
internal static class JsonReport
{
    public static string Format(WeavingRecord record)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("methods");
            foreach (MethodRecord method in record.Methods)
            {
                WriteMethod(writer, method);
            }

            writer.WriteEndArray();
            WriteDiagnostics(writer, record.ProjectDiagnostics);
            writer.WriteStartArray("inputs");
            record.Inputs.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteMethod(Utf8JsonWriter writer, MethodRecord method)
    {
        writer.WriteStartObject();
        writer.WriteString("name", method.Name);
        writer.WriteString("signature", method.Signature);
        writer.WriteString("file", method.File);
        writer.WriteString("status", method.Status);
        writer.WriteNumber("folded", method.Folded);
        writer.WriteNumber("startup", method.Startup);
        writer.WriteNumber("kernels", method.Kernels);
        writer.WriteNumber("fallbacks", method.Fallbacks);
        writer.WriteBoolean("verifiable", method.Status == "woven" && method.NotVerifiableBecause.Length == 0);
        if (method.NotVerifiableBecause.Length > 0)
        {
            writer.WriteString("notVerifiableBecause", method.NotVerifiableBecause);
        }

        WriteDiagnostics(writer, method.Diagnostics);
        writer.WriteEndObject();
    }

    private static void WriteDiagnostics(Utf8JsonWriter writer, List<DiagnosticRecord> diagnostics)
    {
        writer.WriteStartArray("diagnostics");
        foreach (DiagnosticRecord diagnostic in diagnostics)
        {
            writer.WriteStartObject();
            writer.WriteString("code", diagnostic.Code);
            writer.WriteString("level", diagnostic.Level);
            writer.WriteString("file", diagnostic.File);
            writer.WriteNumber("line", diagnostic.Line);
            writer.WriteNumber("column", diagnostic.Column);
            writer.WriteNumber("endLine", diagnostic.EndLine);
            writer.WriteNumber("endColumn", diagnostic.EndColumn);
            writer.WriteString("message", diagnostic.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
