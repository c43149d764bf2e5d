using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// A kernel's method, as yet without instructions: its parameters, the local with the kernel's structure and the place it goes to when it must not
/// run. All that emits a part of the method shares one.
/// </summary>
internal sealed class KernelFrame
{
    private readonly Dictionary<int, ParameterDefinition> spares;

    public KernelFrame(KernelGraph graph, KernelMembers members, KernelTypeEmitter kernel, string name)
    {
        Graph = graph;
        Members = members;
        Kernel = kernel;
        Code = new StageCode(new MethodDefinition(
            name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, members.References.Boolean));
        Products = new ProductEmitter(graph, kernel, members, Code);
        Inputs = graph.Inputs.Select(AddInput).ToArray();
        spares = graph.Spares.ToDictionary(spare => spare.Output, spare => Code.Parameter(OutputType(graph.Outputs[spare.Output]), "spare" + spare.Output));
        Outputs = graph.Outputs.Select((node, index) =>
            Code.Parameter(new ByReferenceType(OutputType(node)), "output" + index, ParameterAttributes.Out)).ToArray();

        // Layouts and accesses are large, and whole once they are made; only what products are told is put together field by field.
        Code.Method.Body.InitLocals = !Products.IsEmpty;
        State = Code.Local(kernel.Type);
    }

    public KernelGraph Graph { get; }

    public KernelMembers Members { get; }

    public KernelTypeEmitter Kernel { get; }

    public StageCode Code { get; }

    /// <summary>A parameter for each input of the graph; of a product its first argument.</summary>
    public IReadOnlyList<ParameterDefinition> Inputs { get; }

    /// <summary>What is done for the products among the inputs.</summary>
    public ProductEmitter Products { get; }

    /// <summary>An out parameter for each output of the graph.</summary>
    public IReadOnlyList<ParameterDefinition> Outputs { get; }

    /// <summary>The kernel's structure.</summary>
    public VariableDefinition State { get; }

    /// <summary>Where the method goes when nothing has been done and the caller has to do it all.</summary>
    public Instruction GiveUp { get; } = StageCode.Label();

    /// <summary>The inputs whose elements are somebody else's.</summary>
    public IEnumerable<int> Tensors => Graph.Tensors.Except(Graph.Products);

    /// <summary>The tensor whose memory an output may take; null where there is none.</summary>
    public ParameterDefinition? Spare(int output) => spares.TryGetValue(output, out ParameterDefinition? spare) ? spare : null;

    /// <summary>The type of an input's elements.</summary>
    public TypeReference Element(int input) => Members.References.Element(Graph.Inputs[input].Type);

    private TypeReference OutputType(int node)
    {
        TypeReference element = Members.References.Element(Graph.Nodes[node].ResultType);
        return Graph.Nodes[node].IsReduction ? element : Members.References.Tensor(element);
    }

    private ParameterDefinition AddInput(KernelInput input, int index)
    {
        TypeReference element = Members.References.Element(input.Type);
        if (input.Kind != InputKind.Product)
        {
            return Code.Parameter(Members.InputType(element, input.Kind), "input" + index);
        }

        ParameterDefinition[] arguments = Members.Arguments(input.Product!, element)
            .Select((type, position) => Code.Parameter(type, $"argument{index}_{position}")).ToArray();
        Products.Add(index, arguments);
        return arguments[0];
    }
}
