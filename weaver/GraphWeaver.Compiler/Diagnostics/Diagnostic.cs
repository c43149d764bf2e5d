using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Diagnostics;

/// <summary>Where a diagnostic points: a source file and a range in it, lines and columns from 1.</summary>
public sealed record SourceLocation(string File, int Line, int Column, int EndLine, int EndColumn)
{
    public static SourceLocation? From(SequencePoint? point) =>
        point is null || point.IsHidden
            ? null
            : new SourceLocation(point.Document.Url, point.StartLine, point.StartColumn, point.EndLine, point.EndColumn);
}

/// <summary>One diagnostic about one place.</summary>
/// <param name="Message">What happened, why and what to do, in the user's names.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, string Message, SourceLocation? Location);
