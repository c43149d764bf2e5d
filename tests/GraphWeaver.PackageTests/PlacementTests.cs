using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

[Collection(PackageCollection.Name)]
public sealed class PlacementTests(PackageFixture package)
{
    private const string Source = """
        using System.Numerics.Tensors;
        using System.Runtime.InteropServices;
        using GraphWeaver;

        public abstract class Misplaced
        {
            [Graph]
            public static async Task<int> Asynchronous()
            { // async
                await Task.Yield();
                return 1;
            }

            [Graph]
            public static IEnumerable<int> Iterator()
            { // iterator
                yield return 1;
            }

            [Graph]
            public abstract Tensor<float> Abstract(Tensor<float> x); // abstract

            [Graph]
            [DllImport("nowhere")]
            public static extern int Extern(int value); // extern
        }
        """;

    [Fact]
    public void Where_Graph_cannot_go_it_is_an_error_that_names_the_method()
    {
        var project = new Sandbox(package, "Misplaced");
        project.Write("Misplaced.cs", Source);

        IReadOnlyList<PrintedDiagnostic> errors = project.Build().MustFail().WithCode("GW2002");

        Assert.Equal(4, errors.Count);
        Assert.All(errors, error => Assert.Equal("error", error.Level));
        foreach (string name in new[] { "Asynchronous", "Iterator", "Abstract", "Extern" })
        {
            Assert.Single(errors, error => error.Message.Contains(name, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Asynchronous", "// async")]
    [InlineData("Iterator", "// iterator")]
    public void Where_the_method_has_code_the_error_points_into_it(string name, string marker)
    {
        var project = new Sandbox(package, "Misplaced");
        project.Write("Misplaced.cs", Source);

        PrintedDiagnostic error = Assert.Single(
            project.Build().MustFail().WithCode("GW2002"), error => error.Message.Contains(name, StringComparison.Ordinal));

        Assert.Equal("Misplaced.cs", Path.GetFileName(error.File));
        Assert.InRange(error.Line, project.LineOf("Misplaced.cs", marker) - 1, project.LineOf("Misplaced.cs", marker) + 1);
    }
}
