using System.Globalization;
using System.Text.Json;
using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

/// <summary>A project that knows only the package: one install, no FodyWeavers.xml, no reference to Fody.</summary>
[Collection(PackageCollection.Name)]
public sealed class ConsumerTests(PackageFixture package)
{
    [Fact]
    public void The_build_warns_of_the_fallback_at_its_line()
    {
        PrintedDiagnostic warning = Assert.Single(package.Consumer.Build.WithCode("GW1001"));

        Assert.Equal("warning", warning.Level);
        Assert.Equal("Model.cs", Path.GetFileName(warning.File));
        Assert.Equal(package.Consumer.FallbackLine, warning.Line);
    }

    [Fact]
    public void The_warning_is_printed_once()
    {
        // The build's summary repeats it.
        string beforeSummary = package.Consumer.Build.Output.Split("Build succeeded.")[0];

        Assert.Equal(1, beforeSummary.Split('\n').Count(line => line.Contains("warning GW1001", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_woven_program_prints_what_the_unwoven_prints()
    {
        CommandResult woven = Run("graph");
        CommandResult eager = Run("eager");

        Assert.Equal("Graph", woven.Printed("mode"));
        Assert.Equal("Eager", eager.Printed("mode"));
        Assert.Equal(eager.Printed("swish"), woven.Printed("swish"));
        Assert.Equal(eager.Printed("centred"), woven.Printed("centred"));
    }

    [Fact]
    public void The_woven_method_allocates_no_intermediate_tensors()
    {
        long woven = long.Parse(Run("graph").Printed("allocated"), CultureInfo.InvariantCulture);
        long eager = long.Parse(Run("eager").Printed("allocated"), CultureInfo.InvariantCulture);

        // Swish makes three intermediate tensors of the size of its result.
        Assert.InRange(woven, 1, eager / 2);
    }

    [Fact]
    public void The_build_writes_nothing_into_the_source_tree() =>
        Assert.Equal(package.Consumer.SourceFilesBefore, package.Consumer.Project.SourceFiles());

    [Fact]
    public void The_report_has_the_contracts_fields()
    {
        JsonElement[] methods = [.. package.Consumer.ReadReport().GetProperty("methods").EnumerateArray()];
        JsonElement swish = Assert.Single(methods, method => method.GetProperty("name").GetString() == "Model.Swish");
        JsonElement centre = Assert.Single(methods, method => method.GetProperty("name").GetString() == "Model.Centre");

        Assert.Equal(2, methods.Length);
        Assert.Equal("woven", swish.GetProperty("status").GetString());
        Assert.Equal(1, swish.GetProperty("kernels").GetInt32());
        Assert.Equal(0, swish.GetProperty("folded").GetInt32());
        Assert.Equal(0, swish.GetProperty("startup").GetInt32());
        Assert.Equal(0, swish.GetProperty("fallbacks").GetInt32());
        Assert.Equal("woven", centre.GetProperty("status").GetString());
        Assert.Equal(1, centre.GetProperty("folded").GetInt32());
        Assert.Equal(1, centre.GetProperty("fallbacks").GetInt32());
        JsonElement fallback = Assert.Single(
            centre.GetProperty("diagnostics").EnumerateArray(), row => row.GetProperty("code").GetString() == "GW1001");
        Assert.Equal(package.Consumer.FallbackLine, fallback.GetProperty("line").GetInt32());
        Assert.NotEqual("", fallback.GetProperty("message").GetString());
    }

    [Fact]
    public void The_report_for_people_names_each_method_and_loads_nothing()
    {
        string html = File.ReadAllText(Path.ChangeExtension(package.Consumer.Project.ReportPath, ".html"));

        Assert.Contains("Model.Swish", html);
        Assert.Contains("Model.Centre", html);
        Assert.Contains("GW1001", html);
        Assert.DoesNotContain("http", html);
        Assert.DoesNotContain("src=", html);
    }

    [Fact]
    public void No_process_outlives_the_build()
    {
        // Whatever a build starts for this project has the project's folder or the package's version on its command line.
        _ = package.Consumer;
        string[] survivors = [.. ProcessList.CommandLines().Where(line =>
            line.Contains(package.Consumer.Project.Root, StringComparison.Ordinal) || line.Contains(package.Version, StringComparison.Ordinal))];

        Assert.Empty(survivors);
    }

    private CommandResult Run(string mode) =>
        package.Consumer.Project.Run(new Dictionary<string, string> { ["GRAPHWEAVER_MODE"] = mode }).MustSucceed();
}
