using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits the form of a kernel for a device: a structure with a view of every tensor and the scalars, whose <c>Execute</c> is scalar code that ILGPU compiles
/// when the program runs, for one element or for one row, whose <c>Bind</c> takes the views from the call, and the method that hands
/// tensors and scalars over: <c>bool name(inputs..., results..., nint length)</c>, over a space with that and the accesses of the tensors behind. A product is its two
/// matrices: the last is made with the kernel, any other before, into a tensor of the pool. The result of a reduction is the partial values, of which the first becomes the device's. False means that the CPU has to do the work.
/// </summary>
internal sealed class DeviceKernelEmitter
{
    private readonly KernelGraph graph;
    private readonly DeviceMembers members;
    private readonly bool isOverSpace;
    private readonly RuntimeReferences references;
    private readonly DeviceKernelType type;
    private readonly List<int> slots;

    private DeviceKernelEmitter(KernelGraph graph, DeviceMembers members, bool isOverSpace, string name)
    {
        this.graph = graph;
        this.members = members;
        this.isOverSpace = isOverSpace;
        references = members.References;
        type = new DeviceKernelType(graph, members, isOverSpace, name);
        slots = [.. graph.Tensors.Where(input => input != type.Product)];
    }

    /// <summary>The tensors that are computed with, and not only written.</summary>
    private IEnumerable<int> Sources => graph.Nodes.SelectMany(node => node.Arguments).Where(operand => operand.IsInput).Select(operand => operand.Index);

    /// <summary>The outputs that are tensors.</summary>
    private IEnumerable<int> Results => Enumerable.Range(0, graph.Outputs.Count).Except(type.Reductions);

    /// <summary>Adds the structure and the method to <paramref name="container"/>.</summary>
    public static MethodDefinition Emit(TypeDefinition container, KernelGraph graph, DeviceMembers members, bool isOverSpace, string name)
    {
        var emitter = new DeviceKernelEmitter(graph, members, isOverSpace, name + "Kernel");
        container.NestedTypes.Add(emitter.type.Type);
        emitter.type.Type.Methods.Add(emitter.EmitBind());
        foreach (MethodDefinition work in emitter.EmitWork())
        {
            emitter.type.Type.Methods.Add(work);
        }

        if (emitter.type.State is { } state)
        {
            container.NestedTypes.Add(state);
        }

        MethodDefinition method = emitter.EmitMethod(name);
        container.Methods.Add(method);
        return method;
    }

    private IEnumerable<MethodDefinition> EmitWork() =>
        type.State is not null ? new DeviceReductionEmitter(graph, members, type).Emit()
        : graph.IsByRow ? [new DeviceRowsEmitter(graph, members, type).Emit()]
        : [new DeviceElementsEmitter(graph, members, type).Emit()];

    private MethodDefinition EmitBind()
    {
        StageCode code = type.Implementation("Bind");
        ParameterDefinition call = code.Parameter(members.Call);
        if (type.Space is { } space)
        {
            code.LoadThis().Load(call).Call(members.SpaceOfCall).On(OpCodes.Stfld, space);
        }

        for (int slot = 0; slot < slots.Count; slot++)
        {
            int input = slots[slot];
            code.LoadThis().Load(call).Number(slot).Call(members.ViewOfCall(graph.Inputs[input].Type)).On(OpCodes.Stfld, type.Inputs[input]!);
            if (type.Accesses[input] is { } access)
            {
                code.LoadThis().Load(call).Number(slot).Call(members.AccessOfCall).On(OpCodes.Stfld, access);
            }
        }

        int next = slots.Count;
        foreach (int output in Results)
        {
            code.LoadThis().Load(call).Number(next++).Call(members.ViewOfCall(OutputType(output))).On(OpCodes.Stfld, type.Outputs[output]!);
        }

        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }

