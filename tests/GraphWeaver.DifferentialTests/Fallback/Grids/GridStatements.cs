namespace GraphWeaver.DifferentialTests.Fallback.Grids;

/// <summary>
/// What a grid's programs do: the opening, the text of a body, and a condition, each told by the number of the place it stands in, so that no
/// two places of a program are the same.
/// </summary>
/// <param name="Signature">Result and name to be, with parameters; <c>NAME</c> stands for the name.</param>
/// <param name="Opening">Declares the state.</param>
/// <param name="Body">Changes the state.</param>
/// <param name="Condition">Asks the state.</param>
/// <param name="Closing">Returns it.</param>
internal sealed record GridStatements(string Signature, string Opening, Func<int, string> Body, Func<int, string> Condition, string Closing)
{
    /// <summary>Whether the programs have no argument, so that nothing but the result may remain of them.</summary>
    public bool IsConstant => Signature.EndsWith("NAME()", StringComparison.Ordinal);

    public static GridStatements Scalars { get; } = new(
        "int NAME()",
        "var s = Pure.Twice(2);",
        place => $"s = Pure.Mix(s, {place + 1});",
        place => $"s % {place + 2} != 1",
        "return s;");

    public static GridStatements Arrays { get; } = new(
        "int[] NAME()",
        "int[] x = [1, 2, 3];",
        place => $"x[{place % 3}] += {place + 1}; x[(x[0] + {place}) % 3] = Pure.Mix(x[{place % 3}], x[2]);",
        place => $"x[{place % 3}] % {place + 2} != 1",
        "return x;");

    public static GridStatements Tensors { get; } = new(
        "Tensor<float> NAME()",
        "var t = Tensor.Create(new[] { 1f, 2f, 3f });",
        place => $"t = t * 2f - {place + 1}f;",
        place => $"Tensor.Sum<float>(t) < {(place + 1) * 25}f && t[0] > -90f",
        "return t;");

    public static GridStatements RunTime { get; } = new(
        "Tensor<float> NAME(Tensor<float> t, int n)",
        "var k = Pure.Twice(1);",
        place => $"t = t + (k + {place}) * 1f; n += k;",
        place => place % 2 == 0 ? $"n % {place + 3} != 1" : $"Tensor.Sum<float>(t) < {(place + 1) * 20}f",
        "return t * (n * 1f);");
}
