using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>A method of a register stage.</summary>
/// <param name="Method">The method.</param>
/// <param name="Width">The width in bits of the vectors it takes at least one of; 0 where it takes fewer elements than the narrowest has.</param>
internal sealed record StageMethod(MethodDefinition Method, int Width);
