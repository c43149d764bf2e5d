using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// A register stage's method for one vector width, as yet without a loop: <c>static void (ref T reads..., scalars..., ref T writes..., ref T running...,
/// nint count)</c>, the operators on one vector, and the lanes of its reductions.
/// </summary>
internal sealed class VectorStage
{
    private readonly KernelGraph graph;
    private readonly KernelPlan plan;
    private readonly int stage;
    private readonly KernelMembers members;
    private readonly RuntimeReferences references;
    private readonly VectorOperators operators;

    /// <param name="lanes">How many vectors of lanes a reduction keeps side by side.</param>
    public VectorStage(KernelGraph graph, KernelPlan plan, int stage, string name, int width, int lanes, KernelMembers members)
    {
        this.graph = graph;
        this.plan = plan;
        this.stage = stage;
        this.members = members;
        references = members.References;
        Width = width;
        Lanes = lanes;
        Type = graph.Nodes[plan.Stages[stage][0]].ElementType;
        Element = references.Element(Type);
        Vector = references.Vector(width, Element);
        var method = new MethodDefinition(name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, references.Void);
        Code = new StageCode(method);
        operators = new VectorOperators(Code, members, width, Type);
        method.Body.InitLocals = false;

        // Inlined into its caller, the loop would compete with the other stages for the compiler's inlining budget.
        method.NoInlining = true;
        foreach (KernelValue read in plan.Reads(stage))
        {
            Reads[read] = Code.Parameter(new ByReferenceType(Element));
        }

        foreach (KernelValue scalar in plan.Scalars(stage))
        {
            Scalars[scalar] = Code.Parameter(references.Element(graph.TypeOf(scalar)));
        }

        foreach (int write in plan.Writes(stage))
        {
            Writes[write] = Code.Parameter(new ByReferenceType(Element));
        }

        foreach (int reduction in plan.Reductions(stage))
        {
            Running[reduction] = Code.Parameter(new ByReferenceType(Element));
        }

        Count = Code.Parameter(references.IntPtr);
    }

    public StageCode Code { get; }

    public int Width { get; }

    public int VectorBytes => Width / 8;

    /// <summary>How many vectors of lanes a reduction keeps side by side.</summary>
    public int Lanes { get; }

    public ElementType Type { get; }

    public TypeReference Element { get; }

    public TypeReference Vector { get; }

    /// <summary>A vector of ones.</summary>
    public VariableDefinition One => operators.One;

    public Dictionary<KernelValue, ParameterDefinition> Reads { get; } = [];

    public Dictionary<KernelValue, ParameterDefinition> Scalars { get; } = [];

    public Dictionary<int, ParameterDefinition> Writes { get; } = [];

    public Dictionary<int, ParameterDefinition> Running { get; } = [];

    public ParameterDefinition Count { get; }

    /// <summary>The lanes of each reduction.</summary>
    public Dictionary<int, VariableDefinition[]> Accumulators { get; } = [];

    public KernelNode Node(int index) => graph.Nodes[index];

    /// <summary>Stores scalars and ones in vectors, and in lanes what reductions start from.</summary>
    public void EmitBroadcasts()
    {
        foreach (KeyValuePair<KernelValue, ParameterDefinition> scalar in Scalars.Where(scalar => operators.TakesLanes(plan.Stages[stage].Select(Node), scalar.Key)))
        {
            VariableDefinition local = operators.Values[scalar.Key] = Code.Local(Vector);
            Code.Load(scalar.Value).Call(members.Broadcast(Width, Element)).Store(local);
        }

        operators.EmitOne();
        foreach (int reduction in plan.Reductions(stage))
        {
            Accumulators[reduction] = [.. Enumerable.Range(0, Lanes).Select(_ => Code.Local(Vector))];
            foreach (VariableDefinition lanes in Accumulators[reduction])
            {
                EmitIdentity(reduction).Store(lanes);
            }
        }
    }

