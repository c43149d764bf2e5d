using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

[Collection(PackageCollection.Name)]
public sealed class IncrementalTests(PackageFixture package)
{
    [Fact]
    public void Two_clean_builds_give_the_same_bytes()
    {
        Sandbox project = BuiltConsumer.Create(package);
        project.Build().MustSucceed();
        byte[] first = File.ReadAllBytes(project.AssemblyPath);

        project.Clean();
        project.Rebuild().MustSucceed();

        Assert.Equal(first, File.ReadAllBytes(project.AssemblyPath));
    }

    [Fact]
    public void An_edited_body_in_a_referenced_project_is_executed_anew()
    {
        // The edit changes no signature, so the compiler alone would see no reason to compile the application again.
        var library = new Sandbox(package, "Library", usesPackage: false);
        library.Write("Window.cs", LibrarySource("steps * 10"));
        var project = new Sandbox(package, "Application", "<OutputType>Exe</OutputType>",
            $"""<ProjectReference Include="{library.PathOf("Library.csproj")}" />""");
        project.Write("Program.cs", """
            using GraphWeaver;

            System.Console.WriteLine($"width {Model.Width()}");

            public static class Model
            {
                [Graph]
                public static int Width() => Window.Width(4);
            }
            """);
        CommandResult build = project.Build().MustSucceed();
        Assert.Single(build.WithCode("GW0101"));
        Assert.Equal("40", project.Run().MustSucceed().Printed("width"));

        library.Write("Window.cs", LibrarySource("steps * 11"));
        project.Rebuild().MustSucceed();

        Assert.Equal("44", project.Run().MustSucceed().Printed("width"));
    }

    private static string LibrarySource(string body) => $$"""
        public static class Window
        {
            public static int Width(int steps) => {{body}};
        }
        """;
}
