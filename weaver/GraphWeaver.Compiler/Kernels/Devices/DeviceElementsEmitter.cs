using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits <c>void Execute(int index)</c>: one element, which one thread of a device computes. Where there is a product, its element is handed over behind the index.
/// </summary>
internal sealed class DeviceElementsEmitter(KernelGraph graph, DeviceMembers members, DeviceKernelType type)
{
    public MethodDefinition Emit()
    {
        StageCode code = type.Implementation("Execute");
        ParameterDefinition index = code.Parameter(members.References.Int32);
        var known = new Dictionary<KernelValue, VariableDefinition>();
        if (type.Product is { } product)
        {
            TypeReference number = members.References.Element(graph.Inputs[product].Type);
            VariableDefinition value = known[KernelValue.Input(product)] = code.Local(number);
            code.Load(code.Parameter(number)).Store(value);
        }

        var element = new DeviceElementCode(graph, members, type, code, known, () => code.Load(index));
        element.EmitPlace();
        element.EmitResults();
        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }
}
