using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace GraphWeaver.DifferentialTests.Conformance;

/// <summary>
/// The conformance families of run-time fallback, effects, aliasing and host code: each case runs unwoven and woven, twice, in both
/// configurations, and everything observable agrees. Where the number of kernels or the warnings are certain, the marked method pins them.
/// </summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "Conformance", "Cases");
    private static readonly ConcurrentDictionary<(string File, OptimizationLevel Optimization), Lazy<WovenProgram>> Programs = [];

    private static readonly string[] Families = ["RunTimeFallback", "ExceptionRegions", "Effects", "Aliasing", "HostCode"];

    public static TheoryData<string> Files => [.. Families];

    /// <summary>As <c>File.Case</c>.</summary>
    public static TheoryData<string> Names =>
    [
        .. from file in Families
           from Match named in Regex.Matches(Source(file), @"^    public static object (\w+)\(\)", RegexOptions.Multiline)
           select $"{file}.{named.Groups[1].Value}",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_woven_method_does_what_the_unwoven_one_does(string named)
    {
        var (file, name) = (named.Split('.')[0], named.Split('.')[1]);
        Program(file, OptimizationLevel.Debug).AssertSame(file, name);
        Program(file, OptimizationLevel.Release).AssertSame(file, name);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_build_makes_of_it_what_is_pinned(string file)
    {
        foreach (var program in new[] { Program(file, OptimizationLevel.Debug), Program(file, OptimizationLevel.Release) })
        {
            Assert.DoesNotContain(program.Report.Methods, report => report.Diagnostics.Any(diagnostic => diagnostic.Descriptor.Code is "GW1006" or "GW1901"));
            output.WriteLine($"{file}: {program.Report.Methods.Count(report => report.IsWoven)} of {program.Report.Methods.Count} methods woven, {program.Report.Methods.Sum(report => report.Kernels)} kernels; as they were: {string.Join(", ", program.Report.Methods.Where(report => !report.IsWoven).Select(report => report.Name))}");
            foreach (var (method, pin) in Pins(program))
            {
                var report = program.MethodReport($"{method.DeclaringType!.FullName}.{method.Name}");
                var warnings = report.Diagnostics.Where(diagnostic => diagnostic.Descriptor.Code == "GW1001" && diagnostic.Message.StartsWith("'SpecialFunctions.", StringComparison.Ordinal)).Select(diagnostic => diagnostic.Message).ToList();
                if (pin.AttributeType.Name == "KernelsAttribute")
                {
                    Assert.Equal((method.Name, (int)pin.ConstructorArguments[0].Value!), (method.Name, report.Kernels));
                }
                else
                {
                    var pieces = ((IEnumerable<CustomAttributeTypedArgument>)pin.ConstructorArguments[0].Value!).Select(piece => (string)piece.Value!).ToList();
                    Assert.True(
                        pieces.Count == warnings.Count && pieces.All(piece => warnings.Count(warning => warning.Contains(piece, StringComparison.Ordinal)) == 1),
                        $"{method.Name} is to warn of {string.Join(", ", pieces)} but warns:\n{string.Join('\n', warnings)}");
                }
            }
        }
    }

    private static IEnumerable<(MethodInfo Method, CustomAttributeData Pin)> Pins(WovenProgram program) =>
        from type in program.Unwoven.Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        from pin in method.GetCustomAttributesData()
        where pin.AttributeType.Name is "KernelsAttribute" or "WarnsAttribute"
        select (method, pin);

    private static WovenProgram Program(string file, OptimizationLevel optimization) =>
        Programs.GetOrAdd((file, optimization), key => new Lazy<WovenProgram>(() => new WovenProgram(Source("Prelude") + Source(key.File), key.Optimization))).Value;

    private static string Source(string file) => File.ReadAllText(Path.Combine(Cases, file + ".cs"));
}
