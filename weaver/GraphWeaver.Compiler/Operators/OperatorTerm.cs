namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// What a row is short for: operators of other rows on its operands, <c>Dot</c> being <c>Sum(Multiply(X, Y))</c>. A kernel graph holds those instead,
/// so that what they share with the rest of a kernel is computed once and no emitter knows the row.
/// </summary>
public sealed class OperatorTerm
{
    private OperatorTerm(string? row, IReadOnlyList<OperatorTerm> arguments, int position, bool isRow)
    {
        Row = row;
        Arguments = arguments;
        Position = position;
        IsRow = isRow;
    }

    /// <summary>The first operand.</summary>
    public static OperatorTerm X { get; } = Operand(0);

    /// <summary>The second operand.</summary>
    public static OperatorTerm Y { get; } = Operand(1);

    /// <summary>The name of the operator's row; null where the term is an operand.</summary>
    public string? Row { get; }

    /// <summary>The position of the operand.</summary>
    public int Position { get; }

    /// <summary>Whether the operand has to have one dimension, as long as the kernel's last.</summary>
    public bool IsRow { get; }

    /// <summary>What the operator takes, in parameter order.</summary>
    public IReadOnlyList<OperatorTerm> Arguments { get; }

    /// <summary>The names of the rows it is made of, in the order of computation, each once.</summary>
    public IEnumerable<string> Rows => Row is null ? [] : Arguments.SelectMany(argument => argument.Rows).Append(Row).Distinct();

    /// <summary>The operand at a position of the call, counted among its tensors and scalars.</summary>
    public static OperatorTerm Operand(int position) => new(null, [], position, isRow: false);

    /// <summary>An operand of one dimension, as long as the kernel's last.</summary>
    public static OperatorTerm RowOperand(int position) => new(null, [], position, isRow: true);

    /// <summary>An operator of the table; reduced rows keep their dimension.</summary>
    public static OperatorTerm Of(string row, params OperatorTerm[] arguments) => new(row, arguments, 0, isRow: false);

    /// <summary>A term times itself.</summary>
    public static OperatorTerm Squared(OperatorTerm term) => Of("Multiply", term, term);
}
