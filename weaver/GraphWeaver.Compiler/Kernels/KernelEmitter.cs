using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Turns a kernel graph into a method <c>static bool name(inputs..., out outputs...)</c> and the structure that computes. The method asks
/// its guard before anything is written, allocates the results, runs the structure over all elements and hands the results out. False
/// means that nothing observable happened (a null, empty, non-dense or differently shaped input, a destination that shares memory in a way
/// the graph does not allow, or an operator about to throw): the caller runs the original instructions.
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
    private readonly VariableDefinition shape;
    private readonly VariableDefinition length;
    private readonly Instruction giveUp = StageCode.Label();

    private KernelEmitter(ModuleDefinition module, KernelGraph graph, string name)
    {
        this.graph = graph;
        references = new RuntimeReferences(module);
        members = new KernelMembers(references);
        kernel = new KernelTypeEmitter(graph, members, name + "Kernel");
        kernel.Emit();
        code = new StageCode(new MethodDefinition(
            name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, references.Boolean));
        products = new ProductEmitter(graph, kernel, members, code);
        inputs = graph.Inputs.Select(AddInput).ToArray();
        spares = graph.Spares.ToDictionary(spare => spare.Output, spare =>
            Parameter("spare" + spare.Output, OutputType(graph.Nodes[graph.Outputs[spare.Output]]), ParameterAttributes.None));
        outputs = graph.Outputs.Select((node, index) =>
            Parameter("output" + index, new ByReferenceType(OutputType(graph.Nodes[node])), ParameterAttributes.Out)).ToArray();
        code.Method.Body.InitLocals = true;
        state = code.Local(kernel.Type);
        shape = code.Local(references.ReadOnlySpan(references.IntPtr));
        length = code.Local(references.IntPtr);
    }

    /// <summary>The inputs whose elements are somebody else's.</summary>
    private IEnumerable<int> Tensors => Enumerable.Range(0, graph.Inputs.Count).Where(index => graph.Inputs[index].IsTensor).Except(graph.Products);

    /// <summary>
    /// Adds the method and its structure to <paramref name="container"/>, a non-generic class of <paramref name="module"/>. Parameters
    /// are the graph's inputs in order (<c>Tensor&lt;T&gt;</c>, a reference to a span of one, <c>T</c>, or for a product both matrices), then its spares
    /// (<c>Tensor&lt;T&gt;</c> or null), then its outputs (<c>out Tensor&lt;T&gt;</c>, or <c>out T</c> of a reduction), which are null or
    /// default after false.
    /// </summary>
    public static MethodDefinition Emit(ModuleDefinition module, TypeDefinition container, KernelGraph graph, string name)
    {
        var emitter = new KernelEmitter(module, graph, name);
        container.NestedTypes.Add(emitter.kernel.Type);
        MethodDefinition method = emitter.EmitMethod();
        container.Methods.Add(method);
        return method;
    }

    private MethodDefinition EmitMethod()
    {
        foreach (ParameterDefinition output in outputs)
        {
            code.Load(output).On(OpCodes.Initobj, ((ByReferenceType)output.ParameterType).ElementType);
        }

        EmitShapeGuard();
        EmitInputs();
        graph.Destinations.ToList().ForEach(EmitOverlapGuard);
        VariableDefinition?[] results = EmitResults();
        products.EmitMemory(state, shape, results);
        EmitRun();
        code.Branch(OpCodes.Brfalse, giveUp);
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

    private void EmitRun()
    {
        if (products.IsEmpty)
        {
            code.LoadAddress(state).Load(length).Number(graph.Cost).Call(members.Run(kernel.Type));
        }
        else
        {
            products.EmitRun(state);
        }
    }

    private void EmitShapeGuard()
    {
        if (products.IsEmpty)
        {
            int first = Tensors.First();
            On(first, members.IsReady).Branch(OpCodes.Brfalse, giveUp);
            On(first, members.Shape).Store(shape);
            On(first, members.Length).Store(length);
        }
        else
        {
            products.EmitGuard(shape, giveUp);
        }

        foreach (int index in Tensors.Skip(products.IsEmpty ? 1 : 0))
        {
            code.Load(inputs[index]).Load(shape);
            code.Call(members.HasShape(references.Element(graph.Inputs[index].Type), graph.Inputs[index].Kind)).Branch(OpCodes.Brfalse, giveUp);
        }
    }

    private void EmitInputs()
    {
        foreach (int index in Enumerable.Range(0, inputs.Length).Except(graph.Products))
        {
            code.LoadAddress(state);
            if (graph.Inputs[index].IsTensor)
            {
                On(index, members.Data);
            }
            else
            {
                code.Load(inputs[index]);
            }

            code.On(OpCodes.Stfld, kernel.Inputs[index]);
        }
    }

    private void EmitOverlapGuard(KernelDestination destination)
    {
        IEnumerable<int> earlier = graph.Destinations.TakeWhile(other => other != destination).Select(other => other.Input);
        foreach (int other in Tensors.Where(index => index != destination.Input).Except(earlier))
        {
            code.LoadAddress(state).On(OpCodes.Ldfld, kernel.Inputs[destination.Input]);
            code.LoadAddress(state).On(OpCodes.Ldfld, kernel.Inputs[other]).Load(length);
            code.Call(members.AreApart(
                references.Element(graph.Inputs[destination.Input].Type), references.Element(graph.Inputs[other].Type),
                destination.MayEqual.Contains(other)));
            code.Branch(OpCodes.Brfalse, giveUp);
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
                if (spares.TryGetValue(index, out ParameterDefinition? spare))
                {
                    code.Load(spare).Load(shape).Call(members.Reuse(element)).Store(result);
                }
                else
                {
                    code.Load(shape).Call(graph.Pooled.Contains(index) ? members.Rent(element) : members.Allocate(element)).Store(result);
                }

                code.LoadAddress(state).Load(result).Call(members.Data(element, InputKind.Tensor)).On(OpCodes.Stfld, kernel.Outputs[index]);
            }
        }

        return results;
    }

    private void EmitReduced(KernelNode node, ParameterDefinition output, FieldDefinition partials)
    {
        TypeReference element = references.Element(node.ElementType);
        code.Load(output).LoadAddress(state).On(OpCodes.Ldflda, partials).Load(length);
        code.Load(length).Number(graph.Cost).Call(members.ChunkCount());
        code.Call(members.ReduceChunks(node.Row.Members[0] + "OfChunks", element)).On(OpCodes.Stobj, element);
    }

    private StageCode On(int input, Func<TypeReference, InputKind, MethodReference> member) =>
        code.Load(inputs[input]).Call(member(references.Element(graph.Inputs[input].Type), graph.Inputs[input].Kind));

    private TypeReference OutputType(KernelNode node) => node.IsReduction
        ? references.Element(node.ElementType)
        : references.Tensor(references.Element(node.ResultType));

    private ParameterDefinition AddInput(KernelInput input, int index)
    {
        TypeReference element = references.Element(input.Type);
        if (input.Kind != InputKind.Product)
        {
            return Parameter("input" + index, members.InputType(element, input.Kind), ParameterAttributes.None);
        }

        ParameterDefinition left = Parameter("left" + index, references.Tensor(element), ParameterAttributes.None);
        products.Add(index, left, Parameter("right" + index, references.Tensor(element), ParameterAttributes.None));
        return left;
    }

    private ParameterDefinition Parameter(string name, TypeReference type, ParameterAttributes attributes)
    {
        var parameter = new ParameterDefinition(name, attributes, type);
        code.Method.Parameters.Add(parameter);
        return parameter;
    }
}
