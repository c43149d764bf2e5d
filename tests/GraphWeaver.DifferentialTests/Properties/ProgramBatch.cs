using System.Globalization;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>Programs in one assembly, compiled and woven once.</summary>
internal sealed class ProgramBatch : IDisposable
{
    private const int NoisyRuns = 4;
    private const double Slack = 8;

    private readonly IReadOnlyList<ProgramText> programs;
    private readonly WovenProgram woven;

    /// <exception cref="InvalidOperationException">A program is not C#: the message has the compiler's errors.</exception>
    public ProgramBatch(IReadOnlyList<ProgramText> programs, OptimizationLevel optimization)
    {
        this.programs = programs;
        var texts = programs.Select((program, index) =>
            Numbered(program.Source, ProgramText.Name, index) + Numbered(program.Noisy ?? "", ProgramText.NoisyName, index));
        var source = $"{ProgramLibrary.Source}\n{string.Concat(texts)}";
        woven = new WovenProgram(CSharpCompiler.CompileWith(ProgramLibrary.Usings, source, optimization, "Programs" + Guid.NewGuid().ToString("N")));
    }

    public MethodReport Report(int index) => woven.MethodReport($"{ProgramText.Name}{index}.M");

    /// <summary>What the woven program does that the unwoven one does not; null where they agree.</summary>
    public string? Difference(int index)
    {
        if (Report(index).Diagnostics.FirstOrDefault(diagnostic => diagnostic.Descriptor.Code == "GW1901") is { } failure)
        {
            return failure.Message;
        }

        var setting = programs[index].Setting;
        var expected = new ProgramRun(woven.Unwoven.Assembly, ProgramText.Name + index, setting).All();
        IReadOnlyList<Snapshot> actual;
        try
        {
            actual = new ProgramRun(woven.Woven.Assembly, ProgramText.Name + index, setting).All();
        }
        catch (Exception broken)
        {
            return $"what the woven program left cannot be read: {broken}";
        }

        var noisy = programs[index].Noisy is null ? [] : Enumerable.Range(1, NoisyRuns).Select(seed => Noisy(index, seed)).ToList();
        for (var call = 0; call < expected.Count; call++)
        {
            if (FirstDifference(expected[call].Tokens, actual[call].Tokens, [.. noisy.Select(run => run[call].Tokens)]) is { } place)
            {
                return $"arguments {call / 2}, call {call % 2}, at token {place}\nunwoven: {Around(expected[call].Tokens, place)}\nwoven:   {Around(actual[call].Tokens, place)}";
            }
        }

        return null;
    }

    public void Dispose() => woven.Dispose();

    private static string Numbered(string text, string name, int index) => text.Replace(name, name + index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private IReadOnlyList<Snapshot> Noisy(int index, int seed)
    {
        woven.Unwoven.Assembly.GetType("Noise")!.GetMethod("Start")!.Invoke(null, [seed]);
        return new ProgramRun(woven.Unwoven.Assembly, ProgramText.NoisyName + index, programs[index].Setting).All();
    }

    /// <summary>A call whose course depends on the noise says nothing.</summary>
    private static int? FirstDifference(IReadOnlyList<Snapshot.Token> expected, IReadOnlyList<Snapshot.Token> actual, IReadOnlyList<IReadOnlyList<Snapshot.Token>> noisy)
    {
        if (noisy.Any(run => !IsSameCourse(expected, run)))
        {
            return null;
        }

        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            if (expected[i].Text != actual[i].Text && !IsNear(i))
            {
                return i;
            }
        }

        return expected.Count == actual.Count ? null : Math.Min(expected.Count, actual.Count);

        bool IsNear(int i)
        {
            if (noisy.Count == 0 || expected[i].Number is not { } wanted || actual[i].Number is not { } found)
            {
                return false;
            }

            // Where the noise is as large as the number, it was divided by what is zero but for noise.
            var bound = Slack * noisy.Max(run => Math.Abs(run[i].Number!.Value - wanted));
            return Math.Abs(wanted - found) <= bound || (!double.IsFinite(found) && Math.Abs(wanted) <= bound);
        }
    }

    private static bool IsSameCourse(IReadOnlyList<Snapshot.Token> expected, IReadOnlyList<Snapshot.Token> noisy) =>
        expected.Count == noisy.Count && expected.Zip(noisy).All(pair => pair.First.Number is { } number
            ? pair.Second.Number is { } other && (double.IsFinite(number) ? double.IsFinite(other) : number.Equals(other))
            : pair.First.Text == pair.Second.Text);

    private static string Around(IReadOnlyList<Snapshot.Token> tokens, int place) =>
        string.Join(" | ", tokens.Skip(Math.Max(0, place - 3)).Take(10).Select((token, index) => string.Create(CultureInfo.InvariantCulture, $"{(index == Math.Min(3, place) ? ">> " : "")}{token.Text}")));
}
