using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

/// <summary>The user's own means work per code, on a build that had nothing to do as well: each of these replays the warning.</summary>
[Collection(PackageCollection.Name)]
public sealed class SeverityTests(PackageFixture package)
{
    [Fact]
    public void A_build_with_nothing_to_do_repeats_the_warning_and_leaves_the_assembly()
    {
        DateTime before = File.GetLastWriteTimeUtc(package.Consumer.Project.AssemblyPath);

        CommandResult build = Rebuild();

        PrintedDiagnostic warning = Assert.Single(build.MustSucceed().WithCode("GW1001"));
        Assert.Equal(package.Consumer.FallbackLine, warning.Line);
        Assert.Equal(before, File.GetLastWriteTimeUtc(package.Consumer.Project.AssemblyPath));
    }

    [Fact]
    public void NoWarn_silences_a_code() =>
        Assert.Empty(Rebuild("-p:NoWarn=GW1001").MustSucceed().WithCode("GW1001"));

    [Fact]
    public void WarningsAsErrors_makes_a_code_an_error_that_keeps_its_code() =>
        Assert.Equal("error", Assert.Single(Rebuild("-p:WarningsAsErrors=GW1001").MustFail().WithCode("GW1001")).Level);

    [Fact]
    public void TreatWarningsAsErrors_alone_leaves_the_code_a_warning() =>
        Assert.Equal("warning", Assert.Single(Rebuild("-p:TreatWarningsAsErrors=true").MustSucceed().WithCode("GW1001")).Level);

    [Fact]
    public void The_command_lines_warnaserror_makes_it_an_error() =>
        Assert.Equal("error", Assert.Single(Rebuild("-warnaserror").MustFail().WithCode("GW1001")).Level);

    [Fact]
    public void WarningsNotAsErrors_exempts_a_code_from_warnaserror() =>
        Assert.Equal("warning",
            Assert.Single(Rebuild("-warnaserror", "-p:WarningsNotAsErrors=GW1001").MustSucceed().WithCode("GW1001")).Level);

    [Fact]
    public void TreatWarningsAsErrors_leaves_the_code_a_warning_while_weaving()
    {
        Sandbox project = BuiltConsumer.Create(package);

        CommandResult build = project.Build("-p:TreatWarningsAsErrors=true");

        Assert.Equal("warning", Assert.Single(build.MustSucceed().WithCode("GW1001")).Level);
    }

    private CommandResult Rebuild(params string[] arguments) => package.Consumer.Project.Rebuild(arguments);
}
