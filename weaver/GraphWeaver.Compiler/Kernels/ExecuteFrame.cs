using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// The method of a kernel's structure that runs the stages over one chunk, as yet without instructions: its parameters, the locals that say which
/// tile it is at, and how long tiles are. All that emits a part of the method shares one.
/// </summary>
internal sealed class ExecuteFrame
{
    /// <summary>Elements of a tile, at most: 512 elements of a few buffers stay in the first-level cache.</summary>
    private const int LongestTile = 512;

    /// <summary>Bytes of all tile buffers together, at most: they are on the stack of a thread whose size is not ours to choose.</summary>
    private const int StackBytes = 128 * 1024;

    public ExecuteFrame(KernelGraph graph, KernelPlan plan, KernelMembers members, KernelTypeEmitter kernel, ExecuteForm form)
    {
        Graph = graph;
        Plan = plan;
        Members = members;
        Kernel = kernel;
        Code = new StageCode(new MethodDefinition("Execute" + form, MethodAttributes.Assembly | MethodAttributes.HideBySig, References.Boolean));
        Code.Method.Body.InitLocals = false;
        Chunk = Code.Parameter(References.Int32);
        Start = Code.Parameter(References.IntPtr);
        End = Code.Parameter(References.IntPtr);
        RowLength = Code.Local(References.IntPtr);
        Position = Code.Local(References.IntPtr);
        Limit = Code.Local(References.IntPtr);
        Count = Code.Local(References.IntPtr);
        int bytesPerElement = plan.Buffered.Sum(node => graph.Nodes[node].ResultType.Size()) + (form == ExecuteForm.Space ? SpaceTiles.BytesPerElement(graph) : 0);
        TileLength = Math.Min(LongestTile, Math.Max(64, StackBytes / (2 * Math.Max(1, bytesPerElement)) / 64 * 64));
        Places =
        [
            .. graph.Outputs.Select((node, output) => new ResultPlace(node, kernel.Outputs[output], null))
                .Where(place => graph.ShapeOf(KernelValue.Node(place.Node)) == KernelShape.Elements),
            .. graph.Destinations.Select(destination => new ResultPlace(destination.Node, kernel.Inputs[destination.Input], destination.Input)),
        ];
    }

    public KernelGraph Graph { get; }

    public KernelPlan Plan { get; }

    public KernelMembers Members { get; }

    public RuntimeReferences References => Members.References;

    public KernelTypeEmitter Kernel { get; }

    public StageCode Code { get; }

    /// <summary>The chunk's number.</summary>
    public ParameterDefinition Chunk { get; }

    /// <summary>The chunk's first element, or its first row.</summary>
    public ParameterDefinition Start { get; }

    /// <summary>What comes after the chunk's last element, or its last row.</summary>
    public ParameterDefinition End { get; }

    /// <summary>The tile's first element.</summary>
    public VariableDefinition Position { get; }

    /// <summary>What comes after the last element of the loop over tiles.</summary>
    public VariableDefinition Limit { get; }

    /// <summary>How many elements a row has, where the method goes row by row.</summary>
    public VariableDefinition RowLength { get; }

    /// <summary>How many elements the tile has.</summary>
    public VariableDefinition Count { get; }

    /// <summary>Where the kernel goes that must not go on.</summary>
    public Instruction GiveUp { get; } = StageCode.Label();

    /// <summary>Elements of a tile: fewer where there are many buffers.</summary>
    public int TileLength { get; }

    /// <summary>A last tile is up to twice as long, so that none is too short for the vector code of the tile operators.</summary>
    public int TileCapacity => 2 * TileLength;

    /// <summary>Where every node goes that is given out and has all the kernel's elements.</summary>
    public IReadOnlyList<ResultPlace> Places { get; }

    public StageCode LoadSpace() => Code.LoadThis().On(OpCodes.Ldfld, Kernel.Space);

    /// <summary>Pushes the address of the position in memory that is dense.</summary>
    public StageCode LoadDense(FieldDefinition first, ElementType type) =>
        Code.LoadThis().On(OpCodes.Ldfld, first).Load(Position).Native(type.Size()).Emit(OpCodes.Mul).Emit(OpCodes.Add);

    /// <summary>A buffer for a tile, on the stack.</summary>
    public VariableDefinition EmitBuffer(ElementType type)
    {
        VariableDefinition buffer = Code.Local(References.IntPtr);
        Code.Number(TileCapacity * type.Size()).Emit(OpCodes.Conv_U).Emit(OpCodes.Localloc).Store(buffer);
        return buffer;
    }
}
