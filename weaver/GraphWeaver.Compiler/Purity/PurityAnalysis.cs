using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>Decides what may be executed in the build: by the curated table, by the author's word, else from IL; default no.</summary>
public sealed class PurityAnalysis(IAssemblyBodies bodies)
{
    private readonly IAssemblyBodies bodies = bodies;

    /// <summary>The verdict on a call of exactly this method.</summary>
    public PurityVerdict Of(MethodReference method) =>
        new(Effect.Impure, bodies.Find(method) is null ? "its code is not there" : "not known to be pure");

    /// <summary>Whether no code can change a value of this type, so that one stored copy serves every call.</summary>
    public bool IsImmutable(TypeReference type) => bodies.Find(type) is { IsEnum: true };
}
