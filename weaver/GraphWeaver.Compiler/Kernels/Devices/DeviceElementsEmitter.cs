using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits <c>void Execute(int index)</c>: one element, which one thread of a device computes. Where there is a product, its element is handed over behind the index; over a
/// space without one it is <c>void Execute(int row, int column)</c>.
/// </summary>
internal sealed class DeviceElementsEmitter(KernelGraph graph, DeviceMembers members, DeviceKernelType type)
{
    public MethodDefinition Emit()
    {
        StageCode code = type.Implementation("Execute");
        ParameterDefinition first = code.Parameter(members.References.Int32);
        DevicePosition position;
        var known = new Dictionary<KernelValue, VariableDefinition>();
        if (type.Product is { } product)
        {
            TypeReference number = members.References.Element(graph.Inputs[product].Type);
            VariableDefinition value = known[KernelValue.Input(product)] = code.Local(number);
            code.Load(code.Parameter(number)).Store(value);
            position = new NumberedPosition(members, type, code, () => code.Load(first));
        }
        else if (type.Space is not null)
        {
            ParameterDefinition column = code.Parameter(members.References.Int32);
            position = new RowPosition(members, type, code, () => code.Load(first), () => code.Load(column));
        }
        else
        {
            position = new NumberedPosition(members, type, code, () => code.Load(first));
        }

        position.EmitStart();
        new DeviceElementCode(graph, members, type, code, known, position).EmitResults();
        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }
}
