using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Uses a tensor itself where <c>SetSlice</c> gives it back: the call is then only the writing, which a kernel can do.
/// Holds after: nothing uses the result of such a call.
/// </summary>
internal static class ReturnedTensors
{
    public static void Run(Function function) => function.ReplaceUses(
        function.Instructions.Where(IsSetSlice).ToDictionary(call => (Value)call, call => call.Inputs[0]));

    private static bool IsSetSlice(Instruction call) => call is { IsCall: true, Method: { Name: "SetSlice" } method }
        && WriteTable.Find(method) is not null && StackTypes.KindOf(method.ReturnType) == StackKind.Reference;
}
