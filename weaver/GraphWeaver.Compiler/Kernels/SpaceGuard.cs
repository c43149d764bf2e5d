using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// The guard for tensors of any layout: makes the space they broadcast to and each one's access over it. What is given out, written or reduced has
/// to have the shape of the whole space, so that an operator on some of the tensors alone has as many elements as eager gives it; within the
/// kernel a smaller operand is computed again wherever it is repeated, which gives the same values.
/// </summary>
internal sealed class SpaceGuard : IKernelGuard
{
    private readonly KernelGraph graph;
    private readonly KernelMembers members;
    private readonly KernelTypeEmitter kernel;
    private readonly StageCode code;
    private readonly IReadOnlyList<ParameterDefinition> inputs;
    private readonly ProductEmitter products;
    private readonly VariableDefinition state;
    private readonly Instruction giveUp;
    private readonly VariableDefinition space;
    private readonly Dictionary<int, VariableDefinition> layouts;
    private readonly Dictionary<int, VariableDefinition> accesses;
    private readonly ViewEmitter views;

    public SpaceGuard(
        KernelGraph graph, KernelMembers members, KernelTypeEmitter kernel, StageCode code, IReadOnlyList<ParameterDefinition> inputs,
        ProductEmitter products, VariableDefinition state, Instruction giveUp)
    {
        this.graph = graph;
        this.members = members;
        this.kernel = kernel;
        this.code = code;
        this.inputs = inputs;
        this.products = products;
        this.state = state;
        this.giveUp = giveUp;
        space = code.Local(members.Space);
        layouts = Tensors.ToDictionary(index => index, _ => code.Local(members.Layout));
        accesses = Tensors.ToDictionary(index => index, _ => code.Local(members.Access));
        views = new ViewEmitter(graph, members, code, inputs, giveUp);
    }

    private IEnumerable<int> Tensors => Enumerable.Range(0, graph.Inputs.Count).Where(index => graph.Inputs[index].IsTensor);

    /// <summary>The tensors that are computed with, and not only written.</summary>
    private IReadOnlyCollection<int> Sources => 
        [.. graph.Nodes.SelectMany(node => node.Operands).Where(operand => operand.IsInput && graph.IsTensor(operand)).Select(operand => operand.Index).Distinct()];

    public void EmitShapes()
    {
        products.EmitLayouts(layouts, giveUp);
        foreach (int index in Tensors.Except(graph.Products))
        {
            code.Load(inputs[index]).LoadAddress(layouts[index]);
            code.Call(members.TryGetLayout(Element(index), graph.Inputs[index].Kind)).Branch(OpCodes.Brfalse, giveUp);
            views.Emit(graph.Inputs[index].Views, layouts[index]);
        }

        EmitSpace(space, Sources);
        code.LoadAddress(space).Call(members.Close).Branch(OpCodes.Brfalse, giveUp);
        EmitWholeShapes();
        foreach (int written in graph.Destinations.Select(destination => destination.Input).Concat(graph.Products))
        {
            code.LoadAddress(space).LoadAddress(layouts[written]).Call(members.CanWrite).Branch(OpCodes.Brfalse, giveUp);
        }

        foreach (int index in Tensors.Where(index => graph.Inputs[index].IsRow))
        {
            code.LoadAddress(space).LoadAddress(layouts[index]).Call(members.IsRow).Branch(OpCodes.Brfalse, giveUp);
        }

        foreach (KernelNode node in graph.Nodes.Where(node => node.IsRowReduction && node.Operands.Count == 2))
        {
            code.LoadAddress(space).Load(inputs[node.Operands[1].Index]).Call(members.IsLast).Branch(OpCodes.Brfalse, giveUp);
        }

        foreach (int index in Tensors)
        {
            code.LoadAddress(space).LoadAddress(layouts[index]).Call(members.MakeAccess).Store(accesses[index]);
        }

        foreach (int index in Tensors)
        {
            code.LoadAddress(space).LoadAddress(accesses[index]).Call(members.Settle);
            code.LoadAddress(state).LoadAddress(accesses[index]).On(OpCodes.Stfld, kernel.Accesses[index]!);
        }

        code.LoadAddress(state).LoadAddress(space).On(OpCodes.Stfld, kernel.Space);
    }

