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

        if (TargetSupport.Obstacle(module) is { } unsupported)
        {
            report.Diagnostics.Add(new Diagnostic(DiagnosticCatalogue.UnsupportedTarget, $"{unsupported}: nothing is woven. {DiagnosticCatalogue.UnsupportedTarget.Advice}", null));
            return report;
        }

        using var session = new WeavingSession(module, options, report, marked, cancellation);
        var specialiser = new Specialiser(session, new Pipeline(session));
        var eligible = new List<(MarkedMethod Method, MethodReport Report, SourceLocation? Place)>();
        foreach (var method in marked)
        {
            cancellation.ThrowIfCancellationRequested();
            var own = new MethodReport(MethodNames.ReportName(method.Method), MethodNames.Signature(method.Method), Place(method.Method)?.File);
            report.Methods.Add(own);
            if (Eligibility.Obstacle(method.Method) is { } obstacle)
            {
                own.Diagnostics.Add(new Diagnostic(DiagnosticCatalogue.NotEligible, $"[Graph] cannot go on '{MethodNames.Display(method.Method)}': {obstacle}.", Place(method.Method) ?? StateMachineLocation(method.Method)));
                continue;
            }

            eligible.Add((method, own, Place(method.Method)));
            Weave(specialiser, method, own);
        }

        // Last: until then the build may execute what is in them, as the compiler made it.
        var bodies = new LambdaBodies(session.Helpers);
        foreach (var (method, own, place) in eligible)
        {
            foreach (var (body, part) in bodies.Of(method).Select(body => (body, own.Part())))
            {
                cancellation.ThrowIfCancellationRequested();
                Weave(specialiser, body, part);
                own.Add(part);
            }

            Summarize(method.Method, own, place);
        }

        return report;
    }

    private static SourceLocation? Place(MethodDefinition method) => SourceLocation.From(method.DebugInformation.SequencePoints.FirstOrDefault(point => !point.IsHidden));

    private static void Weave(Specialiser specialiser, MarkedMethod marked, MethodReport report)
    {
        var method = marked.Method;
        var location = Place(method);
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

        void Add(DiagnosticDescriptor descriptor, string message, SourceLocation? at) => report.Diagnostics.Add(new Diagnostic(descriptor, message, at));
    }

    private static void Summarize(MethodDefinition method, MethodReport report, SourceLocation? place)
    {
        var verification = report.NotVerifiableBecause is { } reason ? $"; not verifiable: {reason}" : "";
        var contractions = report.Contractions.Count > 0 ? $"; FastMath: {Count(report.Contractions.Count, "product")} rounded with a sum{Lines(report.Contractions, place)}" : "";
        var state = report.IsWoven ? "woven" : "unchanged";
        var message = $"'{MethodNames.Qualified(method)}' {state}: {report.Folded} folded, {report.Startup} at start-up, {Count(report.Kernels, "kernel")}, {Count(report.Fallbacks, "fallback")}{report.TypeArguments}{contractions}{verification}";
        report.Diagnostics.Add(new Diagnostic(DiagnosticCatalogue.MethodSummary, message, place));

        // Lines of the method's own file by number alone; a helper that was inlined may stand in another.
        static string Lines(IEnumerable<SourceLocation?> places, SourceLocation? home)
        {
            var lines = places.OfType<SourceLocation>().GroupBy(line => line.File == home?.File ? "" : Path.GetFileName(line.File) + " ")
                .OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => file.Key + "line " + string.Join(", ", file.Select(line => line.Line).Distinct().OrderBy(line => line)));
            var text = string.Join("; ", lines);
            return text.Length == 0 ? "" : $" ({text})";
        }

        static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
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
