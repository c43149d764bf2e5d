namespace GraphWeaver.ILGPU.Tests;

/// <summary>What is left to test where the package feed has no ILGPU.</summary>
public sealed class WithoutIlgpu
{
    [Fact]
    public void The_backend_says_that_it_is_not_in() => Assert.False(Accelerators.IsIlgpuPresent);
}
