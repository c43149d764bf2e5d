using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

[Collection(PackageCollection.Name)]
public sealed class SwitchTests(PackageFixture package)
{
    [Fact]
    public void A_changed_GraphWeaverFallback_takes_effect_on_the_next_build()
    {
        Sandbox project = BuiltConsumer.Create(package);
        Assert.Single(project.Build().MustSucceed().WithCode("GW1001"));

        Assert.Empty(project.Rebuild("-p:GraphWeaverFallback=Allow").MustSucceed().WithCode("GW1001"));

        CommandResult error = project.Rebuild("-p:GraphWeaverFallback=Error").MustFail();
        PrintedDiagnostic forbidden = Assert.Single(error.WithCode("GW2001"));
        Assert.Equal("error", forbidden.Level);
        Assert.Equal(project.LineOf("Model.cs", "here is the fallback"), forbidden.Line);

        Assert.Single(project.Rebuild().MustSucceed().WithCode("GW1001"));
    }

    [Fact]
    public void An_unknown_fallback_is_an_error_that_names_the_known_ones()
    {
        Sandbox project = BuiltConsumer.Create(package);

        CommandResult build = project.Build("-p:GraphWeaverFallback=Sometimes").MustFail();
        Assert.Contains("GraphWeaverFallback is 'Sometimes'; it must be one of Warn, Allow, Error, Off.", build.Output);

        // Fody did not weave, so what the compiler wrote must not pass for finished.
        Assert.Contains("Sometimes", project.Rebuild("-p:GraphWeaverFallback=Sometimes").MustFail().Output);
        Assert.Single(project.Rebuild().MustSucceed().WithCode("GW1001"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    public void A_timeout_that_is_no_number_of_seconds_is_an_error(string value)
    {
        Sandbox project = BuiltConsumer.Create(package);

        CommandResult build = project.Build($"-p:GraphWeaverEvaluationTimeout={value}").MustFail();

        Assert.Contains($"GraphWeaverEvaluationTimeout is '{value}'", build.Output);
    }

    [Fact]
    public void GraphWeaverReport_false_writes_no_report()
    {
        Sandbox project = BuiltConsumer.Create(package);

        project.Build("-p:GraphWeaverReport=false").MustSucceed();
        Assert.False(File.Exists(project.ReportPath));

        project.Rebuild().MustSucceed();
        Assert.True(File.Exists(project.ReportPath));
    }

    [Fact]
    public void GraphWeaverEnabled_false_leaves_what_the_compiler_wrote()
    {
        Sandbox project = BuiltConsumer.Create(package);
        project.Build().MustSucceed();
        byte[] woven = File.ReadAllBytes(project.AssemblyPath);

        CommandResult build = project.Rebuild("-p:GraphWeaverEnabled=false").MustSucceed();
        byte[] disabled = File.ReadAllBytes(project.AssemblyPath);
        project.Rebuild("-p:DisableFody=true").MustSucceed();
        byte[] unwoven = File.ReadAllBytes(project.AssemblyPath);

        Assert.Empty(build.Diagnostics);
        Assert.False(File.Exists(project.ReportPath));
        Assert.Equal(unwoven, disabled);
        Assert.NotEqual(unwoven, woven);
    }

    [Theory]
    [InlineData("Warn", true)]
    [InlineData("Off", false)]
    public void With_GraphWeaverFallback_Off_no_process_is_started(string fallback, bool isStarted)
    {
        // The host that would run the workers leaves a trace.
        var project = new Sandbox(package, "Traced");
        project.Write("Model.cs", """
            using GraphWeaver;

            public static class Model
            {
                [Graph]
                public static int Nine() => Square(3);

                private static int Square(int x) => x * x;
            }
            """);
        string trace = project.PathOf("obj", "started");
        string host = OperatingSystem.IsWindows() ? project.PathOf("host.cmd") : project.PathOf("host.sh");
        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(host, $"@echo off\r\necho x>>\"{trace}\"\r\ndotnet %*\r\n");
        }
        else
        {
            File.WriteAllText(host, $"#!/bin/sh\necho x >> '{trace}'\nexec dotnet \"$@\"\n");
            File.SetUnixFileMode(host, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        CommandResult build = project.Build($"-p:GraphWeaverFallback={fallback}", $"-p:GraphWeaverDotnetHost={host}").MustSucceed();

        Assert.Equal(isStarted, File.Exists(trace));
        Assert.Equal(isStarted ? 1 : 0, build.WithCode("GW0101").Count);
        Assert.Empty(build.WithCode("GW1008"));
    }
}
