using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits the form of an element-wise kernel for a device: a structure with a view of every tensor and the scalars, whose <c>Execute</c> computes one
/// element in scalar code that ILGPU compiles when the program runs, whose <c>Bind</c> takes the views from the call, and the method that hands
/// tensors and scalars over: <c>bool name(inputs..., results..., nint length)</c>, over a space with that and the accesses of the tensors behind. False means that
/// the CPU has to do the work.
/// </summary>
internal sealed class DeviceKernelEmitter
{
    private readonly KernelGraph graph;
    private readonly DeviceMembers members;
    private readonly bool isOverSpace;
    private readonly RuntimeReferences references;
    private readonly TypeDefinition kernel;
    private readonly FieldDefinition?[] inputs;
    private readonly FieldDefinition?[] accesses;
    private readonly FieldDefinition[] outputs;
    private readonly FieldDefinition? space;
    private readonly List<int> slots;

    private DeviceKernelEmitter(KernelGraph graph, DeviceMembers members, bool isOverSpace, string name)
    {
        this.graph = graph;
        this.members = members;
        this.isOverSpace = isOverSpace;
        references = members.References;
        kernel = new TypeDefinition(
            "", name,
            TypeAttributes.NestedAssembly | TypeAttributes.SequentialLayout | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, references.ValueType);
        kernel.Interfaces.Add(new InterfaceImplementation(members.Kernel));
        slots = [.. graph.Tensors];
        inputs = [.. graph.Inputs.Select((input, index) => input.IsOfViews ? null : Field("input" + index, input.IsTensor ? members.View(input.Type) : references.Element(input.Type)))];
        outputs = [.. graph.Outputs.Select((node, index) => Field("output" + index, members.View(graph.Nodes[node].ResultType)))];
        space = isOverSpace ? Field("space", members.Space) : null;
        accesses = [.. graph.Inputs.Select((input, index) => isOverSpace && input.IsTensor ? Field("access" + index, members.Access) : null)];
    }

    /// <summary>The tensors that are computed with, and not only written.</summary>
    private IEnumerable<int> Sources => graph.Nodes.SelectMany(node => node.Operands).Where(operand => operand.IsInput).Select(operand => operand.Index);

    /// <summary>Adds the structure and the method to <paramref name="container"/>.</summary>
    public static MethodDefinition Emit(TypeDefinition container, KernelGraph graph, DeviceMembers members, bool isOverSpace, string name)
    {
        var emitter = new DeviceKernelEmitter(graph, members, isOverSpace, name + "Kernel");
        container.NestedTypes.Add(emitter.kernel);
        emitter.kernel.Methods.Add(emitter.EmitBind());
        emitter.kernel.Methods.Add(emitter.EmitExecute());
        MethodDefinition method = emitter.EmitMethod(name);
        container.Methods.Add(method);
        return method;
    }

    private MethodDefinition EmitBind()
    {
        StageCode code = Implementation("Bind");
        ParameterDefinition call = code.Parameter(members.Call);
        if (space is not null)
        {
            code.LoadThis().Load(call).Call(members.SpaceOfCall).On(OpCodes.Stfld, space);
        }

        for (int slot = 0; slot < slots.Count; slot++)
        {
            int input = slots[slot];
            code.LoadThis().Load(call).Number(slot).Call(members.ViewOfCall(graph.Inputs[input].Type)).On(OpCodes.Stfld, inputs[input]!);
            if (accesses[input] is { } access)
            {
                code.LoadThis().Load(call).Number(slot).Call(members.AccessOfCall).On(OpCodes.Stfld, access);
            }
        }

        for (int output = 0; output < outputs.Length; output++)
        {
            code.LoadThis().Load(call).Number(slots.Count + output).Call(members.ViewOfCall(OutputType(output))).On(OpCodes.Stfld, outputs[output]);
        }

        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }

