using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Turns a kernel graph into a method <c>static bool name(inputs..., out outputs...)</c> and the structure that computes. The method asks
/// its guard before anything is written, allocates the results, runs the structure over all elements and hands the results out. False
/// means that nothing observable happened (a null or empty input, shapes that do not fit together, a destination that shares memory in a way
/// the graph does not allow, or an operator about to throw): the caller runs the original instructions. Tensors that are all dense and of one
/// shape, which is the common case, have a method of their own, whose guard is a short compare chain; it hands everything else to one that makes a
/// <c>KernelSpace</c>.
/// </summary>
public sealed class KernelEmitter
{
    private readonly KernelGraph graph;
    private readonly RuntimeReferences references;
    private readonly KernelMembers members;
    private readonly KernelTypeEmitter kernel;
    private readonly StageCode code;
    private readonly ParameterDefinition[] inputs;
    private readonly ProductEmitter products;
    private readonly Dictionary<int, ParameterDefinition> spares;
    private readonly ParameterDefinition[] outputs;
    private readonly VariableDefinition state;
    private readonly IKernelGuard guard;
    private readonly Instruction giveUp = StageCode.Label();

    private KernelEmitter(KernelGraph graph, KernelMembers members, KernelTypeEmitter kernel, string name, MethodDefinition? alternative)
    {
        this.graph = graph;
        this.members = members;
        this.kernel = kernel;
        references = members.References;
        code = new StageCode(new MethodDefinition(
            name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, references.Boolean));
        products = new ProductEmitter(graph, kernel, members, code);
        inputs = graph.Inputs.Select(AddInput).ToArray();
        spares = graph.Spares.ToDictionary(spare => spare.Output, spare =>
            Parameter("spare" + spare.Output, OutputType(graph.Outputs[spare.Output]), ParameterAttributes.None));
        outputs = graph.Outputs.Select((node, index) =>
            Parameter("output" + index, new ByReferenceType(OutputType(node)), ParameterAttributes.Out)).ToArray();
        code.Method.Body.InitLocals = true;
        state = code.Local(kernel.Type);
        guard = alternative is null
            ? new SpaceGuard(graph, members, kernel, code, inputs, products, state, giveUp)
            : new FlatGuard(graph, members, kernel, code, inputs, products, state, alternative, giveUp);
    }

    /// <summary>The inputs whose elements are somebody else's.</summary>
    private IEnumerable<int> Tensors => Enumerable.Range(0, graph.Inputs.Count).Where(index => graph.Inputs[index].IsTensor).Except(graph.Products);

    /// <summary>
    /// Adds the method and its structure to <paramref name="container"/>, a non-generic class of <paramref name="module"/>. Parameters
    /// are the graph's inputs in order (<c>Tensor&lt;T&gt;</c>, a reference to a span of one, <c>T</c>, or for a product all of its arguments), then its spares
    /// (<c>Tensor&lt;T&gt;</c> or null), then its outputs (<c>out Tensor&lt;T&gt;</c>, or <c>out T</c> of a reduction), which are null or
    /// default after false.
    /// </summary>
    public static MethodDefinition Emit(ModuleDefinition module, TypeDefinition container, KernelGraph graph, string name)
    {
        var members = new KernelMembers(new RuntimeReferences(module));
        var kernel = new KernelTypeEmitter(graph, members, name + "Kernel");
        container.NestedTypes.Add(kernel.Emit());
        bool needsSpace = graph.IsByRow || graph.HasViews;
        MethodDefinition method = new KernelEmitter(graph, members, kernel, needsSpace ? name : name + "OverSpace", null).EmitMethod();
        container.Methods.Add(method);
        if (!needsSpace)
        {
            method = new KernelEmitter(graph, members, kernel, name, method).EmitMethod();
            container.Methods.Add(method);
        }

        return method;
    }