    private MethodDefinition EmitMethod(string name)
    {
        var code = new StageCode(new MethodDefinition(name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, references.Boolean));
        ParameterDefinition[][] arguments = [.. graph.Inputs.Select((input, index) => ArgumentTypes(input).Select(argument => code.Parameter(argument, "input" + index)).ToArray())];
        ParameterDefinition[] results = [.. graph.Outputs.Select((_, output) => code.Parameter(ResultType(output), "result" + output))];
        ParameterDefinition length = code.Parameter(references.IntPtr, "length");
        VariableDefinition call = code.Local(members.Call);
        VariableDefinition state = code.Local(type.Type);
        code.Method.Body.InitLocals = true;
        Instruction refused = StageCode.Label();
        EmitChecks(code, arguments);
        Dictionary<int, VariableDefinition> products = EmitProducts(code, arguments, refused);
        code.Call(members.Begin).Store(call);
        if (isOverSpace)
        {
            ParameterDefinition over = code.Parameter(new ByReferenceType(references.Support("KernelSpace", isValueType: true)), "space");
            foreach (int input in graph.Tensors)
            {
                ParameterDefinition access = code.Parameter(new ByReferenceType(references.Support("KernelAccess", isValueType: true)), "access" + input);
                if (slots.Contains(input) && EmitFirst(code, arguments, input) is { } first)
                {
                    code.Load(call).Load(first).Load(access).Call(members.ReadSpanOver(graph.Inputs[input].Type));
                }
                else if (slots.Contains(input))
                {
                    code.Load(call);
                    LoadTensor(input).Load(access).Call(members.ReadOver(graph.Inputs[input].Type));
                }
            }

            code.Load(call).Load(over).Call(graph.IsByRow ? members.OverRows : members.Over);
        }
        else
        {
            foreach (int input in slots)
            {
                if (EmitFirst(code, arguments, input) is { } first)
                {
                    code.Load(call).Load(first).Load(length).Call(members.ReadSpan(graph.Inputs[input].Type));
                    continue;
                }

                code.Load(call);
                LoadTensor(input).Call(members.Read(graph.Inputs[input].Type));
            }
        }

        foreach (KernelDestination destination in graph.Destinations)
        {
            code.Load(call).Number(slots.IndexOf(destination.Input)).Number(Sources.Contains(destination.Input) ? 1 : 0).Call(members.Overwrite);
        }

        foreach (int output in Results)
        {
            code.Load(call).Load(results[output]).Call(members.Write(OutputType(output)));
        }

        foreach (int input in Enumerable.Range(0, graph.Inputs.Count).Where(input => graph.Inputs[input].Kind == InputKind.Scalar))
        {
            code.LoadAddress(state).Load(arguments[input][0]).On(OpCodes.Stfld, type.Inputs[input]!);
        }

        if (type.Product is { } product)
        {
            code.Load(call).Load(arguments[product][0]).Load(arguments[product][1]).Call(members.Multiply(graph.Inputs[product].Type));
        }

        code.Load(call).Load(state).Load(length).Number(graph.Cost);
        if (type.State is not null)
        {
            EmitReduce(code, type.State, results, refused);
        }
        else
        {
            code.Call(Run());
            EmitReturn(code, products);
        }

        code.Emit(OpCodes.Ret);
        code.Mark(refused).Number(0).Emit(OpCodes.Ret);
        return code.Finish(optimise: false);

        StageCode LoadTensor(int input) => products.TryGetValue(input, out VariableDefinition? product) ? code.Load(product) : code.Load(arguments[input][0]);
    }

    /// <summary>The first element of a span, which the method holds where it is until it returns; null where the input is a tensor.</summary>
    private VariableDefinition? EmitFirst(StageCode code, ParameterDefinition[][] arguments, int input)
    {
        if (graph.Inputs[input].Kind is not (InputKind.Span or InputKind.ReadOnlySpan))
        {
            return null;
        }

        TypeReference element = references.Element(graph.Inputs[input].Type);
        VariableDefinition first = code.Local(new PinnedType(new ByReferenceType(element)));
        code.Load(arguments[input][0]).Call(new KernelMembers(references).Data(element, graph.Inputs[input].Kind)).Store(first);
        return first;
    }

