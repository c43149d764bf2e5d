using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Tiles of tensors of any layout, over a <c>KernelSpace</c>: it says for every tile where its elements are, or gathers them into a buffer, and
/// scatters what is written from one. New results are dense.
/// </summary>
internal sealed class SpaceTiles(ExecuteFrame frame) : IKernelTiles
{
    private readonly StageCode code = frame.Code;
    private readonly VariableDefinition tile = frame.Code.Local(frame.Members.Tile);
    private readonly FlatTiles results = new(frame);
    private readonly Dictionary<int, VariableDefinition> gathered = [];
    private readonly Dictionary<int, VariableDefinition> scattered = [];

    /// <summary>What the buffers take for each element of a tile.</summary>
    public static int BytesPerElement(KernelGraph graph) =>
        graph.Tensors.Concat(graph.Destinations.Select(destination => destination.Input)).Sum(input => graph.Inputs[input].Type.Size());

    public void EmitBuffers()
    {
        foreach (int input in frame.Graph.Tensors)
        {
            gathered[input] = frame.EmitBuffer(frame.Graph.Inputs[input].Type);
        }

        foreach (KernelDestination destination in frame.Graph.Destinations)
        {
            scattered[destination.Input] = frame.EmitBuffer(frame.Graph.Inputs[destination.Input].Type);
        }
    }

    public void EmitStart() => frame.LoadSpace().LoadAddress(tile).Load(frame.Position).Call(frame.Members.SeekTile);

    public void EmitCount(int phase)
    {
        frame.LoadSpace().LoadAddress(tile).Load(frame.Limit).Load(frame.Position).Emit(OpCodes.Sub).Native(frame.TileLength);
        code.Number(frame.Plan.IsTiled(phase) ? 1 : 0).Call(frame.Members.CountTile).Store(frame.Count);
    }

    public void EmitAdvance() => frame.LoadSpace().LoadAddress(tile).Load(frame.Count).Load(frame.Position).Call(frame.Members.AdvanceTile);

    public void EmitReading(int input, VariableDefinition address)
    {
        LoadAccess(input);
        code.Load(frame.Count).Load(gathered[input]).Call(frame.Members.ReadTile(Element(input))).Store(address);
    }

    public void EmitTarget(ResultPlace place, VariableDefinition address)
    {
        if (place.Destination is { } destination)
        {
            LoadAccess(destination);
            code.Load(scattered[destination]).Call(frame.Members.TargetTile(Element(destination))).Store(address);
        }
        else
        {
            results.EmitTarget(place, address);
        }
    }

    public void EmitWriting(ResultPlace place, VariableDefinition address)
    {
        if (place.Destination is { } destination)
        {
            LoadAccess(destination);
            code.Load(frame.Count).Load(address).Call(frame.Members.WriteTile(Element(destination)));
        }
        else
        {
            results.EmitWriting(place, address);
        }
    }

    /// <summary>Pushes the space, an input's first element, its access and the tile.</summary>
    private void LoadAccess(int input)
    {
        frame.LoadSpace().LoadThis().On(OpCodes.Ldfld, frame.Kernel.Inputs[input]);
        code.LoadThis().On(OpCodes.Ldfld, frame.Kernel.Accesses[input]!).LoadAddress(tile);
    }

    private TypeReference Element(int input) => frame.References.Element(frame.Graph.Inputs[input].Type);
}
