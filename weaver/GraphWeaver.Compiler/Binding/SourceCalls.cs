using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Tells the calls a user has written from those the compiler makes of other syntax: literals, collection expressions, interpolated strings,
/// <c>foreach</c>, tuples, lambdas. The report counts and names the former only.
/// </summary>
internal static class SourceCalls
{
    private static readonly HashSet<string> helpers =
    [
        "System.Runtime.CompilerServices.RuntimeHelpers", Foldability.CompilerHelpers, "System.Runtime.InteropServices.CollectionsMarshal",
        "System.Runtime.InteropServices.ImmutableCollectionsMarshal", "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler",
    ];

    public static bool Is(BuildNode node) => node.Instruction is { IsCall: true, Method: { } method }
        && !PutsLiterals(node)
        && !helpers.Contains(method.DeclaringType.GetElementType().FullName)
        && !MethodNames.IsCompilerMade(method.DeclaringType)
        && !IsOfForeach(method)
        && !IsOfTuple(node.Instruction);

    /// <summary>Makes nothing but what literals in its place would be: data of the assembly in an array or span, a delegate.</summary>
    public static bool PutsLiterals(BuildNode node) =>
        (node.IsView && node.Instruction.Code == Code.Newobj)
        || node.Instruction.Method is { Name: "op_Implicit" } or { DeclaringType.FullName: "System.Runtime.CompilerServices.RuntimeHelpers" or Foldability.CompilerHelpers }
        || IsDelegate(node.Instruction);

    private static bool IsDelegate(Instruction instruction) => instruction is { Code: Code.Newobj, Inputs: [_, Instruction { Code: Code.Ldftn }] };

    private static bool IsOfForeach(MethodReference method) => method.Name switch
    {
        "GetEnumerator" => true,
        "MoveNext" or "get_Current" => method.DeclaringType.Name.Contains("Enumerator"),
        "Dispose" => method.DeclaringType.Name is "IDisposable" || method.DeclaringType.Name.Contains("Enumerator"),
        _ => false,
    };

    private static bool IsOfTuple(Instruction instruction) => instruction is { Code: Code.Newobj, Type: { Namespace: "System" } type } && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);
}
