using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>An element by its number, which is its place in every tensor; over a space with its coordinates, which are given or split from the number.</summary>
internal sealed class NumberedPosition(DeviceMembers members, DeviceKernelType type, StageCode code, Action loadIndex, VariableDefinition? place = null) : DevicePosition
{
    public override void EmitStart()
    {
        if (place is null && type.Space is { } space)
        {
            place = code.Local(members.Place);
            code.LoadThis().On(OpCodes.Ldflda, space);
            loadIndex();
            code.Call(members.PlaceOf).Store(place);
        }
    }

    public override void LoadIndex() => loadIndex();

    public override void LoadPlace(int input)
    {
        if (place is null)
        {
            loadIndex();
        }
        else
        {
            code.LoadThis().On(OpCodes.Ldflda, type.Accesses[input]!).Load(place).Call(members.At);
        }
    }
}
