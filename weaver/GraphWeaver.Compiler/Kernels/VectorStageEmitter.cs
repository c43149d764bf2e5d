using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits a register stage for one vector width and at least a vector of elements (only of what a wider one has left there may be fewer): one loop over whole vectors. The elements left over go through the same
/// loop body once more, with those before them that fill up a vector: computing those twice changes nothing, and reductions keep the lanes that
/// have had them. Where elements were written over what they were computed from, that cannot be; then the stage of half the width goes on with
/// what is left over, and the narrowest one leaves it to <see cref="StageRestEmitter"/>. So there is only one semantics, and the loop has no call
/// around which vectors would have to be kept in memory. Where little else than a reduction is computed, each addition would wait for the one
/// before: then a loop over four vectors with lanes of their own comes first.
/// </summary>
internal sealed class VectorStageEmitter
{
    /// <summary>Vectors of lanes that a reduction keeps side by side: what an addition's latency asks for.</summary>
    private const int Unrolled = 4;

    /// <summary>The cost of a stage, in additions, from which its other operators hide the latency of its reductions.</summary>
    private const int HidesLatency = 12;

    private readonly VectorStage stage;
    private readonly StageCode code;
    private readonly MethodDefinition narrower;
    private readonly VariableDefinition offset;
    private readonly VariableDefinition last;
    private readonly VariableDefinition left;
    private readonly VariableDefinition undone;

    /// <param name="narrower">The method for fewer elements than a vector has.</param>
    public VectorStageEmitter(KernelGraph graph, KernelPlan plan, int stage, int width, KernelMembers members, MethodDefinition narrower)
    {
        bool isLatencyHidden = plan.Reductions(stage).Count == 0 || plan.Stages[stage].Sum(node => graph.Nodes[node].Row.Cost) >= HidesLatency;
        this.stage = new VectorStage(graph, plan, stage, $"Stage{stage}Width{width}", width, isLatencyHidden ? 1 : Unrolled, members);
        this.narrower = narrower;
        code = this.stage.Code;
        offset = code.Local(members.References.IntPtr);
        last = code.Local(members.References.IntPtr);
        left = code.Local(members.References.IntPtr);
        undone = code.Local(members.References.IntPtr);
    }

    private bool IsInPlaceSomewhere => stage.Reads.Count > 0 && stage.Writes.Count > 0;

    public MethodDefinition Emit()
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        Instruction afterRepetition = StageCode.Label();
        Instruction end = StageCode.Label();
        Instruction leave = StageCode.Label();

        code.Native(0).Store(offset).Native(0).Store(left);
        code.Load(stage.Count).Native(stage.Type.Size()).Emit(OpCodes.Mul).Store(undone);
        code.Load(undone).Native(stage.VectorBytes).Emit(OpCodes.Sub).Store(last);
        if (IsInPlaceSomewhere)
        {
            code.Load(last).Native(0).Branch(OpCodes.Blt, leave);
        }

        code.Native(0).Store(undone);
        stage.EmitBroadcasts();
        if (stage.Lanes > 1)
        {
            EmitUnrolledLoop();
            code.Branch(OpCodes.Br, check);
        }

        code.Mark(body);
        stage.EmitBody(offset, 0);
        code.Load(offset).Native(stage.VectorBytes).Emit(OpCodes.Add).Store(offset);
        code.Mark(check).Load(offset).Load(last).Branch(OpCodes.Ble, body);

        code.Load(left).Branch(OpCodes.Brtrue, afterRepetition);
        code.Load(last).Native(stage.VectorBytes).Emit(OpCodes.Add).Load(offset).Emit(OpCodes.Sub).Store(left);
        code.Load(left).Branch(OpCodes.Brfalse, end);
        EmitRepetition(body, end, afterRepetition);

        code.Mark(end);
        foreach (int reduction in stage.Running.Keys)
        {
            stage.EmitLanesToRunning(reduction);
        }

        code.Mark(leave);
        EmitUndone();
        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: true);
    }

    /// <summary>Goes over several vectors at a time, as long as there are so many, and puts the lanes of each together.</summary>
    private void EmitUnrolledLoop()
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        code.Branch(OpCodes.Br, check).Mark(body);
        for (int part = 0; part < stage.Lanes; part++)
        {
            stage.EmitBody(offset, part);
        }

        code.Load(offset).Native(stage.Lanes * stage.VectorBytes).Emit(OpCodes.Add).Store(offset);
        code.Mark(check).Load(offset).Native((stage.Lanes - 1) * stage.VectorBytes).Emit(OpCodes.Add).Load(last).Branch(OpCodes.Ble, body);
        foreach (KeyValuePair<int, VariableDefinition[]> reduction in stage.Accumulators)
        {
            foreach (VariableDefinition part in reduction.Value.Skip(1))
            {
                stage.EmitAccumulation(reduction.Key, reduction.Value[0], part);
            }
        }
    }

    /// <summary>
    /// Goes back to the last whole vector, or leaves the rest undone where elements were written over what they were computed from: guards have seen to it
    /// that what is written is that, from the first element on, or nothing of it.
    /// </summary>
    private void EmitRepetition(Instruction body, Instruction end, Instruction afterRepetition)
    {
        Instruction mustNot = StageCode.Label();
        foreach (ParameterDefinition write in stage.Writes.Values)
        {
            foreach (ParameterDefinition read in stage.Reads.Values)
            {
                code.Load(write).Load(read).Branch(OpCodes.Beq, mustNot);
            }
        }

        var before = stage.Accumulators.ToDictionary(reduction => reduction.Value[0], _ => code.Local(stage.Vector));
        foreach (KeyValuePair<VariableDefinition, VariableDefinition> lanes in before)
        {
            code.Load(lanes.Key).Store(lanes.Value);
        }

        code.Load(last).Store(offset).Branch(OpCodes.Br, body);
        if (IsInPlaceSomewhere)
        {
            code.Mark(mustNot).Load(left).Store(undone).Branch(OpCodes.Br, end);
        }

        code.Mark(afterRepetition);
        foreach (KeyValuePair<VariableDefinition, VariableDefinition> lanes in before)
        {
            VariableDefinition after = code.Local(stage.Vector);
            code.Load(lanes.Key).Store(after).Load(lanes.Value).Store(lanes.Key);
            stage.EmitReplacement(lanes.Key, () => code.Load(after), () => code.Native(stage.VectorBytes).Load(left).Emit(OpCodes.Sub));
        }
    }

    private void EmitUndone()
    {
        if (!IsInPlaceSomewhere)
        {
            return;
        }

        Instruction none = StageCode.Label();
        code.Load(undone).Branch(OpCodes.Brfalse, none);
        foreach (ParameterDefinition read in stage.Reads.Values)
        {
            code.Load(read).Load(offset).Emit(OpCodes.Add);
        }

        foreach (ParameterDefinition scalar in stage.Scalars.Values)
        {
            code.Load(scalar);
        }

        foreach (ParameterDefinition write in stage.Writes.Values)
        {
            code.Load(write).Load(offset).Emit(OpCodes.Add);
        }

        foreach (ParameterDefinition running in stage.Running.Values)
        {
            code.Load(running);
        }

        code.Load(undone).Native(stage.Type.Size()).Emit(OpCodes.Div).Call(narrower);
        code.Mark(none);
    }
}
