using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits a kernel's structure: references to the first elements of inputs and results, scalars, one partial value per chunk of each
/// reduction, and <c>Execute</c>, which runs the stages over one chunk. It lives on the stack of the thread that started the kernel.
/// </summary>
internal sealed class KernelTypeEmitter
{
    /// <summary>Elements of a tile, at most: 512 elements of a few buffers stay in the first-level cache.</summary>
    private const int LongestTile = 512;

    /// <summary>Bytes of all tile buffers together, at most: they are on the stack of a thread whose size is not ours to choose.</summary>
    private const int StackBytes = 128 * 1024;

    private readonly KernelGraph graph;
    private readonly KernelPlan plan;
    private readonly KernelMembers members;
    private readonly RuntimeReferences references;
    private readonly List<Dictionary<int, MethodDefinition>> stageMethods = [];
    private readonly Dictionary<KernelValue, VariableDefinition> memory = [];
    private readonly Dictionary<int, VariableDefinition> delayed = [];
    private readonly Dictionary<int, VariableDefinition> running = [];
    private readonly StageCode code;

    public KernelTypeEmitter(KernelGraph graph, KernelMembers members, string name)
    {
        this.graph = graph;
        this.members = members;
        plan = new KernelPlan(graph);
        references = members.References;
        Type = new TypeDefinition(
            "", name,
            TypeAttributes.NestedAssembly | TypeAttributes.SequentialLayout | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit,
            references.ValueType);
        TypeReference contract = references.Support("IKernel");
        Type.Interfaces.Add(new InterfaceImplementation(contract));
        Type.CustomAttributes.Add(new CustomAttribute(references.MakesByRefLike));
        Inputs = graph.Inputs.Select((input, index) => Field("input" + index, Memory(input.Type, input.IsTensor))).ToArray();
        Outputs = graph.Outputs.Select((node, index) => Field("output" + index, OutputType(graph.Nodes[node]))).ToArray();
        const MethodAttributes Implementation = MethodAttributes.Public | MethodAttributes.Final | MethodAttributes.Virtual
            | MethodAttributes.HideBySig | MethodAttributes.NewSlot;
        var execute = new MethodDefinition("Execute", Implementation, references.Boolean);
        code = new StageCode(execute);
        Chunk = Parameter(references.Int32);
        Start = Parameter(references.IntPtr);
        End = Parameter(references.IntPtr);
    }

    public TypeDefinition Type { get; }

    /// <summary>A field per kernel input: a reference to the first element of a tensor, or a scalar.</summary>
    public IReadOnlyList<FieldDefinition> Inputs { get; }

    /// <summary>A field per kernel output: a reference to the first element of the result, or the partial values of a reduction.</summary>
    public IReadOnlyList<FieldDefinition> Outputs { get; }

    /// <summary>Elements of a tile: fewer where there are many buffers.</summary>
    private int TileLength => Math.Min(LongestTile, Math.Max(64, StackBytes / (2 * Math.Max(1, BytesPerElement)) / 64 * 64));

    /// <summary>A last tile is up to twice as long, so that none is too short for the vector code of the tile operators.</summary>
    private int TileCapacity => 2 * TileLength;

    private int BytesPerElement => plan.Buffered.Sum(node => graph.Nodes[node].ResultType.Size());

    private ParameterDefinition Chunk { get; }

    private ParameterDefinition Start { get; }

    private ParameterDefinition End { get; }