    public void EmitApart(KernelDestination destination, int other)
    {
        code.LoadAddress(state).On(OpCodes.Ldfld, kernel.Inputs[destination.Input]).LoadAddress(accesses[destination.Input]);
        code.LoadAddress(state).On(OpCodes.Ldfld, kernel.Inputs[other]).LoadAddress(accesses[other]);
        code.Call(members.AreApartInSpace(Element(destination.Input), Element(other), destination.MayEqual.Contains(other)));
        code.Branch(OpCodes.Brfalse, giveUp);
    }

    public void EmitExtent(int input) => code.LoadAddress(accesses[input]).Call(members.Lowest).LoadAddress(accesses[input]).Call(members.Highest);

    /// <remarks>A spare tensor is left alone: what reads it may do so by way of another layout.</remarks>
    public void EmitAllocation(int node, ParameterDefinition? spare)
    {
        TypeReference element = members.References.Element(graph.Nodes[node].ResultType);
        if (graph.ShapeOf(Node(node)) == KernelShape.Row)
        {
            code.LoadAddress(space).Number(KeepsDimensions(node) ? 1 : 0).Call(members.AllocateRows(element));
        }
        else
        {
            EmitShape();
            code.Call(members.Allocate(element));
        }
    }

    public void EmitShape() => code.LoadAddress(space).Call(members.SpaceShape);

    public void EmitRun()
    {
        code.LoadAddress(state);
        if (graph.IsByRow)
        {
            code.LoadAddress(space).Call(members.Rows).LoadAddress(space).Number(graph.Cost).Call(members.RowCost).Call(members.RunRows(kernel.Type));
        }
        else
        {
            code.LoadAddress(space).Call(members.SpaceLength).Number(graph.Cost).Call(members.Run(kernel.Type));
        }

        code.Branch(OpCodes.Brfalse, giveUp);
    }

    public void EmitLength() => code.LoadAddress(space).Call(members.SpaceLength);

    public void EmitChunkCount()
    {
        if (graph.IsByRow)
        {
            code.LoadAddress(space).Call(members.Rows).LoadAddress(space).Number(graph.Cost).Call(members.RowCost).Call(members.RowChunkCount);
        }
        else
        {
            code.LoadAddress(space).Call(members.SpaceLength).Number(graph.Cost).Call(members.ChunkCount());
        }
    }

    private static KernelValue Node(int index) => new(IsInput: false, index);

    /// <summary>Whether a row's value has the reduced dimension: an operator on rows' values has it as they have.</summary>
    private bool KeepsDimensions(int node) => !graph.Nodes[node].IsRowReduction || graph.Nodes[node].KeepsDimensions;

    private void EmitSpace(VariableDefinition of, IEnumerable<int> tensors)
    {
        foreach (int index in tensors)
        {
            code.LoadAddress(of).LoadAddress(layouts[index]).Call(members.Include).Branch(OpCodes.Brfalse, giveUp);
        }
    }

    private void EmitWholeShapes()
    {
        // What a reduction takes, all of its operands together, what is given out, and what is overwritten.
        IEnumerable<IEnumerable<KernelValue>> whole = graph.Nodes.Where(node => node.IsReduction || node.IsRowReduction).Select(node => node.Arguments)
            .Concat(graph.Outputs.Concat(graph.Destinations.Select(destination => destination.Node)).Select(Node).Concat(graph.Whole).Select(value => new[] { value }));
        var asked = new HashSet<string> { Key(Sources) };
        foreach (int[] sources in whole
            .Select(values => values.Where(value => graph.ShapeOf(value) == KernelShape.Elements).SelectMany(graph.SourcesOf).Distinct().ToArray())
            .Where(sources => sources.Length > 0 && asked.Add(Key(sources))))
        {
            VariableDefinition part = code.Local(members.Space);
            EmitSpace(part, sources);
            code.LoadAddress(part).LoadAddress(space).Call(members.HasShapeOf).Branch(OpCodes.Brfalse, giveUp);
        }

        static string Key(IEnumerable<int> sources) => string.Join(",", sources.OrderBy(source => source));
    }

    private TypeReference Element(int input) => members.References.Element(graph.Inputs[input].Type);
}
