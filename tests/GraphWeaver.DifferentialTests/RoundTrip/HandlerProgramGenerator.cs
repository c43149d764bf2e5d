using System.Text;

namespace GraphWeaver.DifferentialTests.RoundTrip;

/// <summary>
/// Random C# methods full of <c>try</c>, every kind of handler, loops and jumps out of everything that may be jumped out of. They end, since
/// every loop is bounded. What they do goes into a trace, which is the result with the final values of all variables.
/// </summary>
internal sealed class HandlerProgramGenerator(int seed)
{
    /// <summary>What the methods call: <c>F</c> notes its argument and now and then throws.</summary>
    public const string Support = """
        private static readonly System.Text.StringBuilder Trace = new();
        private static int steps;
        private static int F(int n)
        {
            Trace.Append(n & 255).Append(' ');
            var k = unchecked(n * 31 + steps++ * 17) & 15;
            return k == 3 ? throw new InvalidOperationException("three") : k == 9 ? throw new ArgumentException("nine") : k;
        }

        """;

    private readonly Random random = new(seed);
    private readonly StringBuilder source = new();
    private int names;

    /// <summary>What may be left from where a statement stands: nothing that is outside a <c>finally</c>.</summary>
    private readonly record struct Place(int Depth, bool InLoop, bool MayReturn, bool MayRethrow);

    /// <summary>A method <c>public static string name(int p)</c>.</summary>
    public string Method(string name, string attribute = "")
    {
        source.Clear();
        source.Append($"{attribute} public static string {name}(int p) {{ unchecked {{ Trace.Clear(); steps = p; int a = p, b = 1, c = 2; byte n = 250; var s = \"\"; var t = (X: 1, Y: 2);\ntry ");
        Block(new Place(3, false, true, false));
        source.Append("catch (Exception e) { s += e.Message; }\nreturn Result(a, b, c, n, s, t, p); } }\n");
        return source.ToString();
    }

    public static string Program(IEnumerable<string> methods) =>
        $"public static class Program {{ {Support} private static string Result(int a, int b, int c, byte n, string s, (int X, int Y) t, int p) => $\"{{a}} {{b}} {{c}} {{n}} {{s}} {{t}} {{p}} {{Trace}}\";\n{string.Concat(methods)} }}";

    private void Block(Place place)
    {
        source.Append("{\n");
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            Statement(place);
        }

        source.Append("}\n");
    }

    private void Statement(Place place)
    {
        switch (random.Next(place.Depth > 0 ? 16 : 7))
        {
            case 0 or 1:
                source.Append($"{Variable()} = {Number()};\n");
                break;
            case 2:
                source.Append($"{Pick("n += 10", "s += a", "t.X += b", "t = (t.Y, F(t.X))", "p++", "n = (byte)F(n)", "int.TryParse(s, out c)", "t.Y += F(c)")};\n");
                break;
            case 3 or 4:
                source.Append($"F({Variable()} + {random.Next(16)});\n");
                break;
            case 5:
                Jump(place);
                break;
            case 6:
                source.Append($"foreach (var x{++names} in System.Linq.Enumerable.Range(0, {random.Next(3)})) {{ F(x{names} + a); b += x{names}; }}\n");
                break;
            case 7 or 8:
                source.Append($"if ({Condition()}) ");
                Block(Inner(place));
                source.Append("else ");
                Block(Inner(place));
                break;
            case 9:
                source.Append($"for (var i{++names} = 0; i{names} < {random.Next(1, 4)}; i{names}++) ");
                Block(Inner(place) with { InLoop = true });
                break;
            case 10:
                var counter = $"w{++names}";
                source.Append($"{{ var {counter} = 0; while ({counter}++ < {random.Next(1, 4)} && {Condition()}) ");
                Block(Inner(place) with { InLoop = true });
                source.Append("}\n");
                break;
            case 11:
                var label = $"again{++names}";
                source.Append($"{{ var r{names} = 2; {label}: try ");
                var retries = names;
                Block(Inner(place));
                source.Append($"catch (InvalidOperationException) {{ c++; if (r{retries}-- > 0) {{ goto {label}; }} }} }}\n");
                break;
            default:
                Try(Inner(place));
                break;
        }
    }

    private void Try(Place place)
    {
        source.Append("try ");
        Block(place);
        var kind = random.Next(6);
        if (kind is 0 or 1)
        {
            source.Append($"catch (InvalidOperationException e{++names}) ");
            source.Append(kind == 1 ? $"when ({Pick("F(a) > 4", "(b = F(c)) > 3", "a > b", $"e{names}.Message.Length > c")}) " : "");
            Block(place with { MayRethrow = true });
        }

        if (kind is 1 or 2 or 3)
        {
            source.Append("catch (ArgumentException) ");
            Block(place with { MayRethrow = true });
        }

        if (kind is 3)
        {
            source.Append("catch ");
            Block(place with { MayRethrow = true });
        }

        if (kind is 3 or 4 or 5)
        {
            source.Append("finally ");
            Block(place with { InLoop = false, MayReturn = false, MayRethrow = false });
        }
    }

    private void Jump(Place place)
    {
        var choices = new List<string> { "throw new ArgumentException(\"own\" + a)" };
        if (place.InLoop)
        {
            choices.AddRange(["break", "continue"]);
        }

        if (place.MayReturn)
        {
            choices.Add("return Result(a, b, c, n, s, t, p)");
        }

        if (place.MayRethrow)
        {
            choices.Add("throw");
        }

        source.Append($"if ({Condition()}) {{ {choices[random.Next(choices.Count)]}; }}\n");
    }

    private static Place Inner(Place place) => place with { Depth = place.Depth - 1 };

    private string Variable() => Pick("a", "b", "c", "p");

    private string Condition() => $"{Variable()} {Pick("<", ">", "==", "!=")} {Pick(Variable(), random.Next(10).ToString(), "F(b)", "t.X")}";

    private string Number() => Pick($"{Variable()} + {Variable()}", $"F({Variable()})", $"{Variable()} * 3 - {random.Next(9)}", random.Next(20).ToString(), $"n + F({Variable()})");

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
