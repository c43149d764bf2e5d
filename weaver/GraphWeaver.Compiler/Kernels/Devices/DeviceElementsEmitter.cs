using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>Emits <c>void Execute(int index)</c>: one element, which one thread of a device computes.</summary>
internal sealed class DeviceElementsEmitter(KernelGraph graph, DeviceMembers members, DeviceKernelType type)
{
    public MethodDefinition Emit()
    {
        StageCode code = type.Implementation("Execute");
        ParameterDefinition index = code.Parameter(members.References.Int32);
        var element = new DeviceElementCode(graph, members, type, code, [], () => code.Load(index));
        element.EmitPlace();
        element.EmitResults();
        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }
}
