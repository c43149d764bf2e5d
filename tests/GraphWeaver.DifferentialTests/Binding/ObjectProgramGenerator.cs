using System.Globalization;
using System.Text;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary>
/// Random C# methods that end: objects the build can make, shared, written to and read before, in and after branches, loops and handlers, decided
/// by what is known and by what is not; run-time code that sees some of them at some moment; exceptions of both kinds. Everything a method
/// does goes into a trace, and the trace is its result, with or without the objects.
/// </summary>
internal sealed class ObjectProgramGenerator(int seed)
{
    /// <summary>What the methods use.</summary>
    public const string Library = """
        public static class Rt
        {
            public static int Seen;
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            public static void Maybe(int a) { Seen++; if (a == 0) { throw new InvalidOperationException("run time"); } }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            public static int Look(object o) { Seen++; return o switch { List<int> l => l.Count * 7 + (l.Count > 0 ? l[^1] : 0), int[] a => a[0] - a[^1], Node n => n.Sum(), System.Text.StringBuilder b => b.Length, _ => 3 }; }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            public static void Touch(object o) { Seen++; switch (o) { case List<int> l: l.Add(Seen & 3); break; case int[] a: a[1]++; break; case Node n: n.Value += 3; break; case System.Text.StringBuilder b: b.Append('t'); break; } }
        }

        public class Node : IDisposable
        {
            public int Value; public Node? Next; public List<int> Items = [];
            public virtual int Sum() => Value + 3 * Items.Count + (Next is { } next && next != this ? next.Value : 0);
            public void Put(int x) { Value += x; Items.Add(x); }
            public void Dispose() => Value = 1000 + Items.Count;
        }

        public sealed class Sub(List<int> log) : Node { public override int Sum() { log.Add(Value); return log.Count + base.Sum(); } }

        public struct Cell { public int X; public int[]? Arr; public int Next() { X++; return X; } public void Put(int v) { Arr ??= new int[3]; Arr[v & 1] += v; X += v; } public readonly int Get() => X + (Arr?[0] ?? 7) + (Arr?[1] ?? 9); }

        public static class Pure
        {
            public static int Square(int x) => unchecked(x * x);
            public static int Sum(List<int> l) { var s = 0; foreach (var x in l) { s = unchecked(s * 3 + x); } return s; }
            public static int Bump(int[] a) { a[0]++; return a[0]; }
            public static ref int Largest(int[] a) { var m = 0; for (var i = 1; i < a.Length; i++) { if (a[i] > a[m]) { m = i; } } return ref a[m]; }
            public static int Strict(int x) { if (x % 5 == 0) { throw new ArgumentException("strict"); } return x; }
            public static void AddAll(List<int> l, int n) { for (var i = 0; i < n; i++) { l.Add(i); } if (n > 2) { throw new ArgumentException("many"); } }
            public static IEnumerable<int> Walk(List<int> l) { try { for (var i = 0; i < l.Count && i < 4; i++) { yield return l[i]; } } finally { l.Add(77); } }
            public static bool Try(int n, out int[] a) { a = [n, n + 1, 3]; return n > 1; }
            public static void Swap(ref int x, ref int y) { (x, y) = (y, x + 1); }
            public static List<int> Same(List<int> l) => l;
            public static List<int> Longer(List<int> l, List<int> m) => l.Count >= m.Count ? l : m;
        }
        """;

    private readonly Random random = new(seed);
    private readonly StringBuilder source = new();
    private int names;
    private int tries;
    private int hush;
    private bool closures;

