using Fody;
using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.Reporting;

namespace GraphWeaver.Fody;

/// <summary>
/// Fody's door to the engine: reads the configuration, weaves, and writes the hand-over file that the MSBuild task logs (Fody itself cannot
/// give a warning a code). It holds no state of its own but the cancellation: Fody keeps this assembly loaded from one project to the next.
/// A failure of the engine becomes GW1901; only a configuration the user wrote wrongly is an error.
/// </summary>
public sealed class ModuleWeaver : BaseModuleWeaver, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();

    /// <summary>The runtime assembly is what woven code calls: it stays referenced.</summary>
    public override bool ShouldCleanReference => false;

    public override IEnumerable<string> GetAssembliesForScanning() => [];

    public override void Execute()
    {
        WeaverConfiguration configuration = WeaverConfiguration.Read(Config);
        if (!configuration.IsEnabled)
        {
            return;
        }

        WeavingReport report = Weave(configuration);

        // An output that is also an input of its own build would make every build start over.
        report.BuildInputs.RemoveAll(path => Absolute(path) == Absolute(AssemblyFilePath));

        string path = configuration.DiagnosticsPath ?? Path.Combine(Path.GetDirectoryName(AssemblyFilePath)!, "graphweaver", "diagnostics.txt");
        DiagnosticFile.Write(path, report);
    }

    public override void Cancel() => cancellation.Cancel();

    public void Dispose() => cancellation.Dispose();

    private WeavingReport Weave(WeaverConfiguration configuration)
    {
        try
        {
            return GraphCompiler.Weave(ModuleDefinition, CreateOptions(configuration), cancellation.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // An error, so that Fody does not write a module woven by half; the pending marker of our targets makes the next build start over.
            throw new WeavingException("GraphWeaver was cancelled.");
        }
        catch (Exception exception)
        {
            // The engine guards each method; what arrives here failed outside them. The first line of the trace names the place for a report.
            string place = exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim() ?? "no stack trace";
            string message = $"GraphWeaver failed on this project: {exception.GetType().Name}: {exception.Message} ({place}).";
            return new WeavingReport { Diagnostics = { new Diagnostic(DiagnosticCatalogue.InternalFailure, message, Location: null) } };
        }
    }

    private WeavingOptions CreateOptions(WeaverConfiguration configuration)
    {
        // Assembly.Location is empty, because Fody loads a weaver from its bytes: the folder comes from Fody.
        string evaluator = configuration.EvaluatorPath
            ?? Path.Combine(AddinDirectoryPath, "..", "evaluator", "GraphWeaver.Evaluator.dll");

        var defaults = new WeavingOptions { AssemblyPath = "", ProjectDirectory = "" };
        return new WeavingOptions
        {
            AssemblyPath = Absolute(AssemblyFilePath),
            ProjectDirectory = ProjectDirectoryPath,
            ReferencePaths = [.. References.Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(Absolute)],
            ImplementationPaths = [.. ReferenceCopyLocalPaths.Concat(RuntimeCopyLocalPaths).Where(IsAssembly).Select(Absolute).Distinct()],
            EvaluatorPath = File.Exists(evaluator) ? Path.GetFullPath(evaluator) : null,
            DotnetHost = configuration.DotnetHost,
            Frameworks = configuration.Frameworks.Count > 0 ? configuration.Frameworks : defaults.Frameworks,
            Fallback = configuration.Fallback,
            EvaluationTimeout = configuration.EvaluationTimeout,
        };
    }

    private string Absolute(string path) => Path.GetFullPath(Path.Combine(ProjectDirectoryPath, path));

    private static bool IsAssembly(string path) => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
}
