using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits a register stage for what even the narrowest vector is too long for: the elements go through the operators by way of buffers as large as a vector,
/// filled up with ones. Of reductions only the lanes that have an element count.
/// </summary>
internal static class StageRestEmitter
{
    public static MethodDefinition Emit(KernelGraph graph, KernelPlan plan, int index, int width, KernelMembers members)
    {
        var stage = new VectorStage(graph, plan, index, $"Stage{index}Rest", width, lanes: 1, members);
        StageCode code = stage.Code;
        VariableDefinition bytes = code.Local(members.References.IntPtr);
        VariableDefinition offset = code.Local(members.References.IntPtr);
        stage.EmitBroadcasts();
        code.Native(0).Store(offset).Load(stage.Count).Native(stage.Type.Size()).Emit(OpCodes.Mul).Store(bytes);
        foreach (ParameterDefinition read in stage.Reads.Values)
        {
            VariableDefinition buffer = code.Local(stage.Vector);
            code.Load(stage.One).Store(buffer);
            code.LoadAddress(buffer).Load(read).Load(bytes).CopyBytes();
            code.LoadAddress(buffer).Store(read);
        }

        Action copyBack = () => { };
        foreach (ParameterDefinition write in stage.Writes.Values)
        {
            VariableDefinition buffer = code.Local(stage.Vector);
            VariableDefinition destination = code.Local(new ByReferenceType(stage.Element));
            code.Load(write).Store(destination).LoadAddress(buffer).Store(write);
            copyBack += () => code.Load(destination).LoadAddress(buffer).Load(bytes).CopyBytes();
        }

        stage.EmitBody(offset, 0);
        copyBack();
        foreach (KeyValuePair<int, VariableDefinition[]> reduction in stage.Accumulators)
        {
            stage.EmitReplacement(reduction.Value[0], () => stage.EmitIdentity(reduction.Key), () => code.Load(bytes));
            stage.EmitLanesToRunning(reduction.Key);
        }

        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: true);
    }
}
