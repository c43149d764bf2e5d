using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// How the run over a chunk comes to the elements of a tile, which stages only see side by side: one form for tensors that are dense and of one
/// shape, one for all.
/// </summary>
internal interface IKernelTiles
{
    /// <summary>Emits the buffers it needs.</summary>
    public void EmitBuffers();

    /// <summary>Goes to the position, where a loop over tiles begins.</summary>
    public void EmitStart();

    /// <summary>Stores how many elements the tile at the position has.</summary>
    public void EmitCount(int phase);

    /// <summary>Goes on to the position, where the tile has ended.</summary>
    public void EmitAdvance();

    /// <summary>Stores where the tile's elements of an input are.</summary>
    public void EmitReading(int input, VariableDefinition address);

    /// <summary>Stores where a stage may write the tile's elements of a node to.</summary>
    public void EmitTarget(ResultPlace place, VariableDefinition address);

    /// <summary>Puts what was computed beside its place there, at the end of a tile.</summary>
    public void EmitWriting(ResultPlace place, VariableDefinition address);
}