    private MethodDefinition EmitExecute()
    {
        StageCode code = Implementation("Execute");
        ParameterDefinition index = code.Parameter(references.Int32);
        VariableDefinition? place = null;
        if (space is not null)
        {
            place = code.Local(members.Place);
            code.LoadThis().On(OpCodes.Ldflda, space).Load(index).Call(members.PlaceOf).Store(place);
        }

        var values = new Dictionary<KernelValue, VariableDefinition>();
        foreach (int input in Sources.Distinct().Where(input => graph.Inputs[input].IsTensor))
        {
            VariableDefinition value = values[KernelValue.Input(input)] = code.Local(references.Element(graph.Inputs[input].Type));
            code.LoadThis().On(OpCodes.Ldflda, inputs[input]!);
            LoadPlace(input).Call(members.Get(graph.Inputs[input].Type)).Store(value);
        }

        for (int node = 0; node < graph.Nodes.Count; node++)
        {
            VariableDefinition value = values[KernelValue.Node(node)] = code.Local(references.Element(graph.Nodes[node].ResultType));
            foreach (KernelValue operand in graph.Nodes[node].Operands)
            {
                if (values.TryGetValue(operand, out VariableDefinition? local))
                {
                    code.Load(local);
                }
                else
                {
                    code.LoadThis().On(OpCodes.Ldfld, inputs[operand.Index]!);
                }
            }

            code.Call(members.Operator(graph.Nodes[node])).Store(value);
        }

        for (int output = 0; output < outputs.Length; output++)
        {
            code.LoadThis().On(OpCodes.Ldflda, outputs[output]).Load(index).Load(values[KernelValue.Node(graph.Outputs[output])]).Call(members.Set(OutputType(output)));
        }

        foreach (KernelDestination destination in graph.Destinations)
        {
            code.LoadThis().On(OpCodes.Ldflda, inputs[destination.Input]!);
            LoadPlace(destination.Input).Load(values[KernelValue.Node(destination.Node)]).Call(members.Set(graph.Inputs[destination.Input].Type));
        }

        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: false);

        StageCode LoadPlace(int input) => place is null
            ? code.Load(index)
            : code.LoadThis().On(OpCodes.Ldflda, accesses[input]!).Load(place).Call(members.At);
    }

    private MethodDefinition EmitMethod(string name)
    {
        var code = new StageCode(new MethodDefinition(name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, references.Boolean));
        ParameterDefinition?[] arguments =
            [.. graph.Inputs.Select((input, index) => input.IsOfViews ? null : code.Parameter(ArgumentType(input), "input" + index))];
        ParameterDefinition[] results = [.. outputs.Select((_, output) => code.Parameter(references.Tensor(references.Element(OutputType(output))), "result" + output))];
        ParameterDefinition length = code.Parameter(references.IntPtr, "length");
        VariableDefinition call = code.Local(members.Call);
        VariableDefinition state = code.Local(kernel);
        code.Method.Body.InitLocals = true;
        code.Call(members.Begin).Store(call);
        if (isOverSpace)
        {
            ParameterDefinition over = code.Parameter(new ByReferenceType(references.Support("KernelSpace", isValueType: true)), "space");
            foreach (int input in slots)
            {
                ParameterDefinition access = code.Parameter(new ByReferenceType(references.Support("KernelAccess", isValueType: true)), "access" + input);
                code.Load(call).Load(arguments[input]!).Load(access).Call(members.ReadOver(graph.Inputs[input].Type));
            }

            code.Load(call).Load(over).Call(members.Over);
        }
        else
        {
            foreach (int input in slots)
            {
                code.Load(call).Load(arguments[input]!);
                code.Call(Sources.Contains(input) ? members.Read(graph.Inputs[input].Type) : members.Write(graph.Inputs[input].Type));
            }
        }

        foreach (KernelDestination destination in graph.Destinations)
        {
            code.Load(call).Number(slots.IndexOf(destination.Input)).Call(members.Overwrite);
        }

        for (int output = 0; output < results.Length; output++)
        {
            code.Load(call).Load(results[output]).Call(members.Write(OutputType(output)));
        }

        foreach (int input in Enumerable.Range(0, graph.Inputs.Count).Where(input => graph.Inputs[input].Kind == InputKind.Scalar))
        {
            code.LoadAddress(state).Load(arguments[input]!).On(OpCodes.Stfld, inputs[input]!);
        }

        code.Load(call).Load(state).Load(length).Number(graph.Cost).Call(members.Run(kernel)).Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }

    private TypeReference ArgumentType(KernelInput input) => input.IsTensor ? references.Tensor(references.Element(input.Type)) : references.Element(input.Type);

    private ElementType OutputType(int output) => graph.Nodes[graph.Outputs[output]].ResultType;

    private StageCode Implementation(string name)
    {
        const MethodAttributes Attributes = MethodAttributes.Public | MethodAttributes.Final | MethodAttributes.Virtual | MethodAttributes.HideBySig | MethodAttributes.NewSlot;
        var method = new MethodDefinition(name, Attributes, references.Void);
        method.Body.InitLocals = true;
        return new StageCode(method);
    }

    private FieldDefinition Field(string name, TypeReference type)
    {
        var field = new FieldDefinition(name, FieldAttributes.Assembly, type);
        kernel.Fields.Add(field);
        return field;
    }
}
