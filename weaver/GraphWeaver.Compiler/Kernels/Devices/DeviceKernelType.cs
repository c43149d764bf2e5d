using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// The structure of a kernel's form for a device: the argument of its launch. Fields are a view of every tensor, every scalar, and over a space that and the way
/// to every input.
/// </summary>
internal sealed class DeviceKernelType
{
    public DeviceKernelType(KernelGraph graph, DeviceMembers members, bool isOverSpace, string name)
    {
        RuntimeReferences references = members.References;
        Type = new TypeDefinition(
            "", name,
            TypeAttributes.NestedAssembly | TypeAttributes.SequentialLayout | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, references.ValueType);
        Reductions = [.. Enumerable.Range(0, graph.Outputs.Count).Where(output => graph.Nodes[graph.Outputs[output]].IsReduction)];
        State = Reductions.Count > 0 ? MakeState(graph, members) : null;
        Product = graph.Products.Any() ? graph.Products.Last() : null;
        Type.Interfaces.Add(new InterfaceImplementation(
            State is not null ? members.Reduction(State)
            : Product is { } product ? members.Epilogue(graph.Inputs[product].Type)
            : graph.IsByRow ? members.RowKernel
            : isOverSpace ? members.SpaceKernel
            : members.Kernel));
        Inputs = [.. graph.Inputs.Select((input, index) => input.IsOfViews || index == Product ? null : Field("input" + index, input.IsTensor ? members.View(input.Type) : references.Element(input.Type)))];
        Outputs = [.. graph.Outputs.Select((node, index) => Reductions.Contains(index) ? null : Field("output" + index, members.View(graph.Nodes[node].ResultType)))];
        IsOverSpace = isOverSpace;
        Space = isOverSpace && (State is not null || Product is not null) ? Field("space", members.Space) : null;
        Accesses = [.. graph.Inputs.Select((input, index) => isOverSpace && input.IsTensor && index != Product ? Field("access" + index, members.Access) : null)];
        References = references;
    }

    public TypeDefinition Type { get; }

    /// <summary>A view of a tensor, or a scalar; none for what only views are told.</summary>
    public IReadOnlyList<FieldDefinition?> Inputs { get; }

    /// <summary>A view of each result; none for a reduction.</summary>
    public IReadOnlyList<FieldDefinition?> Outputs { get; }

    /// <summary>The outputs that are reductions over all elements.</summary>
    public IReadOnlyList<int> Reductions { get; }

    /// <summary>The structure with what each reduction has come to, in order of <see cref="Reductions"/>; null where there is none.</summary>
    public TypeDefinition? State { get; }

    /// <summary>The product whose elements are handed over, the last; null where there is none. All others are tensors.</summary>
    public int? Product { get; }

    /// <summary>Whether tensors are of any layout; where not, all are dense and of one shape.</summary>
    public bool IsOverSpace { get; }

    /// <summary>How an element becomes coordinates; null where none has to.</summary>
    public FieldDefinition? Space { get; }

    /// <summary>The way from coordinates to each tensor input.</summary>
    public IReadOnlyList<FieldDefinition?> Accesses { get; }

    private RuntimeReferences References { get; }

    /// <summary>A method of the interface, as yet without instructions.</summary>
    public StageCode Implementation(string name, TypeReference? result = null)
    {
        const MethodAttributes Attributes = MethodAttributes.Public | MethodAttributes.Final | MethodAttributes.Virtual | MethodAttributes.HideBySig | MethodAttributes.NewSlot;
        var method = new MethodDefinition(name, Attributes, result ?? References.Void);
        method.Body.InitLocals = true;
        return new StageCode(method);
    }

    private TypeDefinition MakeState(KernelGraph graph, DeviceMembers members)
    {
        var state = new TypeDefinition("", Type.Name + "State", Type.Attributes, members.References.ValueType);
        foreach (int output in Reductions)
        {
            state.Fields.Add(new FieldDefinition("reduction" + output, FieldAttributes.Assembly, members.StateOf(graph.Nodes[graph.Outputs[output]])));
        }

        return state;
    }

    private FieldDefinition Field(string name, TypeReference type)
    {
        var field = new FieldDefinition(name, FieldAttributes.Assembly, type);
        Type.Fields.Add(field);
        return field;
    }
}
