using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Kernels.Devices;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Has matrices multiplied on a device where no kernel goes on with the product: the member of GraphWeaver.ILGPU's <c>DeviceMatMul</c> of the same name, with the same
/// answers. Before: what is left of such calls is what no kernel has taken as an input, or a kernel's original instructions. After: none of a type that devices
/// multiply is the runtime's.
/// </summary>
internal static class DeviceProductCalls
{
    /// <summary>The number of calls replaced.</summary>
    public static int Run(Function function)
    {
        var members = new DeviceMembers(new RuntimeReferences(function.Module));
        var calls = function.Instructions.Where(instruction => TypeOf(instruction) is not null).ToList();
        calls.ForEach(call => call.Operand = members.MatMul(call.Method!.Name, TypeOf(call)!.Value));
        return calls.Count;
    }

    /// <summary>The type of the elements that a call multiplies; null where it is none for devices.</summary>
    private static ElementType? TypeOf(Instruction instruction) => instruction is { Code: Code.Call, Operand: GenericInstanceMethod { GenericArguments.Count: 1 } method } && IsProduct(method)
        ? method.GenericArguments[0].MetadataType switch
        {
            MetadataType.Single => ElementType.Single,
            MetadataType.Double => ElementType.Double,
            _ => null,
        }
        : null;

    private static bool IsProduct(MethodReference method) => method.DeclaringType.FullName switch
    {
        OperatorTable.RuntimeType => method.Name == "MatMul",
        "GraphWeaver.Kernels.KernelProducts" => method.Name == "PooledMatMul",
        _ => false,
    };
}
