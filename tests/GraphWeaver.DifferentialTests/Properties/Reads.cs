namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>What a piece of a program names, and whether it may stand where it stands.</summary>
internal static class Reads
{
    public static IEnumerable<string> Of(Expression expression) =>
        expression.Operands.SelectMany(Of).Concat(expression.Variable is { } variable ? [variable.Name] : []);

    public static IEnumerable<string> Of(Block block) => block.Statements.SelectMany(Of);

    public static IEnumerable<string> Of(Statement statement) => statement.Operands.SelectMany(Of).Concat(statement.Blocks.SelectMany(Of));

    /// <summary>Whether all a program names exists where it is named, and every jump has where to go: what a shrunk program must keep.</summary>
    public static bool AreLegal(RandomProgram program)
    {
        var names = ProgramGenerator.Surroundings(program.Setting).Concat(program.Locals.Select(local => local.Variable)).Select(variable => variable.Name).ToHashSet();
        return IsLegal(program.Body, names, Place.Method | Place.Leavable) && Of(program.Result).All(names.Contains);
    }

    private static bool IsLegal(Block block, HashSet<string> names, Place place)
    {
        var inner = (place & ~block.Removes) | block.Adds;
        var known = block.Declares is { } variable ? [.. names, variable.Name] : names;
        return block.Statements.All(statement => IsLegal(statement, known, inner));
    }

    private static bool IsLegal(Statement statement, HashSet<string> names, Place place) =>
        (statement.Needs & ~place) == 0 && statement.Operands.SelectMany(Of).All(names.Contains)
        && statement.Blocks.All(block => IsLegal(block, names, place));
}
