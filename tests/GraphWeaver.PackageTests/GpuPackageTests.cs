using GraphWeaver.PackageTests.Infrastructure;

namespace GraphWeaver.PackageTests;

/// <summary>The package of the GPU backend, where the feed has ILGPU: it installs beside the weaver's, and kernels run on ILGPU's simulator.</summary>
[Collection(PackageCollection.Name)]
public sealed class GpuPackageTests(PackageFixture package)
{
    private const string Source = """
        using System.Numerics.Tensors;
        using GraphWeaver;
        using GraphWeaver.ILGPU;

        Tensor<float> x = Tensor.Create<float>(new float[] { -1, 0, 1, 2 });
        Console.WriteLine(string.Join(" ", Model.Swish(x)));
        Console.WriteLine($"{Accelerators.Current?.Platform ?? "none"} {Accelerators.Current?.Statistics.Kernels ?? 0}");

        public static class Model
        {
            [Graph]
            public static Tensor<float> Swish(Tensor<float> x) => x / (1f + Tensor.Exp<float>(-x));
        }
        """;

    [Fact]
    public void A_program_that_references_it_runs_kernels_on_the_device_it_names()
    {
        if (!Repository.HasIlgpu)
        {
            // The feed has no ILGPU, and there is no package.
            return;
        }

        package.PackIlgpu();
        var project = new Sandbox(package, "Gpu", "<OutputType>Exe</OutputType>", $"""<PackageReference Include="GraphWeaver.ILGPU" Version="{package.Version}" />""");
        project.Write("Program.cs", Source);
        project.Build().MustSucceed();

        string[] simulated = Run("simulator");
        string[] cpu = Run("cpu");

        Assert.Equal("CPU 1", simulated[1]);
        Assert.Equal("none 0", cpu[1]);
        Assert.Equal(cpu[0], simulated[0]);

        string[] Run(string backend) => project.Run(new Dictionary<string, string> { ["GRAPHWEAVER_BACKEND"] = backend })
            .MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
