using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>What is known of one input of a call before it is made; of an address, what is known of the value it leads to.</summary>
/// <param name="Type">The type of the value: of a box, the type in it. Null when it is not known.</param>
/// <param name="IsExact">Whether no derived type is possible.</param>
/// <param name="Literal">The value where it is a known number, character or string.</param>
/// <param name="IsNull">Whether it is known to be null.</param>
/// <param name="IsInvariant">Whether it is an interpolation handler made with the invariant culture.</param>
public sealed record KnownInput(TypeReference? Type, bool IsExact = false, object? Literal = null, bool IsNull = false, bool IsInvariant = false)
{
    public static KnownInput Unknown { get; } = new((TypeReference?)null);
}
