namespace GraphWeaver.Compiler.Operators;

/// <summary>A public static method of <c>Tensor</c>, all overloads of it, that is no row of the operator table.</summary>
/// <param name="Types">The element types that are excluded; null where all are.</param>
public sealed record ExcludedMember(string Name, ExclusionClass Class, string Reason, IReadOnlyList<ElementType>? Types = null);