    private MethodDefinition EmitMethod()
    {
        foreach (ParameterDefinition output in outputs)
        {
            code.Load(output).On(OpCodes.Initobj, ((ByReferenceType)output.ParameterType).ElementType);
        }

        products.EmitArguments();
        guard.EmitShapes();
        if (graph.LongestLength is { } longest)
        {
            guard.EmitLength();
            code.Native(longest).Branch(OpCodes.Bgt, giveUp);
        }

        EmitInputs();
        foreach (KernelDestination destination in graph.Destinations)
        {
            IEnumerable<int> earlier = graph.Destinations.TakeWhile(other => other != destination).Select(other => other.Input);
            foreach (int other in Tensors.Where(index => index != destination.Input).Except(earlier))
            {
                guard.EmitApart(destination, other);
            }

            products.EmitApart(destination, guard, state, giveUp);
        }

        VariableDefinition?[] results = EmitResults();
        if (products.IsEmpty)
        {
            guard.EmitRun();
        }
        else
        {
            products.EmitMemory(state, guard, results);
            products.EmitRun(state, giveUp);
        }

        for (int index = 0; index < outputs.Length; index++)
        {
            if (results[index] is { } result)
            {
                code.Load(outputs[index]).Load(result).Emit(OpCodes.Stind_Ref);
            }
            else
            {
                EmitReduced(graph.Nodes[graph.Outputs[index]], outputs[index], kernel.Outputs[index]);
            }
        }

        code.Number(1).Emit(OpCodes.Ret);
        code.Mark(giveUp).Number(0).Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }

    private void EmitInputs()
    {
        foreach (int index in Enumerable.Range(0, inputs.Length).Except(graph.Products).Where(index => !graph.Inputs[index].IsOfViews))
        {
            KernelInput input = graph.Inputs[index];
            code.LoadAddress(state).Load(inputs[index]);
            if (input.IsTensor)
            {
                code.Call(members.Data(references.Element(input.Type), input.Kind));
            }

            code.On(OpCodes.Stfld, kernel.Inputs[index]);
        }
    }

    /// <summary>Allocates the tensors given out, or takes their spares; null for what is a reduction.</summary>
    private VariableDefinition?[] EmitResults()
    {
        var results = new VariableDefinition?[outputs.Length];
        for (int index = 0; index < outputs.Length; index++)
        {
            KernelNode node = graph.Nodes[graph.Outputs[index]];
            if (!node.IsReduction)
            {
                TypeReference element = references.Element(node.ResultType);
                VariableDefinition result = results[index] = code.Local(references.Tensor(element));
                if (graph.Pooled.Contains(index) && graph.ShapeOf(new KernelValue(IsInput: false, graph.Outputs[index])) == KernelShape.Elements)
                {
                    guard.EmitShape();
                    code.Call(members.Rent(element));
                }
                else
                {
                    guard.EmitAllocation(graph.Outputs[index], spares.TryGetValue(index, out ParameterDefinition? spare) ? spare : null);
                }

                code.Store(result);
                code.LoadAddress(state).Load(result).Call(members.Data(element, InputKind.Tensor)).On(OpCodes.Stfld, kernel.Outputs[index]);
            }
        }

        return results;
    }

    private void EmitReduced(KernelNode node, ParameterDefinition output, FieldDefinition partials)
    {
        code.Load(output).LoadAddress(state).On(OpCodes.Ldflda, partials);
        guard.EmitLength();
        guard.EmitChunkCount();
        code.Call(members.ReduceChunks(node)).On(OpCodes.Stobj, references.Element(node.ResultType));
    }

    private TypeReference OutputType(int output) => graph.Nodes[output].IsReduction
        ? references.Element(graph.Nodes[output].ResultType)
        : references.Tensor(references.Element(graph.Nodes[output].ResultType));

    private ParameterDefinition AddInput(KernelInput input, int index)
    {
        TypeReference element = references.Element(input.Type);
        if (input.Kind != InputKind.Product)
        {
            return Parameter("input" + index, members.InputType(element, input.Kind), ParameterAttributes.None);
        }

        ParameterDefinition[] arguments = members.Arguments(input.Product!, element)
            .Select((type, position) => Parameter($"argument{index}_{position}", type, ParameterAttributes.None)).ToArray();
        products.Add(index, arguments);
        return arguments[0];
    }

    private ParameterDefinition Parameter(string name, TypeReference type, ParameterAttributes attributes)
    {
        var parameter = new ParameterDefinition(name, attributes, type);
        code.Method.Parameters.Add(parameter);
        return parameter;
    }
}