    public TypeDefinition Emit()
    {
        EmitStageMethods();
        code.Method.Body.InitLocals = false;
        EmitMemory();

        // Also of a reduction whose value nobody asks for: its stage computes it all the same.
        foreach (int node in Enumerable.Range(0, graph.Nodes.Count).Where(node => graph.Nodes[node].IsReduction))
        {
            running[node] = code.Local(members.State(graph.Nodes[node]));
            (graph.Nodes[node].Emission.Form == CpuForm.Fold
                ? code.Load(Start).Call(members.FoldStart(graph.Nodes[node]))
                : code.Identity(graph.Nodes[node])).Store(running[node]);
        }

        VariableDefinition remaining = code.Local(references.IntPtr);
        VariableDefinition count = code.Local(references.IntPtr);
        Instruction giveUp = StageCode.Label();
        code.Load(End).Load(Start).Emit(OpCodes.Sub).Store(remaining);
        if (plan.IsTiled)
        {
            EmitTileLoop(remaining, count, giveUp);
        }
        else
        {
            EmitVectorStage(0, remaining);
        }

        foreach (int output in Enumerable.Range(0, graph.Outputs.Count).Where(output => graph.Nodes[graph.Outputs[output]].IsReduction))
        {
            code.LoadThis().On(OpCodes.Ldflda, Outputs[output]).Load(Chunk);
            code.Load(running[graph.Outputs[output]]).Call(members.StorePartial(members.State(graph.Nodes[graph.Outputs[output]])));
        }

        code.Number(1).Emit(OpCodes.Ret);
        code.Mark(giveUp).Number(0).Emit(OpCodes.Ret);
        Type.Methods.Add(code.Finish(optimise: true));
        return Type;
    }

    private void EmitStageMethods()
    {
        for (int stage = 0; stage < plan.Stages.Count; stage++)
        {
            var methods = new Dictionary<int, MethodDefinition>();
            stageMethods.Add(methods);
            foreach (int width in plan.IsTileStage(stage) ? [] : new[] { 512, 256, 128 })
            {
                methods[width] = new VectorStageEmitter(graph, plan, stage, width, members).Emit();
                Type.Methods.Add(methods[width]);
            }
        }
    }

    private void EmitMemory()
    {
        for (int index = 0; index < graph.Inputs.Count; index++)
        {
            if (graph.Inputs[index].IsTensor)
            {
                memory[new KernelValue(IsInput: true, index)] = EmitAddress(Inputs[index], graph.Inputs[index].Type);
            }
        }

        foreach ((int node, FieldDefinition field) in Places().Where(place => !plan.Delayed.Contains(place.Node)))
        {
            memory[new KernelValue(IsInput: false, node)] = EmitAddress(field, graph.Nodes[node].ResultType);
        }

        foreach ((int node, FieldDefinition field) in Places().Where(place => plan.Delayed.Contains(place.Node)))
        {
            delayed[node] = EmitAddress(field, graph.Nodes[node].ResultType);
        }

        foreach (int node in plan.Buffered)
        {
            VariableDefinition buffer = code.Local(references.IntPtr);
            memory[new KernelValue(IsInput: false, node)] = buffer;
            code.Number(TileCapacity * graph.Nodes[node].ResultType.Size()).Emit(OpCodes.Conv_U).Emit(OpCodes.Localloc).Store(buffer);
        }
    }

    /// <summary>Where each node that is given out goes: the field that refers to the first element there.</summary>
    private IEnumerable<(int Node, FieldDefinition Field)> Places() => graph.Outputs
        .Select((node, output) => (Node: node, Field: Outputs[output]))
        .Where(place => !graph.Nodes[place.Node].IsReduction)
        .Concat(graph.Destinations.Select(destination => (destination.Node, Inputs[destination.Input])));

    private VariableDefinition EmitAddress(FieldDefinition field, ElementType type)
    {
        VariableDefinition address = code.Local(new ByReferenceType(references.Element(type)));
        code.LoadThis().On(OpCodes.Ldfld, field);
        code.Load(Start).Native(type.Size()).Emit(OpCodes.Mul).Emit(OpCodes.Add).Store(address);
        return address;
    }

