using Mono.Cecil;

namespace GraphWeaver.Compiler.IR;

/// <summary>
/// A delegate that the compiler keeps in a static field and makes when it is first wanted: of a lambda that captures nothing, or of a method
/// group. As the operand of <c>ldftn</c> it stands for the whole of that: look, make, keep.
/// </summary>
/// <param name="Cache">The field that keeps it.</param>
/// <param name="Receiver">The field that holds the lambda's receiver; null for a static method.</param>
/// <param name="Target">The code.</param>
/// <param name="Constructor">The delegate type's constructor.</param>
public sealed record StaticDelegate(FieldReference Cache, FieldReference? Receiver, MethodReference Target, MethodReference Constructor);
