using System.Reflection;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.IR.Text;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
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
                output.WriteLine($"@@ {level} {method.Name} woven={method.IsWoven} folded={method.Folded} startup={method.Startup} kernels={method.Kernels} fallbacks={method.Fallbacks}");
                foreach (var d in method.Diagnostics.Where(d => d.Descriptor.Code.StartsWith("GW1")))
                {
                    output.WriteLine($"@@    {d.Descriptor.Code} {d.Location?.Line}: {d.Message}");
                }
            }

            var drivers = System.Text.RegularExpressions.Regex.Matches(source, @"public static \S+ (\w+)\(\)").Select(m => m.Groups[1].Value);
            foreach (var driver in drivers)
            {
                try { program.AssertSame("P", driver); output.WriteLine($"@@ ok {driver}"); }
                catch (Exception e) { output.WriteLine($"@@ DIFF {level} {driver}: {e.Message}"); }
            }
        }
    }

    [Fact]
    public void Dump()
    {
        var name = Environment.GetEnvironmentVariable("METHOD")!;
        var original = CSharpCompiler.Compile(File.ReadAllText("/tmp/s.cs"), OptimizationLevel.Release, "Dumped");
        CecilModules.Rewrite(original, module =>
        {
            foreach (var m in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.Name.Contains(name) && m.HasBody))
            {
                var f = Lifter.Lift(m);
                SlotPromotion.Run(f);
                output.WriteLine("@@@ " + string.Join("\n@@@ ", IrWriter.Write(f).Split('\n')));
            }
        });
    }
}
