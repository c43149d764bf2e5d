using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits the form of a kernel for a device: a structure with a view of every tensor and the scalars, whose <c>Execute</c> is scalar code that ILGPU compiles
/// when the program runs, for one element or for one row, whose <c>Bind</c> takes the views from the call, and the method that hands
/// tensors and scalars over: <c>bool name(inputs..., results..., nint length)</c>, over a space with that and the accesses of the tensors behind. False means that
/// the CPU has to do the work.
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
        slots = [.. graph.Tensors];
    }

    /// <summary>The tensors that are computed with, and not only written.</summary>
    private IEnumerable<int> Sources => graph.Nodes.SelectMany(node => node.Arguments).Where(operand => operand.IsInput).Select(operand => operand.Index);

    /// <summary>Adds the structure and the method to <paramref name="container"/>.</summary>
    public static MethodDefinition Emit(TypeDefinition container, KernelGraph graph, DeviceMembers members, bool isOverSpace, string name)
    {
        var emitter = new DeviceKernelEmitter(graph, members, isOverSpace, name + "Kernel");
        container.NestedTypes.Add(emitter.type.Type);
        emitter.type.Type.Methods.Add(emitter.EmitBind());
        emitter.type.Type.Methods.Add(graph.IsByRow ? new DeviceRowsEmitter(graph, members, emitter.type).Emit() : new DeviceElementsEmitter(graph, members, emitter.type).Emit());
        MethodDefinition method = emitter.EmitMethod(name);
        container.Methods.Add(method);
        return method;
    }

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

        for (int output = 0; output < type.Outputs.Count; output++)
        {
            code.LoadThis().Load(call).Number(slots.Count + output).Call(members.ViewOfCall(OutputType(output))).On(OpCodes.Stfld, type.Outputs[output]);
        }

        code.Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }

    private MethodDefinition EmitMethod(string name)
    {
        var code = new StageCode(new MethodDefinition(name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, references.Boolean));
        ParameterDefinition?[] arguments =
            [.. graph.Inputs.Select((input, index) => input.IsOfViews ? null : code.Parameter(ArgumentType(input), "input" + index))];
        ParameterDefinition[] results = [.. type.Outputs.Select((_, output) => code.Parameter(references.Tensor(references.Element(OutputType(output))), "result" + output))];
        ParameterDefinition length = code.Parameter(references.IntPtr, "length");
        VariableDefinition call = code.Local(members.Call);
        VariableDefinition state = code.Local(type.Type);
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
                code.Load(call).Load(arguments[input]!).Call(members.Read(graph.Inputs[input].Type));
            }
        }

        foreach (KernelDestination destination in graph.Destinations)
        {
            code.Load(call).Number(slots.IndexOf(destination.Input)).Number(Sources.Contains(destination.Input) ? 1 : 0).Call(members.Overwrite);
        }

        for (int output = 0; output < results.Length; output++)
        {
            code.Load(call).Load(results[output]).Call(members.Write(OutputType(output)));
        }

        foreach (int input in Enumerable.Range(0, graph.Inputs.Count).Where(input => graph.Inputs[input].Kind == InputKind.Scalar))
        {
            code.LoadAddress(state).Load(arguments[input]!).On(OpCodes.Stfld, type.Inputs[input]!);
        }

        code.Load(call).Load(state).Load(length).Number(graph.Cost).Call(graph.IsByRow ? members.RunRows(type.Type) : members.Run(type.Type)).Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }

    private TypeReference ArgumentType(KernelInput input) => input.IsTensor ? references.Tensor(references.Element(input.Type)) : references.Element(input.Type);

    private ElementType OutputType(int output) => graph.Nodes[graph.Outputs[output]].ResultType;
}
