using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits the method of a kernel's structure that runs the stages over one chunk. It comes in two forms: over tensors that are all dense and of
/// one shape, where an element has one place in all of them, and over a <c>KernelSpace</c>, which says for every tile where its elements
/// are or gathers them. The first form goes over to the second where the kernel has a space; a kernel that works row by row has the second alone.
/// Stages only ever see elements that lie side by side.
/// </summary>
internal sealed class ExecuteEmitter
{
    /// <summary>Elements of a tile, at most: 512 elements of a few buffers stay in the first-level cache.</summary>
    private const int LongestTile = 512;

    /// <summary>Bytes of all tile buffers together, at most: they are on the stack of a thread whose size is not ours to choose.</summary>
    private const int StackBytes = 128 * 1024;

    private readonly KernelGraph graph;
    private readonly KernelPlan plan;
    private readonly KernelMembers members;
    private readonly KernelTypeEmitter kernel;
    private readonly IReadOnlyList<IReadOnlyDictionary<int, MethodDefinition>> stageMethods;
    private readonly MethodDefinition? alternative;
    private readonly RuntimeReferences references;
    private readonly StageCode code;
    private readonly ParameterDefinition chunk;
    private readonly ParameterDefinition start;
    private readonly ParameterDefinition end;
    private readonly Dictionary<KernelValue, VariableDefinition> memory = [];
    private readonly Dictionary<int, VariableDefinition> gathered = [];
    private readonly Dictionary<int, VariableDefinition> rowBuffers = [];
    private readonly Dictionary<int, VariableDefinition> rowValues = [];
    private readonly Dictionary<int, VariableDefinition> running = [];
    private readonly Dictionary<int, VariableDefinition> filled = [];
    private readonly Dictionary<int, VariableDefinition> targets = [];
    private readonly VariableDefinition position;
    private readonly VariableDefinition limit;
    private readonly VariableDefinition count;
    private readonly Instruction giveUp = StageCode.Label();
    private VariableDefinition? rowMemory;
    private VariableDefinition? rowStart;

    /// <param name="alternative">The method for a kernel with a space, where this one is for a kernel without; null where it is that method.</param>
    public ExecuteEmitter(
        KernelGraph graph, KernelPlan plan, KernelMembers members, KernelTypeEmitter kernel,
        IReadOnlyList<IReadOnlyDictionary<int, MethodDefinition>> stageMethods, MethodDefinition? alternative)
    {
        this.graph = graph;
        this.plan = plan;
        this.members = members;
        this.kernel = kernel;
        this.stageMethods = stageMethods;
        this.alternative = alternative;
        references = members.References;
        const MethodAttributes Implementation = MethodAttributes.Public | MethodAttributes.Final | MethodAttributes.Virtual
            | MethodAttributes.HideBySig | MethodAttributes.NewSlot;
        bool isContract = IsFlat || plan.IsByRow;
        Method = new MethodDefinition(
            isContract ? "Execute" : "ExecuteSpace", isContract ? Implementation : MethodAttributes.Assembly | MethodAttributes.HideBySig, references.Boolean);
        code = new StageCode(Method);
        Method.Body.InitLocals = false;
        chunk = Parameter(references.Int32);
        start = Parameter(references.IntPtr);
        end = Parameter(references.IntPtr);
        position = code.Local(references.IntPtr);
        limit = code.Local(references.IntPtr);
        count = code.Local(references.IntPtr);
    }

    public MethodDefinition Method { get; }

    private bool IsFlat => alternative is not null;

    /// <summary>Elements of a tile: fewer where there are many buffers.</summary>
    private int TileLength => Math.Min(LongestTile, Math.Max(64, StackBytes / (2 * Math.Max(1, BytesPerElement)) / 64 * 64));

    /// <summary>A last tile is up to twice as long, so that none is too short for the vector code of the tile operators.</summary>
    private int TileCapacity => 2 * TileLength;

    private int BytesPerElement => plan.Buffered.Sum(node => graph.Nodes[node].ResultType.Size())
        + (IsFlat ? 0 : Tensors.Sum(index => graph.Inputs[index].Type.Size()) + graph.Destinations.Sum(destination => graph.Inputs[destination.Input].Type.Size()));

    private IEnumerable<int> Tensors => Enumerable.Range(0, graph.Inputs.Count).Where(index => graph.Inputs[index].IsTensor);

