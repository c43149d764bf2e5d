using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>Says in the user's names why a value is not constant: the chain from an argument back to a parameter, field, call or loop.</summary>
internal sealed class Origins(Function function)
{
    private const int LongestChain = 4;

    /// <summary>The chain for the first argument that is not constant, or null when all are.</summary>
    public string? OfFirstVariable(Instruction call)
    {
        for (var i = 0; i < call.Inputs.Count; i++)
        {
            if (!IsConstant(call.Inputs[i]))
            {
                var parameters = call.Method!.Parameters;
                var index = i - (call.Inputs.Count - parameters.Count);
                var role = index < 0 ? "the object it is called on" : $"its argument '{NameOf(call.Method, index)}'";
                return $"{role} is not constant ({Describe(call.Inputs[i], LongestChain)})";
            }
        }

        return null;
    }

    /// <summary>A literal, or data the build stored.</summary>
    private static bool IsConstant(Value value) => value is Constant || value is Instruction { Operand: MemberReference member } && GeneratedTypes.Owns(member);

    private static string NameOf(MethodReference method, int index) =>
        method.Parameters[index].Name is { Length: > 0 } name ? name : method.Resolve()?.Parameters[index].Name ?? $"{index + 1}";

    private string Describe(Value value, int depth) => value switch
    {
        Argument { Name: "this" } => "this",
        Argument argument => $"parameter '{argument.Name}'",
        CaughtException => "the exception caught",
        Phi => "it differs between the paths or loop trips that lead here",
        Instruction { Code: Code.Ldfld or Code.Ldsfld or Code.Ldflda or Code.Ldsflda, Operand: FieldReference field } => $"field '{field.Name}'",
        Instruction { IsAddressOfValue: true } address => Describe(address.Inputs[0], depth),
        Instruction { Code: Code.Ldloc or Code.Ldloca, Operand: Slot slot } read => StoreBefore(read, slot) is { } stored ? Describe(stored, depth) : $"variable '{slot.Name}'",
        Instruction { Code: Code.Call, Method.Name: "op_Implicit", Inputs.Count: 1 } conversion => Describe(conversion.Inputs[0], depth),
        Instruction { IsCall: true } call => $"the result of {MethodNames.Display(call.Method!)}{Line(call)}{Because(call, depth)}",
        Instruction { Inputs.Count: > 0 } other when depth > 0 && other.Inputs.FirstOrDefault(input => !IsConstant(input)) is { } cause => Describe(cause, depth - 1),
        _ => "computed at run time",
    };

    /// <summary>What a slot holds where it is read: the store before it in its block, or the only one there is.</summary>
    private Value? StoreBefore(Instruction read, Slot slot)
    {
        var block = function.Blocks.First(candidate => candidate.Instructions.Contains(read));
        var before = block.Instructions.Take(block.Instructions.IndexOf(read)).LastOrDefault(IsStore);
        var stores = before is null ? function.Instructions.Where(IsStore).Take(2).ToList() : [before];
        return stores.Count == 1 ? stores[0].Inputs[0] : null;

        bool IsStore(Instruction instruction) => instruction.Code == Code.Stloc && instruction.Operand == slot;
    }

    private static string Line(Instruction instruction) => instruction.Location is { } point ? $" in line {point.StartLine}" : "";

    private string Because(Instruction call, int depth) =>
        depth > 0 && call.Inputs.FirstOrDefault(input => !IsConstant(input)) is { } cause ? $", from {Describe(cause, depth - 1)}" : "";
}