    private void EmitTileLoop(VariableDefinition remaining, VariableDefinition count, Instruction giveUp)
    {
        Instruction body = StageCode.Label();
        Instruction check = StageCode.Label();
        Instruction run = StageCode.Label();
        code.Branch(OpCodes.Br, check);
        code.Mark(body).Load(remaining).Store(count);
        code.Load(remaining).Native(TileCapacity).Branch(OpCodes.Blt, run);
        code.Native(TileLength).Store(count);
        code.Mark(run);
        for (int stage = 0; stage < plan.Stages.Count; stage++)
        {
            if (plan.IsTileStage(stage))
            {
                EmitTileStage(graph.Nodes[plan.Stages[stage][0]], plan.Stages[stage][0], count, giveUp);
            }
            else
            {
                EmitVectorStage(stage, count);
            }
        }

        foreach (KeyValuePair<int, VariableDefinition> place in delayed)
        {
            code.Load(place.Value).Load(memory[new KernelValue(IsInput: false, place.Key)]);
            code.Load(count).Native(graph.Nodes[place.Key].ResultType.Size()).Emit(OpCodes.Mul).CopyBytes();
            EmitAdvance(place.Value, graph.Nodes[place.Key].ResultType, count);
        }

        foreach (KeyValuePair<KernelValue, VariableDefinition> place in memory.Where(place => place.Value.VariableType is ByReferenceType))
        {
            EmitAdvance(place.Value, graph.TypeOf(place.Key), count);
        }

        code.Load(remaining).Load(count).Emit(OpCodes.Sub).Store(remaining);
        code.Mark(check).Load(remaining).Native(0).Branch(OpCodes.Bgt, body);
    }

    private void EmitAdvance(VariableDefinition address, ElementType type, VariableDefinition count) =>
        code.Load(address).Load(count).Native(type.Size()).Emit(OpCodes.Mul).Emit(OpCodes.Add).Store(address);

    private void EmitVectorStage(int stage, VariableDefinition count)
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
                code.Load(memory[read]);
            }

            foreach (int scalar in plan.Scalars(stage))
            {
                code.LoadThis().On(OpCodes.Ldfld, Inputs[scalar]);
            }

            foreach (int write in plan.Writes(stage))
            {
                code.Load(memory[new KernelValue(IsInput: false, write)]);
            }

            foreach (int reduction in plan.Reductions(stage))
            {
                code.LoadAddress(running[reduction]);
            }

            code.Load(count).Call(method.Value).Branch(OpCodes.Br, done).Mark(next);
        }

        code.Mark(done);
    }

    private void EmitTileStage(KernelNode node, int index, VariableDefinition count, Instruction giveUp)
    {
        bool[] isTensor = node.Operands.Select(graph.IsTensor).ToArray();
        if (node.Row.CheckFor(node.ElementType) is { } check)
        {
            EmitTileOperands(node, count);
            code.Call(members.TileCheck(node, check, isTensor)).Branch(OpCodes.Brfalse, giveUp);
        }

        if (node.IsReduction)
        {
            code.LoadAddress(running[index]);
            EmitTileOperands(node, count);
            code.Call(members.Fold(node, isTensor));
            return;
        }

        EmitTileOperands(node, count);
        code.Load(memory[new KernelValue(IsInput: false, index)]).Load(count).Call(members.WriteSpan(references.Element(node.ResultType)));
        code.Call(members.TileOperation(node, isTensor));
    }

    private void EmitTileOperands(KernelNode node, VariableDefinition count)
    {
        foreach (KernelValue operand in node.Operands)
        {
            if (graph.IsTensor(operand))
            {
                code.Load(memory[operand]).Load(count).Call(members.ReadSpan(references.Element(graph.TypeOf(operand))));
            }
            else
            {
                code.LoadThis().On(OpCodes.Ldfld, Inputs[operand.Index]);
            }
        }
    }

    private TypeReference OutputType(KernelNode node) => node.IsReduction
        ? references.Partials(members.State(node))
        : Memory(node.ResultType, isTensor: true);

    private TypeReference Memory(ElementType type, bool isTensor) =>
        isTensor ? new ByReferenceType(references.Element(type)) : references.Element(type);

    private FieldDefinition Field(string name, TypeReference type)
    {
        var field = new FieldDefinition(name, FieldAttributes.Assembly, type);
        Type.Fields.Add(field);
        return field;
    }

    private ParameterDefinition Parameter(TypeReference type)
    {
        var parameter = new ParameterDefinition(type);
        code.Method.Parameters.Add(parameter);
        return parameter;
    }
}
