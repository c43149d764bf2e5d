using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

/// <summary>Beside another Fody add-in: it runs as if we were not there, and we run as if it were not there.</summary>
[Collection(PackageCollection.Name)]
public sealed class OtherWeaverTests(PackageFixture package)
{
    private const string Marked = """
        using System.Numerics.Tensors;
        using GraphWeaver;

        public static class Model
        {
            [Graph]
            public static Tensor<float> Twice(Tensor<float> x) => x + x;
        }
        """;

    private const string Unmarked = "public static class Model { }";

    [Fact]
    public void Both_weave_where_something_is_marked()
    {
        Sandbox project = CreateWithStamp("<Weavers><Stamp /></Weavers>", Marked);

        project.Build().MustSucceed();

        Assert.True(IsStamped(project));
        Assert.Contains("\"woven\"", File.ReadAllText(project.ReportPath));
    }

    [Theory]
    [InlineData("<Weavers><Stamp /></Weavers>")]
    [InlineData("<Weavers><GraphWeaver /><Stamp /></Weavers>")]
    public void The_other_alone_weaves_where_nothing_is_marked(string configuration)
    {
        Sandbox project = CreateWithStamp(configuration, Unmarked);

        CommandResult build = project.Build().MustSucceed();

        Assert.True(IsStamped(project));
        Assert.DoesNotContain("warning", build.Output);
        Assert.False(File.Exists(project.ReportPath));
    }

    [Fact]
    public void The_other_alone_weaves_where_we_are_switched_off()
    {
        Sandbox project = CreateWithStamp("<Weavers><GraphWeaver /><Stamp /></Weavers>", Marked);

        project.Build("-p:GraphWeaverEnabled=false").MustSucceed();

        Assert.True(IsStamped(project));
        Assert.False(File.Exists(project.ReportPath));
    }

    private Sandbox CreateWithStamp(string configuration, string source)
    {
        Sandbox weaver = CreateStampWeaver();
        var project = new Sandbox(package, "Both", items: $"""<WeaverFiles Include="{weaver.PathOf("bin", "Stamp.Fody.dll")}" />""");
        project.Write("FodyWeavers.xml", configuration);
        project.Write("Model.cs", source);
        return project;
    }

    private Sandbox CreateStampWeaver()
    {
        var weaver = new Sandbox(package, "Stamp.Fody", usesPackage: false);
        weaver.Write("Stamp.Fody.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>netstandard2.0</TargetFramework>
                <OutputPath>bin/</OutputPath>
                <AppendTargetFrameworkToOutputPath>false</AppendTargetFrameworkToOutputPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="FodyHelpers" Version="6.9.3" />
              </ItemGroup>
            </Project>
            """);
        weaver.Write("ModuleWeaver.cs", """
            using System.Collections.Generic;
            using Mono.Cecil;

            public sealed class ModuleWeaver : Fody.BaseModuleWeaver
            {
                public override void Execute() =>
                    ModuleDefinition.Types.Add(new TypeDefinition("", "Stamped", TypeAttributes.Class, TypeSystem.ObjectReference));

                public override IEnumerable<string> GetAssembliesForScanning() => new string[0];
            }
            """);
        weaver.Build().MustSucceed();
        return weaver;
    }

    private static bool IsStamped(Sandbox project)
    {
        using var image = new PEReader(File.OpenRead(project.AssemblyPath));
        MetadataReader metadata = image.GetMetadataReader();
        return metadata.TypeDefinitions.Any(handle =>
            metadata.StringComparer.Equals(metadata.GetTypeDefinition(handle).Name, "Stamped"));
    }
}
