using System.Collections.Immutable;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>
/// Smaller programs like a given one, the boldest first: without half of a block, without a statement, with a statement's blocks in its place,
/// with a part of an expression for the whole, with simpler leaves. Every step makes the program smaller by a measure that has an end.
/// </summary>
internal static class ProgramShrinker
{
    public static IEnumerable<RandomProgram> Shrink(RandomProgram program) => Candidates(program).Where(Reads.AreLegal);

    private static IEnumerable<RandomProgram> Candidates(RandomProgram program) =>
    [
        .. Shrink(program.Body).Select(body => program with { Body = body }),
        .. Shrink(program.Result).Select(result => program with { Result = result }),
        .. program.Locals.SelectMany((local, index) => Shrink(local.Value).Select(value => program with { Locals = program.Locals.SetItem(index, local with { Value = value }) })),
    ];

    private static IEnumerable<Block> Shrink(Block block)
    {
        var statements = block.Statements;
        for (var length = statements.Length; length > 1; length /= 2)
        {
            for (var start = 0; start + length <= statements.Length; start += length)
            {
                yield return block with { Statements = statements.RemoveRange(start, length) };
            }
        }

        for (var i = statements.Length - 1; i >= 0; i--)
        {
            yield return block with { Statements = statements.RemoveAt(i) };
        }

        for (var i = 0; i < statements.Length; i++)
        {
            foreach (var inner in statements[i].Blocks)
            {
                yield return block with { Statements = [.. statements[..i], .. inner.Statements, .. statements[(i + 1)..]] };
            }
        }

        for (var i = 0; i < statements.Length; i++)
        {
            foreach (var smaller in Shrink(statements[i]))
            {
                yield return block with { Statements = statements.SetItem(i, smaller) };
            }
        }
    }

    private static IEnumerable<Statement> Shrink(Statement statement) =>
    [
        .. statement.Blocks.SelectMany((block, index) => Shrink(block).Select(smaller => statement with { Blocks = statement.Blocks.SetItem(index, smaller) })),
        .. statement.Operands.SelectMany((operand, index) => Shrink(operand).Select(smaller => statement with { Operands = statement.Operands.SetItem(index, smaller) })),
    ];

    /// <summary>An assigned variable is an operand too: a variable is only ever replaced where it is part of something larger.</summary>
    private static IEnumerable<Expression> Shrink(Expression expression) =>
    [
        .. Parts(expression).Where(part => part.Kind == expression.Kind),
        .. Simplest(expression),
        .. expression.Operands.SelectMany((operand, index) => Shrink(operand).Select(smaller => expression with { Operands = expression.Operands.SetItem(index, smaller) })),
    ];

    private static IEnumerable<Expression> Parts(Expression expression) => expression.Operands.SelectMany(operand => (Expression[])[operand, .. Parts(operand)]);

    private static IEnumerable<Expression> Simplest(Expression expression)
    {
        if (expression.Operands.Length == 0)
        {
            return expression.Variable is null && expression.Template is not ("1" or "1f" or "1d" or "true" or "\"\"") ? Leaves(expression.Kind).Where(leaf => leaf.Variable is null) : [];
        }

        return Leaves(expression.Kind);
    }

    private static ImmutableArray<Expression> Leaves(Kind kind) => kind switch
    {
        { Shape: Shape.Full } when kind.Type.StartsWith("Tensor<", StringComparison.Ordinal) && kind.Type != "Tensor<bool>" =>
            [Expression.Read(new Variable("a", kind)), Expression.Read(new Variable("b", kind))],
        { Type: "int" } => [Expression.Of(kind, "1")],
        { Type: "float" } => [Expression.Of(kind, "1f")],
        { Type: "double" } => [Expression.Of(kind, "1d")],
        { Type: "bool" } => [Expression.Of(kind, "true"), Expression.Read(new Variable("p", kind))],
        { Type: "string" } => [Expression.Of(kind, "\"\"")],
        _ => [],
    };
}
