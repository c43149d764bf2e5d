using GraphWeaver.Compiler.Binding;
using GraphWeaver.Compiler.Binding.Storing;
using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.Kernels.Devices;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.Compiler.Reporting;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>What the methods of one module share. The evaluator's processes live as long as the session.</summary>
internal sealed class WeavingSession : IDisposable
{
    private readonly IAssemblyBodies bodies;
    private readonly HashSet<string> executed = [];
    private readonly HashSet<string> inputs = [];

    public WeavingSession(ModuleDefinition module, WeavingOptions options, WeavingReport report, IReadOnlyList<MarkedMethod> marked, CancellationToken cancellation)
    {
        Module = module;
        Options = options;
        Report = report;
        bodies = new ImplementationResolver(module, options);
        Purity = new PurityAnalysis(bodies);
        Evaluator = new Evaluator(EvaluatorOptions.From(options, cancellation));
        Kernels = new KernelLibrary(module, DeviceTarget.IsReferencedBy(options));
        Data = new StoredData(module);
        Helpers = new InlinableMethods(module, Purity, marked.ToDictionary(method => method.Method, method => method.Settings));
        Accessors = new AccessRouting(module);
    }

    public ModuleDefinition Module { get; }

    public WeavingOptions Options { get; }

    public WeavingReport Report { get; }

    public PurityAnalysis Purity { get; }

    public IEvaluator Evaluator { get; }

    public KernelLibrary Kernels { get; }

    public StoredData Data { get; }

    /// <summary>What may be lifted into callers.</summary>
    public InlinableMethods Helpers { get; }

    public AccessRouting Accessors { get; }

    /// <summary>Places in source that a warning of a fallback was given for, whichever method they were lifted into.</summary>
    public HashSet<(string Code, IR.Site Site)> ToldFallbacks { get; private set; } = [];

    /// <summary>Starts again from what was told by then.</summary>
    public void TellAgainAfter(IEnumerable<(string Code, IR.Site Site)> told) => ToldFallbacks = [.. told];

    /// <summary>Notes whose code was executed: a change of it makes what was folded stale.</summary>
    public void RecordExecuted(IEnumerable<BuildNode> nodes)
    {
        foreach (var method in nodes.Select(node => node.Instruction.Method).OfType<MethodReference>())
        {
            if (method.DeclaringType.GetElementType().Scope is AssemblyNameReference reference)
            {
                executed.Add(reference.Name);
            }
        }
    }

    /// <summary>Notes a file that a folded value depends on, whether it is there or not.</summary>
    public void RecordInput(string path) => inputs.Add(path);

    public void Dispose()
    {
        var paths = inputs.Concat(bodies.FilesRead).Concat(Options.ImplementationPaths.Where(path => executed.Contains(Path.GetFileNameWithoutExtension(path))));
        Report.BuildInputs.AddRange(paths.Distinct(StringComparer.Ordinal).OrderBy(path => path, StringComparer.Ordinal));
        Evaluator.Dispose();
    }
}