    /// <summary>A method <c>static object name(int a, int b)</c>.</summary>
    public string Method(string name)
    {
        source.Clear();
        closures = Chance(3);
        hush = random.Next(3) switch { 0 => 2, 1 => 6, _ => 20 };
        source.Append($"[Graph] public static object {name}(int a, int b) {{ unchecked {{ long t = 17; int x = 3, y = 5;\n");
        source.Append("List<int> l = [1, 2], m = new List<int>(); int[] p = new[] { 4, 5, 6 }, q = p; var c = new Cell(); var e = new Cell { X = 2, Arr = [1, 2, 3] };\n");
        source.Append($"var n = new Node {{ Value = 2 }}; var o = new Node {{ Value = 5 }}; var sb = new System.Text.StringBuilder(\"s\"); var d = new Dictionary<int, int> {{ [1] = 2 }}; var ll = new List<List<int>> {{ {(Chance(3) ? "l, m" : "new() { 3 }, new()")} }};\n");
        if (closures)
        {
            source.Append("int k = 1; Action f = () => { k++; l.Add(k); }; Func<int> g = () => k + m.Count; var fs = new List<Func<int>> { g, () => ++k };\n");
        }

        Block(3, inLoop: false);
        source.Append(random.Next(3) switch
        {
            0 => "return t;",
            1 => "return (t, l, p, n.Sum(), c.Get(), ll[0].Count);",
            _ => "return new object[] { t, l, m, p, q, o, n, sb.ToString(), d, ll, x, y, c, e };",
        });
        source.Append(" } }\n");
        return source.ToString();
    }

    private bool Chance(int of) => random.Next(of) == 0;

    private void Block(int depth, bool inLoop)
    {
        source.Append("{\n");
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            Statement(depth, inLoop);
        }

