using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

/// <summary><c>Graph.AtBuild</c> in a real build: its files are looked at then, and watched from then on.</summary>
[Collection(PackageCollection.Name)]
public sealed class AtBuildTests(PackageFixture package)
{
    private const string Source = """
        using GraphWeaver;

        System.Console.WriteLine($"sum {Model.Sum()}");

        public static class Model
        {
            [Graph]
            public static int Sum() =>
                Graph.AtBuild(() => System.IO.File.ReadAllLines("numbers.txt").Sum(int.Parse), "numbers.txt"); // at build
        }
        """;

    [Fact]
    public void A_changed_input_file_is_folded_anew_and_an_unchanged_one_costs_nothing()
    {
        Sandbox project = Create();
        project.Write("numbers.txt", "1\n2\n");
        Assert.Single(project.Build().MustSucceed().WithCode("GW0101"), row => row.Message.Contains("Graph.AtBuild", StringComparison.Ordinal));
        Assert.Equal("3", Run(project));

        DateTime woven = File.GetLastWriteTimeUtc(project.AssemblyPath);
        project.Rebuild().MustSucceed();
        Assert.Equal(woven, File.GetLastWriteTimeUtc(project.AssemblyPath));

        project.Write("numbers.txt", "10\n2\n");
        project.Rebuild().MustSucceed();
        Assert.Equal("12", Run(project));

        // A file put in its place with an older date has changed as well.
        project.Write("numbers.txt", "100\n2\n");
        File.SetLastWriteTimeUtc(project.PathOf("numbers.txt"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        project.Rebuild().MustSucceed();
        Assert.Equal("102", Run(project));
    }

    [Fact]
    public void A_missing_input_file_fails_the_build_at_the_line_until_it_is_there()
    {
        Sandbox project = Create();
        project.Write("numbers.txt", "1\n2\n");
        project.Build().MustSucceed();
        File.Move(project.PathOf("numbers.txt"), project.PathOf("elsewhere.txt"));

        PrintedDiagnostic error = Assert.Single(project.Rebuild().MustFail().WithCode("GW2003"));
        Assert.Equal("error", error.Level);
        Assert.Equal(project.LineOf("Program.cs", "Graph.AtBuild"), error.Line);
        Assert.Contains("'numbers.txt'", error.Message);

        // As it was, with its old date.
        File.Move(project.PathOf("elsewhere.txt"), project.PathOf("numbers.txt"));
        project.Rebuild().MustSucceed();
        Assert.Equal("3", Run(project));
    }

    [Theory]
    [InlineData("Graph.AtBuild<int>(() => throw new System.InvalidOperationException(\"no licence\"))", "no licence")]
    [InlineData("Graph.AtBuild(() => 1, System.Environment.GetCommandLineArgs()[0])", "input files are not constant")]
    [InlineData("Graph.AtBuild(() => new System.Threading.Thread(() => { })).ManagedThreadId", "cannot be stored")]
    public void What_cannot_be_executed_or_stored_fails_the_build(string expression, string reason)
    {
        Sandbox project = Create();
        project.Write("Program.cs", Source.Replace("Graph.AtBuild(() => System.IO.File.ReadAllLines(\"numbers.txt\").Sum(int.Parse), \"numbers.txt\")", expression));

        PrintedDiagnostic error = Assert.Single(project.Build().MustFail().WithCode("GW2003"));

        Assert.Contains(reason, error.Message);
        Assert.Equal(project.LineOf("Program.cs", "// at build"), error.Line);
    }

    private Sandbox Create()
    {
        var project = new Sandbox(package, "AtBuild", "<OutputType>Exe</OutputType>");
        project.Write("Program.cs", Source);
        return project;
    }

    /// <summary>From another folder: the program does not find the file.</summary>
    private static string Run(Sandbox project) =>
        DotnetCommand.Run(Path.GetTempPath(), ["exec", project.AssemblyPath]).MustSucceed().Printed("sum");
}
