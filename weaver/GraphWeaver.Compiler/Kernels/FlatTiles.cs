using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>Tiles of tensors that are dense and of one shape: an element has one place in all of them, and is read and written there.</summary>
internal sealed class FlatTiles(ExecuteFrame frame) : IKernelTiles
{
    private readonly StageCode code = frame.Code;

    public void EmitBuffers()
    {
    }

    public void EmitStart()
    {
    }

    public void EmitAdvance()
    {
    }

    public void EmitCount(int phase)
    {
        code.Load(frame.Limit).Load(frame.Position).Emit(OpCodes.Sub).Store(frame.Count);
        if (frame.Plan.IsTiled(phase))
        {
            Instruction run = StageCode.Label();
            code.Load(frame.Count).Native(frame.TileCapacity).Branch(OpCodes.Blt, run);
            code.Native(frame.TileLength).Store(frame.Count);
            code.Mark(run);
        }
    }

    public void EmitReading(int input, VariableDefinition address) =>
        frame.LoadDense(frame.Kernel.Inputs[input], frame.Graph.Inputs[input].Type).Store(address);

    public void EmitTarget(ResultPlace place, VariableDefinition address) => frame.LoadDense(place.Field, TypeOf(place)).Store(address);

    public void EmitWriting(ResultPlace place, VariableDefinition address)
    {
        if (frame.Plan.Delayed.Contains(place.Node))
        {
            frame.LoadDense(place.Field, TypeOf(place)).Load(address).Load(frame.Count).Native(TypeOf(place).Size()).Emit(OpCodes.Mul).CopyBytes();
        }
    }

    private ElementType TypeOf(ResultPlace place) => frame.Graph.Nodes[place.Node].ResultType;
}
