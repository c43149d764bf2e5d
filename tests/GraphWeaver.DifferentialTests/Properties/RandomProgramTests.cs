using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>
/// Random tensor methods do woven what they do unwoven. The seed is fixed, so that a build says the same twice; GRAPHWEAVER_PROPERTY_SEED and
/// GRAPHWEAVER_PROPERTY_COUNT ask for others.
/// </summary>
public sealed class RandomProgramTests(ITestOutputHelper output)
{
#if DEBUG
    private const int FirstSeed = 1;
#else
    private const int FirstSeed = 2;
#endif
    private const int PerAssembly = 50;
    private const int BatchesAtOnce = 2;
    private const int MostShrunk = 4;
    private static readonly TimeSpan ShrinkingTime = TimeSpan.FromMinutes(1);

    private static int Count { get; } = Asked("GRAPHWEAVER_PROPERTY_COUNT") ?? 500;

    private static int Seed { get; } = Asked("GRAPHWEAVER_PROPERTY_SEED") ?? FirstSeed;

    /// <summary>Each optimisation level of C# has half of the seed's programs.</summary>
    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void A_random_program_does_the_same_woven(OptimizationLevel optimization)
    {
        output.WriteLine($"seed {Seed}, {Count} programs, {optimization}");
        var numbers = Enumerable.Range(optimization == OptimizationLevel.Debug ? 0 : Count, Count);

        // Only running takes the console: one batch is compiled and woven while another runs.
        var outcomes = numbers.Chunk(PerAssembly).AsParallel().AsOrdered().WithDegreeOfParallelism(BatchesAtOnce).SelectMany(chunk => Outcomes(chunk, optimization)).ToList();
        var (kernels, folded) = (outcomes.Sum(outcome => outcome.Kernels), outcomes.Count(outcome => outcome.IsFolded));
        var failures = outcomes.Where(outcome => outcome.Difference is not null).Select((outcome, index) =>
        {
            var program = Program(Seed, outcome.Number);
            var smallest = index < MostShrunk ? Shrunk(program, optimization, outcome.Difference!) : $"{program}\n{outcome.Difference}";
            return $"seed {Seed}, program {outcome.Number}, {optimization}\n{smallest}";
        }).ToList();
        output.WriteLine($"{kernels} kernels, {folded} programs in which the build executed something");
        Assert.True(failures.Count == 0, $"seed {Seed}: {failures.Count} programs differ\n\n{string.Join("\n\n", failures)}");
        Assert.True(kernels > Count && folded > Count / 4, "the programs no longer reach the engine");
    }

    private static IReadOnlyList<Outcome> Outcomes(int[] numbers, OptimizationLevel optimization)
    {
        using var batch = new ProgramBatch([.. numbers.Select(number => ProgramText.Of(Program(Seed, number)))], optimization);
        return [.. numbers.Select((number, index) => new Outcome(number, batch.Report(index).Kernels, batch.Report(index).IsSimplified, batch.Difference(index)))];
    }

    /// <summary>Program <paramref name="number"/> of a seed, whatever the others are.</summary>
    internal static RandomProgram Program(int seed, int number) =>
        ProgramGenerator.Programs.Sample(1, new Rnd(Mixed(((ulong)seed << 32) + (ulong)number)), 10 + (number % 30)).Single();

    /// <summary>FsCheck's generator walks in even steps: seeds must not lie on one walk.</summary>
    private static ulong Mixed(ulong seed)
    {
        seed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
        seed = (seed ^ (seed >> 27)) * 0x94D049BB133111EB;
        return seed ^ (seed >> 31);
    }

    private static int? Asked(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The smallest program FsCheck finds that still differs, alone in its assembly.</summary>
    private static string Shrunk(RandomProgram program, OptimizationLevel optimization, string difference)
    {
        var until = DateTime.UtcNow + ShrinkingTime;
        var (smallest, smallestDifference) = (program, $"only among other programs:\n{difference}");
        var property = Prop.ForAll(Arb.From(Gen.Constant(program), ProgramShrinker.Shrink), candidate =>
        {
            if (DateTime.UtcNow > until || Alone(candidate, optimization) is not { } found)
            {
                return true;
            }

            (smallest, smallestDifference) = (candidate, found);
            return false;
        });
        Check.One(Config.Quick.WithMaxTest(1).WithQuietOnSuccess(true).WithRunner(Silent.Instance), property);
        return $"{smallest}\n{smallestDifference}";
    }

    private static string? Alone(RandomProgram program, OptimizationLevel optimization)
    {
        try
        {
            using var batch = new ProgramBatch([ProgramText.Of(program)], optimization);
            return batch.Difference(0);
        }
        catch (InvalidOperationException notCSharp) when (notCSharp.Message.Contains("error CS", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <param name="Difference">What the woven program did otherwise; null where nothing.</param>
    private sealed record Outcome(int Number, int Kernels, bool IsFolded, string? Difference);

    /// <summary>What FsCheck finds is told by the test.</summary>
    private sealed class Silent : IRunner
    {
        public static Silent Instance { get; } = new();

        public void OnStartFixture(Type fixture)
        {
        }

        public void OnArguments(int test, Microsoft.FSharp.Collections.FSharpList<object> arguments, Microsoft.FSharp.Core.FSharpFunc<int, Microsoft.FSharp.Core.FSharpFunc<Microsoft.FSharp.Collections.FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(Microsoft.FSharp.Collections.FSharpList<object> arguments, Microsoft.FSharp.Core.FSharpFunc<Microsoft.FSharp.Collections.FSharpList<object>, string> every)
        {
        }

        public void OnFinished(string name, TestResult result)
        {
        }
    }
}
