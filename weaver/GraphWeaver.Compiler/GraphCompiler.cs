using GraphWeaver.Compiler.Reporting;
using Mono.Cecil;

namespace GraphWeaver.Compiler;

/// <summary>The engine's door: weaves every marked method of a module in memory.</summary>
public static class GraphCompiler
{
    /// <summary>Rewrites the marked methods of <paramref name="module"/> and says what became of each. Never throws for what a user wrote.</summary>
    public static WeavingReport Weave(ModuleDefinition module, WeavingOptions options, CancellationToken cancellation)
    {
        return new WeavingReport();
    }
}
