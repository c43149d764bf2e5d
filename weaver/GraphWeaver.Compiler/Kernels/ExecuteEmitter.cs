using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits the method of a kernel's structure that runs the stages over one chunk: the loop over its tiles, or over its rows and for each phase over a
/// row's tiles. It comes in two forms: over tensors that are all dense and of one shape, and over a <c>KernelSpace</c>. The first form
/// goes over to the second where the kernel has a space; a kernel that works row by row has the second alone.
/// </summary>
internal sealed class ExecuteEmitter
{
    private readonly KernelGraph graph;
    private readonly KernelPlan plan;
    private readonly KernelMembers members;
    private readonly KernelTypeEmitter kernel;
    private readonly MethodDefinition? alternative;
    private readonly ExecuteFrame frame;
    private readonly StageCode code;
    private readonly IKernelTiles tiles;
    private readonly ExecuteMemory memory;
    private readonly StageCalls stages;

    /// <summary>The first element of the row; null where the kernel does not run row by row.</summary>
    private readonly VariableDefinition? rowStart;

    /// <param name="alternative">The method for a kernel with a space, where this one is for a kernel without; null where it is that method.</param>
    public ExecuteEmitter(
        KernelGraph graph, KernelPlan plan, KernelMembers members, KernelTypeEmitter kernel,
        IReadOnlyList<IReadOnlyDictionary<int, MethodDefinition>> stageMethods, MethodDefinition? alternative)
    {
        this.graph = graph;
        this.plan = plan;
        this.members = members;
        this.kernel = kernel;
        this.alternative = alternative;
        frame = new ExecuteFrame(graph, plan, members, kernel, isFlat: alternative is not null);
        code = frame.Code;
        tiles = alternative is null ? new SpaceTiles(frame) : new FlatTiles(frame);
        memory = new ExecuteMemory(frame);
        stages = new StageCalls(frame, memory, stageMethods);
        rowStart = graph.IsByRow ? code.Local(members.References.IntPtr) : null;
    }

    public MethodDefinition Emit()
    {
        if (alternative is not null)
        {
            Instruction isFlat = StageCode.Label();
            frame.LoadSpace().Native(0).Emit(OpCodes.Conv_U).Branch(OpCodes.Beq, isFlat);
            code.LoadThis().Load(frame.Chunk).Load(frame.Start).Load(frame.End).Call(alternative).Emit(OpCodes.Ret);
            code.Mark(isFlat);
        }

        tiles.EmitBuffers();
        memory.EmitBuffers();

        // Also of a reduction whose value nobody asks for: its stage computes it all the same.
        foreach (int node in Enumerable.Range(0, graph.Nodes.Count).Where(node => graph.Nodes[node].IsReduction))
        {
            EmitBeginning(graph.Nodes[node]).Store(memory.Running(node));
        }

        code.Load(frame.Start).Store(frame.Position);
        code.Load(frame.End).Store(frame.Limit);
        if (rowStart is null)
        {
            EmitTiles(0);
        }
        else
        {
            EmitRows(rowStart);
        }

        for (int output = 0; output < graph.Outputs.Count; output++)
        {
            KernelNode node = graph.Nodes[graph.Outputs[output]];
            if (node.IsReduction)
            {
                code.LoadThis().On(OpCodes.Ldflda, kernel.Outputs[output]).Load(frame.Chunk);
                code.Load(memory.Running(graph.Outputs[output])).Call(members.StorePartial(members.State(node)));
            }
        }

        memory.EmitFreeing();
        code.Number(1).Emit(OpCodes.Ret);
        code.Mark(frame.GiveUp);
        memory.EmitFreeing();
        code.Number(0).Emit(OpCodes.Ret);
        return code.Finish(optimise: true);
    }

    /// <summary>Pushes what a reduction of all elements starts from; a fold is told the chunk's first element.</summary>
    private StageCode EmitBeginning(KernelNode reduction)
    {
        if (reduction.Emission.Form != CpuForm.Fold)
        {
            return code.Identity(reduction, members.References);
        }

        code.Load(frame.Start);
        if (graph.IsByRow)
        {
            frame.LoadRowLength().Emit(OpCodes.Mul);
        }

        return code.Call(members.FoldStart(reduction));
    }

