using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>A program compiled with and without optimisation and woven, with its drivers: methods of <c>Program</c> that take nothing and return what can be seen.</summary>
internal sealed class DrivenProgram(string source)
{
    private readonly Lazy<WovenProgram>[] programs =
        [.. new[] { OptimizationLevel.Debug, OptimizationLevel.Release }.Select(level => new Lazy<WovenProgram>(() => new WovenProgram(source, level)))];

    /// <summary>Both compilations.</summary>
    public IEnumerable<WovenProgram> Compilations => programs.Select(program => program.Value);

    /// <summary>The names of the drivers.</summary>
    public TheoryData<string> Drivers => new(Regex.Matches(source, @"public static object (\w+)\(\)").Select(match => match.Groups[1].Value));

    /// <summary>Runs a driver woven and unwoven.</summary>
    public void AssertSame(string driver)
    {
        foreach (var program in Compilations)
        {
            program.AssertSame("Program", driver);
        }
    }
}
