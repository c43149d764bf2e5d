namespace GraphWeaver.Tasks;

/// <summary>One diagnostic of the hand-over file. Lines and columns count from 1; 0 where there is no place.</summary>
internal sealed record DiagnosticRecord(
    string Level, string Code, string File, int Line, int Column, int EndLine, int EndColumn, string Message);

/// <summary>One method of the hand-over file: a row of the report. The last field is empty unless a woven method cannot be verified.</summary>
internal sealed record MethodRecord(
    string Name, string Signature, string File, string Status, int Folded, int Startup, int Kernels, int Fallbacks, string NotVerifiableBecause)
{
    public List<DiagnosticRecord> Diagnostics { get; } = [];
}

/// <summary>What the weaver did in one build, as the hand-over file tells it.</summary>
internal sealed class WeavingRecord
{
    /// <summary>Files whose change must weave again: the implementation assemblies that were executed or read, and what was named to <c>Graph.AtBuild</c>.</summary>
    public List<string> Inputs { get; } = [];

    public List<MethodRecord> Methods { get; } = [];

    /// <summary>Diagnostics about the project rather than one method.</summary>
    public List<DiagnosticRecord> ProjectDiagnostics { get; } = [];

    public IEnumerable<DiagnosticRecord> AllDiagnostics => ProjectDiagnostics.Concat(Methods.SelectMany(method => method.Diagnostics));
}
