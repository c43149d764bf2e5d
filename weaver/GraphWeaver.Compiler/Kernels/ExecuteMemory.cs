using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Where the run over a chunk has its values. Of what has an element for each of the kernel's, a local has the address of the tile's first: in a
/// tensor, in a buffer for a tile on the stack, or, where a later phase reads it again, in a buffer as long as a row. A row's value is a local, and
/// so is what a reduction has come to.
/// </summary>
internal sealed class ExecuteMemory(ExecuteFrame frame)
{
    /// <summary>Bytes of all buffers as long as a row that go on the stack; longer ones cost little beside the row.</summary>
    private const int ShortRowBytes = 8 * 1024;

    private const int RowAlignment = 64;

    private readonly KernelGraph graph = frame.Graph;
    private readonly KernelPlan plan = frame.Plan;
    private readonly RuntimeReferences references = frame.References;
    private readonly StageCode code = frame.Code;
    private readonly Dictionary<KernelValue, VariableDefinition> addresses = [];
    private readonly Dictionary<int, VariableDefinition> rowBuffers = [];
    private readonly Dictionary<int, VariableDefinition> rowValues = [];
    private readonly Dictionary<int, VariableDefinition> running = [];
    private readonly Dictionary<int, VariableDefinition> filled = [];
    private VariableDefinition? rented;

    /// <summary>Emits the buffers and makes the locals.</summary>
    public void EmitBuffers()
    {
        foreach (int input in graph.Tensors)
        {
            addresses[KernelValue.Input(input)] = Address(graph.Inputs[input].Type);
        }

        foreach (int node in frame.Places.Select(place => place.Node).Except(plan.Delayed))
        {
            addresses[KernelValue.Node(node)] = Address(graph.Nodes[node].ResultType);
        }

        foreach (int node in plan.Buffered)
        {
            if (plan.CrossesPhases(node))
            {
                addresses[KernelValue.Node(node)] = code.Local(references.IntPtr);
                rowBuffers[node] = code.Local(references.IntPtr);
            }
            else
            {
                addresses[KernelValue.Node(node)] = frame.EmitBuffer(graph.Nodes[node].ResultType);
            }
        }

        foreach (int node in Enumerable.Range(0, graph.Nodes.Count))
        {
            EmitValue(node);
        }

        EmitRowBuffers();
    }

    /// <summary>Gives the buffers back that are not on the stack.</summary>
    public void EmitFreeing()
    {
        if (rented is not null)
        {
            Instruction none = StageCode.Label();
            code.Load(rented).Branch(OpCodes.Brfalse, none);
            code.Load(rented).Call(frame.Members.ReturnRows).Mark(none);
        }
    }

    /// <summary>Stores where the tile's elements are in the buffers that are as long as a row, of those that a phase uses.</summary>
    public void EmitRowAddresses(int phase, VariableDefinition rowStart)
    {
        foreach (KeyValuePair<int, VariableDefinition> buffer in rowBuffers.Where(buffer => plan.IsUsedIn(phase, buffer.Key)))
        {
            code.Load(buffer.Value).Load(frame.Position).Load(rowStart).Emit(OpCodes.Sub).Native(graph.Nodes[buffer.Key].ResultType.Size()).Emit(OpCodes.Mul);
            code.Emit(OpCodes.Add).Store(Address(KernelValue.Node(buffer.Key)));
        }
    }

    /// <summary>The local with the address of the tile's first element.</summary>
    public VariableDefinition Address(KernelValue value) => addresses[value];

    /// <summary>The local with what a reduction has come to, be it of all elements or of a row's.</summary>
    public VariableDefinition Running(int reduction) => graph.Nodes[reduction].IsReduction ? running[reduction] : rowValues[reduction];

    /// <summary>The local with a row's value.</summary>
    public VariableDefinition RowValue(int node) => rowValues[node];

    /// <summary>The buffer for a tile of a row's value.</summary>
    public VariableDefinition Filled(int node) => filled[node];

    /// <summary>Pushes where a stage finds the elements of a value, or puts them.</summary>
    public StageCode LoadAddress(KernelValue value) => !value.IsInput && rowValues.TryGetValue(value.Index, out VariableDefinition? row)
        ? code.LoadAddress(row)
        : code.Load(Address(value));

    /// <summary>Pushes a value that holds for all elements, or for those of the row.</summary>
    public StageCode LoadValue(KernelValue value) => value.IsInput
        ? code.LoadThis().On(OpCodes.Ldfld, frame.Kernel.Inputs[value.Index])
        : code.Load(rowValues[value.Index]);

    private void EmitValue(int index)
    {
        KernelNode node = graph.Nodes[index];
        if (node.IsReduction)
        {
            running[index] = code.Local(frame.Members.State(node));
        }
        else if (graph.ShapeOf(KernelValue.Node(index)) == KernelShape.Row)
        {
            rowValues[index] = code.Local(references.Element(node.ResultType));
            if (plan.FillsTiles(index))
            {
                filled[index] = frame.EmitBuffer(node.ResultType);
            }
        }
    }

    /// <summary>One block of memory for every buffer that is as long as a row: on the stack, from a multiple of the widest vector on, where rows are short.</summary>
    private void EmitRowBuffers()
    {
        if (rowBuffers.Count == 0)
        {
            return;
        }

        VariableDefinition next = code.Local(references.IntPtr);
        code.Number(ShortRowBytes + RowAlignment).Emit(OpCodes.Conv_U).Emit(OpCodes.Localloc).Native(RowAlignment - 1).Emit(OpCodes.Add);
        code.Native(-RowAlignment).Emit(OpCodes.And).Store(next);
        rented = code.Local(references.IntPtr);
        code.Native(0).Store(rented);
        Instruction isShort = StageCode.Label();
        VariableDefinition bytes = code.Local(references.IntPtr);
        code.Load(frame.RowLength).Native(rowBuffers.Keys.Sum(node => graph.Nodes[node].ResultType.Size())).Emit(OpCodes.Mul).Store(bytes);
        code.Load(bytes).Native(ShortRowBytes).Branch(OpCodes.Ble, isShort);
        code.Load(bytes).Call(frame.Members.RentRows).Store(rented);
        code.Load(rented).Store(next).Mark(isShort);
        foreach (KeyValuePair<int, VariableDefinition> buffer in rowBuffers.OrderByDescending(buffer => graph.Nodes[buffer.Key].ResultType.Size()))
        {
            code.Load(next).Store(buffer.Value);
            code.Load(next).Load(frame.RowLength).Native(graph.Nodes[buffer.Key].ResultType.Size()).Emit(OpCodes.Mul).Emit(OpCodes.Add).Store(next);
        }
    }

    private VariableDefinition Address(ElementType type) => code.Local(new ByReferenceType(references.Element(type)));
}
