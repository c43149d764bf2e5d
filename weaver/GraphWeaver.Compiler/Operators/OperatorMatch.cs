namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// A call recognised as a table operator. <paramref name="ElementType"/> is the tensor operands' type; roles and types are by parameter.
/// </summary>
/// <param name="Form">Where the result goes.</param>
public sealed record OperatorMatch(
    OperatorRow Row,
    ElementType ElementType,
    ElementType ResultType,
    IReadOnlyList<OperandRole> Roles,
    IReadOnlyList<ElementType> ParameterTypes,
    OperatorForm Form)
{
    /// <summary>The parameter whose memory the operator writes; null where it returns a new value.</summary>
    public int? Destination => Form switch
    {
        OperatorForm.InPlace => 0,
        OperatorForm.Destination => Roles.ToList().LastIndexOf(OperandRole.TensorSpan),
        _ => null,
    };

    /// <summary>Whether what is read may be referred to by what is written or returned: elements moved as they are may be references.</summary>
    public bool MayKeepReferences => ElementType == ElementType.Other;

    /// <summary>Whether the call returns a reference to what it writes.</summary>
    public bool ReturnsDestination => Form == OperatorForm.Destination || Row.IsUpdate;

    /// <summary>How many parameters, from the first on, the operator reads.</summary>
    public int OperandCount => Form == OperatorForm.Destination ? Roles.Count - 1 : Roles.Count;
}
