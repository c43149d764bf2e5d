using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Emission;

/// <summary>The symbols of woven methods: every surviving line can be stopped at, locals are to be seen under their names, the eager sibling keeps its own.</summary>
public sealed class DebugSymbolsTests
{
    private const string Source = """
        using Numbers = System.Collections.Generic.List<float>;
        public static class Program
        {
            [Graph]
            public static Tensor<float> M(Tensor<float> x, int n)
            {
                var scale = 2f * 3f;
                var first = x * scale;
                Console.WriteLine("between");
                var total = first;
                for (var i = 0; i < n; i++)
                {
                    total = total +
                        first;
                    Console.WriteLine(i);
                }
                try
                {
                    var inner = total * 2f;
                    Console.WriteLine(inner.FlattenedLength);
                    total = inner;
                }
                catch (InvalidOperationException failure)
                {
                    Console.WriteLine(failure.Message);
                }
                finally
                {
                    Console.WriteLine("finally");
                }
                foreach (var item in new Numbers { 1f, n })
                {
                    total = total - item;
                }
                x = total;
                if (n > 5)
                {
                    throw new ArgumentException("large");
                }
                return x - 1f;
            }
            [Graph] public static (float, int) Kept(Tensor<float> x, int n) { var sum = Tensor.Sum<float>(x); var twice = n * n; Console.WriteLine(sum); return (sum + sum, twice - n); }
        }
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<(CompiledAssembly Original, CompiledAssembly Woven)>> Assemblies =
        new[] { OptimizationLevel.Debug, OptimizationLevel.Release }.ToDictionary(level => level, level => new Lazy<(CompiledAssembly, CompiledAssembly)>(() => Weave(level)));

    public static TheoryData<OptimizationLevel> Levels => [.. Assemblies.Keys];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_line_that_survives_has_a_sequence_point_of_the_compilers(OptimizationLevel level)
    {
        using var original = new DebugSymbols(Assemblies[level].Value.Original);
        using var woven = new DebugSymbols(Assemblies[level].Value.Woven);
        var known = original.Points("Program.M").Where(point => !point.IsHidden).Select(point => (point.StartLine, point.StartColumn, point.EndLine, point.EndColumn)).ToHashSet();
        var points = woven.Points("Program.M").Where(point => !point.IsHidden).ToList();
        Assert.All(points, point => Assert.Contains((point.StartLine, point.StartColumn, point.EndLine, point.EndColumn), known));
        int[] surviving = [8, 9, 11, 13, 15, 19, 20, 25, 29, 31, 33, 36, 38, 40];
        Assert.Empty(surviving.Except(points.Select(point => point.StartLine)));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void The_switch_at_the_entry_is_hidden_and_the_first_line_follows(OptimizationLevel level)
    {
        using var woven = new DebugSymbols(Assemblies[level].Value.Woven);
        var points = woven.Points("Program.M");
        Assert.True(points[0] is { Offset: 0, IsHidden: true });
        Assert.InRange(points.First(point => !point.IsHidden).StartLine, 6, 8);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Local_scopes_nest_and_name_locals_there_are(OptimizationLevel level)
    {
        using var woven = new DebugSymbols(Assemblies[level].Value.Woven);
        foreach (var method in woven.Methods.Where(method => method.StartsWith("Program.", StringComparison.Ordinal)))
        {
            var scopes = woven.Scopes(method);
            foreach (var scope in scopes)
            {
                Assert.InRange(scope.Start, 0, scope.End - 1);
                Assert.InRange(scope.End, 1, woven.CodeLength(method));
                Assert.All(scope.Variables, variable => Assert.InRange(variable.Index, 0, woven.LocalCount(method) - 1));
                Assert.Equal(scope.Variables.Count, scope.Variables.Select(variable => variable.Name).Distinct().Count());
                Assert.All(scopes, other => Assert.True(other.End <= scope.Start || other.Start >= scope.End || Within(other, scope) || Within(scope, other), $"{method}: {scope} crosses {other}"));
            }
        }

        static bool Within(Scope inner, Scope outer) => inner.Start >= outer.Start && inner.End <= outer.End;
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Locals_of_the_user_are_seen_under_their_names_and_no_others(OptimizationLevel level)
    {
        using var original = new DebugSymbols(Assemblies[level].Value.Original);
        using var woven = new DebugSymbols(Assemblies[level].Value.Woven);
        var written = original.Scopes("Program.M").SelectMany(scope => scope.Variables).Select(variable => variable.Name).Append("x").ToHashSet();
        var seen = woven.Scopes("Program.M").SelectMany(scope => scope.Variables).Select(variable => variable.Name).ToHashSet();
        Assert.Subset(written, seen);
        Assert.Superset(new HashSet<string> { "first", "i", "total", "failure" }, seen);
        Assert.Contains("sum", woven.Scopes("Program.Kept").SelectMany(scope => scope.Variables).Select(variable => variable.Name));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_local_is_seen_on_the_lines_that_use_it(OptimizationLevel level)
    {
        using var woven = new DebugSymbols(Assemblies[level].Value.Woven);
        foreach (var (line, name) in new[] { (9, "first"), (13, "total"), (13, "first"), (15, "i") })
        {
            var offset = woven.Points("Program.M").First(point => point.StartLine == line).Offset;
            var seen = woven.Scopes("Program.M").Where(scope => scope.Start <= offset && offset < scope.End).SelectMany(scope => scope.Variables).Select(variable => variable.Name);
            Assert.Contains(name, seen);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void The_eager_sibling_keeps_points_scopes_names_and_imports(OptimizationLevel level)
    {
        using var original = new DebugSymbols(Assemblies[level].Value.Original);
        using var woven = new DebugSymbols(Assemblies[level].Value.Woven);
        Assert.Equal(original.Points("Program.M").Select(Text), woven.Points("Program.<M>Eager").Select(Text));
        Assert.Equal(original.Scopes("Program.M").Select(scope => scope.ToString()), woven.Scopes("Program.<M>Eager").Select(scope => scope.ToString()));
        Assert.Equal(original.Scopes("Program.M")[0].Imports, woven.Scopes("Program.M")[0].Imports);

        static string Text(System.Reflection.Metadata.SequencePoint point) => $"{point.Offset}: {point.IsHidden} {point.StartLine},{point.StartColumn}-{point.EndLine},{point.EndColumn}";
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void What_the_weaver_made_has_no_lines_and_is_no_code_of_the_users(OptimizationLevel level)
    {
        using var woven = new DebugSymbols(Assemblies[level].Value.Woven);
        var made = woven.Methods.Where(method => method.Contains("<GraphWeaver>", StringComparison.Ordinal) || method.EndsWith(">Verify", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(made);
        Assert.All(made.Where(method => made.Count(other => other == method) == 1 && !method.EndsWith(".ctor", StringComparison.Ordinal)), method =>
        {
            Assert.Empty(woven.Points(method));
            Assert.True(woven.IsMarked(method, "DebuggerNonUserCodeAttribute"), method);
        });
        Assert.False(woven.IsMarked("Program.M", "DebuggerNonUserCodeAttribute"));
        Assert.False(woven.IsMarked("Program.<M>Eager", "DebuggerNonUserCodeAttribute"));
    }

    private static (CompiledAssembly, CompiledAssembly) Weave(OptimizationLevel level)
    {
        using var program = new WovenProgram(Source, level);
        Assert.All(program.Report.Methods, method => Assert.True(method.IsWoven));
        return (CSharpCompiler.Compile(Source, level), program.Image);
    }
}
