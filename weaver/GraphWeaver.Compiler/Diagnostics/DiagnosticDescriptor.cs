namespace GraphWeaver.Compiler.Diagnostics;

/// <summary>How loud a diagnostic is before the user's NoWarn and WarningsAsErrors are applied.</summary>
public enum Severity
{
    Info,
    Warning,
    Error,
}

/// <summary>One row of the catalogue: a code, its level and what it means.</summary>
/// <param name="Code">The contract's code, <c>GW1001</c>.</param>
/// <param name="Severity">The default level.</param>
/// <param name="Title">The meaning in a few words, also the heading of the code's documentation page.</param>
/// <param name="Advice">What the user can do about it; closes every message.</param>
public sealed record DiagnosticDescriptor(string Code, Severity Severity, string Title, string Advice);
