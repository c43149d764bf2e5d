using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Looks through <c>+tensor</c>, which gives its operand itself back, null included: uses of the result become uses of the operand, and the call is gone.
/// The forms on spans stay: they copy a structure, and recognition takes them for the conversions they are.
/// </summary>
internal static class UnaryPlus
{
    public static void Run(Function function)
    {
        var replacements = new Dictionary<Value, Value>();
        foreach (var block in function.Blocks)
        {
            foreach (var call in block.Instructions.Where(instruction => instruction.Code == Code.Call && IsOnTensor(instruction.Method!)))
            {
                replacements.Add(call, call.Inputs[0]);
            }

            block.Instructions.RemoveAll(replacements.ContainsKey);
        }

        function.ReplaceUses(replacements);
    }

    /// <summary>Whether a method is the operator on a span.</summary>
    public static bool IsOnSpan(MethodReference method) => Is(method) && StackTypes.KindOf(method.Parameters[0].ParameterType) == StackKind.ByReference;

    private static bool IsOnTensor(MethodReference method) => Is(method) && !IsOnSpan(method);

    private static bool Is(MethodReference method) => method is GenericInstanceMethod { Name: "op_UnaryPlus", HasThis: false } && OperatorTable.IsOfTensor(method);
}
