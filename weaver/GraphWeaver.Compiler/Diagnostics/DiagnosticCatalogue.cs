using System.Reflection;

namespace GraphWeaver.Compiler.Diagnostics;

/// <summary>Every diagnostic the weaver can give. Messages, tests and documentation pages are driven by this file.</summary>
public static class DiagnosticCatalogue
{
    public static readonly DiagnosticDescriptor MethodSummary = new("GW0001", Severity.Info,
        "A method's summary", "");

    public static readonly DiagnosticDescriptor Folded = new("GW0101", Severity.Info,
        "A call was executed in the build", "");

    public static readonly DiagnosticDescriptor MovedToStartup = new("GW0102", Severity.Info,
        "A call was moved to start-up", "");

    public static readonly DiagnosticDescriptor NotFolded = new("GW0103", Severity.Info,
        "A constant call was not executed in the build", "");

    public static readonly DiagnosticDescriptor Printed = new("GW0201", Severity.Info,
        "A constant print printed during the build", "");

    public static readonly DiagnosticDescriptor Fallback = new("GW1001", Severity.Warning,
        "A call stays ordinary .NET",
        "Make its arguments constant, use an operator GraphWeaver compiles, or accept it with [Eager] or Graph.Eager(() => ...).");

    public static readonly DiagnosticDescriptor BudgetExceeded = new("GW1004", Severity.Warning,
        "Execution in the build was stopped by its budget",
        "Raise GraphWeaverEvaluationTimeout, or make the work smaller.");

    public static readonly DiagnosticDescriptor EvaluationCrashed = new("GW1005", Severity.Warning,
        "Execution in the build crashed",
        "Mark the call [Eager] if it must not run in the build.");

    public static readonly DiagnosticDescriptor NotLifted = new("GW1006", Severity.Warning,
        "A construct is not lifted: the method stays ordinary .NET",
        "Move the tensor code to a method of its own without that construct.");

    public static readonly DiagnosticDescriptor UnsupportedTarget = new("GW1007", Severity.Warning,
        "The target framework or tensor library version is not supported: nothing is woven",
        "Target net10.0 and reference System.Numerics.Tensors 10 or 11.");

    public static readonly DiagnosticDescriptor EvaluatorUnavailable = new("GW1008", Severity.Warning,
        "The evaluator cannot start: nothing is executed in the build",
        "Check that the .NET runtime the project targets is installed on the building machine.");

    public static readonly DiagnosticDescriptor AlwaysThrows = new("GW1101", Severity.Warning,
        "The method throws on every path", "");

    public static readonly DiagnosticDescriptor AssertionFails = new("GW1102", Severity.Warning,
        "An assertion is false on every call", "");

    public static readonly DiagnosticDescriptor InternalFailure = new("GW1901", Severity.Warning,
        "GraphWeaver failed on a method: it is left as it was",
        "Please report it with the method's source.");

    public static readonly DiagnosticDescriptor FallbackForbidden = new("GW2001", Severity.Error,
        "A fallback where none is allowed",
        "Allow it with [Eager], Graph.Eager(() => ...) or GraphWeaverFallback=Warn.");

    public static readonly DiagnosticDescriptor NotEligible = new("GW2002", Severity.Error,
        "[Graph] cannot go here", "");

    public static readonly DiagnosticDescriptor AtBuildFailed = new("GW2003", Severity.Error,
        "Graph.AtBuild could not be executed in the build",
        "Make what its function uses constant, name its input files as literals relative to the project, and return what can be stored.");

    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = typeof(DiagnosticCatalogue)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
        .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
        .OrderBy(descriptor => descriptor.Code, StringComparer.Ordinal)
        .ToArray();
}
