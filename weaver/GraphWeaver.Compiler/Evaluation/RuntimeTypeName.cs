namespace GraphWeaver.Compiler.Evaluation;

/// <summary>
/// A type as the worker saw it. Framework types carry the implementation assembly's name (System.Private.CoreLib):
/// whoever imports one looks the name up in the reference assemblies.
/// </summary>
/// <param name="FullName">Namespace and name as reflection has them, nested types with <c>+</c>, arity with a backtick, without arguments.</param>
/// <param name="Assembly">Simple name of the defining assembly.</param>
/// <param name="Arguments">Generic arguments, those of enclosing types first.</param>
/// <param name="Ranks">Array ranks from the inside out, as reflection prints them: C#'s <c>int[,][]</c> is <c>Int32[][,]</c>, so 1, 2.</param>
public sealed record RuntimeTypeName(
    string FullName,
    string Assembly,
    IReadOnlyList<RuntimeTypeName> Arguments,
    IReadOnlyList<int> Ranks)
{
    /// <summary>As reflection spells it: <c>Ns.Pair`2[[A, X],[B, Y]][,], Z</c>.</summary>
    public override string ToString()
    {
        var arguments = Arguments.Count == 0 ? "" : "[" + string.Join(",", Arguments.Select(argument => $"[{argument}]")) + "]";
        var ranks = string.Concat(Ranks.Select(rank => "[" + new string(',', rank - 1) + "]"));
        return $"{FullName}{arguments}{ranks}, {Assembly}";
    }

    public bool Equals(RuntimeTypeName? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode();
}
