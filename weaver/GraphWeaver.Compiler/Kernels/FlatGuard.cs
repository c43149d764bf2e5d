using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// The guard for tensors that are all dense and of one shape: a compare chain. Where it fails, the method for every other case is called with the
/// same arguments.
/// </summary>
internal sealed class FlatGuard : IKernelGuard
{
    private readonly KernelGraph graph;
    private readonly KernelMembers members;
    private readonly KernelTypeEmitter kernel;
    private readonly StageCode code;
    private readonly IReadOnlyList<ParameterDefinition> inputs;
    private readonly ProductEmitter products;
    private readonly VariableDefinition state;
    private readonly MethodDefinition alternative;
    private readonly Instruction giveUp;
    private readonly VariableDefinition shape;
    private readonly VariableDefinition length;

    public FlatGuard(
        KernelGraph graph, KernelMembers members, KernelTypeEmitter kernel, StageCode code, IReadOnlyList<ParameterDefinition> inputs,
        ProductEmitter products, VariableDefinition state, MethodDefinition alternative, Instruction giveUp)
    {
        this.graph = graph;
        this.members = members;
        this.kernel = kernel;
        this.code = code;
        this.inputs = inputs;
        this.products = products;
        this.state = state;
        this.alternative = alternative;
        this.giveUp = giveUp;
        shape = code.Local(members.References.ReadOnlySpan(members.References.IntPtr));
        length = code.Local(members.References.IntPtr);
    }

    public void EmitShapes()
    {
        Instruction otherwise = StageCode.Label();
        Instruction passed = StageCode.Label();
        List<int> tensors = Enumerable.Range(0, inputs.Count).Where(index => graph.Inputs[index].IsTensor).Except(graph.Products).ToList();
        if (products.IsEmpty)
        {
            On(tensors[0], members.IsReady).Branch(OpCodes.Brfalse, otherwise);
            On(tensors[0], members.Shape).Store(shape);
            On(tensors[0], members.Length).Store(length);
        }
        else
        {
            products.EmitGuard(shape, length, otherwise);
        }

        foreach (int index in tensors.Skip(products.IsEmpty ? 1 : 0))
        {
            code.Load(inputs[index]).Load(shape);
            code.Call(members.HasShape(Element(index), graph.Inputs[index].Kind)).Branch(OpCodes.Brfalse, otherwise);
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
        code.LoadAddress(state).On(OpCodes.Ldfld, kernel.Inputs[destination.Input]);
        code.LoadAddress(state).On(OpCodes.Ldfld, kernel.Inputs[other]).Load(length);
        code.Call(members.AreApart(Element(destination.Input), Element(other), destination.MayEqual.Contains(other))).Branch(OpCodes.Brfalse, giveUp);
    }

    public void EmitExtent(int input) => code.Native(0).Load(length).Native(1).Emit(OpCodes.Sub);

    public void EmitAllocation(int node, ParameterDefinition? spare)
    {
        TypeReference element = members.References.Element(graph.Nodes[node].ResultType);
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
        code.LoadAddress(state).Load(length).Number(graph.Cost).Call(members.Run(kernel.Type)).Branch(OpCodes.Brfalse, giveUp);

    public void EmitLength() => code.Load(length);

    public void EmitChunkCount() => code.Load(length).Number(graph.Cost).Call(members.ChunkCount());

    private TypeReference Element(int input) => members.References.Element(graph.Inputs[input].Type);

    private StageCode On(int input, Func<TypeReference, InputKind, MethodReference> member) =>
        code.Load(inputs[input]).Call(member(Element(input), graph.Inputs[input].Kind));
}