    private void EmitRows(VariableDefinition row)
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        VariableDefinition index = code.Local(members.References.IntPtr);
        code.Load(frame.Start).Store(index).Branch(OpCodes.Br, check);
        code.Mark(body);
        code.Load(index);
        frame.LoadRowLength().Emit(OpCodes.Mul).Store(row);
        code.Load(row);
        frame.LoadRowLength().Emit(OpCodes.Add).Store(frame.Limit);
        for (int phase = 0; phase < plan.Phases; phase++)
        {
            EmitPhase(phase, row);
        }

        for (int output = 0; output < graph.Outputs.Count; output++)
        {
            var value = KernelValue.Node(graph.Outputs[output]);
            if (graph.ShapeOf(value) == KernelShape.Row)
            {
                ElementType type = graph.TypeOf(value);
                code.LoadThis().On(OpCodes.Ldfld, kernel.Outputs[output]).Load(index).Native(type.Size()).Emit(OpCodes.Mul).Emit(OpCodes.Add);
                memory.LoadValue(value).On(OpCodes.Stobj, members.References.Element(type));
            }
        }

        code.Load(index).Native(1).Emit(OpCodes.Add).Store(index);
        code.Mark(check).Load(index).Load(frame.End).Branch(OpCodes.Blt, body);
    }

    /// <summary>Goes over a row once.</summary>
    private void EmitPhase(int phase, VariableDefinition row)
    {
        stages.Emit(plan.StagesOf(phase, KernelShape.Row));
        foreach (int reduction in plan.RowReductions(phase))
        {
            code.Identity(graph.Nodes[reduction], members.References).Store(memory.Running(reduction));
        }

        code.Load(row).Store(frame.Position);
        EmitTiles(phase);
        foreach (int reduction in plan.RowReductions(phase))
        {
            TypeReference element = members.References.Element(graph.Nodes[reduction].ElementType);
            code.Load(memory.Running(reduction));
            frame.LoadRowLength().Call(members.FinishRow(graph.Nodes[reduction].Row.Members[0], element)).Store(memory.Running(reduction));
        }
    }

    /// <summary>Runs the stages of a phase from the position up to the limit.</summary>
    private void EmitTiles(int phase)
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        tiles.EmitStart();
        code.Branch(OpCodes.Br, check);
        code.Mark(body);
        tiles.EmitCount(phase);
        foreach (int input in plan.InputsOf(phase))
        {
            tiles.EmitReading(input, memory.Address(KernelValue.Input(input)));
        }

        foreach (ResultPlace place in frame.Places.Where(place => !plan.Delayed.Contains(place.Node) && plan.IsUsedIn(phase, place.Node)))
        {
            tiles.EmitTarget(place, memory.Address(KernelValue.Node(place.Node)));
        }

        if (rowStart is not null)
        {
            memory.EmitRowAddresses(phase, rowStart);
        }

        stages.Emit(plan.StagesOf(phase, KernelShape.Elements));
        foreach (ResultPlace place in frame.Places.Where(place => plan.WrittenIn(place.Node) == phase))
        {
            tiles.EmitWriting(place, memory.Address(KernelValue.Node(place.Node)));
        }

        Instruction done = StageCode.Label();
        if (plan.EndsEarly)
        {
            EmitEarlyEnd(done);
        }

        code.Load(frame.Position).Load(frame.Count).Emit(OpCodes.Add).Store(frame.Position);
        tiles.EmitAdvance();
        code.Mark(check).Load(frame.Position).Load(frame.Limit).Branch(OpCodes.Blt, body);
        code.Mark(done);
    }

    /// <summary>Leaves the loop over a chunk's tiles where no element left can change an answer.</summary>
    private void EmitEarlyEnd(Instruction done)
    {
        Instruction goOn = StageCode.Label();
        foreach (int output in graph.Outputs)
        {
            code.LoadAddress(memory.Running(output)).Call(members.IsDecided(graph.Nodes[output])).Branch(OpCodes.Brfalse, goOn);
        }

        code.Branch(OpCodes.Br, done).Mark(goOn);
    }
}
