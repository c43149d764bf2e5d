using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Reporting;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>A C# program compiled once and loaded twice: as the compiler made it, and woven.</summary>
public sealed class WovenProgram : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("graphweaver").FullName;

    public WovenProgram(string source, OptimizationLevel optimization, FallbackPolicy fallback = FallbackPolicy.Warn, TimeSpan? timeout = null, string? evaluator = null)
        : this(CSharpCompiler.Compile(source, optimization, "Program" + Guid.NewGuid().ToString("N")), fallback, timeout, evaluator)
    {
    }

    public WovenProgram(CompiledAssembly original, FallbackPolicy fallback = FallbackPolicy.Warn, TimeSpan? timeout = null, string? evaluator = null)
    {
        var options = Options(original, directory, fallback, timeout, evaluator);
        WeavingReport? report = null;
        Image = CecilModules.Rewrite(original, module => report = GraphCompiler.Weave(module, options, CancellationToken.None));
        Report = report!;
        Unwoven = new LoadedProgram(original);
        Woven = new LoadedProgram(Image);
    }

    public LoadedProgram Unwoven { get; }

    public LoadedProgram Woven { get; }

    /// <summary>The woven assembly.</summary>
    public CompiledAssembly Image { get; }

    public WeavingReport Report { get; }

    public MethodReport MethodReport(string name) => Report.Methods.Single(method => method.Name == name);

    /// <summary>What a build would tell the engine about a program whose file is put in <paramref name="directory"/>.</summary>
    public static WeavingOptions Options(CompiledAssembly program, string directory, FallbackPolicy fallback = FallbackPolicy.Warn, TimeSpan? timeout = null, string? evaluator = null)
    {
        var path = Path.Combine(directory, program.Name + ".dll");
        File.WriteAllBytes(path, program.Image);
        return new WeavingOptions
        {
            AssemblyPath = path,
            ProjectDirectory = directory,
            ReferencePaths = [.. Directory.GetFiles(CSharpCompiler.ReferencePackDirectory, "*.dll"), .. CSharpCompiler.LibraryPaths],
            ImplementationPaths = CSharpCompiler.LibraryPaths,
            EvaluatorPath = evaluator ?? EvaluatorLocation.Path,
            DotnetHost = EvaluatorLocation.DotnetHost,
            Fallback = fallback,
            EvaluationTimeout = timeout ?? TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>Calls both twice with fresh, equal arguments and demands that everything observable agrees.</summary>
    public Observation AssertSame(string type, string method, Func<object?[]>? arguments = null)
    {
        Observation? last = null;
        for (var call = 0; call < 2; call++)
        {
            var expected = Unwoven.Call(type, method, arguments?.Invoke() ?? []);
            var actual = Woven.Call(type, method, arguments?.Invoke() ?? []);
            Assert.Equal(expected, actual);
            last = actual;
        }

        return last!;
    }

    public void Dispose()
    {
        Unwoven.Dispose();
        Woven.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
