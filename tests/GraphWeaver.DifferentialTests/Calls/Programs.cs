using System.Collections.Concurrent;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Calls;

/// <summary>Programs that many cases share, compiled and woven once; they live as long as the tests.</summary>
internal static class Programs
{
    private static readonly ConcurrentDictionary<(string Source, OptimizationLevel Optimization), Lazy<WovenProgram>> Made = [];

    public static WovenProgram Of(string source, OptimizationLevel optimization) =>
        Made.GetOrAdd((source, optimization), key => new Lazy<WovenProgram>(() => new WovenProgram(key.Source, key.Optimization))).Value;
}
