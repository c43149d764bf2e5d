using Mono.Cecil;

namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// The closed table of calls that copy the elements of one tensor into another, or into a part of it: <c>SetSlice</c>, <c>x[1..3] = y</c>, <c>CopyTo</c>,
/// <c>BroadcastTo</c>. A kernel writes what it has computed there instead. Found as views are; what is not found stays ordinary .NET.
/// </summary>
public static class WriteTable
{
    private const string Range = "System.ReadOnlySpan`1<System.Buffers.NRange>";

    /// <summary>The rows, in the documentation's order.</summary>
    public static IReadOnlyList<WriteRow> Rows { get; } =
    [
        new("SetSlice", IsMember: false, Source: 1, Destination: 0, Ranges: 2, "into ranges of the tensor, which is also the result"),
        new("set_Item", IsMember: true, Source: 2, Destination: 0, Ranges: 1, "into ranges of the tensor"),
        new("CopyTo", IsMember: true, Source: 0, Destination: 1, Ranges: null, "into all of the destination"),
        new("BroadcastTo", IsMember: false, Source: 0, Destination: 1, Ranges: null, "into all of the destination"),
    ];

    /// <summary>The operator a kernel has for it where the elements are no result of its own.</summary>
    public static OperatorRow Copy { get; } = new()
    {
        Name = "Copy",
        Members = [],
        Kind = OperatorKind.Unary,
        FloatingPoint = new CpuEmission(CpuForm.OwnTile, "Copy"),
        Half = new CpuEmission(CpuForm.OwnTile, "Copy"),
        SignedInteger = new CpuEmission(CpuForm.OwnTile, "Copy"),
        UnsignedInteger = new CpuEmission(CpuForm.OwnTile, "Copy"),
        Summary = "x itself",
    };

    /// <summary>How a call copies elements; null where it is none of these calls.</summary>
    public static WriteRow? Find(MethodReference method) => Rows.FirstOrDefault(row => row.Member == method.Name && Matches(row, method));

    /// <summary>The type of the elements a call copies; null where kernels do not take it.</summary>
    public static ElementType? ElementOf(MethodReference method) => method switch
    {
        GenericInstanceMethod { GenericArguments: [var element] } => Copied(element),
        { DeclaringType: GenericInstanceType { GenericArguments: [var element] } } => Copied(element),
        _ => null,
    };

    private static bool Matches(WriteRow row, MethodReference method)
    {
        var arguments = method.Parameters.Select(parameter => parameter.ParameterType).ToList();
        if (method.HasThis != row.IsMember || !ViewTable.IsOfTensors(method.DeclaringType) || (!row.IsMember && method.DeclaringType.FullName != OperatorTable.TensorType))
        {
            return false;
        }

        if (row.IsMember)
        {
            arguments.Insert(0, method.DeclaringType);
        }

        return arguments.Count == (row.Ranges is null ? 2 : 3)
            && ViewTable.IsTensorOrSpan(Behind(arguments[row.Source])) && ViewTable.IsTensorOrSpan(Behind(arguments[row.Destination]))
            && (row.Ranges is not { } ranges || arguments[ranges].FullName == Range);
    }

    private static ElementType? Copied(TypeReference type) => ElementTypes.From(type) is { } element && Copy.EmissionFor(element) is not null ? element : null;

    private static TypeReference Behind(TypeReference type) => type is ByReferenceType or IModifierType ? Behind(((TypeSpecification)type).ElementType) : type;
}
