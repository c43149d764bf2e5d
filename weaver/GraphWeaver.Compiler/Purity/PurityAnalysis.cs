using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>Temporary.</summary>
public sealed class PurityAnalysis(IAssemblyBodies bodies)
{
    private readonly IAssemblyBodies bodies = bodies;
    public PurityVerdict Of(MethodReference method) =>
        method.DeclaringType.FullName.StartsWith("MathNet") || method.DeclaringType.Namespace == "System.Numerics.Tensors" || method.DeclaringType.FullName is "System.Math" or "System.MathF" or "System.String" or "System.Array" or "System.Runtime.CompilerServices.RuntimeHelpers" || method.DeclaringType.FullName.StartsWith("System.ReadOnlySpan") || method.DeclaringType.Name == "Pure"
            || (method.DeclaringType.FullName.StartsWith("System.Text.RegularExpressions"))
        ? new(method.Name == "InitializeArray" ? Effect.MutatesArguments : Effect.Pure, "temp") : new(Effect.Impure, bodies.Find(method) is null ? "its code is not there" : "not known to be pure");

    public bool IsImmutable(TypeReference type) => type.IsPrimitive || type.FullName is "System.String" or "System.Decimal" or "System.RuntimeTypeHandle" or "System.RuntimeFieldHandle" or "System.Text.RegularExpressions.Regex" || bodies.Find(type) is { IsEnum: true };
}
