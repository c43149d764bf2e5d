using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits <c>void Execute(int row, int length, DevicePlace first)</c>: one row, which one group of threads computes. A thread takes every so-many-th element. For each phase of the graph the group goes over
/// the row once, and puts what its threads have come to together in shared memory; the last pass writes, when every element has been read for the
/// last time but by the thread that writes it. Values of the row are computed by every thread alike.
/// </summary>
internal sealed class DeviceRowsEmitter
{
    private readonly KernelGraph graph;
    private readonly KernelPlan plan;
    private readonly DeviceRowMemory memory;
    private readonly DeviceMembers members;
    private readonly DeviceKernelType type;
    private readonly RuntimeReferences references;
    private readonly StageCode code;
    private readonly ParameterDefinition row;
    private readonly ParameterDefinition length;
    private readonly VariableDefinition column;
    private readonly RowPosition position;
    private readonly Dictionary<KernelValue, VariableDefinition> known = [];

    public DeviceRowsEmitter(KernelGraph graph, DeviceMembers members, DeviceKernelType type)
    {
        this.graph = graph;
        plan = new KernelPlan(graph);
        memory = new DeviceRowMemory(graph, plan);
        this.members = members;
        this.type = type;
        references = members.References;
        code = type.Implementation("Execute");
        row = code.Parameter(references.Int32);
        length = code.Parameter(references.Int32);
        column = code.Local(references.Int32);
        ParameterDefinition place = code.Parameter(members.Place);
        position = new RowPosition(members, type, code, () => code.Load(place), () => code.Load(row).Load(length).Emit(OpCodes.Mul), () => code.Load(column));
    }

    public MethodDefinition Emit()
    {
        position.EmitStart();
        for (int phase = 0; phase < plan.Phases; phase++)
        {
            EmitRowValues();
            List<int> reductions = plan.RowReductions(phase).ToList();
            if (reductions.Count > 0)
            {
                EmitReductions(reductions);
            }
        }

        EmitRowValues();
        if (graph.Destinations.Count > 0 || graph.Outputs.Any(output => graph.ShapeOf(KernelValue.Node(output)) == KernelShape.Elements))
        {
            EmitPass(element => element.EmitResults());
        }

        for (int output = 0; output < graph.Outputs.Count; output++)
        {
            var value = KernelValue.Node(graph.Outputs[output]);
            if (graph.ShapeOf(value) == KernelShape.Row)
            {
                code.LoadThis().On(OpCodes.Ldflda, type.Outputs[output]!).Load(row).Load(known[value]).Call(members.SetByFirst(graph.TypeOf(value)));
            }
        }

        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }

    /// <summary>Computes the operators on values of the row for which all is known.</summary>
    private void EmitRowValues()
    {
        foreach (int index in Enumerable.Range(0, graph.Nodes.Count))
        {
            KernelNode node = graph.Nodes[index];
            var value = KernelValue.Node(index);
            if (!node.IsRowReduction && !known.ContainsKey(value) && graph.ShapeOf(value) == KernelShape.Row
                && node.Operands.All(operand => operand.IsInput || known.ContainsKey(operand)))
            {
                foreach (KernelValue operand in node.Operands)
                {
                    if (operand.IsInput)
                    {
                        code.LoadThis().On(OpCodes.Ldfld, type.Inputs[operand.Index]!);
                    }
                    else
                    {
                        code.Load(known[operand]);
                    }
                }

                known[value] = code.Local(references.Element(node.ResultType));
                code.Call(members.Operator(node)).Store(known[value]);
            }
        }
    }

    private void EmitReductions(List<int> reductions)
    {
        var running = reductions.ToDictionary(reduction => reduction, reduction => code.Local(references.Element(graph.Nodes[reduction].ElementType)));
        foreach (int reduction in reductions)
        {
            code.Identity(graph.Nodes[reduction], references).Store(running[reduction]);
        }

        EmitPass(element =>
        {
            foreach (int reduction in reductions)
            {
                KernelNode node = graph.Nodes[reduction];
                element.Emit(node.Operands[0]);
                code.Load(running[reduction]);
                element.Load(node.Operands[0]).Call(members.Accumulate(node)).Store(running[reduction]);
            }
        });
        foreach (int reduction in reductions)
        {
            KernelNode node = graph.Nodes[reduction];
            code.Load(running[reduction]).Call(members.ReduceGroup(node));
            if (node.Row.Members[0] == "Mean")
            {
                code.Load(length).Call(members.Mean(node));
            }

            code.Store(running[reduction]);
            known[KernelValue.Node(reduction)] = running[reduction];
        }
    }

    /// <summary>A loop over the elements of the row that are this thread's.</summary>
    private void EmitPass(Action<DeviceElementCode> emit)
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        code.Call(members.FirstOfThread).Store(column).Branch(OpCodes.Br, check);
        code.Mark(body);
        emit(new DeviceElementCode(graph, members, type, code, known, position, memory));
        code.Load(column).Call(members.ThreadsOfGroup).Emit(OpCodes.Add).Store(column);
        code.Mark(check).Load(column).Load(length).Branch(OpCodes.Blt, body);
    }
}
