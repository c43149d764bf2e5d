using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR;

/// <summary>
/// An array of constants that the compiler keeps in a static field and makes when a span over it is first wanted. As the operand of
/// <c>ldsfld</c> it stands for the whole of that: look, make, keep.
/// </summary>
/// <param name="Cache">The field that keeps it.</param>
/// <param name="ElementType">What it is an array of.</param>
/// <param name="Length">How many elements it has.</param>
/// <param name="Elements">Those that are not what a new array holds.</param>
public sealed record CachedArray(FieldReference Cache, TypeReference ElementType, int Length, IReadOnlyList<CachedElement> Elements);

/// <summary>An element of a cached array.</summary>
/// <param name="Index">Its place.</param>
/// <param name="Value">An integer or a string.</param>
/// <param name="Conversion">What makes a native integer of it, which no literal is; null where it is the element as it stands.</param>
public sealed record CachedElement(int Index, Constant Value, Code? Conversion);
