using System.Xml.Linq;
using Fody;
using GraphWeaver.Fody;
using GraphWeaver.PackageTests.Infrastructure;
using GraphWeaver.Tasks;

namespace GraphWeaver.PackageTests;

public sealed class ModuleWeaverTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("graphweaver-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void A_failure_of_the_engine_is_a_warning_and_not_an_error()
    {
        string file = Path.Combine(directory, "graphweaver", "diagnostics.txt");
        using var weaver = new ModuleWeaver
        {
            Config = new XElement("GraphWeaver", new XAttribute("Diagnostics", file)),
            ModuleDefinition = null!,
            AssemblyFilePath = "Broken.dll",
            ProjectDirectoryPath = directory,
            AddinDirectoryPath = Repository.Root,
            References = "",
        };

        weaver.Execute();

        DiagnosticRecord record = Assert.Single(DiagnosticFileReader.Read(file).ProjectDiagnostics);
        Assert.Equal(("warning", "GW1901"), (record.Level, record.Code));
        Assert.Contains(nameof(NullReferenceException), record.Message);
    }

    [Fact]
    public void Switched_off_it_touches_nothing()
    {
        using var weaver = new ModuleWeaver { Config = XElement.Parse("""<GraphWeaver Enabled="false" />"""), ModuleDefinition = null! };

        weaver.Execute();

        Assert.False(weaver.ShouldCleanReference);
    }

    [Theory]
    [InlineData("""<GraphWeaver Enabled="maybe" />""", "true or false")]
    [InlineData("""<GraphWeaver Fallback="1" />""", "Warn, Allow, Error, Off")]
    [InlineData("""<GraphWeaver EvaluationTimeout="1e3" />""", "number of seconds")]
    [InlineData("""<GraphWeaver Timeout="3" />""", "EvaluationTimeout")]
    public void A_configuration_it_does_not_understand_is_refused(string element, string explanation)
    {
        using var weaver = new ModuleWeaver { Config = XElement.Parse(element), ModuleDefinition = null! };

        Assert.Contains(explanation, Assert.Throws<WeavingException>(weaver.Execute).Message);
    }
}
