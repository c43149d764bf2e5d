using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>Where a node that is given out goes, element by element.</summary>
/// <param name="Node">The index of the node.</param>
/// <param name="Field">The field of the kernel's structure that refers to the first element there.</param>
/// <param name="Destination">The input whose memory that is; null where it is a result's, which is dense.</param>
internal sealed record ResultPlace(int Node, FieldDefinition Field, int? Destination);