    public MethodDefinition Emit()
    {
        if (alternative is not null)
        {
            Instruction isFlat = StageCode.Label();
            code.LoadThis().On(OpCodes.Ldfld, kernel.Space).Native(0).Emit(OpCodes.Conv_U).Branch(OpCodes.Beq, isFlat);
            code.LoadThis().Load(chunk).Load(start).Load(end).Call(alternative).Emit(OpCodes.Ret);
            code.Mark(isFlat);
        }

        EmitMemory();

        // Also of a reduction whose value nobody asks for: its stage computes it all the same.
        foreach (int node in Enumerable.Range(0, graph.Nodes.Count).Where(node => graph.Nodes[node].IsReduction))
        {
            running[node] = code.Local(members.State(graph.Nodes[node]));
            EmitBeginning(graph.Nodes[node]).Store(running[node]);
        }

        code.Load(start).Store(position);
        code.Load(end).Store(limit);
        if (plan.IsByRow)
        {
            EmitRows();
        }
        else
        {
            EmitTiles(0);
        }

        foreach (int output in Enumerable.Range(0, graph.Outputs.Count).Where(output => graph.Nodes[graph.Outputs[output]].IsReduction))
        {
            code.LoadThis().On(OpCodes.Ldflda, kernel.Outputs[output]).Load(chunk);
            code.Load(running[graph.Outputs[output]]).Call(members.StorePartial(members.State(graph.Nodes[graph.Outputs[output]])));
        }

        EmitFreeing();
        code.Number(1).Emit(OpCodes.Ret);
        code.Mark(giveUp);
        EmitFreeing();
        code.Number(0).Emit(OpCodes.Ret);
        return code.Finish(optimise: true);
    }

    /// <summary>Pushes what a reduction of all elements starts from; a fold is told the chunk's first element.</summary>
    private StageCode EmitBeginning(KernelNode reduction)
    {
        if (reduction.Emission.Form != CpuForm.Fold)
        {
            return code.Identity(reduction, references);
        }

        code.Load(start);
        if (plan.IsByRow)
        {
            LoadRowLength().Emit(OpCodes.Mul);
        }

        return code.Call(members.FoldStart(reduction));
    }

    private void EmitMemory()
    {
        foreach (int input in Tensors)
        {
            memory[Input(input)] = code.Local(new ByReferenceType(references.Element(graph.Inputs[input].Type)));
            if (!IsFlat)
            {
                gathered[input] = EmitBuffer(graph.Inputs[input].Type);
            }
        }

        foreach ((int node, FieldDefinition _, int? input) in Places().Where(place => !plan.Delayed.Contains(place.Node)))
        {
            memory[Node(node)] = code.Local(new ByReferenceType(references.Element(graph.Nodes[node].ResultType)));
        }

        foreach (int node in plan.Buffered)
        {
            if (plan.CrossesPhases(node))
            {
                memory[Node(node)] = code.Local(references.IntPtr);
                rowBuffers[node] = code.Local(references.IntPtr);
            }
            else
            {
                memory[Node(node)] = EmitBuffer(graph.Nodes[node].ResultType);
            }
        }

        if (!IsFlat)
        {
            graph.Destinations.ToList().ForEach(destination => targets[destination.Input] = EmitBuffer(graph.Inputs[destination.Input].Type));
        }

        foreach (int node in Enumerable.Range(0, graph.Nodes.Count).Where(node => graph.ShapeOf(Node(node)) == KernelShape.Row))
        {
            rowValues[node] = code.Local(references.Element(graph.Nodes[node].ResultType));
            if (plan.FillsTiles(node))
            {
                filled[node] = EmitBuffer(graph.Nodes[node].ResultType);
            }
        }

        EmitRowBuffers();
    }

    /// <summary>One block of memory for every buffer that is as long as a row.</summary>
    private void EmitRowBuffers()
    {
        if (rowBuffers.Count == 0)
        {
            return;
        }

        VariableDefinition block = rowMemory = code.Local(references.IntPtr);
        LoadRowLength().Native(rowBuffers.Keys.Sum(node => graph.Nodes[node].ResultType.Size())).Emit(OpCodes.Mul).Call(members.RentRows).Store(block);
        VariableDefinition next = code.Local(references.IntPtr);
        code.Load(block).Store(next);
        foreach (KeyValuePair<int, VariableDefinition> buffer in rowBuffers.OrderByDescending(buffer => graph.Nodes[buffer.Key].ResultType.Size()))
        {
            code.Load(next).Store(buffer.Value);
            code.Load(next);
            LoadRowLength().Native(graph.Nodes[buffer.Key].ResultType.Size()).Emit(OpCodes.Mul).Emit(OpCodes.Add).Store(next);
        }
    }

