using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

[Collection(PackageCollection.Name)]
public sealed class PackageContentTests(PackageFixture package)
{
    [Fact]
    public void The_package_holds_the_runtime_the_weaver_the_evaluator_and_the_tasks()
    {
        string[] expected =
        [
            "README.md",
            "build/GraphWeaver.Fody.props",
            "build/GraphWeaver.Fody.targets",
            "lib/net10.0/GraphWeaver.dll",
            "lib/net10.0/GraphWeaver.xml",
            "weaver/GraphWeaver.Fody.dll",
            "weaver/GraphWeaver.Compiler.dll",
            "evaluator/GraphWeaver.Evaluator.dll",
            "evaluator/GraphWeaver.Evaluator.runtimeconfig.json",
            "tasks/GraphWeaver.Tasks.dll",
        ];

        using ZipArchive archive = ZipFile.OpenRead(package.PackagePath);
        string[] names = [.. archive.Entries.Select(entry => entry.FullName)];

        Assert.Empty(expected.Except(names));
        Assert.Equal(expected.Count(IsAssembly), names.Count(IsAssembly));
    }

    [Fact]
    public void No_assembly_in_the_package_is_a_second_Cecil()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.PackagePath);

        Assert.DoesNotContain(archive.Entries, entry => entry.Name.StartsWith("Mono.Cecil", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(archive.Entries, entry => entry.Name.StartsWith("FodyHelpers", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_weaver_refers_to_the_Cecil_that_Fody_brings()
    {
        const string tokenOfFodysCecil = "1CA091877D12CA03";

        string[] tokens = [.. ReferencesOf("weaver/GraphWeaver.Fody.dll").Concat(ReferencesOf("weaver/GraphWeaver.Compiler.dll"))
            .Where(reference => reference.Name!.StartsWith("Mono.Cecil", StringComparison.Ordinal))
            .Select(reference => Convert.ToHexString(reference.GetPublicKeyToken()!))
            .Distinct()];

        Assert.Equal([tokenOfFodysCecil], tokens);
    }

    [Fact]
    public void The_weavers_folder_needs_no_package()
    {
        string[] provided = ["netstandard", "FodyHelpers", "Mono.Cecil", "Mono.Cecil.Rocks", "GraphWeaver.Compiler"];

        var needed = ReferencesOf("weaver/GraphWeaver.Fody.dll").Concat(ReferencesOf("weaver/GraphWeaver.Compiler.dll"))
            .Select(reference => reference.Name);

        Assert.Empty(needed.Except(provided));
    }

    [Fact]
    public void The_package_depends_on_Fody_with_its_build_files_and_on_the_tensor_library()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.PackagePath);
        using Stream nuspec = archive.GetEntry("GraphWeaver.Fody.nuspec")!.Open();
        XElement group = Assert.Single(XDocument.Load(nuspec).Descendants(), element => element.Name.LocalName == "group");

        Dictionary<string, string?> dependencies = group.Elements()
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("include")?.Value);

        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        Assert.Equal("All", dependencies["Fody"]);
        Assert.True(dependencies.ContainsKey("System.Numerics.Tensors"));
        Assert.Equal(2, dependencies.Count);
    }

    private System.Reflection.AssemblyName[] ReferencesOf(string entry)
    {
        using ZipArchive archive = ZipFile.OpenRead(package.PackagePath);
        using var bytes = new MemoryStream();
        using (Stream stream = archive.GetEntry(entry)!.Open())
        {
            stream.CopyTo(bytes);
        }

        bytes.Position = 0;
        using var image = new PEReader(bytes);
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())];
    }

    private static bool IsAssembly(string name) => name.EndsWith(".dll", StringComparison.Ordinal);
}
