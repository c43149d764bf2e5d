using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits a register stage for one vector width: <c>static void (ref T reads..., scalars..., ref T writes..., ref T running..., nint
/// count)</c>. One loop over whole vectors; the elements left over go through the same loop body once more: with those before them that fill up a vector,
/// where computing those twice changes nothing, else by way of register-sized buffers filled up with ones. So there is only one semantics. Reductions keep one vector of lanes; in the pass over the left-over
/// elements only the lanes that have one count. Where little else is computed, each addition would wait for the one before: then a loop over four
/// vectors with lanes of their own comes first.
/// </summary>
internal sealed class VectorStageEmitter
{
    /// <summary>Vectors of lanes that a reduction keeps side by side: what an addition's latency asks for.</summary>
    private const int Unrolled = 4;

    /// <summary>The cost of a stage, in additions, from which its other operators hide the latency of its reductions.</summary>
    private const int HidesLatency = 12;

    private readonly KernelGraph graph;
    private readonly KernelPlan plan;
    private readonly int stage;
    private readonly int width;
    private readonly KernelMembers members;
    private readonly RuntimeReferences references;
    private readonly ElementType elementType;
    private readonly TypeReference element;
    private readonly TypeReference vector;
    private readonly StageCode code;
    private readonly VectorOperators operators;
    private readonly Dictionary<int, VariableDefinition[]> accumulators = [];
    private readonly Dictionary<KernelValue, ParameterDefinition> reads = [];
    private readonly Dictionary<KernelValue, ParameterDefinition> scalars = [];
    private readonly Dictionary<int, ParameterDefinition> writes = [];
    private readonly Dictionary<int, ParameterDefinition> running = [];
    private readonly ParameterDefinition count;

    public VectorStageEmitter(KernelGraph graph, KernelPlan plan, int stage, int width, KernelMembers members)
    {
        this.graph = graph;
        this.plan = plan;
        this.stage = stage;
        this.width = width;
        this.members = members;
        references = members.References;
        elementType = graph.Nodes[plan.Stages[stage][0]].ElementType;
        element = references.Element(elementType);
        vector = references.Vector(width, element);
        var method = new MethodDefinition(
            $"Stage{stage}Width{width}", MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig,
            references.Void);
        code = new StageCode(method);
        operators = new VectorOperators(code, members, width, elementType);
        method.Body.InitLocals = false;

        // Inlined into its caller, the loop would compete with the other stages for the compiler's inlining budget.
        method.NoInlining = true;
        foreach (KernelValue read in plan.Reads(stage))
        {
            reads[read] = code.Parameter(new ByReferenceType(element));
        }

        foreach (KernelValue scalar in plan.Scalars(stage))
        {
            scalars[scalar] = code.Parameter(references.Element(graph.TypeOf(scalar)));
        }

        foreach (int write in plan.Writes(stage))
        {
            writes[write] = code.Parameter(new ByReferenceType(element));
        }

        foreach (int reduction in plan.Reductions(stage))
        {
            running[reduction] = code.Parameter(new ByReferenceType(element));
        }

        count = code.Parameter(references.IntPtr);
    }

    private int VectorBytes => width / 8;

    private int Lanes => running.Count > 0 && plan.Stages[stage].Sum(node => graph.Nodes[node].Row.Cost) < HidesLatency ? Unrolled : 1;

    public MethodDefinition Emit()
    {
        VariableDefinition offset = code.Local(references.IntPtr);
        VariableDefinition last = code.Local(references.IntPtr);
        VariableDefinition tail = code.Local(references.IntPtr);
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        Instruction afterTail = StageCode.Label();
        Instruction end = StageCode.Label();

        EmitBroadcasts();
        code.Native(0).Store(offset).Native(0).Store(tail);
        code.Load(count).Native(elementType.Size()).Emit(OpCodes.Mul).Native(VectorBytes).Emit(OpCodes.Sub).Store(last);
        if (Lanes > 1)
        {
            EmitUnrolledLoop(offset, last);
        }

        code.Branch(OpCodes.Br, check);

        code.Mark(body);
        EmitBody(offset, 0);
        code.Load(offset).Native(VectorBytes).Emit(OpCodes.Add).Store(offset);
        code.Mark(check).Load(offset).Load(last).Branch(OpCodes.Ble, body);

        code.Load(tail).Branch(OpCodes.Brtrue, afterTail);
        code.Load(last).Native(VectorBytes).Emit(OpCodes.Add).Load(offset).Emit(OpCodes.Sub).Store(tail);
        code.Load(tail).Branch(OpCodes.Brfalse, end);
        if (running.Count == 0)
        {
            EmitRepetition(offset, last, tail, body);
        }

        Action finishTail = EmitTailBuffers(offset, tail);
        code.Native(0).Store(offset).Native(0).Store(last).Branch(OpCodes.Br, body);

        code.Mark(afterTail);
        finishTail();
        code.Mark(end);
        foreach (KeyValuePair<int, ParameterDefinition> reduction in running)
        {
            EmitLanesToRunning(reduction.Key, reduction.Value);
        }

        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: true);
    }

    /// <summary>Goes over several vectors at a time, as long as there are so many, and puts the lanes of each together.</summary>
    private void EmitUnrolledLoop(VariableDefinition offset, VariableDefinition last)
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        code.Branch(OpCodes.Br, check).Mark(body);
        for (int part = 0; part < Lanes; part++)
        {
            EmitBody(offset, part);
        }

        code.Load(offset).Native(Lanes * VectorBytes).Emit(OpCodes.Add).Store(offset);
        code.Mark(check).Load(offset).Native((Lanes - 1) * VectorBytes).Emit(OpCodes.Add).Load(last).Branch(OpCodes.Ble, body);
        foreach (KeyValuePair<int, VariableDefinition[]> reduction in accumulators)
        {
            foreach (VariableDefinition part in reduction.Value.Skip(1))
            {
                EmitAccumulation(graph.Nodes[reduction.Key], reduction.Value[0], part);
            }
        }
    }

    /// <summary>
    /// Goes back to the last whole vector. Not where there is none, or where elements were written over what they were computed from: guards have seen to it
    /// that what is written is that, from the first element on, or nothing of it.
    /// </summary>
    private void EmitRepetition(VariableDefinition offset, VariableDefinition last, VariableDefinition tail, Instruction body)
    {
        Instruction mustNot = StageCode.Label();
        code.Load(last).Native(0).Branch(OpCodes.Blt, mustNot);
        foreach (ParameterDefinition write in writes.Values)
        {
            foreach (ParameterDefinition read in reads.Values)
            {
                code.Load(write).Load(read).Branch(OpCodes.Beq, mustNot);
            }
        }

        code.Load(last).Store(offset).Native(0).Store(tail).Branch(OpCodes.Br, body);
        code.Mark(mustNot);
    }

    private void EmitAccumulation(KernelNode reduction, VariableDefinition lanes, VariableDefinition value) =>
        code.Load(lanes).Load(value).Call(members.VectorOperation(width, reduction.Emission.Name, element, 2)).Store(lanes);

    private void EmitBroadcasts()
    {
        foreach (KeyValuePair<KernelValue, ParameterDefinition> scalar in scalars.Where(scalar => operators.TakesLanes(plan.Stages[stage].Select(node => graph.Nodes[node]), scalar.Key)))
        {
            VariableDefinition local = code.Local(vector);
            operators.Values[scalar.Key] = local;
            code.Load(scalar.Value).Call(members.Broadcast(width, element)).Store(local);
        }

        operators.EmitOne();
        foreach (int reduction in plan.Reductions(stage))
        {
            accumulators[reduction] = [.. Enumerable.Range(0, Lanes).Select(_ => code.Local(vector))];
            foreach (VariableDefinition lanes in accumulators[reduction])
            {
                code.Identity(graph.Nodes[reduction], references).Call(members.Broadcast(width, element)).Store(lanes);
            }
        }
    }

    /// <summary>Emits the operators on the vector that is <paramref name="part"/> vectors after the offset.</summary>
    private void EmitBody(VariableDefinition offset, int part)
    {
        foreach (KeyValuePair<KernelValue, ParameterDefinition> read in reads)
        {
            VariableDefinition local = code.Local(vector);
            operators.Values[read.Key] = local;
            LoadPlace(read.Value, offset, part).On(OpCodes.Ldobj, vector).Store(local);
        }

        foreach (int index in plan.Stages[stage])
        {
            KernelNode node = graph.Nodes[index];
            if (node.IsReduction || node.IsRowReduction)
            {
                EmitAccumulation(node, accumulators[index][part], operators.Values[node.Operands[0]]);
                continue;
            }

            VariableDefinition local = code.Local(vector);
            operators.Values[KernelValue.Node(index)] = local;
            operators.Emit(node, operand => code.Load(scalars[operand]));
            code.Store(local);
        }

        foreach (KeyValuePair<int, ParameterDefinition> write in writes)
        {
            LoadPlace(write.Value, offset, part).Load(operators.Values[KernelValue.Node(write.Key)]).On(OpCodes.Stobj, vector);
        }
    }

    private StageCode LoadPlace(ParameterDefinition memory, VariableDefinition offset, int part)
    {
        code.Load(memory).Load(offset).Emit(OpCodes.Add);
        return part == 0 ? code : code.Native(part * VectorBytes).Emit(OpCodes.Add);
    }

    /// <summary>Points every read and write at a buffer of its own; what is returned emits the way back, after the pass.</summary>
    private Action EmitTailBuffers(VariableDefinition offset, VariableDefinition tail)
    {
        foreach (ParameterDefinition read in reads.Values)
        {
            VariableDefinition buffer = code.Local(vector);
            code.Load(operators.One).Store(buffer);
            code.LoadAddress(buffer).Load(read).Load(offset).Emit(OpCodes.Add).Load(tail).CopyBytes();
            code.LoadAddress(buffer).Store(read);
        }

        Action finish = () => { };
        foreach (ParameterDefinition write in writes.Values)
        {
            VariableDefinition buffer = code.Local(vector);
            VariableDefinition destination = code.Local(new ByReferenceType(element));
            code.Load(write).Load(offset).Emit(OpCodes.Add).Store(destination);
            code.LoadAddress(buffer).Store(write);
            finish += () => code.Load(destination).LoadAddress(buffer).Load(tail).CopyBytes();
        }

        foreach (VariableDefinition lanes in accumulators.Values.Select(parts => parts[0]))
        {
            VariableDefinition before = code.Local(vector);
            VariableDefinition after = code.Local(vector);
            code.Load(lanes).Store(before);
            finish += () =>
                code.Load(lanes).Store(after).LoadAddress(before).LoadAddress(after).Load(tail).CopyBytes().Load(before).Store(lanes);
        }

        return finish;
    }

    /// <summary>Puts the lanes together in halves, and the running value with what they come to.</summary>
    private void EmitLanesToRunning(int reduction, ParameterDefinition target)
    {
        KernelNode node = graph.Nodes[reduction];
        VariableDefinition lanes = accumulators[reduction][0];
        for (int half = width / 2; half >= 128; half /= 2)
        {
            VariableDefinition both = lanes;
            lanes = code.Local(references.Vector(half, element));
            code.Load(both).Call(members.VectorHalf(2 * half, "GetLower", element)).Load(both).Call(members.VectorHalf(2 * half, "GetUpper", element));
            code.Call(members.VectorOperation(half, node.Emission.Name, element, 2)).Store(lanes);
        }

        MethodReference together = members.VectorOperation(128, node.Emission.Name, element, 2);
        for (int distance = 8; distance >= elementType.Size(); distance /= 2)
        {
            code.Load(lanes).Load(lanes).Number(distance).Call(members.LanesBeyond(element)).Call(together).Store(lanes);
        }

        code.Load(target).Load(target).On(OpCodes.Ldobj, element).Call(members.Broadcast(128, element)).Load(lanes);
        code.Call(together).Call(members.FirstLane(element)).On(OpCodes.Stobj, element);
    }
}
