using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits a form of the method of a kernel's structure that runs the stages over one chunk: the loop over its tiles, or over its rows and for each phase over a
/// row's tiles. <see cref="ExecuteDispatch"/> tells which form runs.
/// </summary>
internal sealed class ExecuteEmitter
{
    private readonly KernelGraph graph;
    private readonly KernelPlan plan;
    private readonly KernelMembers members;
    private readonly KernelTypeEmitter kernel;
    private readonly ExecuteForm form;
    private readonly ExecuteFrame frame;
    private readonly StageCode code;
    private readonly IKernelTiles tiles;
    private readonly ExecuteMemory memory;
    private readonly StageCalls stages;

    /// <summary>The first element of the row, where the method goes row by row.</summary>
    private readonly VariableDefinition rowStart;

    public ExecuteEmitter(
        KernelGraph graph, KernelPlan plan, KernelMembers members, KernelTypeEmitter kernel,
        IReadOnlyList<IReadOnlyList<StageMethod>> stageMethods, ExecuteForm form)
    {
        this.graph = graph;
        this.plan = plan;
        this.members = members;
        this.kernel = kernel;
        this.form = form;
        frame = new ExecuteFrame(graph, plan, members, kernel, form);
        code = frame.Code;
        rowStart = code.Local(members.References.IntPtr);
        tiles = form switch
        {
            ExecuteForm.Flat => new FlatTiles(frame),
            ExecuteForm.EvenRows => new RowTiles(frame, rowStart),
            _ => new SpaceTiles(frame),
        };
        memory = new ExecuteMemory(frame);
        stages = new StageCalls(frame, memory, stageMethods);
    }

    public MethodDefinition Emit()
    {
        if (graph.IsByRow || form == ExecuteForm.EvenRows)
        {
            frame.LoadSpace().Call(graph.IsByRow ? members.RowLength : members.Columns).Store(frame.RowLength);
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
        Instruction done = StageCode.Label();
        if (graph.IsByRow)
        {
            EmitRows(done);
        }
        else if (tiles is RowTiles rows)
        {
            EmitRowsOfElements(rows, done);
        }
        else
        {
            EmitTiles(0, done);
        }

        code.Mark(done);
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
            code.Load(frame.RowLength).Emit(OpCodes.Mul);
        }

        return code.Call(members.FoldStart(reduction));
    }

    /// <summary>Runs a kernel that does not work row by row over rows all the same, the first and the last of which may be parts.</summary>
    private void EmitRowsOfElements(RowTiles rows, Instruction done)
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        VariableDefinition index = code.Local(members.References.IntPtr);
        code.Load(frame.Start).Load(frame.RowLength).Emit(OpCodes.Div).Store(index);
        code.Load(index).Load(frame.RowLength).Emit(OpCodes.Mul).Store(rowStart);
        rows.EmitFirstRow(index);
        code.Branch(OpCodes.Br, check);
        code.Mark(body);
        Instruction isWhole = StageCode.Label();
        code.Load(rowStart).Load(frame.RowLength).Emit(OpCodes.Add).Store(frame.Limit);
        code.Load(frame.Limit).Load(frame.End).Branch(OpCodes.Ble, isWhole);
        code.Load(frame.End).Store(frame.Limit).Mark(isWhole);
        EmitTiles(0, done);
        code.Load(rowStart).Load(frame.RowLength).Emit(OpCodes.Add).Store(rowStart);
        rows.EmitNextRow();
        code.Mark(check).Load(frame.Position).Load(frame.End).Branch(OpCodes.Blt, body);
    }

    private void EmitRows(Instruction done)
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        VariableDefinition index = code.Local(members.References.IntPtr);
        code.Load(frame.Start).Store(index);
        (tiles as RowTiles)?.EmitFirstRow(index);
        code.Branch(OpCodes.Br, check);
        code.Mark(body);
        code.Load(index).Load(frame.RowLength).Emit(OpCodes.Mul).Store(rowStart);
        code.Load(rowStart).Load(frame.RowLength).Emit(OpCodes.Add).Store(frame.Limit);
        for (int phase = 0; phase < plan.Phases; phase++)
        {
            EmitPhase(phase, done);
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

        (tiles as RowTiles)?.EmitNextRow();
        code.Load(index).Native(1).Emit(OpCodes.Add).Store(index);
        code.Mark(check).Load(index).Load(frame.End).Branch(OpCodes.Blt, body);
    }

    /// <summary>Goes over a row once.</summary>
    private void EmitPhase(int phase, Instruction done)
    {
        stages.Emit(plan.StagesOf(phase, KernelShape.Row));
        foreach (int reduction in plan.RowReductions(phase))
        {
            code.Identity(graph.Nodes[reduction], members.References).Store(memory.Running(reduction));
        }

        code.Load(rowStart).Store(frame.Position);
        EmitTiles(phase, done);
        foreach (int reduction in plan.RowReductions(phase))
        {
            TypeReference element = members.References.Element(graph.Nodes[reduction].ElementType);
            code.Load(memory.Running(reduction)).Load(frame.RowLength).Call(members.FinishRow(graph.Nodes[reduction].Row.Members[0], element)).Store(memory.Running(reduction));
        }
    }

    /// <summary>Runs the stages of a phase from the position up to the limit; where no element left changes anything, goes to what comes after all loops.</summary>
    private void EmitTiles(int phase, Instruction done)
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

        memory.EmitRowAddresses(phase, rowStart);
        stages.Emit(plan.StagesOf(phase, KernelShape.Elements));
        foreach (ResultPlace place in frame.Places.Where(place => plan.WrittenIn(place.Node) == phase))
        {
            tiles.EmitWriting(place, memory.Address(KernelValue.Node(place.Node)));
        }

        if (plan.EndsEarly)
        {
            EmitEarlyEnd(done);
        }

        code.Load(frame.Position).Load(frame.Count).Emit(OpCodes.Add).Store(frame.Position);
        tiles.EmitAdvance();
        code.Mark(check).Load(frame.Position).Load(frame.Limit).Branch(OpCodes.Blt, body);
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
