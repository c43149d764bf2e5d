using GraphWeaver.Compiler.Binding;
using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Compiler.Specialisation;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;

namespace GraphWeaver.Compiler;

/// <summary>The engine's door: weaves every marked method of a module in memory.</summary>
public static class GraphCompiler
{
    /// <summary>
    /// Rewrites the marked methods of <paramref name="module"/> and says what became of each. What a user wrote, or a failure of our own, never
    /// throws: the method stays as it was and the report says why.
    /// </summary>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public static WeavingReport Weave(ModuleDefinition module, WeavingOptions options, CancellationToken cancellation)
    {
        var report = new WeavingReport();
        var marked = MarkedMethods.Find(module, options.Fallback);
        if (marked.Count == 0)
        {
            return report;
        }

        if (TargetSupport.Obstacle(module) is { } obstacle)
        {
            report.Diagnostics.Add(new Diagnostic(DiagnosticCatalogue.UnsupportedTarget, $"{obstacle}: nothing is woven. {DiagnosticCatalogue.UnsupportedTarget.Advice}", null));
            return report;
        }

        using var session = new WeavingSession(module, options, report, cancellation);
        var specialiser = new Specialiser(module, new Pipeline(session));
        foreach (var method in marked)
        {
            cancellation.ThrowIfCancellationRequested();
            report.Methods.Add(Weave(specialiser, method));
        }

        return report;
    }

    private static MethodReport Weave(Specialiser specialiser, MarkedMethod marked)
    {
        var method = marked.Method;
        var location = SourceLocation.From(method.DebugInformation.SequencePoints.FirstOrDefault(point => !point.IsHidden));
        var report = new MethodReport(MethodNames.ReportName(method), MethodNames.Signature(method), location?.File);
        if (Eligibility.Obstacle(method) is { } obstacle)
        {
            Add(DiagnosticCatalogue.NotEligible, $"[Graph] cannot go on '{MethodNames.Display(method)}': {obstacle}.", location ?? StateMachineLocation(method));
            return report;
        }

        try
        {
            specialiser.Run(marked, report);
        }
        catch (NotLiftedException exception)
        {
            Add(DiagnosticCatalogue.NotLifted, $"'{MethodNames.Display(method)}' is not lifted: {exception.Message}. {DiagnosticCatalogue.NotLifted.Advice}", SourceLocation.From(exception.Location) ?? location);
            report.Diagnostics.AddRange(AtBuildCall.Places(method).Select(place => AtBuildCall.Failure("its method is not lifted", place)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Add(DiagnosticCatalogue.InternalFailure, $"GraphWeaver failed on '{MethodNames.Display(method)}' ({exception.GetType().Name}: {exception.Message}); it is left as it was. {DiagnosticCatalogue.InternalFailure.Advice}", location);
            report.Diagnostics.AddRange(AtBuildCall.Places(method).Select(place => AtBuildCall.Failure("GraphWeaver failed on its method", place)));
        }

        var verification = report.NotVerifiableBecause is { } reason ? $"; not verifiable: {reason}" : "";
        var state = report.IsWoven ? "woven" : "unchanged";
        Add(DiagnosticCatalogue.MethodSummary, $"'{MethodNames.Qualified(method)}' {state}: {report.Folded} folded, {report.Startup} at start-up, {Count(report.Kernels, "kernel")}, {Count(report.Fallbacks, "fallback")}{report.TypeArguments}{verification}", location);
        return report;

        static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

        void Add(DiagnosticDescriptor descriptor, string message, SourceLocation? at) => report.Diagnostics.Add(new Diagnostic(descriptor, message, at));
    }

    /// <summary>The compiler moves an async method's or iterator's lines into its state machine.</summary>
    private static SourceLocation? StateMachineLocation(MethodDefinition method) => method.CustomAttributes
        .Where(attribute => attribute.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal) && attribute.ConstructorArguments.Count == 1)
        .Select(attribute => (attribute.ConstructorArguments[0].Value as TypeReference)?.Resolve())
        .SelectMany(type => type?.Methods ?? Enumerable.Empty<MethodDefinition>())
        .Where(candidate => candidate.Name == "MoveNext")
        .SelectMany(candidate => candidate.DebugInformation.SequencePoints)
        .Where(point => !point.IsHidden)
        .OrderBy(point => point.StartLine)
        .Select(SourceLocation.From)
        .FirstOrDefault();
}
