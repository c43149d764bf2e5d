using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Decides what may be executed in the build, default no: the author's word first, then the curated table, else the effects of
/// the method's own IL and of everything it calls. A cycle is pure when nothing in it is impure; a verdict that leans on a
/// method still being read is kept only when that method's is.
/// </summary>
public sealed class PurityAnalysis(IAssemblyBodies bodies)
{
    private const int MostMethods = 400;
    private const int DeepestCalls = 40;
    private readonly Vouching vouching = new(bodies.UserModule);
    private readonly ImmutableTypes immutable = new(bodies);
    private readonly Dictionary<string, Finding> settled = [];
    private readonly Dictionary<string, int> open = [];
    private int budget;

    /// <summary>The verdict on a call of exactly this method.</summary>
    public PurityVerdict Of(MethodReference method)
    {
        budget = MostMethods;
        var finding = Find(method, out _);
        if (method.Name == ".ctor" && finding.Effect != Effect.Impure && bodies.Find(method.DeclaringType) is { } made)
        {
            finding = new EffectAnalysis(this, bodies, immutable).Answer(made) ?? finding;
        }

        var via = finding.Chain.Count == 0 ? "" : " via " + string.Join(", ", finding.Chain);
        return new PurityVerdict(finding.Effect, finding.Reason + via);
    }

    /// <summary>Whether no code can change a value of this type, so that one stored copy serves every call.</summary>
    public bool IsImmutable(TypeReference type) => immutable.Contains(type);

    /// <param name="method">The callee.</param>
    /// <param name="lowest">The shallowest method still being read that the finding leans on; past the depth when none.</param>
    internal Finding Find(MethodReference method, out int lowest)
    {
        lowest = int.MaxValue;
        var key = method.FullName;
        if (settled.TryGetValue(key, out var known))
        {
            return known;
        }

        if (open.TryGetValue(key, out var depth))
        {
            lowest = depth;
            return Finding.Pure("calls itself");
        }

        var definition = bodies.Find(method);
        if ((vouching.Find(method, definition) ?? Numerals.Find(method) ?? PurityTable.Curated.Find(definition ?? method) ?? PurityTable.Curated.Find(method) ?? Exceptional(method)) is { } verdict)
        {
            var isHarmless = verdict.Effect == Effect.MutatesArguments && definition is not null && !immutable.IsGivenMutable(definition);
            return settled[key] = Named(isHarmless ? verdict with { Effect = Effect.Pure } : verdict, method);
        }

        if (definition is not { HasBody: true })
        {
            var why = definition is null ? "calls code that is not there" : definition.IsAbstract ? "calls code that is not known" : "calls native code";
            return settled[key] = Finding.Impure($"{why} ({UserNames.Of(method)})");
        }

        if (--budget < 0 || open.Count >= DeepestCalls)
        {
            lowest = -1;
            return Finding.Impure($"calls more code than is looked at ({UserNames.Of(method)})");
        }

        open[key] = open.Count;
        var finding = new EffectAnalysis(this, bodies, immutable).Read(method, definition, out lowest);
        var own = open[key];
        open.Remove(key);
        if (lowest >= own || (finding.Effect == Effect.Impure && lowest != -1))
        {
            lowest = lowest == -1 ? -1 : int.MaxValue;
            settled[key] = finding;
        }

        return finding;
    }

    private static Finding Named(PurityVerdict verdict, MethodReference method) => verdict.Effect == Effect.Impure
        ? Finding.Impure($"{UserNames.Of(method)} {verdict.Reason}")
        : new Finding(verdict.Effect, verdict.Reason, []);

    /// <summary>Exceptions of the framework only remember what they are given.</summary>
    private PurityVerdict? Exceptional(MethodReference method)
    {
        var type = bodies.Find(method.DeclaringType);
        if (type is null || type.Module == bodies.UserModule || !type.Name.EndsWith("Exception", StringComparison.Ordinal))
        {
            return null;
        }

        return method.Name == ".ctor" || method.Name == "get_Message" || method.Name.StartsWith("Throw", StringComparison.Ordinal)
            ? new PurityVerdict(Effect.Pure, "makes or throws an exception")
            : null;
    }
}