    /// <summary>Leaves to the CPU what eager throws for; such a check looks at no element.</summary>
    private void EmitChecks(StageCode code, ParameterDefinition[][] arguments)
    {
        var checks = new KernelMembers(references);
        foreach (KernelNode node in graph.Nodes.Where(node => node.Row.CheckFor(node.ElementType) is not null))
        {
            Instruction passed = StageCode.Label();
            code.Load(code.Local(references.ReadOnlySpan(references.Element(node.ElementType))));
            foreach (KernelValue number in node.Operands.Skip(1))
            {
                code.Load(arguments[number.Index][0]);
            }

            code.Call(checks.TileCheck(node, node.Row.CheckFor(node.ElementType)!, [.. node.Operands.Select(graph.IsTensor)])).Branch(OpCodes.Brtrue, passed);
            code.Call(members.Synchronize).Number(0).Emit(OpCodes.Ret);
            code.Mark(passed);
        }
    }

    /// <summary>Makes all products but the last.</summary>
    private Dictionary<int, VariableDefinition> EmitProducts(StageCode code, ParameterDefinition[][] arguments, Instruction refused)
    {
        var products = new Dictionary<int, VariableDefinition>();
        foreach (int product in graph.Products.Where(product => product != type.Product))
        {
            ElementType element = graph.Inputs[product].Type;
            VariableDefinition tensor = products[product] = code.Local(references.Tensor(references.Element(element)));
            code.Load(arguments[product][0]).Load(arguments[product][1]).Call(members.MatMul("TryPooledMatMul", element)).Store(tensor);
            code.Load(tensor).Branch(OpCodes.Brfalse, refused);
        }

        return products;
    }

    /// <summary>Gives the tensors of products back; what was pushed stays.</summary>
    private void EmitReturn(StageCode code, Dictionary<int, VariableDefinition> products)
    {
        var pool = new KernelMembers(references);
        foreach (KeyValuePair<int, VariableDefinition> product in products)
        {
            code.Load(product.Value).Call(members.Discard);
            code.Load(product.Value).Call(pool.Return(references.Element(graph.Inputs[product.Key].Type)));
        }
    }

    private void EmitReduce(StageCode code, TypeDefinition state, ParameterDefinition[] results, Instruction refused)
    {
        var partials = new KernelMembers(references);
        VariableDefinition reduced = code.Local(state);
        code.LoadAddress(reduced).Call(members.Reduce(state, type.Type)).Branch(OpCodes.Brfalse, refused);
        for (int index = 0; index < type.Reductions.Count; index++)
        {
            int output = type.Reductions[index];
            KernelNode node = graph.Nodes[graph.Outputs[output]];
            code.Load(results[output]).Number(0).Load(reduced).On(OpCodes.Ldfld, state.Fields[index]);
            if (node.Emission.Form == CpuForm.Fold)
            {
                code.Call(members.OnHost(node));
            }

            code.Call(partials.StorePartial(partials.State(node)));
        }

        code.Number(1);
    }

    private MethodReference Run() =>
        type.Product is { } product ? members.RunProduct(graph.Inputs[product].Type, type.Type)
        : graph.IsByRow ? members.RunRows(type.Type)
        : isOverSpace ? members.RunOver(type.Type)
        : members.Run(type.Type);

    private IEnumerable<TypeReference> ArgumentTypes(KernelInput input) => input.Kind switch
    {
        _ when input.IsOfViews => [],
        InputKind.Product => [references.Tensor(references.Element(input.Type)), references.Tensor(references.Element(input.Type))],
        _ => [new KernelMembers(references).InputType(references.Element(input.Type), input.Kind)],
    };

    private TypeReference ResultType(int output) => type.Reductions.Contains(output)
        ? new ByReferenceType(references.Partials(new KernelMembers(references).State(graph.Nodes[graph.Outputs[output]])))
        : references.Tensor(references.Element(OutputType(output)));

    private ElementType OutputType(int output) => graph.Nodes[graph.Outputs[output]].ResultType;
}
