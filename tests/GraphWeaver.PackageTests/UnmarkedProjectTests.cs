using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

/// <summary>A project that has the package and marks nothing: nothing happens and nothing is started.</summary>
[Collection(PackageCollection.Name)]
public sealed class UnmarkedProjectTests(PackageFixture package)
{
    private const string Source = """
        public static class Plain
        {
            public static int Twice(int value) => value * 2;
        }
        """;

    [Fact]
    public void Its_assembly_is_the_one_it_would_be_without_the_package()
    {
        // Without symbols, because they list the compiler's references and so would differ by the package's own.
        byte[] with = Build(usesPackage: true, out Sandbox project, out CommandResult build);
        byte[] without = Build(usesPackage: false, out _, out _);

        Assert.Equal(without, with);
        Assert.Empty(build.Diagnostics);
        Assert.DoesNotContain("Fody", build.Output);
        Assert.False(File.Exists(Path.Combine(project.IntermediateDirectory, "graphweaver", "diagnostics.txt")));
        Assert.Empty(Directory.GetFiles(project.IntermediateDirectory, "*.Fody.*"));
    }

    [Fact]
    public void Removing_the_last_mark_leaves_no_trace_of_the_weave_before()
    {
        var project = new Sandbox(package, "Unmarking");
        project.Write("Marked.cs", """
            using System.Numerics.Tensors;
            using GraphWeaver;

            public static class Marked
            {
                [Graph]
                public static Tensor<float> Twice(Tensor<float> x) => x + x;
            }
            """);
        project.Build().MustSucceed();
        Assert.True(File.Exists(project.ReportPath));

        project.Write("Marked.cs", Source);
        project.Rebuild().MustSucceed();
        byte[] unmarked = File.ReadAllBytes(project.AssemblyPath);
        project.Rebuild("-p:DisableFody=true").MustSucceed();

        Assert.Equal(File.ReadAllBytes(project.AssemblyPath), unmarked);
        Assert.False(File.Exists(project.ReportPath));
    }

    private byte[] Build(bool usesPackage, out Sandbox project, out CommandResult build)
    {
        project = new Sandbox(package, "Plain", "<DebugType>none</DebugType>", usesPackage: usesPackage);
        project.Write("Plain.cs", Source);
        build = project.Build().MustSucceed();
        return File.ReadAllBytes(project.AssemblyPath);
    }
}