        source.Append("}\n");
    }

    private void Statement(int depth, bool inLoop)
    {
        var kind = random.Next(depth > 0 ? 24 : 12);
        switch (kind)
        {
            case <= 5:
                source.Append(Simple()).Append('\n');
                break;
            case <= 8:
                source.Append($"t = t * 31 + {Number(2)};\n");
                break;
            case 9:
                source.Append(Chance(hush) ? $"Rt.{(Chance(2) ? "Look" : "Touch")}({Object()});\n" : $"if ({Known()}) {{ Console.Write(\"{(char)('a' + random.Next(26))}\"); }}\n");
                break;
            case 10:
                source.Append(inLoop ? $"if ({Condition()}) {{ {(Chance(2) ? "break" : "continue")}; }}\n" : $"if ({Condition()}) {{ return {(Chance(2) ? "l" : Chance(2) ? "p" : "t + " + Number(1))}; }}\n");
                break;
            case 11:
                source.Append(tries > 0 ? $"{Thrower()}\n" : $"if ({Condition()}) {{ {Simple()} {(Chance(2) ? "throw new NotSupportedException(\"" + random.Next(9) + "\");" : "return t;")} }}\n");
                break;
            case <= 15:
                source.Append($"if ({Condition()}) ");
                Block(depth - 1, inLoop);
                if (Chance(2))
                {
                    source.Append("else ");
                    Block(depth - 1, inLoop);
                }

                break;
            case <= 18:
                Loop(depth);
                break;
            case <= 21:
                Try(depth, inLoop);
                break;
            case 22:
                Local(depth, inLoop);
                break;
            default:
                source.Append($"switch ({Number(1)} & 3) {{\n");
                for (var i = 0; i < 3; i++)
                {
                    source.Append($"case {i}: ");
                    Block(depth - 1, inLoop: false);
                    source.Append(i < 2 && Chance(3) ? $"goto case {i + 1};\n" : "break;\n");
                }

                source.Append("default: y++; break; }\n");
                break;
        }
    }

    private void Loop(int depth)
    {
        var name = "i" + names++;
        var many = Chance(1 + hush) ? "(a & 3)" : random.Next(1, 5).ToString(CultureInfo.InvariantCulture);
        source.Append(random.Next(7) switch
        {
            0 or 1 => $"for (var {name} = 0; {name} < {many}; {name}++)",
            2 => $"foreach (var {name} in {List()})",
            3 => $"foreach (var {name} in {Array()})",
            4 => $"foreach (var {name} in {List()}.ToArray())",
            5 => $"foreach (var {name} in Pure.Walk({List()}))",
            _ => $"for (var {name} = 0; {name} < {List()}.Count && {name} < 4; {name}++)",
        });
        source.Append($" {{ x += {name} & 15;\n");
        Block(depth - 1, inLoop: true);
        source.Append("}\n");
    }

    private void Try(int depth, bool inLoop)
    {
        source.Append("try ");
        tries++;
        source.Append("{ ");
        Block(depth - 1, inLoop);
        if (Chance(2))
        {
            source.Append(Thrower()).Append('\n');
            Block(depth - 1, inLoop);
        }

        source.Append("}\n");
        tries--;
        var how = random.Next(6);
        if (how <= 4)
        {
            source.Append(random.Next(3) switch { 0 => $"catch (ArgumentException) when ({Condition()}) ", 1 => "catch (InvalidOperationException) ", _ => "catch (Exception) " });
            source.Append("{ ");
            Block(depth - 1, inLoop);
            source.Append(Chance(4) ? "throw;" : Chance(4) ? "return l;" : "").Append("}\n");
        }

        if (how >= 4)
        {
            // A finally cannot be left by a jump.
            source.Append($"finally {{ {Simple()} {Simple()} t = t * 7 + {Number(1)}; if ({Condition()}) {{ {Simple()} }} }}\n");
        }
    }

    /// <summary>A reference, span, enumerator or disposable that lives for a few statements.</summary>
    private void Local(int depth, bool inLoop)
    {
        var name = "v" + names++;
        var (first, use) = random.Next(8) switch
        {
            0 => ($"ref var {name} = ref p[{Index()}];", $"{name} += {Number(1)};"),
            1 => ($"ref var {name} = ref Pure.Largest({Array()});", $"{name} -= {Number(1)};"),
            2 => ($"Span<int> {name} = {Array()};", $"{name}[{Index()}] = {Number(1)};"),
            3 => ($"var {name} = {List()}.GetEnumerator();", $"if ({name}.MoveNext()) {{ t = t * 3 + {name}.Current; }}"),
            4 => ($"using var {name} = new Node {{ Value = {Number(1)}, Items = {List()} }};", $"{name}.Put(2); t += {name}.Sum();"),
            5 => ($"ref var {name} = ref (a > 1 ? ref c : ref e);", $"{name}.Put({Number(1)});"),
            6 => ($"IEnumerable<int> {name} = {List()}.Where(z => z > 1).Select(z => z * 3);", $"t = t * 5 + {name}.Sum();"),
            _ => ($"if (Pure.Try({Number(1)} & 3, out var {name})) {{ {name}[0]++; p = {name}; }}", $"t += {name}[0];"),
        };
        source.Append($"{{ {first}\n{use}\n");
        Block(depth - 1, inLoop);
        source.Append($"{use}\n");
        if (Chance(2))
        {
            Block(depth - 1, inLoop);
            source.Append($"{use}\n");
        }

        source.Append("}\n");
    }

    private string Thrower() => random.Next(4) switch
    {
        0 when Chance(hush) => $"Rt.Maybe({(Chance(2) ? "a" : "b")});",
        1 => $"t += Pure.Strict({Number(1)});",
        2 => $"Pure.AddAll({List()}, {random.Next(1, 4)});",
        _ => $"if ({Condition()}) {{ throw new ArgumentException(\"made\"); }}",
    };

    private string Simple() => random.Next(closures ? 31 : 27) switch
    {
        0 or 1 => $"{List()}.Add({Number(1)});",
        2 => $"if ({List()}.Count > 0) {{ {List()}.Clear(); }}",
        3 => $"if ({List()} is {{ Count: > 0 }} w{names} && Pure.Longer(w{names}, w{names++}) is var h{names}) {{ h{names++}[0] += {Number(1)}; }}",
        4 => $"{List()}.Insert(0, {Number(1)});",
        5 => Chance(2) ? "l = m;" : "m = new List<int>(l);",
        6 => "ll.Add(l);",
        7 => $"l = ll[{random.Next(2)}];",
        8 => $"{Array()}[{Index()}] = {Number(1)};",
        9 => $"{Array()}[{Index()}]++;",
        10 => Chance(2) ? "q = p;" : "q = (int[])p.Clone();",
        11 => $"p = new int[3]; p[1] = {Number(1)};",
        12 => $"x = {Number(2)};",
        13 => $"y = {Number(2)};",
        14 => $"{Cell()}.Put({Number(1)} & 7);",
        15 => Chance(2) ? "e = c;" : "c = new Cell { X = y };",
        16 => $"x += {Cell()}.Next();",
        17 => $"{Node()}.Put({Number(1)} & 15);",
        18 => $"{Node()}.Next = {Node()};",
        19 => Chance(2) ? "n = new Sub(m) { Value = x & 7 };" : "n = o;",
        20 => $"sb.Append({Number(1)} & 7);",
        21 => $"d[{Number(1)} & 3] = {Number(1)};",
        22 => "d.Remove(2);",
        23 => "Pure.Swap(ref x, ref y);",
        24 => $"Pure.Swap(ref {Array()}[0], ref p[2]);",
        25 => "n.Items = l;",
        26 => $"{Node()}.Dispose();",
        27 or 28 => "f();",
        29 => "k += 2;",
        _ => "foreach (var h in fs) { t = t * 3 + h(); }",
    };

    private string Number(int depth) => random.Next(depth > 0 ? 24 : 6) switch
    {
        0 => "x",
        1 => "y",
        2 or 3 => random.Next(-3, 9).ToString(CultureInfo.InvariantCulture),
        4 => Chance(1 + hush) ? "a" : "x",
        5 => Chance(1 + hush) ? "b" : "2",
        6 => $"({Number(depth - 1)} + {Number(depth - 1)})",
        7 => $"({Number(depth - 1)} * {Number(depth - 1)})",
        8 => $"({Condition()} ? {Number(depth - 1)} : {Number(depth - 1)})",
        9 or 10 => $"{List()}.Count",
        11 => $"Pure.Sum({List()})",
        12 => $"{Array()}[{Index()}]",
        13 => $"Pure.Bump({Array()})",
        14 => $"{Cell()}.Get()",
        15 => $"{Node()}.Sum()",
        16 => "sb.Length",
        17 => "d.Count",
        18 => "d.GetValueOrDefault(1)",
        19 => $"ll[{random.Next(2)}].Count",
        20 => $"Pure.Square({Number(depth - 1)})",
        21 => closures ? "g()" : "l.Sum()",
        22 => $"Pure.Longer({List()}, {List()}).Count",
        _ => $"{Cell()}.Next()",
    };

    private string Known() => random.Next(8) switch
    {
        0 => $"{List()}.Count > {random.Next(4)}",
        1 => $"{Array()}[{Index()}] > {random.Next(8)}",
        2 => "p == q",
        3 => "ReferenceEquals(ll[0], l)",
        4 => $"{Cell()}.Get() % 2 == 0",
        5 => $"{Node()}.Next == n",
        6 => "d.ContainsKey(2)",
        _ => $"x < {Number(0)}",
    };

    private string Condition() => random.Next(5 + hush) switch
    {
        0 => $"b > {random.Next(-1, 3)}",
        1 => $"a == {random.Next(4)}",
        2 => $"{Known()} {(Chance(2) ? "&&" : "||")} a > {random.Next(3)}",
        _ => Known(),
    };

    private string List() => random.Next(8) switch { 0 or 1 or 2 => "l", 3 or 4 => "m", 5 => "Pure.Same(l)", 6 => "n.Items", _ => $"ll[{random.Next(2)}]" };

    private string Array() => Chance(3) ? "q" : "p";

    private string Cell() => Chance(2) ? "c" : "e";

    private string Node() => Chance(2) ? "n" : "o";

    private string Index() => random.Next(3).ToString(CultureInfo.InvariantCulture);

    private string Object() => random.Next(6) switch { 0 => "l", 1 => "m", 2 => "p", 3 => "n", 4 => "sb", _ => "q" };
}
