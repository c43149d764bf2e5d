using GraphWeaver.Compiler.Operators;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits a kernel's structure: references to the first elements of inputs and results, scalars, one partial value per chunk of each
/// reduction, where the tensors are not all dense and alike the space it runs over, and <c>Execute</c>, which runs the stages over one chunk.
/// It lives on the stack of the thread that started the kernel.
/// </summary>
internal sealed class KernelTypeEmitter
{
    private readonly KernelGraph graph;
    private readonly KernelPlan plan;
    private readonly KernelMembers members;
    private readonly RuntimeReferences references;
    private readonly List<IReadOnlyList<StageMethod>> stageMethods = [];

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
        Type.Interfaces.Add(new InterfaceImplementation(references.Support("IKernel")));
        Type.CustomAttributes.Add(new CustomAttribute(references.MakesByRefLike));
        Inputs = graph.Inputs.Select((input, index) => input.IsOfViews ? null! : Field("input" + index, Memory(input.Type, input.IsTensor))).ToArray();
        Outputs = graph.Outputs.Select((node, index) => Field("output" + index, OutputType(graph.Nodes[node]))).ToArray();
        Space = Field("space", new ByReferenceType(members.Space));
        Accesses = graph.Inputs.Select((input, index) => input.IsTensor ? Field("access" + index, new ByReferenceType(members.Access)) : null).ToArray();
    }

    public TypeDefinition Type { get; }

    /// <summary>A field per kernel input: a reference to the first element of a tensor, or a scalar; none for what only views are told.</summary>
    public IReadOnlyList<FieldDefinition> Inputs { get; }

    /// <summary>A field per kernel output: a reference to the first element of the result, or the partial values of a reduction.</summary>
    public IReadOnlyList<FieldDefinition> Outputs { get; }

    /// <summary>A reference to the space the kernel runs over; a null reference where every tensor is dense and of one shape.</summary>
    public FieldDefinition Space { get; }

    /// <summary>A field per tensor input: a reference to its access over the space.</summary>
    public IReadOnlyList<FieldDefinition?> Accesses { get; }

    public TypeDefinition Emit()
    {
        for (int stage = 0; stage < plan.Stages.Count; stage++)
        {
            stageMethods.Add(plan.IsTileStage(stage) || plan.ShapeOf(stage) == KernelShape.Row ? [] : EmitStage(stage));
        }

        var forms = (graph.IsByRow ? new[] { ExecuteForm.EvenRows, ExecuteForm.Space } : [ExecuteForm.Flat, ExecuteForm.EvenRows, ExecuteForm.Space])
            .ToDictionary(form => form, form => new ExecuteEmitter(graph, plan, members, this, stageMethods, form).Emit());
        foreach (MethodDefinition form in forms.Values)
        {
            Type.Methods.Add(form);
        }

        Type.Methods.Add(ExecuteDispatch.Emit(graph, members, this, forms));
        return Type;
    }

    /// <summary>The methods of a register stage, widest first, and the one for what the narrowest vector is too long for.</summary>
    private List<StageMethod> EmitStage(int stage)
    {
        const int Narrowest = 128;
        MethodDefinition method = StageRestEmitter.Emit(graph, plan, stage, Narrowest, members);
        List<StageMethod> methods = [new(method, 0)];
        for (int width = Narrowest; width <= 512; width *= 2)
        {
            method = new VectorStageEmitter(graph, plan, stage, width, members, method).Emit();
            methods.Insert(0, new StageMethod(method, width));
        }

        methods.ForEach(stageMethod => Type.Methods.Add(stageMethod.Method));
        return methods;
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
}
