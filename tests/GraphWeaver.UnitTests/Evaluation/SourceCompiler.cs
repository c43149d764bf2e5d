using System.Numerics.Tensors;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GraphWeaver.UnitTests.Evaluation;

/// <summary>Compiles C# of a test into an assembly, with the test's own framework and libraries as references.</summary>
internal static class SourceCompiler
{
    private const uint IgnoreAccessibility = 1 << 22;

    public static readonly string TensorsPath = typeof(Tensor).Assembly.Location;

    public static readonly string MathNetPath = typeof(MathNet.Numerics.Control).Assembly.Location;

    private static readonly MetadataReference[] framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System", StringComparison.Ordinal) || path == MathNetPath)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static byte[] Compile(string name, string source, params IEnumerable<byte[]> references)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,
            metadataImportOptions: MetadataImportOptions.All);
        typeof(CSharpCompilationOptions).GetProperty("TopLevelBinderFlags", BindingFlags.Instance | BindingFlags.NonPublic)!
            .SetValue(options, IgnoreAccessibility);
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview))],
            [.. framework, .. references.Select(image => MetadataReference.CreateFromImage(image))],
            options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        return image.ToArray();
    }
}
