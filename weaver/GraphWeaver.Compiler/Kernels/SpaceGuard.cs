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
    private readonly KernelFrame frame;
    private readonly KernelGraph graph;
    private readonly KernelMembers members;
    private readonly StageCode code;
    private readonly VariableDefinition space;
    private readonly Dictionary<int, VariableDefinition> layouts;
    private readonly Dictionary<int, VariableDefinition> accesses;
    private readonly ViewEmitter views;

    public SpaceGuard(KernelFrame frame)
    {
        this.frame = frame;
        graph = frame.Graph;
        members = frame.Members;
        code = frame.Code;
        space = code.Local(members.Space);
        layouts = graph.Tensors.ToDictionary(index => index, _ => code.Local(members.Layout));
        accesses = graph.Tensors.ToDictionary(index => index, _ => code.Local(members.Access));
        views = new ViewEmitter(frame);
    }

    /// <summary>The tensors that are computed with, and not only written.</summary>
    private IReadOnlyCollection<int> Sources =>
        [.. graph.Nodes.SelectMany(node => node.Operands).Where(operand => operand.IsInput && graph.IsTensor(operand)).Select(operand => operand.Index).Distinct()];

    public void EmitShapes()
    {
        frame.Products.EmitLayouts(layouts, frame.GiveUp);
        foreach (int index in frame.Tensors)
        {
            code.Load(frame.Inputs[index]).LoadAddress(layouts[index]);
            code.Call(members.TryGetLayout(frame.Element(index), graph.Inputs[index].Kind)).Branch(OpCodes.Brfalse, frame.GiveUp);
            views.Emit(graph.Inputs[index].Views, layouts[index]);
        }

        EmitSpace(space, Sources);
        code.LoadAddress(space).Call(members.Close).Branch(OpCodes.Brfalse, frame.GiveUp);
        EmitWholeShapes();
        foreach (int written in graph.Destinations.Select(destination => destination.Input).Concat(graph.Products))
        {
            code.LoadAddress(space).LoadAddress(layouts[written]).Call(members.CanWrite).Branch(OpCodes.Brfalse, frame.GiveUp);
        }

        foreach (int index in graph.Tensors.Where(index => graph.Inputs[index].IsRow))
        {
            code.LoadAddress(space).LoadAddress(layouts[index]).Call(members.IsRow).Branch(OpCodes.Brfalse, frame.GiveUp);
        }

        foreach (KernelNode node in graph.Nodes.Where(node => node.IsRowReduction && node.Operands.Count == 2))
        {
            code.LoadAddress(space).Load(frame.Inputs[node.Operands[1].Index]).Call(members.IsLast).Branch(OpCodes.Brfalse, frame.GiveUp);
        }

        foreach (int index in graph.Tensors)
        {
            code.LoadAddress(space).LoadAddress(layouts[index]).LoadAddress(accesses[index]).Call(members.Reach);
        }

        foreach (int index in graph.Tensors)
        {
            code.LoadAddress(space).LoadAddress(accesses[index]).Number(graph.IsByRow ? 1 : 0).Call(members.Settle);
            code.LoadAddress(frame.State).LoadAddress(accesses[index]).On(OpCodes.Stfld, frame.Kernel.Accesses[index]!);
        }

        code.LoadAddress(frame.State).LoadAddress(space).On(OpCodes.Stfld, frame.Kernel.Space);
    }

    public void EmitApart(KernelDestination destination, int other)
    {
        code.LoadAddress(frame.State).On(OpCodes.Ldfld, frame.Kernel.Inputs[destination.Input]).LoadAddress(accesses[destination.Input]);
        code.LoadAddress(frame.State).On(OpCodes.Ldfld, frame.Kernel.Inputs[other]).LoadAddress(accesses[other]);
        code.Call(members.AreApartInSpace(frame.Element(destination.Input), frame.Element(other), destination.MayEqual.Contains(other)));
        code.Branch(OpCodes.Brfalse, frame.GiveUp);
    }

    public void EmitExtent(int input) => code.LoadAddress(accesses[input]).Call(members.Lowest).LoadAddress(accesses[input]).Call(members.Highest);

    /// <remarks>A spare tensor is left alone: what reads it may do so by way of another layout.</remarks>
    public void EmitAllocation(int node, ParameterDefinition? spare)
    {
        TypeReference element = members.References.Element(graph.Nodes[node].ResultType);
        if (graph.ShapeOf(KernelValue.Node(node)) == KernelShape.Row)
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
        code.LoadAddress(frame.State);
        if (graph.IsByRow)
        {
            code.LoadAddress(space).Call(members.Rows).LoadAddress(space).Number(graph.Cost).Call(members.RowCost).Call(members.RunRows(frame.Kernel.Type));
        }
        else
        {
            code.LoadAddress(space).Call(members.SpaceLength).Number(graph.Cost).Call(members.Run(frame.Kernel.Type));
        }

        code.Branch(OpCodes.Brfalse, frame.GiveUp);
    }

    public void EmitLength() => code.LoadAddress(space).Call(members.SpaceLength);

    public void EmitReach()
    {
        code.LoadAddress(space);
        foreach (int index in graph.Tensors)
        {
            code.LoadAddress(accesses[index]);
        }
    }

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

    /// <summary>Whether a row's value has the reduced dimension: an operator on rows' values has it as they have.</summary>
    private bool KeepsDimensions(int node) => !graph.Nodes[node].IsRowReduction || graph.Nodes[node].KeepsDimensions;

    private void EmitSpace(VariableDefinition of, IEnumerable<int> tensors)
    {
        code.LoadAddress(of).On(OpCodes.Initobj, members.Space);
        foreach (int index in tensors)
        {
            code.LoadAddress(of).LoadAddress(layouts[index]).Call(members.Include).Branch(OpCodes.Brfalse, frame.GiveUp);
        }
    }

    private void EmitWholeShapes()
    {
        // What a reduction takes, all of its operands together, what is given out, and what is overwritten.
        IEnumerable<IEnumerable<KernelValue>> whole = graph.Nodes.Where(node => node.IsReduction || node.IsRowReduction).Select(node => node.Arguments)
            .Concat(graph.Outputs.Concat(graph.Destinations.Select(destination => destination.Node)).Select(KernelValue.Node).Concat(graph.Whole).Select(value => new[] { value }));
        var asked = new HashSet<string> { Key(Sources) };
        foreach (int[] sources in whole
            .Select(values => values.Where(value => graph.ShapeOf(value) == KernelShape.Elements).SelectMany(graph.SourcesOf).Distinct().ToArray())
            .Where(sources => sources.Length > 0 && asked.Add(Key(sources))))
        {
            VariableDefinition part = code.Local(members.Space);
            EmitSpace(part, sources);
            code.LoadAddress(part).LoadAddress(space).Call(members.HasShapeOf).Branch(OpCodes.Brfalse, frame.GiveUp);
        }

        static string Key(IEnumerable<int> sources) => string.Join(",", sources.OrderBy(source => source));
    }
}
