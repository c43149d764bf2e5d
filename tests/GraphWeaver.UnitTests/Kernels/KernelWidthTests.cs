using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>
/// Runs the kernel tests again in child processes whose processor features are switched off, so that every vector width is executed, and software vectors too.
/// The child is told which width it must see.
/// </summary>
public sealed class KernelWidthTests
{
    private const string ExpectedWidth = "GRAPHWEAVER_TEST_VECTOR_WIDTH";

    /// <summary>Whether this process is one that a test here has started.</summary>
    internal static bool IsChild => Environment.GetEnvironmentVariable(ExpectedWidth) is not null;

    private static int Width => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    [Fact]
    public void The_process_sees_the_vector_width_it_was_started_for() =>
        Assert.Equal(Environment.GetEnvironmentVariable(ExpectedWidth) ?? Width.ToString(), Width.ToString());

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public async Task The_kernel_tests_pass_in_a_process_without(string feature, int width)
    {
        if (IsChild)
        {
            return;
        }

        // A machine without the feature runs at the narrower width anyway.
        int expected = Math.Min(width, Width);
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(host)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "test", typeof(KernelWidthTests).Assembly.Location, "--nologo", "--filter", "FullyQualifiedName~GraphWeaver.UnitTests.Kernels.Kernel", "--",
                $"RunConfiguration.EnvironmentVariables.{feature}=0",
                $"RunConfiguration.EnvironmentVariables.{ExpectedWidth}={expected}",
            },
        };
        using Process child = Process.Start(start)!;
        Task<string> error = child.StandardError.ReadToEndAsync();
        string output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 0, output + await error);
        Assert.Contains("Passed!", output);
    }
}
