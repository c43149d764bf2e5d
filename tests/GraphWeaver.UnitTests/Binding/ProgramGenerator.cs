using System.Text;

namespace GraphWeaver.UnitTests.Binding;

/// <summary>
/// Random C# methods that end: loops of constant and of run-time length, nested, left early and late; branches and switches on what is known and
/// on what is not. Everything a method does goes into a trace, and the trace is its result.
/// </summary>
internal sealed class ProgramGenerator(int seed)
{
    private readonly Random random = new(seed);
    private readonly StringBuilder source = new();
    private int loops;

    /// <summary>A method <c>static long name(int a, int b)</c>.</summary>
    public string Method(string name)
    {
        source.Clear();
        source.Append($"public static long {name}(int a, int b) {{ unchecked {{ long trace = 17; int x = 3, y = 5, z = 0; double d = 0.5, e = -0.0;\n");
        Block(3, inLoop: false);
        source.Append("return trace * 31 + x * 7 + y * 3 + z + System.BitConverter.DoubleToInt64Bits(d) + System.BitConverter.DoubleToInt64Bits(e); } }\n");
        return source.ToString();
    }

    private void Block(int depth, bool inLoop)
    {
        source.Append("{\n");
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            Statement(depth, inLoop);
        }

        source.Append("}\n");
    }

    private void Statement(int depth, bool inLoop)
    {
        switch (random.Next(depth > 0 ? 12 : 6))
        {
            case 0 or 1:
                source.Append($"{Variable()} = {Number(2)};\n");
                break;
            case 2 or 3:
                source.Append($"trace = trace * 31 + ({Number(2)});\n");
                break;
            case 4:
                source.Append($"{(random.Next(2) == 0 ? "d" : "e")} = {Real()};\n");
                break;
            case 5 when inLoop:
                source.Append($"if ({Condition()}) {{ {(random.Next(2) == 0 ? "break" : "continue")}; }}\n");
                break;
            case 5:
                source.Append($"if ({Condition()}) {{ return trace + {Number(1)}; }}\n");
                break;
            case 6 or 7 or 8:
                source.Append($"if ({Condition()}) ");
                Block(depth - 1, inLoop);
                source.Append("else ");
                Block(depth - 1, inLoop);
                break;
            case 9 or 10:
                var counter = "i" + loops++;
                source.Append($"for (var {counter} = 0; {counter} < {(random.Next(3) == 0 ? "(a & 3)" : random.Next(1, 5))}; {counter}++) {{ x += {counter};\n");
                Block(depth - 1, inLoop: true);
                source.Append("}\n");
                break;
            default:
                source.Append($"switch ({Number(1)} & 3) {{\n");
                for (var i = 0; i < 3; i++)
                {
                    source.Append($"case {i}: ");
                    Block(depth - 1, inLoop: false);
                    source.Append("break;\n");
                }

                source.Append("default: z++; break; }\n");
                break;
        }
    }

    private string Variable() => random.Next(3) switch { 0 => "x", 1 => "y", _ => "z" };

    private string Number(int depth) => random.Next(depth > 0 ? 9 : 4) switch
    {
        0 or 1 => Variable(),
        2 => random.Next(-9, 10).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => random.Next(3) == 0 ? "a" : Variable(),
        4 => $"({Number(depth - 1)} + {Number(depth - 1)})",
        5 => $"({Number(depth - 1)} * {Number(depth - 1)})",
        6 => $"({Number(depth - 1)} ^ ({Number(depth - 1)} << {random.Next(32)}))",
        7 => $"({Number(depth - 1)} % {random.Next(2, 9)})",
        _ => $"({Condition()} ? {Number(depth - 1)} : {Number(depth - 1)})",
    };

    private string Real() => random.Next(6) switch
    {
        0 => "e",
        1 => "-d",
        2 => $"d * {Number(0)}",
        3 => "d - e * 0.5",
        4 => "0.0",
        _ => $"(double)(byte){Variable()}",
    };

    private string Condition() => random.Next(6) switch
    {
        0 => $"{Variable()} < {Number(0)}",
        1 => $"(uint){Variable()} >= {random.Next(9)}u",
        2 => $"{Variable()} % 2 == 0",
        3 => $"b > {random.Next(-2, 3)}",
        4 => "d > e",
        _ => random.Next(2) == 0 ? "a == b" : $"{Variable()} != {Number(0)}",
    };
}
