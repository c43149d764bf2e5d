using GraphWeaver.Compiler.IR;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// The calls C# makes for <c>^1</c>, <c>1..n</c> and their conversions for tensors: values of their arguments alone, which fail at most on a
/// negative number.
/// </summary>
internal static class IndexArithmetic
{
    /// <summary>Whether a call neither fails nor can be seen.</summary>
    public static bool IsTotal(Instruction call) => call is { IsCall: true, Method: { } method }
        && (method.DeclaringType.FullName switch
            {
                "System.Range" => method.Name is ".ctor" or "StartAt" or "EndAt" or "get_All",
                "System.Buffers.NRange" => method.Name is ".ctor" or "op_Implicit" or "StartAt" or "EndAt" or "get_All",
                "System.Index" => method.Name is "get_Start" or "get_End",
                "System.Buffers.NIndex" => method.Name is "get_Start" or "get_End" || (method.Name is ".ctor" or "op_Implicit" && TakesIndex(method)),
                _ => IsMaker(method),
            }
            || (TakesNonNegative(call) && call.Inputs[0] is Constant { Literal: int and >= 0 }));

    /// <summary>Whether a call fails on a negative first argument, and else neither fails nor can be seen.</summary>
    public static bool TakesNonNegative(Instruction call) => call is { IsCall: true, Method: { } method }
        && method.DeclaringType.FullName is "System.Index" or "System.Buffers.NIndex"
        && (method.Name is "FromStart" or "FromEnd" || (method.Name is ".ctor" or "op_Implicit" && !TakesIndex(method)));

    private static bool TakesIndex(Mono.Cecil.MethodReference method) => method.Parameters[0].ParameterType.FullName is "System.Index" or "System.Buffers.NIndex";

    private static bool IsMaker(Mono.Cecil.MethodReference method) =>
        GeneratedTypes.Owns(method) && method.Parameters.Count == 0 && method.ReturnType.FullName is "System.Range" or "System.Index";
}
