using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// An element of a space by its row and its column. Where each tensor has the row is computed once; its elements then lie at even distances, which is what compilers
/// for processors make vectors of.
/// </summary>
internal sealed class RowPosition(DeviceMembers members, DeviceKernelType type, StageCode code, Action loadPlace, Action loadFirst, Action loadColumn) : DevicePosition
{
    private readonly VariableDefinition first = code.Local(members.References.Int32);
    private readonly Dictionary<int, VariableDefinition> starts = [];

    public override void EmitStart()
    {
        loadFirst();
        code.Store(first);
        for (int input = 0; input < type.Accesses.Count; input++)
        {
            if (type.Accesses[input] is { } access)
            {
                starts[input] = code.Local(members.References.Int32);
                code.LoadThis().On(OpCodes.Ldflda, access);
                loadPlace();
                code.Call(members.At).Store(starts[input]);
            }
        }
    }

    public override void LoadIndex()
    {
        code.Load(first);
        loadColumn();
        code.Emit(OpCodes.Add);
    }

    public override void LoadPlace(int input)
    {
        code.LoadThis().On(OpCodes.Ldflda, type.Accesses[input]!).Load(starts[input]);
        loadColumn();
        code.Call(members.Along);
    }
}
