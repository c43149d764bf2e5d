using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// The guard for tensors that are all dense and of one shape: a compare chain. Where it fails, the method for every other case is called with the
/// same arguments.
/// </summary>
internal sealed class FlatGuard : IKernelGuard
{
    private readonly KernelFrame frame;
    private readonly KernelMembers members;
    private readonly StageCode code;
    private readonly MethodDefinition alternative;
    private readonly VariableDefinition shape;
    private readonly VariableDefinition length;

    public FlatGuard(KernelFrame frame, MethodDefinition alternative)
    {
        this.frame = frame;
        this.alternative = alternative;
        members = frame.Members;
        code = frame.Code;
        shape = code.Local(members.References.ReadOnlySpan(members.References.IntPtr));
        length = code.Local(members.References.IntPtr);
    }

    public void EmitShapes()
    {
        Instruction otherwise = StageCode.Label();
        Instruction passed = StageCode.Label();
        List<int> tensors = frame.Tensors.ToList();
        if (frame.Products.IsEmpty)
        {
            On(tensors[0], members.IsReady).Branch(OpCodes.Brfalse, otherwise);
            On(tensors[0], members.Shape).Store(shape);
            On(tensors[0], members.Length).Store(length);
        }
        else
        {
            frame.Products.EmitGuard(shape, length, otherwise);
        }

        foreach (int index in tensors.Skip(frame.Products.IsEmpty ? 1 : 0))
        {
            code.Load(frame.Inputs[index]).Load(shape);
            code.Call(members.HasShape(frame.Element(index), frame.Graph.Inputs[index].Kind)).Branch(OpCodes.Brfalse, otherwise);
        }

        code.Branch(OpCodes.Br, passed).Mark(otherwise);
        foreach (ParameterDefinition parameter in code.Method.Parameters)
        {
            code.Load(parameter);
        }

        code.Call(alternative).Emit(OpCodes.Ret);
        code.Mark(passed);
    }

    public void EmitApart(KernelDestination destination, int other)
    {
        code.LoadAddress(frame.State).On(OpCodes.Ldfld, frame.Kernel.Inputs[destination.Input]);
        code.LoadAddress(frame.State).On(OpCodes.Ldfld, frame.Kernel.Inputs[other]).Load(length);
        code.Call(members.AreApart(frame.Element(destination.Input), frame.Element(other), destination.MayEqual.Contains(other))).Branch(OpCodes.Brfalse, frame.GiveUp);
    }

    public void EmitExtent(int input) => code.Native(0).Load(length).Native(1).Emit(OpCodes.Sub);

    public void EmitAllocation(int node, ParameterDefinition? spare)
    {
        TypeReference element = members.References.Element(frame.Graph.Nodes[node].ResultType);
        if (spare is null)
        {
            code.Load(shape).Call(members.Allocate(element));
        }
        else
        {
            code.Load(spare).Load(shape).Call(members.Reuse(element));
        }
    }

    public void EmitShape() => code.Load(shape);

    public void EmitRun() =>
        code.LoadAddress(frame.State).Load(length).Number(frame.Graph.Cost).Call(members.Run(frame.Kernel.Type)).Branch(OpCodes.Brfalse, frame.GiveUp);

    public void EmitLength() => code.Load(length);

    public void EmitReach()
    {
    }

    public void EmitChunkCount() => code.Load(length).Number(frame.Graph.Cost).Call(members.ChunkCount());

    private StageCode On(int input, Func<TypeReference, InputKind, MethodReference> member) =>
        code.Load(frame.Inputs[input]).Call(member(frame.Element(input), frame.Graph.Inputs[input].Kind));
}
