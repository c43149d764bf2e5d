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
        Type.Interfaces.Add(new InterfaceImplementation(graph.IsByRow ? members.RowKernel : members.Kernel));
        Inputs = [.. graph.Inputs.Select((input, index) => input.IsOfViews ? null : Field("input" + index, input.IsTensor ? members.View(input.Type) : references.Element(input.Type)))];
        Outputs = [.. graph.Outputs.Select((node, index) => Field("output" + index, members.View(graph.Nodes[node].ResultType)))];
        Space = isOverSpace ? Field("space", members.Space) : null;
        Accesses = [.. graph.Inputs.Select((input, index) => isOverSpace && input.IsTensor ? Field("access" + index, members.Access) : null)];
        References = references;
    }

    public TypeDefinition Type { get; }

    /// <summary>A view of a tensor, or a scalar; none for what only views are told.</summary>
    public IReadOnlyList<FieldDefinition?> Inputs { get; }

    /// <summary>A view of each result.</summary>
    public IReadOnlyList<FieldDefinition> Outputs { get; }

    /// <summary>How an element becomes coordinates; null where all tensors are dense and of one shape.</summary>
    public FieldDefinition? Space { get; }

    /// <summary>The way from coordinates to each tensor input.</summary>
    public IReadOnlyList<FieldDefinition?> Accesses { get; }

    private RuntimeReferences References { get; }

    /// <summary>A method of the interface, as yet without instructions.</summary>
    public StageCode Implementation(string name)
    {
        const MethodAttributes Attributes = MethodAttributes.Public | MethodAttributes.Final | MethodAttributes.Virtual | MethodAttributes.HideBySig | MethodAttributes.NewSlot;
        var method = new MethodDefinition(name, Attributes, References.Void);
        method.Body.InitLocals = true;
        return new StageCode(method);
    }

    private FieldDefinition Field(string name, TypeReference type)
    {
        var field = new FieldDefinition(name, FieldAttributes.Assembly, type);
        Type.Fields.Add(field);
        return field;
    }
}
