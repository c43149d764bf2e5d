using System.Reflection;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace GraphWeaver.DifferentialTests;

public sealed class Scratch(ITestOutputHelper output)
{
    [Fact]
    public void Same()
    {
        var source = File.ReadAllText("/tmp/s.cs");
        foreach (var level in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            using var program = new WovenProgram(source, level);
            foreach (var method in program.Report.Methods)
            {
                output.WriteLine($"@@ {level} {method.Name} woven {method.IsWoven} kernels {method.Kernels} fallbacks {method.Fallbacks} folded {method.Folded} " + string.Join(" | ", method.Diagnostics.Where(d => d.Descriptor.Code != "GW0001").Select(d => d.Descriptor.Code + " " + d.Message)));
            }

            foreach (var driver in program.Unwoven.Assembly.GetType("P")!.GetMethods(BindingFlags.Static | BindingFlags.Public).Where(m => m.GetParameters().Length == 0))
            {
                try { program.AssertSame("P", driver.Name); output.WriteLine($"@@ same {driver.Name}"); }
                catch (Exception e) { output.WriteLine($"@@ DIFF {driver.Name} {e.Message}"); }
            }
        }
    }
}