    /// <summary>Pushes lanes that a reduction starts from.</summary>
    public StageCode EmitIdentity(int reduction) => Code.Identity(graph.Nodes[reduction], references).Call(members.Broadcast(Width, Element));

    /// <summary>Emits the operators on the vector that is <paramref name="part"/> vectors after the offset.</summary>
    public void EmitBody(VariableDefinition offset, int part)
    {
        foreach (KeyValuePair<KernelValue, ParameterDefinition> read in Reads)
        {
            VariableDefinition local = operators.Values[read.Key] = Code.Local(Vector);
            LoadPlace(read.Value, offset, part).On(OpCodes.Ldobj, Vector).Store(local);
        }

        foreach (int index in plan.Stages[stage])
        {
            KernelNode node = graph.Nodes[index];
            if (node.IsReduction || node.IsRowReduction)
            {
                EmitAccumulation(index, Accumulators[index][part], operators.Values[node.Operands[0]]);
                continue;
            }

            VariableDefinition local = operators.Values[KernelValue.Node(index)] = Code.Local(Vector);
            operators.Emit(node, operand => Code.Load(Scalars[operand]));
            Code.Store(local);
        }

        foreach (KeyValuePair<int, ParameterDefinition> write in Writes)
        {
            LoadPlace(write.Value, offset, part).Load(operators.Values[KernelValue.Node(write.Key)]).On(OpCodes.Stobj, Vector);
        }
    }

    public void EmitAccumulation(int reduction, VariableDefinition lanes, VariableDefinition value) =>
        Code.Load(lanes).Load(value).Call(members.VectorOperation(Width, graph.Nodes[reduction].Emission.Name, Element, 2)).Store(lanes);

    /// <summary>Stores in lanes others, from a byte on.</summary>
    /// <param name="lanes">The lanes.</param>
    /// <param name="loadOthers">Pushes the others.</param>
    /// <param name="loadByte">Pushes the byte's number.</param>
    public void EmitReplacement(VariableDefinition lanes, Func<StageCode> loadOthers, Action loadByte)
    {
        loadByte();
        Code.Call(members.MaskFrom(Vector));
        loadOthers().Load(lanes).Call(members.VectorOperation(Width, "ConditionalSelect", Element, 3)).Store(lanes);
    }

    /// <summary>Puts the lanes together in halves, and the running value with what they come to.</summary>
    public void EmitLanesToRunning(int reduction)
    {
        ParameterDefinition target = Running[reduction];
        KernelNode node = graph.Nodes[reduction];
        VariableDefinition lanes = Accumulators[reduction][0];
        for (int half = Width / 2; half >= 128; half /= 2)
        {
            VariableDefinition both = lanes;
            lanes = Code.Local(references.Vector(half, Element));
            Code.Load(both).Call(members.VectorHalf(2 * half, "GetLower", Element)).Load(both).Call(members.VectorHalf(2 * half, "GetUpper", Element));
            Code.Call(members.VectorOperation(half, node.Emission.Name, Element, 2)).Store(lanes);
        }

        MethodReference together = members.VectorOperation(128, node.Emission.Name, Element, 2);
        for (int distance = 8; distance >= Type.Size(); distance /= 2)
        {
            Code.Load(lanes).Load(lanes).Number(distance).Call(members.LanesBeyond(Element)).Call(together).Store(lanes);
        }

        Code.Load(target).Load(target).On(OpCodes.Ldobj, Element).Call(members.Broadcast(128, Element)).Load(lanes);
        Code.Call(together).Call(members.FirstLane(Element)).On(OpCodes.Stobj, Element);
    }

    private StageCode LoadPlace(ParameterDefinition memory, VariableDefinition offset, int part)
    {
        Code.Load(memory).Load(offset).Emit(OpCodes.Add);
        return part == 0 ? Code : Code.Native(part * VectorBytes).Emit(OpCodes.Add);
    }
}
