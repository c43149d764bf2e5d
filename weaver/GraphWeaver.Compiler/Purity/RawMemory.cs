using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Finds code that works on addresses of its own making: what it reads and writes is not known. Spans over stack memory are not among it.
/// </summary>
internal static class RawMemory
{
    public static bool IsUsed(MethodDefinition method)
    {
        var body = method.Body;
        return method.Parameters.Any(parameter => IsPointer(parameter.ParameterType))
            || body.Variables.Any(variable => IsPointer(variable.VariableType))
            || body.Instructions.Any(instruction => IsAddressAsNumber(instruction) || IsNumberAsAddress(instruction, method))
            || body.Instructions.Count(instruction => instruction.OpCode.Code == Code.Localloc) > body.Instructions.Count(IsSpan);
    }

    private static bool IsPointer(TypeReference type) => type is PointerType or PinnedType or FunctionPointerType;

    private static bool IsAddressAsNumber(Instruction instruction) =>
        instruction.OpCode.Code is Code.Conv_U or Code.Conv_I
        && instruction.Previous?.OpCode.Code is Code.Ldloca or Code.Ldloca_S or Code.Ldarga or Code.Ldarga_S or Code.Ldflda or Code.Ldsflda or Code.Ldelema;

    private static bool IsNumberAsAddress(Instruction instruction, MethodDefinition method) =>
        instruction.OpCode.Code is (>= Code.Ldind_I1 and <= Code.Ldind_Ref) or Code.Ldobj
        && (instruction.Previous?.OpCode.Code is Code.Conv_U or Code.Conv_I or Code.Add or Code.Sub
            || (InputReader.Variable(instruction.Previous, method, isStore: false) is { VariableType.FullName: "System.IntPtr" or "System.UIntPtr" })
            || (instruction.Previous?.Operand is ParameterDefinition { ParameterType.FullName: "System.IntPtr" or "System.UIntPtr" })
            || (instruction.Previous is { OpCode.Code: >= Code.Ldarg_0 and <= Code.Ldarg_3 } argument && InputReader.Parameter(argument, method) is { ParameterType.FullName: "System.IntPtr" or "System.UIntPtr" }));

    private static bool IsSpan(Instruction instruction) =>
        instruction is { OpCode.Code: Code.Newobj, Operand: MethodReference { DeclaringType.Name: "Span`1" or "ReadOnlySpan`1", Parameters.Count: 2 } };
}
