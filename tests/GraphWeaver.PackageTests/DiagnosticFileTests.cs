using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Tasks;

namespace GraphWeaver.PackageTests;

/// <summary>The two ends of the hand-over share no code; here they meet.</summary>
public sealed class DiagnosticFileTests
{
    [Fact]
    public void What_the_weaver_writes_the_task_reads()
    {
        var method = new MethodReport("Ns.Outer+Inner.Method", "float Method(Tensor<float>)", "/src/a\tb\\c.cs")
        {
            IsWoven = true,
            FoldedSites = { 1 },
            StartupSites = { 1, 2 },
            Kernels = 3,
            FallbackSites = { 1, 2, 3, 4 },
            NotVerifiableBecause = "it is generic",
        };
        var location = new SourceLocation("/src/a.cs", 5, 6, 7, 8);
        method.Diagnostics.Add(new Diagnostic(DiagnosticCatalogue.Printed, "first\r\nsecond\t\\n {0} – ü", location));
        var report = new WeavingReport { Methods = { method }, BuildInputs = { "/lib/z.dll", "/lib/a.dll", "/lib/z.dll" } };
        report.Diagnostics.Add(new Diagnostic(DiagnosticCatalogue.AlwaysThrows, "project", null));

        WeavingRecord record = Read(report);

        Assert.Equal(["/lib/a.dll", "/lib/z.dll"], record.Inputs);
        Assert.Equal([new DiagnosticRecord("warning", "GW1101", "", 0, 0, 0, 0, "project")], record.ProjectDiagnostics);
        MethodRecord row = Assert.Single(record.Methods);
        Assert.Equal(("Ns.Outer+Inner.Method", "float Method(Tensor<float>)", "/src/a\tb\\c.cs", "woven"),
            (row.Name, row.Signature, row.File, row.Status));
        Assert.Equal((1, 2, 3, 4, "it is generic"), (row.Folded, row.Startup, row.Kernels, row.Fallbacks, row.NotVerifiableBecause));
        Assert.Equal(
            [new DiagnosticRecord("info", "GW0201", "/src/a.cs", 5, 6, 7, 8, "first\r\nsecond\t\\n {0} – ü")], row.Diagnostics);
    }

    [Fact]
    public void The_catalogues_advice_closes_a_message_once()
    {
        string advice = DiagnosticCatalogue.Fallback.Advice;
        var report = new WeavingReport();
        report.Diagnostics.Add(new Diagnostic(DiagnosticCatalogue.Fallback, "A call.", null));
        report.Diagnostics.Add(new Diagnostic(DiagnosticCatalogue.Fallback, "A call. " + advice, null));

        Assert.All(Read(report).ProjectDiagnostics, row => Assert.Equal("A call. " + advice, row.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("graphweaver\t1")]
    [InlineData("graphweaver\t2\nmethod\tonly")]
    [InlineData("graphweaver\t2\ndiagnostic\tGW1001\twarning\t\tx\t0\t0\t0\tm")]
    public void A_file_of_another_format_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => DiagnosticFileReader.Parse(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)));

    private static WeavingRecord Read(WeavingReport report) =>
        DiagnosticFileReader.Parse(DiagnosticFile.Format(report).Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
