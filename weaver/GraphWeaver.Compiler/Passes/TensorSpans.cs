using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// What is known of the members of tensors and tensor spans that no operator row names: which conversions keep the memory they are given, and
/// which members of a span refer to its elements only, never to the structure itself (<c>Lengths</c> and <c>Strides</c> do).
/// </summary>
internal static class TensorSpans
{
    /// <summary>A member of a span that reads it through its address and keeps no reference to the structure.</summary>
    public static bool IsReader(MethodReference method) => UnaryPlus.IsOnSpan(method) || IsSpan(method.DeclaringType)
        && (IsConversionOfSpan(method) || (method.HasThis && method.Name is "get_Item" or "Slice" or "AsReadOnlyTensorSpan" or "GetSpan"));

    /// <summary>
    /// Whether a parameter is an <c>in ReadOnlyTensorSpan&lt;T&gt;</c> of a <c>Tensor</c> method whose result can keep no reference to it.
    /// </summary>
    public static bool IsReadParameter(MethodReference method, int position) => !method.HasThis
        && method.DeclaringType.FullName == OperatorTable.TensorType
        && StackTypes.Underlying(method.Parameters[position].ParameterType) is ByReferenceType { ElementType: var span } && IsReadOnly(span)
        && StackTypes.KindOf(method.ReturnType) != StackKind.ByReference && !IsSpan(method.ReturnType);

    /// <summary>A tensor seen as a span over all of its elements.</summary>
    public static bool IsConversionOfTensor(Instruction instruction) => instruction is { IsCall: true, Method: { } method, Inputs.Count: 1 }
        && IsNamed(method.DeclaringType, "Tensor`1")
        && ((method.Name == "op_Implicit" && IsNamed(method.Parameters[0].ParameterType, "Tensor`1"))
            || method.Name is "AsTensorSpan" or "AsReadOnlyTensorSpan");

    /// <summary>A span seen as a read-only one: a copy of the structure that cannot fail.</summary>
    public static bool IsConversionOfSpan(Instruction instruction) => instruction is { Code: Code.Call, Method: { } method } && IsConversionOfSpan(method);

    public static bool IsSpan(TypeReference type) => IsNamed(type, "TensorSpan`1") || IsNamed(type, "ReadOnlyTensorSpan`1");

    public static bool IsReadOnly(TypeReference type) => IsNamed(type, "ReadOnlyTensorSpan`1");

    private static bool IsConversionOfSpan(MethodReference method) => UnaryPlus.IsOnSpan(method) || IsNamed(method.DeclaringType, "TensorSpan`1") && (method.HasThis
        ? method.Name == "AsReadOnlyTensorSpan" && method.Parameters.Count == 0
        : method.Name == "op_Implicit" && StackTypes.KindOf(method.Parameters[0].ParameterType) == StackKind.ByReference);

    private static bool IsNamed(TypeReference type, string name) =>
        type.GetElementType() is var element && element.Name == name && element.Namespace == "System.Numerics.Tensors";
}
