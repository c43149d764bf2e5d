using GraphWeaver.Compiler.Evaluation;
using Evaluator = GraphWeaver.Compiler.Evaluation.Evaluator;

namespace GraphWeaver.UnitTests.Evaluation;

/// <summary>A user's assembly on disk, an evaluator over it, and slices written as the body of a C# method.</summary>
internal sealed class EvaluatorFixture : IDisposable
{
    private readonly string directory = Path.Combine(Path.GetTempPath(), "graphweaver-tests-" + Guid.NewGuid().ToString("N"));
    private readonly byte[] user;
    private int probes;

    public EvaluatorFixture(string source = "public class Nothing;", Func<EvaluatorOptions, EvaluatorOptions>? configure = null)
    {
        Directory.CreateDirectory(directory);
        AssemblyPath = Path.Combine(directory, "User.dll");
        user = SourceCompiler.Compile("User", Usings + source);
        File.WriteAllBytes(AssemblyPath, user);
        var options = new EvaluatorOptions
        {
            AssemblyPath = AssemblyPath,
            EvaluatorPath = EvaluatorPath,
            ImplementationPaths = [SourceCompiler.TensorsPath, SourceCompiler.MathNetPath],
            TotalTimeout = TimeSpan.FromSeconds(60),
        };
        Evaluator = new Evaluator(configure?.Invoke(options) ?? options);
    }

    public static string EvaluatorPath { get; } = FindEvaluator();

    public Evaluator Evaluator { get; }

    public string AssemblyPath { get; }

    private static string Usings { get; } =
        "using System; using System.Collections.Generic; using System.Linq; using System.Numerics; using System.Numerics.Tensors; using System.Threading;\n";

    public Slice Slice(string body, int outputs = 1, params IReadOnlyList<int> inputs)
    {
        var name = $"Probe{probes++}";
        var source = $$"""
            {{Usings}}
            [assembly: System.Runtime.CompilerServices.IgnoresAccessChecksTo("User")]
            namespace System.Runtime.CompilerServices
            {
                [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
                internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
                {
                    public string AssemblyName => assemblyName;
                }
            }
            internal static class {{name}}
            {
                private static void Run(object[] inputs, object[] outputs, int[] progress)
                {
                    {{body}}
                }
            }
            """;
        return new Slice(SourceCompiler.Compile(name, source, user), name, "Run", inputs, outputs, body);
    }

    public SliceResult Run(string body, int outputs = 1, params IReadOnlyList<int> inputs) => Evaluator.Execute(Slice(body, outputs, inputs));

    /// <summary>The value of an expression.</summary>
    public BuildValue Value(string expression)
    {
        var result = Run($"outputs[0] = {expression};");
        Assert.True(result.Outcome == Outcome.Completed, result.Error);
        return result.Outputs[0];
    }

    public void Dispose()
    {
        Evaluator.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static string FindEvaluator()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "weaver", "GraphWeaver.Evaluator", "bin", output.Parent!.Name, output.Name, "GraphWeaver.Evaluator.dll");
    }
}
