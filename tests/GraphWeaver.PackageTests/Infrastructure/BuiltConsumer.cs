using System.Text.Json;

namespace GraphWeaver.PackageTests.Infrastructure;

/// <summary>The sources of <c>tests/Consumer</c> in a sandbox, built once; tests that change it make their own.</summary>
internal sealed class BuiltConsumer
{
    public BuiltConsumer(PackageFixture package)
    {
        Project = Create(package);
        SourceFilesBefore = Project.SourceFiles();
        Build = Project.Build().MustSucceed();
    }

    public Sandbox Project { get; }

    public IReadOnlyList<string> SourceFilesBefore { get; }

    public CommandResult Build { get; }

    public int FallbackLine => Project.LineOf("Model.cs", "here is the fallback");

    public static Sandbox Create(PackageFixture package)
    {
        var project = new Sandbox(package, "Consumer", "<OutputType>Exe</OutputType>");
        foreach (string file in Directory.GetFiles(Repository.PathOf("tests", "Consumer"), "*.cs"))
        {
            project.Write(Path.GetFileName(file), File.ReadAllText(file));
        }

        return project;
    }

    public JsonElement ReadReport()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Project.ReportPath));
        return document.RootElement.Clone();
    }
}
