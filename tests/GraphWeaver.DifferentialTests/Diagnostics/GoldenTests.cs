using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using GraphWeaver.Compiler.Diagnostics;

namespace GraphWeaver.DifferentialTests.Diagnostics;

/// <summary>
/// One golden file per code of the catalogue: what its cases make the build say, word for word. A code without a case fails. With
/// <c>GRAPHWEAVER_UPDATE_GOLDEN=1</c> the files are written anew; read the difference before committing it.
/// </summary>
public sealed partial class GoldenTests
{
    public static TheoryData<string> Codes => [.. DiagnosticCatalogue.All.Select(descriptor => descriptor.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_says_what_its_golden_file_says(string code)
    {
        var cases = GoldenCases.All.Where(golden => golden.Code == code).ToList();
        Assert.True(cases.Count > 0, $"{code} has no case in GoldenCases.");

        var text = new StringBuilder();
        foreach (var golden in cases)
        {
            var said = golden.Run();
            Assert.True(said.Count > 0, $"The case '{golden.Name}' makes the build say nothing under {code}.");
            text.Append("## ").Append(golden.Name).Append('\n').AppendJoin('\n', said).Append("\n\n");
        }

        var file = Path.Combine(Folder(), code + ".txt");
        if (Environment.GetEnvironmentVariable("GRAPHWEAVER_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text.ToString());
        }

        Assert.True(File.Exists(file), $"{file} is missing; GRAPHWEAVER_UPDATE_GOLDEN=1 writes it.");
        Assert.Equal(File.ReadAllText(file), text.ToString());
    }

    [Fact]
    public void No_golden_file_is_left_of_a_code_that_is_gone() =>
        Assert.Equal(DiagnosticCatalogue.All.Select(descriptor => descriptor.Code), Directory.GetFiles(Folder()).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void No_message_shows_a_name_that_only_the_compiler_knows()
    {
        foreach (var line in Directory.GetFiles(Folder()).SelectMany(File.ReadAllLines).Where(line => !line.StartsWith("##", StringComparison.Ordinal)))
        {
            Assert.DoesNotMatch(InternalName(), line);
        }
    }

    [GeneratedRegex(@"<>|>b__|>g__|>k__|\bV_\d|DisplayClass|\bop_[A-Z]|\b[gs]et_|PrivateImplementation|CS\$|`\d|\bldelem|\bldfld|\.ctor|BackingField|GraphWeaver\.Slice")]
    private static partial Regex InternalName();

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Golden");
}