    private void EmitFreeing()
    {
        if (rowMemory is not null)
        {
            code.Load(rowMemory).Call(members.ReturnRows);
        }
    }

    /// <summary>Where each node that is given out goes: the field that refers to the first element there, and the input whose memory that is.</summary>
    private IEnumerable<(int Node, FieldDefinition Field, int? Input)> Places() => graph.Outputs
        .Select((node, output) => (Node: node, Field: kernel.Outputs[output], Input: (int?)null))
        .Where(place => graph.ShapeOf(Node(place.Node)) == KernelShape.Elements)
        .Concat(graph.Destinations.Select(destination => (destination.Node, kernel.Inputs[destination.Input], (int?)destination.Input)));

    private void EmitRows()
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        VariableDefinition row = rowStart = code.Local(references.IntPtr);
        VariableDefinition index = code.Local(references.IntPtr);
        code.Load(start).Store(index).Branch(OpCodes.Br, check);
        code.Mark(body);
        code.Load(index);
        LoadRowLength().Emit(OpCodes.Mul).Store(row);
        code.Load(row);
        LoadRowLength().Emit(OpCodes.Add).Store(limit);
        for (int phase = 0; phase < plan.Phases; phase++)
        {
            EmitStages(plan.StagesOf(phase, KernelShape.Row));
            foreach (int reduction in plan.RowReductions(phase))
            {
                running[reduction] = rowValues[reduction];
                code.Identity(graph.Nodes[reduction], references).Store(rowValues[reduction]);
            }

            code.Load(row).Store(position);
            EmitTiles(phase);
            foreach (int reduction in plan.RowReductions(phase))
            {
                TypeReference element = references.Element(graph.Nodes[reduction].ElementType);
                code.Load(rowValues[reduction]);
                LoadRowLength().Call(members.FinishRow(graph.Nodes[reduction].Row.Members[0], element)).Store(rowValues[reduction]);
            }
        }

        for (int output = 0; output < graph.Outputs.Count; output++)
        {
            if (rowValues.TryGetValue(graph.Outputs[output], out VariableDefinition? value))
            {
                ElementType type = graph.Nodes[graph.Outputs[output]].ResultType;
                code.LoadThis().On(OpCodes.Ldfld, kernel.Outputs[output]).Load(index).Native(type.Size()).Emit(OpCodes.Mul).Emit(OpCodes.Add);
                code.Load(value).On(OpCodes.Stobj, references.Element(type));
            }
        }

