using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

public sealed class DocumentationTests
{
    private static readonly string Directory = Repository.PathOf("docs", "diagnostics");

    public static TheoryData<string> Codes => [.. DiagnosticCatalogue.All.Select(descriptor => descriptor.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_has_a_page_with_its_title_level_and_advice(string code)
    {
        DiagnosticDescriptor descriptor = DiagnosticCatalogue.All.Single(candidate => candidate.Code == code);

        string page = File.ReadAllText(Path.Combine(Directory, code + ".md"));

        Assert.StartsWith($"# {code}: {descriptor.Title}\n\nLevel: {descriptor.Severity.ToString().ToLowerInvariant()}\n", page);
        Assert.Contains("\n## What it means\n\n", page);
        Assert.Contains("\n## What to do\n\n", page);
    }

    [Fact]
    public void There_is_no_page_without_a_code()
    {
        IEnumerable<string> pages = System.IO.Directory.GetFiles(Directory).Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.Equal(DiagnosticCatalogue.All.Select(descriptor => descriptor.Code), pages.Order(StringComparer.Ordinal));
    }
}
