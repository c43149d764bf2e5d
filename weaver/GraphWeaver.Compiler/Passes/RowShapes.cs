using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// What is known of shapes in a run of operations some of which reduce rows: which results have one element for each row, and which memory has
/// the rows' shape for sure, because it is reduced or made of what is. The kernel's guard asks for every shape all the same.
/// </summary>
internal static class RowShapes
{
    /// <summary>The results of a run that have one element for each of its rows, so that they are no rows themselves.</summary>
    public static HashSet<object> RowValues(IEnumerable<TensorOperation> run)
    {
        var values = new HashSet<object>();
        foreach (var member in run.Where(member => member.Match.Row.Kind == OperatorKind.RowReduction || (!member.IsContraction && member.Memory.All(memory => values.Contains(memory.Base)))))
        {
            values.Add(member.Call);
        }

        return values;
    }

    /// <summary>
    /// Whether all that a run with row reductions writes surely has the rows' shape, as a kernel's destinations must. What <c>total +=
    /// TensorMath.Sum(x, 1, true)</c> writes may well have one element a row: no guard of a common kernel would let it pass.
    /// </summary>
    public static bool WritesWholeRows(IReadOnlyCollection<TensorOperation> run)
    {
        if (!run.Any(operation => operation.IsByRow))
        {
            return true;
        }

        var values = RowValues(run);
        var whole = new HashSet<object>(run.Where(operation => operation.IsByRow).Select(operation => operation.Operands.First().Key));
        foreach (var operation in run.Where(operation => operation.Match.Row.Kind != OperatorKind.RowReduction))
        {
            var isWhole = operation.Operands.Any(operand => whole.Contains(operand.Key));
            if (operation.Destination is { } written && (!isWhole || values.Contains(written.Base)))
            {
                return false;
            }

            if (isWhole)
            {
                whole.Add(operation.Destination?.Key ?? operation.Call);
            }
        }

        return true;
    }
}