        code.Load(index).Native(1).Emit(OpCodes.Add).Store(index);
        code.Mark(check).Load(index).Load(end).Branch(OpCodes.Blt, body);
    }

    /// <summary>Runs the stages of a phase from the position up to the limit.</summary>
    private void EmitTiles(int phase)
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        code.Branch(OpCodes.Br, check);
        code.Mark(body);
        EmitTileLength(phase);
        foreach (int input in plan.InputsOf(phase))
        {
            EmitReading(input);
        }

        foreach ((int node, FieldDefinition field, int? input) in Places().Where(place => !plan.Delayed.Contains(place.Node)
            && (plan.PhaseOf(place.Node) == phase || IsReadIn(phase, place.Node))))
        {
            EmitTarget(node, field, input);
        }

        foreach (KeyValuePair<int, VariableDefinition> buffer in rowBuffers.Where(buffer => plan.PhaseOf(buffer.Key) == phase || IsReadIn(phase, buffer.Key)))
        {
            code.Load(buffer.Value).Load(position).Load(rowStart!).Emit(OpCodes.Sub).Native(graph.Nodes[buffer.Key].ResultType.Size()).Emit(OpCodes.Mul);
            code.Emit(OpCodes.Add).Store(memory[Node(buffer.Key)]);
        }

        EmitStages(plan.StagesOf(phase, KernelShape.Elements));
        foreach ((int node, FieldDefinition field, int? input) in Places().Where(place => plan.PhaseOf(place.Node) == phase))
        {
            EmitWriting(node, field, input);
        }

        Instruction done = StageCode.Label();
        if (plan.EndsEarly)
        {
            EmitEarlyEnd(done);
        }

        code.Load(position).Load(count).Emit(OpCodes.Add).Store(position);
        code.Mark(check).Load(position).Load(limit).Branch(OpCodes.Blt, body);
        code.Mark(done);
    }

    /// <summary>Leaves the loop over a chunk's tiles where no element left can change an answer.</summary>
    private void EmitEarlyEnd(Instruction done)
    {
        Instruction goOn = StageCode.Label();
        foreach (int output in graph.Outputs)
        {
            code.LoadAddress(running[output]).Call(members.IsDecided(graph.Nodes[output])).Branch(OpCodes.Brfalse, goOn);
        }

        code.Branch(OpCodes.Br, done).Mark(goOn);
    }

    private bool IsReadIn(int phase, int node) => plan.StagesOf(phase, KernelShape.Elements).SelectMany(plan.Reads).Contains(Node(node));

    private void EmitTileLength(int phase)
    {
        if (!IsFlat)
        {
            code.LoadThis().On(OpCodes.Ldfld, kernel.Space).Load(position).Load(limit).Native(TileLength).Number(plan.IsTiled(phase) ? 1 : 0);
            code.Call(members.TileLength).Store(count);
            return;
        }

        code.Load(limit).Load(position).Emit(OpCodes.Sub).Store(count);
        if (plan.IsTiled(phase))
        {
            Instruction run = StageCode.Label();
            code.Load(count).Native(TileCapacity).Branch(OpCodes.Blt, run);
            code.Native(TileLength).Store(count);
            code.Mark(run);
        }
    }

    private void EmitReading(int input)
    {
        ElementType type = graph.Inputs[input].Type;
        VariableDefinition local = memory[Input(input)];
        if (IsFlat)
        {
            EmitPlace(kernel.Inputs[input], type).Store(local);
            return;
        }

        code.LoadThis().On(OpCodes.Ldfld, kernel.Space);
        code.LoadThis().On(OpCodes.Ldfld, kernel.Inputs[input]).LoadThis().On(OpCodes.Ldfld, kernel.Accesses[input]!);
        code.Load(position).Load(count).Load(gathered[input]).Call(members.ReadTile(references.Element(type))).Store(local);
    }

    private void EmitTarget(int node, FieldDefinition field, int? input)
    {
        ElementType type = graph.Nodes[node].ResultType;
        if (IsFlat || input is not { } destination)
        {
            EmitPlace(field, type).Store(memory[Node(node)]);
            return;
        }

        code.LoadThis().On(OpCodes.Ldfld, kernel.Space);
        code.LoadThis().On(OpCodes.Ldfld, field).LoadThis().On(OpCodes.Ldfld, kernel.Accesses[destination]!);
        code.Load(position).Load(targets[destination]).Call(members.TargetTile(references.Element(type))).Store(memory[Node(node)]);
    }

    /// <summary>Puts what was computed beside its place there, at the end of a tile.</summary>
    private void EmitWriting(int node, FieldDefinition field, int? input)
    {
        ElementType type = graph.Nodes[node].ResultType;
        if (!IsFlat && input is { } destination)
        {
            code.LoadThis().On(OpCodes.Ldfld, kernel.Space);
            code.LoadThis().On(OpCodes.Ldfld, field).LoadThis().On(OpCodes.Ldfld, kernel.Accesses[destination]!);
            code.Load(position).Load(count).Load(memory[Node(node)]).Call(members.WriteTile(references.Element(type)));
        }
        else if (plan.Delayed.Contains(node))
        {
            EmitPlace(field, type).Load(memory[Node(node)]).Load(count).Native(type.Size()).Emit(OpCodes.Mul).CopyBytes();
        }
    }

    /// <summary>The address of the position in memory that is dense.</summary>
    private StageCode EmitPlace(FieldDefinition field, ElementType type) =>
        code.LoadThis().On(OpCodes.Ldfld, field).Load(position).Native(type.Size()).Emit(OpCodes.Mul).Emit(OpCodes.Add);

    private void EmitStages(IEnumerable<int> stages)
    {
        foreach (int stage in stages)
        {
            if (plan.IsTileStage(stage))
            {
                EmitTileStage(stage);
            }
            else
            {
                EmitVectorStage(stage);
            }
        }
    }

    private void EmitVectorStage(int stage)
    {
        Instruction done = StageCode.Label();
        foreach (KeyValuePair<int, MethodDefinition> method in stageMethods[stage])
        {
            Instruction next = StageCode.Label();
            if (method.Key > 128)
            {
                code.Call(members.IsHardwareAccelerated(method.Key)).Branch(OpCodes.Brfalse, next);
            }

            foreach (KernelValue read in plan.Reads(stage))
            {
                LoadMemory(read);
            }

            foreach (KernelValue scalar in plan.Scalars(stage))
            {
                LoadScalar(scalar);
            }

            foreach (int write in plan.Writes(stage))
            {
                LoadMemory(Node(write));
            }

            foreach (int reduction in plan.Reductions(stage))
            {
                code.LoadAddress(running[reduction]);
            }

            LoadCount(stage).Call(method.Value).Branch(OpCodes.Br, done).Mark(next);
        }

        code.Mark(done);
    }

    private void EmitTileStage(int stage)
    {
        int index = plan.Stages[stage][0];
        KernelNode node = graph.Nodes[index];
        bool[] isTensor = node.Operands.Select(operand => graph.ShapeOf(operand) != KernelShape.Scalar).ToArray();
        if (node.Row.CheckFor(node.ElementType) is { } check)
        {
            EmitTileOperands(node, stage);
            code.Call(members.TileCheck(node, check, isTensor)).Branch(OpCodes.Brfalse, giveUp);
        }

        if (node.Emission.Form == CpuForm.Fold)
        {
            code.LoadAddress(running[index]);
            EmitTileOperands(node, stage);
            code.Call(members.Fold(node, isTensor));
            return;
        }

        if (node.IsReduction || node.IsRowReduction)
        {
            code.Load(running[index]);
            EmitTileOperands(node, stage);
            code.Call(members.ReduceTile(node)).Store(running[index]);
            return;
        }

        EmitTileOperands(node, stage);
        LoadMemory(Node(index));
        LoadCount(stage).Call(members.WriteSpan(references.Element(node.ResultType)));
        code.Call(members.TileOperation(node, isTensor));
    }

    private void EmitTileOperands(KernelNode node, int stage)
    {
        foreach (KernelValue operand in node.Arguments)
        {
            if (graph.ShapeOf(operand) == KernelShape.Scalar)
            {
                LoadScalar(operand);
                continue;
            }

            TypeReference element = references.Element(graph.TypeOf(operand));
            if (plan.Scalars(stage).Contains(operand))
            {
                // A row's value: the tile operators that eager calls do not all take a scalar.
                VariableDefinition buffer = filled[operand.Index];
                LoadScalar(operand).Load(buffer).Load(count).Call(members.FillTile(element)).Load(buffer);
            }
            else
            {
                LoadMemory(operand);
            }

            LoadCount(stage).Call(members.ReadSpan(element));
        }
    }

    private StageCode LoadMemory(KernelValue value) => !value.IsInput && rowValues.TryGetValue(value.Index, out VariableDefinition? row)
        ? code.LoadAddress(row)
        : code.Load(memory[value]);

    private StageCode LoadScalar(KernelValue value) => value.IsInput
        ? code.LoadThis().On(OpCodes.Ldfld, kernel.Inputs[value.Index])
        : code.Load(rowValues[value.Index]);

    /// <summary>How many elements a stage works on: those of the tile, or a row's one value.</summary>
    private StageCode LoadCount(int stage) => plan.ShapeOf(stage) == KernelShape.Row ? code.Native(1) : code.Load(count);

    private StageCode LoadRowLength() => code.LoadThis().On(OpCodes.Ldfld, kernel.Space).Call(members.RowLength);

    private VariableDefinition EmitBuffer(ElementType type)
    {
        VariableDefinition buffer = code.Local(references.IntPtr);
        code.Number(TileCapacity * type.Size()).Emit(OpCodes.Conv_U).Emit(OpCodes.Localloc).Store(buffer);
        return buffer;
    }

    private static KernelValue Input(int index) => new(IsInput: true, index);

    private static KernelValue Node(int index) => new(IsInput: false, index);

    private ParameterDefinition Parameter(TypeReference type)
    {
        var parameter = new ParameterDefinition(type);
        code.Method.Parameters.Add(parameter);
        return parameter;
    }
}
