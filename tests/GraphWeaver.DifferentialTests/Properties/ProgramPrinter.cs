using System.Text;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>
/// A program as C#. The noisy text is the same program with a small error added to what is only near to exact: how far it strays is how far
/// the woven program may.
/// </summary>
internal sealed class ProgramPrinter(RandomProgram program, bool noisy)
{
    private readonly StringBuilder text = new();

    public string Print(string name)
    {
        var setting = program.Setting;
        var (element, isStatic) = (setting.Element, setting.Container == Container.Static);
        var modifier = isStatic ? "static " : "";
        Line(0, $"public {(isStatic ? "static class" : setting.Container == Container.Class ? "sealed class" : "struct")} {name}");
        Line(0, "{");
        Line(1, $"public {modifier}Tensor<{element}>? F0;");
        Line(1, $"public {modifier}{element} F1;");
        Line(1, $"public {modifier}int F2;");
        if (!noisy)
        {
            Line(1, "[Graph]");
        }

        var reference = setting.ByReference ? "ref " : "";
        Line(1, $"public {modifier}{setting.Result.Type} M(Tensor<{element}> a, Tensor<{element}> b, {reference}Tensor<{element}> c, {reference}{element} s, int n, bool p, {element}[] v)");
        Line(1, "{");
        Line(1, "unchecked");
        Line(1, "{");
        foreach (var local in Used())
        {
            Line(2, $"{local.Variable.Kind.Type} {local.Variable.Name} = {Of(local.Value)};");
        }

        foreach (var statement in program.Body.Statements)
        {
            Print(statement, 2);
        }

        Line(2, setting.Result.Type == "void" ? "return;" : $"return {Of(program.Result)};");
        Line(1, "}");
        Line(1, "}");
        Line(0, "}");
        return text.ToString();
    }

    private IEnumerable<Local> Used()
    {
        var used = Reads.Of(program.Body).Concat(Reads.Of(program.Result)).ToHashSet();
        var kept = new List<Local>();
        foreach (var local in program.Locals.Reverse().Where(local => used.Contains(local.Variable.Name)))
        {
            kept.Add(local);
            used.UnionWith(Reads.Of(local.Value));
        }

        kept.Reverse();
        return kept;
    }

    private void Print(Statement statement, int depth)
    {
        var holes = statement.Operands.Select(Of).Concat(statement.Blocks.Select(block => Of(block, depth)));
        Line(depth, Templates.Fill(noisy && statement.Noisy is { } other ? other : statement.Template, holes));
    }

    private string Of(Block block, int depth)
    {
        var inner = new ProgramPrinter(program, noisy);
        foreach (var statement in block.Statements)
        {
            inner.Print(statement, depth + 1);
        }

        return $"{{\n{inner.text}{Indentation(depth)}}}";
    }

    private string Of(Expression expression) =>
        Templates.Fill(noisy && expression.Noisy is { } other ? other : expression.Template, expression.Operands.Select(Of));

    private void Line(int depth, string line) => text.Append(Indentation(depth)).Append(line).Append('\n');

    private static string Indentation(int depth) => new(' ', 4 * depth);
}
