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
    private readonly KernelGraph graph = frame.Graph;
    private readonly KernelPlan plan = frame.Plan;
    private readonly RuntimeReferences references = frame.References;
    private readonly StageCode code = frame.Code;
    private readonly Dictionary<KernelValue, VariableDefinition> addresses = [];
    private readonly Dictionary<int, VariableDefinition> rowBuffers = [];
    private readonly Dictionary<int, VariableDefinition> rowValues = [];
    private readonly Dictionary<int, VariableDefinition> running = [];
    private readonly Dictionary<int, VariableDefinition> filled = [];
    private VariableDefinition? rowMemory;

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
        if (rowMemory is not null)
        {
            code.Load(rowMemory).Call(frame.Members.ReturnRows);
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

    /// <summary>One block of memory for every buffer that is as long as a row.</summary>
    private void EmitRowBuffers()
    {
        if (rowBuffers.Count == 0)
        {
            return;
        }

        VariableDefinition block = rowMemory = code.Local(references.IntPtr);
        frame.LoadRowLength().Native(rowBuffers.Keys.Sum(node => graph.Nodes[node].ResultType.Size())).Emit(OpCodes.Mul).Call(frame.Members.RentRows).Store(block);
        VariableDefinition next = code.Local(references.IntPtr);
        code.Load(block).Store(next);
        foreach (KeyValuePair<int, VariableDefinition> buffer in rowBuffers.OrderByDescending(buffer => graph.Nodes[buffer.Key].ResultType.Size()))
        {
            code.Load(next).Store(buffer.Value);
            code.Load(next);
            frame.LoadRowLength().Native(graph.Nodes[buffer.Key].ResultType.Size()).Emit(OpCodes.Mul).Emit(OpCodes.Add).Store(next);
        }
    }

    private VariableDefinition Address(ElementType type) => code.Local(new ByReferenceType(references.Element(type)));
}
