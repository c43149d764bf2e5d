using GraphWeaver.Compiler.Passes;
using GraphWeaver.UnitTests.IR;

namespace GraphWeaver.UnitTests.Passes;

/// <summary>Kernel fusion of functions that are written as IR text, which all have the same arguments.</summary>
internal sealed class FusionText(string arguments = FusionText.DefaultArguments)
{
    private const string DefaultArguments =
        "arg0 \"x\" : 'Tensor'\narg1 \"y\" : 'Tensor'\narg2 \"f\" : 'float'\narg3 \"d\" : 'DoubleTensor'\narg4 \"n\" : 'int'\n";

    private readonly IrModule ir = new();

    /// <summary>How often a part is in a text.</summary>
    public static int Count(string text, string part) => text.Split(part).Length - 1;

    /// <summary>The function with its kernels, and their graphs.</summary>
    public (string Text, IReadOnlyList<string> Graphs) Fuse(string body)
    {
        var function = ir.Parse(arguments + body);
        var kernels = new KernelLibrary(ir.Module);
        var fusion = new KernelFusion(function, kernels);
        fusion.Run();
        var text = IrModule.Text(function);
        Assert.Equal(Count(text, "<GraphWeaver>Kernels::"), fusion.Count);
        return (text, [.. kernels.Graphs]);
    }

    /// <summary>A line for each region: how many operations each of its components has.</summary>
    public IEnumerable<string> Partition(string body) => new RegionPartition(ir.Parse(arguments + body)).Partition()
        .Select(region => string.Join(" ", region.Components.Select(component => component.Count)));

    /// <summary>Compares with a text whose kernels are called KERNEL0, KERNEL1, ...</summary>
    public void AssertText(string expected, string actual, params string[] kernels)
    {
        for (var i = 0; i < kernels.Length; i++)
        {
            expected = expected.Replace("KERNEL" + i, $"method \"{kernels[i]}\"");
        }

        Assert.Equal(IrModule.Text(ir.Parse(arguments + expected)), actual);
    }
}
