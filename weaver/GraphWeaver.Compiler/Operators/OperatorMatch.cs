namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// A call recognised as a table operator. <paramref name="ElementType"/> is the tensor operands' type; roles and types are by parameter.
/// </summary>
public sealed record OperatorMatch(
    OperatorRow Row,
    ElementType ElementType,
    ElementType ResultType,
    IReadOnlyList<OperandRole> Roles,
    IReadOnlyList<ElementType> ParameterTypes);
