using System.Text;

namespace GraphWeaver.DifferentialTests.Fallback.Grids;

/// <summary>Writes a grid's 48 programs as one class. The same statements give the same text.</summary>
internal static class GridPrograms
{
    private const string Helpers = """
        public static class Pure
        {
            public static int Twice(int x) => 2 * x;
            public static int Mix(int x, int y) => ((x * 7) + (y * 3)) % 101;
        }
        """;

    public static string Source(GridStatements statements)
    {
        var text = new StringBuilder(Helpers).AppendLine().AppendLine("public static class Grid").AppendLine("{");
        foreach (var cell in GridCell.All)
        {
            text.AppendLine($"    [Graph] public static {statements.Signature.Replace("NAME", cell.Name)}")
                .AppendLine("    {")
                .AppendLine($"        {statements.Opening}");
            var inner = cell.B == "None" ? statements.Body(1) : statements.Body(1) + " " + Construct(cell.B, 2, statements.Body(2), statements);
            text.AppendLine($"        {Construct(cell.C, 0, inner, statements)}");
            if (cell.A != "None")
            {
                text.AppendLine($"        {Construct(cell.A, 3, statements.Body(3), statements)}");
            }

            text.AppendLine($"        {statements.Closing}").AppendLine("    }");
        }

        return text.AppendLine("}").ToString();
    }

    /// <summary>Loops end for their counters' sake; a break, a continue and an else stand where a user would have them.</summary>
    private static string Construct(string kind, int place, string body, GridStatements statements) => kind switch
    {
        "If" => $"if ({statements.Condition(place)}) {{ {body} }} else {{ {statements.Body(place + 4)} }}",
        "While" => $"var w{place} = 0; while (w{place} < 3 && {statements.Condition(place)}) {{ w{place}++; {body} if (w{place} == 2) {{ continue; }} {statements.Body(place + 5)} }}",
        _ => $"for (var f{place} = 0; f{place} < 4; f{place}++) {{ if (f{place} == 3 && {statements.Condition(place)}) {{ break; }} {body} }}",
    };
}
