using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits <c>void Execute(int index)</c>: one element, which one thread of a device computes. Behind the index a product's element is handed over where there is one, or over a
/// space the coordinates.
/// </summary>
internal sealed class DeviceElementsEmitter(KernelGraph graph, DeviceMembers members, DeviceKernelType type)
{
    public MethodDefinition Emit()
    {
        StageCode code = type.Implementation("Execute");
        ParameterDefinition index = code.Parameter(members.References.Int32);
        VariableDefinition? place = null;
        var known = new Dictionary<KernelValue, VariableDefinition>();
        if (type.Product is { } product)
        {
            TypeReference number = members.References.Element(graph.Inputs[product].Type);
            VariableDefinition value = known[KernelValue.Input(product)] = code.Local(number);
            code.Load(code.Parameter(number)).Store(value);
        }
        else if (type.IsOverSpace)
        {
            place = code.Local(members.Place);
            code.Load(code.Parameter(members.Place)).Store(place);
        }

        var position = new NumberedPosition(members, type, code, () => code.Load(index), place);
        position.EmitStart();
        new DeviceElementCode(graph, members, type, code, known, position).EmitResults();
        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }
}
