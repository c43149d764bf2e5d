using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

/// <summary>Projects that cannot be woven, or not wholly: the outcome is clear and the build is never ours to break.</summary>
[Collection(PackageCollection.Name)]
public sealed class UnsupportedProjectTests(PackageFixture package)
{
    private const string MarkedSource = """
        using System.Numerics.Tensors;
        using GraphWeaver;

        public static class Model
        {
            [Graph]
            public static Tensor<float> Twice(Tensor<float> x) => x + x;
        }
        """;

    [Fact]
    public void An_older_target_framework_is_left_unwoven_with_a_warning()
    {
        // The assembly says so itself, since a machine need not have the reference assemblies of an older framework.
        var project = new Sandbox(package, "Older", "<GenerateTargetFrameworkAttribute>false</GenerateTargetFrameworkAttribute>");
        project.Write("Model.cs", MarkedSource);
        project.Write("Target.cs", """[assembly: System.Runtime.Versioning.TargetFramework(".NETCoreApp,Version=v9.0")]""");

        PrintedDiagnostic warning = Assert.Single(project.Build().MustSucceed().WithCode("GW1007"));

        Assert.Equal("warning", warning.Level);
        Assert.Contains(".NETCoreApp,Version=v9.0", warning.Message);
        Assert.Equal("Older.csproj", Path.GetFileName(warning.File));
        Assert.DoesNotContain("\"woven\"", File.ReadAllText(project.ReportPath));
    }

    [Fact]
    public void A_missing_reference_is_the_compilers_error_and_nothing_of_ours()
    {
        var project = new Sandbox(package, "Missing", items: """
            <Reference Include="Absent">
              <HintPath>lib/Absent.dll</HintPath>
            </Reference>
            """);
        project.Write("Model.cs", MarkedSource.Replace("x + x", "x * Absent.Scale.Of(3)"));

        CommandResult build = project.Build().MustFail();

        Assert.Contains("error CS0103", build.Output);
        Assert.Empty(build.Diagnostics);
    }

    [Fact]
    public void An_assembly_missing_behind_a_reference_costs_no_build()
    {
        // Compiling needs only Near; executing or reading Near's code would need Far, which is not there.
        var far = new Sandbox(package, "Far", usesPackage: false);
        far.Write("Far.cs", "namespace Far; public static class Scale { public static int Of(int value) => value * 2; }");
        far.Build().MustSucceed();
        var near = new Sandbox(package, "Near", usesPackage: false,
            items: $"""<Reference Include="Far" HintPath="{far.AssemblyPath}" />""");
        near.Write("Near.cs", "namespace Near; public static class Scale { public static int Of(int value) => Far.Scale.Of(value); }");
        near.Build().MustSucceed();
        File.Delete(Path.Combine(Path.GetDirectoryName(near.AssemblyPath)!, "Far.dll"));

        var project = new Sandbox(package, "Behind", items: $"""<Reference Include="Near" HintPath="{near.AssemblyPath}" />""");
        project.Write("Model.cs", MarkedSource.Replace("x + x", "x * Near.Scale.Of(3)"));

        CommandResult build = project.Build().MustSucceed();

        Assert.Empty(build.WithCode("GW1901"));
        Assert.Empty(build.WithCode("GW0101"));
        Assert.NotEmpty(build.Diagnostics);
    }
}
