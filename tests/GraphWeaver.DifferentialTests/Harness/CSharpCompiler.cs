using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>A compiled assembly: its image and its portable symbols.</summary>
public sealed record CompiledAssembly(string Name, byte[] Image, byte[] Symbols);

/// <summary>Compiles C# as a real build does: against reference assemblies, with symbols, in the configuration asked for.</summary>
public static class CSharpCompiler
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Numerics.Tensors;
        global using GraphWeaver;
        """;

    public static string ReferencePackDirectory { get; } = FindReferencePack();

    /// <summary>Assemblies beside the framework's that every test program may use.</summary>
    public static IReadOnlyList<string> LibraryPaths { get; } =
    [
        typeof(System.Numerics.Tensors.Tensor).Assembly.Location,
        typeof(MathNet.Numerics.Constants).Assembly.Location,
        Path.Combine(AppContext.BaseDirectory, "GraphWeaver.dll"),
        .. Directory.GetFiles(AppContext.BaseDirectory, "GraphWeaver.ILGPU.dll"),
    ];

    private static IReadOnlyList<MetadataReference> References { get; } =
        [.. Directory.GetFiles(ReferencePackDirectory, "*.dll").Concat(LibraryPaths).Select(path => MetadataReference.CreateFromFile(path))];

    public static CompiledAssembly Compile(string source, OptimizationLevel optimization, string name = "Program", params CompiledAssembly[] references) =>
        CompileWith(ImplicitUsings, source, optimization, name, references);

    /// <summary>Compiles under global usings of one's own: each namespace in scope costs at every operator.</summary>
    public static CompiledAssembly CompileWith(string usings, string source, OptimizationLevel optimization, string name, params CompiledAssembly[] references)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimization, allowUnsafe: true, deterministic: true)
            .WithNullableContextOptions(NullableContextOptions.Enable);
        var debug = optimization == OptimizationLevel.Debug;
        var compilation = CSharpCompilation.Create(
            name,
            [Parse(usings, "Usings.cs", debug), Parse(source, "Program.cs", debug)],
            References.Concat(references.Select(reference => MetadataReference.CreateFromImage(reference.Image))),
            options);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        }

        return new CompiledAssembly(name, image.ToArray(), symbols.ToArray());
    }

    private static SyntaxTree Parse(string source, string path, bool debug) => CSharpSyntaxTree.ParseText(
        SourceText.From(source, System.Text.Encoding.UTF8),
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14).WithPreprocessorSymbols(debug ? new[] { "DEBUG", "TRACE" } : new[] { "TRACE" }),
        path);

    private static string FindReferencePack()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.GetFullPath(Path.Combine(framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        return Directory.GetDirectories(packs, "10.*").OrderByDescending(path => path).Select(path => Path.Combine(path, "ref", "net10.0")).First(Directory.Exists);
    }
}
