using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits what a kernel computes at one element: the loads, the operators in the graph's order, the stores. What is needed is computed, for another pass over a row again,
/// but for what that pass finds in memory (<see cref="DeviceRowMemory"/>).
/// </summary>
internal sealed class DeviceElementCode
{
    private readonly KernelGraph graph;
    private readonly DeviceMembers members;
    private readonly DeviceKernelType type;
    private readonly StageCode code;
    private readonly Dictionary<KernelValue, VariableDefinition> shared;
    private readonly Dictionary<KernelValue, VariableDefinition> values = [];
    private readonly DevicePosition position;
    private readonly DeviceRowMemory? memory;

    /// <param name="graph">The kernel.</param>
    /// <param name="members">What is called.</param>
    /// <param name="type">The kernel's structure.</param>
    /// <param name="code">The method.</param>
    /// <param name="shared">Values known before: of rows, or of a product.</param>
    /// <param name="position">The element; it has been started.</param>
    /// <param name="memory">What passes over a row leave to those after them; null where there is one pass.</param>
    public DeviceElementCode(
        KernelGraph graph, DeviceMembers members, DeviceKernelType type, StageCode code, Dictionary<KernelValue, VariableDefinition> shared, DevicePosition position,
        DeviceRowMemory? memory = null)
    {
        this.graph = graph;
        this.members = members;
        this.type = type;
        this.code = code;
        this.shared = shared;
        this.position = position;
        this.memory = memory;
    }

    /// <summary>Computes a node, and before it all it takes.</summary>
    public void EmitNode(int index)
    {
        var value = KernelValue.Node(index);
        if (shared.ContainsKey(value) || values.ContainsKey(value))
        {
            return;
        }

        KernelNode node = graph.Nodes[index];
        VariableDefinition local = code.Local(members.References.Element(node.ResultType));
        int? kept = memory?.RoomOf(index);
        if (kept is { } room && memory!.IsStored(index))
        {
            LoadRoom(room).Call(members.Get(node.ResultType)).Store(local);
            values.Add(value, local);
            return;
        }

        foreach (KernelValue operand in node.Operands)
        {
            Emit(operand);
        }

        foreach (KernelValue operand in node.Operands)
        {
            Load(operand);
        }

        code.Call(members.Operator(node)).Store(local);
        values.Add(value, local);
        if (kept is { } free)
        {
            Store(value, free);
        }
    }

    /// <summary>Loads an input's element, or computes a node.</summary>
    public void Emit(KernelValue value)
    {
        if (!value.IsInput)
        {
            EmitNode(value.Index);
        }
        else if (graph.Inputs[value.Index].IsTensor && !shared.ContainsKey(value) && !values.ContainsKey(value))
        {
            VariableDefinition local = code.Local(members.References.Element(graph.Inputs[value.Index].Type));
            code.LoadThis().On(OpCodes.Ldflda, type.Inputs[value.Index]!);
            position.LoadPlace(value.Index);
            code.Call(members.Get(graph.Inputs[value.Index].Type)).Store(local);
            values.Add(value, local);
        }
    }

    /// <summary>Pushes a value that was loaded or computed, or a scalar.</summary>
    public StageCode Load(KernelValue value) =>
        shared.TryGetValue(value, out VariableDefinition? local) || values.TryGetValue(value, out local) ? code.Load(local) : code.LoadThis().On(OpCodes.Ldfld, type.Inputs[value.Index]!);

    /// <summary>Computes and stores what is given out at every element.</summary>
    public void EmitResults()
    {
        var outputs = Enumerable.Range(0, graph.Outputs.Count).Where(output => graph.ShapeOf(KernelValue.Node(graph.Outputs[output])) == KernelShape.Elements).ToList();
        outputs.ForEach(output => EmitNode(graph.Outputs[output]));
        foreach (KernelDestination destination in graph.Destinations)
        {
            EmitNode(destination.Node);
        }

        foreach (int output in outputs)
        {
            Store(KernelValue.Node(graph.Outputs[output]), output);
        }

        for (int destination = 0; destination < graph.Destinations.Count; destination++)
        {
            Store(KernelValue.Node(graph.Destinations[destination].Node), graph.Outputs.Count + destination);
        }
    }

    private void Store(KernelValue value, int room)
    {
        LoadRoom(room);
        Load(value).Call(members.Set(graph.Nodes[value.Index].ResultType));
    }

    /// <summary>Pushes the view and the place of the element in an output or, after those, in a destination.</summary>
    private StageCode LoadRoom(int room)
    {
        if (room < graph.Outputs.Count)
        {
            code.LoadThis().On(OpCodes.Ldflda, type.Outputs[room]!);
            position.LoadIndex();
        }
        else
        {
            int input = graph.Destinations[room - graph.Outputs.Count].Input;
            code.LoadThis().On(OpCodes.Ldflda, type.Inputs[input]!);
            position.LoadPlace(input);
        }

        return code;
    }
}
