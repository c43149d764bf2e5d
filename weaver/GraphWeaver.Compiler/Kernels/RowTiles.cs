using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Tiles of tensors whose rows lie side by side in memory, at distances that are even: every element is read and written in place, and going on to the next
/// row is one addition per tensor. What is added up is the distance from the tensor's first element, not the place itself, since no reference may point
/// far beyond the last row. New results are dense.
/// </summary>
/// <param name="rowStart">The first element of the row, in those of the kernel.</param>
internal sealed class RowTiles(ExecuteFrame frame, VariableDefinition rowStart) : IKernelTiles
{
    private readonly StageCode code = frame.Code;
    private readonly FlatTiles results = new(frame);
    private readonly Dictionary<int, VariableDefinition> places = [];
    private readonly Dictionary<int, VariableDefinition> strides = [];

    public void EmitBuffers()
    {
    }

    public void EmitStart()
    {
    }

    public void EmitCount(int phase) => results.EmitCount(phase);

    public void EmitAdvance()
    {
    }

    /// <summary>Stores, in bytes, where a row begins in every tensor and how far it is from there to the next.</summary>
    public void EmitFirstRow(VariableDefinition row)
    {
        foreach (int input in frame.Graph.Tensors)
        {
            int size = frame.Graph.Inputs[input].Type.Size();
            places[input] = code.Local(frame.References.IntPtr);
            strides[input] = code.Local(frame.References.IntPtr);
            LoadAccess(input).Load(row).Call(frame.Members.RowPlace).Native(size).Emit(OpCodes.Mul).Store(places[input]);
            LoadAccess(input).Call(frame.Members.RowStride).Native(size).Emit(OpCodes.Mul).Store(strides[input]);
        }
    }

    /// <summary>Goes on to the next row.</summary>
    public void EmitNextRow()
    {
        foreach (int input in frame.Graph.Tensors)
        {
            code.Load(places[input]).Load(strides[input]).Emit(OpCodes.Add).Store(places[input]);
        }
    }

    public void EmitReading(int input, VariableDefinition address) => LoadPlace(input).Store(address);

    public void EmitTarget(ResultPlace place, VariableDefinition address)
    {
        if (place.Destination is { } destination)
        {
            LoadPlace(destination).Store(address);
        }
        else
        {
            results.EmitTarget(place, address);
        }
    }

    public void EmitWriting(ResultPlace place, VariableDefinition address)
    {
        if (place.Destination is not { } destination)
        {
            results.EmitWriting(place, address);
        }
        else if (frame.Plan.Delayed.Contains(place.Node))
        {
            LoadPlace(destination).Load(address).Load(frame.Count).Native(frame.Graph.Inputs[destination].Type.Size()).Emit(OpCodes.Mul).CopyBytes();
        }
    }

    private StageCode LoadAccess(int input) => frame.LoadSpace().LoadThis().On(OpCodes.Ldfld, frame.Kernel.Accesses[input]!);

    /// <summary>Pushes the address of the position.</summary>
    private StageCode LoadPlace(int input)
    {
        code.LoadThis().On(OpCodes.Ldfld, frame.Kernel.Inputs[input]).Load(places[input]).Emit(OpCodes.Add);
        code.Load(frame.Position).Load(rowStart).Emit(OpCodes.Sub).Native(frame.Graph.Inputs[input].Type.Size()).Emit(OpCodes.Mul);
        return code.Emit(OpCodes.Add);
    }
}
