using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>The contract's <c>Print</c>; same members as <c>GraphWeaver.Print</c>.</summary>
internal enum PrintTiming
{
    Both,
    Build,
    Run,
}

/// <summary>What <c>[Graph]</c> and MSBuild together say about one method.</summary>
internal sealed record GraphSettings(FallbackPolicy Fallback, PrintTiming Print, bool FastMath)
{
    /// <summary>The method's own values win over its type's, those over the build's; but the build's Off and Error are the last word over Allow and Warn.</summary>
    public static GraphSettings From(CustomAttribute? method, CustomAttribute? type, FallbackPolicy build)
    {
        var fallback = (FallbackPolicy?)(int?)(Read(method, "Fallback") ?? Read(type, "Fallback"));
        var strict = build is FallbackPolicy.Off or FallbackPolicy.Error && fallback is not (FallbackPolicy.Off or FallbackPolicy.Error);
        return new GraphSettings(
            strict ? build : fallback ?? build,
            (PrintTiming)(int)(Read(method, "Print") ?? Read(type, "Print") ?? 0),
            (bool)(Read(method, "FastMath") ?? Read(type, "FastMath") ?? false));
    }

    private static object? Read(CustomAttribute? attribute, string name) =>
        attribute?.Properties.Where(property => property.Name == name).Select(property => property.Argument.Value).FirstOrDefault();
}
