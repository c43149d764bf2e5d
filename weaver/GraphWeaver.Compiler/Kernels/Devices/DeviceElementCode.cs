using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits what a kernel computes at one element: the loads, the operators in the graph's order, the stores. Everything is computed where it is needed, again for
/// another pass over a row: a device waits for memory, not for arithmetic.
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

    /// <param name="graph">The kernel.</param>
    /// <param name="members">What is called.</param>
    /// <param name="type">The kernel's structure.</param>
    /// <param name="code">The method.</param>
    /// <param name="shared">Values known before: of rows, or of a product.</param>
    /// <param name="position">The element; it has been started.</param>
    public DeviceElementCode(
        KernelGraph graph, DeviceMembers members, DeviceKernelType type, StageCode code, Dictionary<KernelValue, VariableDefinition> shared, DevicePosition position)
    {
        this.graph = graph;
        this.members = members;
        this.type = type;
        this.code = code;
        this.shared = shared;
        this.position = position;
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
        foreach (KernelValue operand in node.Operands)
        {
            Emit(operand);
        }

        foreach (KernelValue operand in node.Operands)
        {
            Load(operand);
        }

        VariableDefinition local = code.Local(members.References.Element(node.ResultType));
        code.Call(members.Operator(node)).Store(local);
        values.Add(value, local);
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
            code.LoadThis().On(OpCodes.Ldflda, type.Outputs[output]!);
            position.LoadIndex();
            Load(KernelValue.Node(graph.Outputs[output])).Call(members.Set(graph.Nodes[graph.Outputs[output]].ResultType));
        }

        foreach (KernelDestination destination in graph.Destinations)
        {
            code.LoadThis().On(OpCodes.Ldflda, type.Inputs[destination.Input]!);
            position.LoadPlace(destination.Input);
            Load(KernelValue.Node(destination.Node)).Call(members.Set(graph.Inputs[destination.Input].Type));
        }
    }
}
