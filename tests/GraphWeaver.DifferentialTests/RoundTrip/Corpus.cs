using System.Globalization;
using System.Text;

// Compiled by LiftEmitTests in both configurations; every public static method is a case.
public static unsafe class Corpus
{
    private static readonly int[] Numbers = [3, 1, 4, 1, 5, 9, 2, 6];

    private static int counter;

    public static int For_with_break_and_continue()
    {
        var sum = 0;
        for (var i = 0; i < 100; i++)
        {
            if (i % 3 == 0) { continue; }
            if (i > 40) { break; }
            sum += i * (i & 1);
        }
        return sum;
    }

    public static long While_and_do_nested()
    {
        long product = 1;
        var i = 0;
        while (i < 5)
        {
            var j = 0;
            do { product += i * j; j++; } while (j < i);
            i++;
        }
        return product;
    }

    public static string Switch_statements()
    {
        var text = new StringBuilder();
        for (var i = -1; i < 12; i++)
        {
            switch (i)
            {
                case 0: text.Append("zero "); break;
                case 1: case 2: text.Append("few "); break;
                case 3: goto case 5;
                case 4: text.Append("four "); break;
                case 5: text.Append("five "); break;
                case 10: text.Append("ten "); break;
                default: text.Append("? "); break;
            }
        }
        return text.ToString();
    }

    public static string Switch_on_string_and_pattern()
    {
        string Name(object? value) => value switch
        {
            null => "null",
            int and > 10 => "big",
            int number => "int " + number.ToString(CultureInfo.InvariantCulture),
            string { Length: > 3 } text => "long " + text,
            string text => "short " + text,
            (int a, string b) => "pair " + a.ToString(CultureInfo.InvariantCulture) + b,
            int[] { Length: 2 } and [_, var last] => "list" + last,
            _ => "other",
        };
        string Fruit(string value)
        {
            switch (value)
            {
                case "apple": return "red";
                case "banana": return "yellow";
                case "cherry": return "dark";
                case "date": return "brown";
                case "elder": return "black";
                case "fig": return "violet";
                case "grape": return "green";
                default: return "unknown";
            }
        }
        return string.Join(",", new object?[] { null, 5, 50, "ab", "abcd", (1, "x"), new[] { 1, 2 }, 2.5 }.Select(Name)) + Fruit("fig") + Fruit("kiwi");
    }

    public static int Goto_into_a_loop()
    {
        var i = 0;
        var sum = 0;
        goto middle;
    top:
        sum += 10;
    middle:
        i++;
        sum += i;
        if (i < 5) { goto top; }
        return sum;
    }

    public static string Small_integers_wrap()
    {
        byte b = 250; sbyte s = -120; short h = short.MaxValue; ushort u = 1; char c = 'z'; bool flag = false;
        for (var i = 0; i < 10; i++) { b += 3; s -= 5; h++; u--; c++; flag ^= true; }
        byte fromInt = unchecked((byte)(b * 7));
        return $"{(int)b} {(int)s} {(int)h} {(int)u} {(int)c} {flag} {(int)fromInt}";
    }

    public static string Floats_keep_their_precision()
    {
        float f = 0.1f; double d = f; float g = (float)(d * 3.0000001); double sum = 0;
        for (var i = 0; i < 20; i++) { f = f * 1.1f + 0.3f; sum += f; d = d / 1.7 + f; }
        return BitConverter.SingleToInt32Bits(f).ToString("x") + BitConverter.DoubleToInt64Bits(sum).ToString("x") + BitConverter.DoubleToInt64Bits(d).ToString("x") + g.ToString(CultureInfo.InvariantCulture);
    }

    public static string Checked_arithmetic()
    {
        var log = "";
        try { checked { var x = int.MaxValue; x += Numbers[0]; log += x; } } catch (OverflowException e) { log += e.Message; }
        return log + CheckedCore(5).ToString(CultureInfo.InvariantCulture);
    }

    private static int CheckedCore(int value) => checked(value * 1000 - 7 + (int)(uint)value);

    public static string Unsigned_and_shifts()
    {
        uint u = 0xF0000001; ulong l = 0x8000000000000001; int i = -17;
        return $"{u >> 3} {(int)u >> 3} {l >> 60} {(long)l >> 60} {i >>> 2} {i / 5} {i % 5} {u / 7} {u % 7} {(float)u == 4026531841f} {(double)l > 1e18} {u > 5 && l > u}";
    }

    public static string Native_integers()
    {
        nint a = -5; nuint b = 7; nint c = a * 3 + (nint)b;
        var array = new int[5];
        for (nint i = 0; i < array.Length; i++) { array[i] = (int)(i * c); }
        return $"{c} {b >> 1} {string.Join(" ", array.Select(x => x.ToString(CultureInfo.InvariantCulture)))}";
    }

    public static string Ternaries_on_the_stack()
    {
        string Pick(int i) => i > 3 ? (i > 5 ? "many" : "some") : (i == 0 ? null! : i < 0 ? "minus" : "few") ?? "none";
        IEnumerable<int> Choose(bool list) => list ? new List<int> { 1, 2 } : new[] { 3, 4 };
        object Box(bool flag) => flag ? 1 : "one";
        return string.Concat(Enumerable.Range(-1, 9).Select(Pick)) + Choose(true).Sum() + Choose(false).Sum() + Box(true) + Box(false) + Math.Max(Numbers[0] > 2 ? 1 : 2, Numbers[1] > 2 ? 3 : 4);
    }

    private abstract class Shelf<T> { public abstract T Top { get; } }
    private sealed class Low<T>(T top) : Shelf<T> { public override T Top => top; }
    private sealed class High<T>(T top) : Shelf<T> { public override T Top => top; }

    public static string Ternaries_of_two_classes_with_one_base()
    {
        Exception Make(bool flag) => flag ? new ArgumentException("a") : new InvalidOperationException("b");
        Shelf<int> Choose(bool low) => low ? new Low<int>(1) : new High<int>(2);
        System.IO.Stream Open(bool file) => file ? new System.IO.MemoryStream([1]) : new System.IO.BufferedStream(System.IO.Stream.Null);
        return Make(true).Message + Make(false).Message + Choose(true).Top + Choose(false).Top + Open(true).Length + Open(false).CanRead;
    }

    public static string Short_circuit_with_effects()
    {
        var trace = "";
        bool Say(string word, bool value) { trace += word; return value; }
        var result = (Say("a", true) && Say("b", false)) || (Say("c", true) && !Say("d", false));
        return trace + result;
    }

    public static string Evaluation_order_of_arguments()
    {
        var trace = "";
        int Next(int i) { trace += i; return i; }
        var array = new int[4];
        array[Next(1)] = Next(2) + Next(3) * Next(4);
        array[Next(2)] += Next(5);
        return trace + string.Join(",", array) + Three(Next(6), Next(7), Next(8));
    }

    private static int Three(int a, int b, int c) => a * 100 + b * 10 + c;

    public static int Swap_in_a_loop()
    {
        int a = 1, b = 2, c = 3;
        for (var i = 0; i < 7; i++) { (a, b, c) = (b, c, a + i); }
        return a * 10000 + b * 100 + c;
    }

    public static int Fibonacci_and_lost_copy()
    {
        int x = 0, y = 1, last = 0;
        for (var i = 0; i < 20; i++) { last = x; var next = x + y; x = y; y = next; }
        return last * 1000003 + x;
    }

    public static int Value_used_after_its_loop()
    {
        var i = 0; var previous = -1;
        while (true) { var current = i; i += 3; if (i > 20) { return previous * 100 + current; } previous = current; }
    }

    public record struct Point(int X, int Y) { public readonly int Dot(Point other) => X * other.X + Y * other.Y; public void Move(int by) { X += by; Y -= by; } }

    public static string Structures_and_their_addresses()
    {
        var p = new Point(3, 4); var q = p; q.Move(10); p.X++; ref var x = ref q; x.X *= 2; (&p)->Move(1);
        Point zero = default; var points = new Point[3]; points[1].Move(5); points[2] = q with { Y = 1 };
        return $"{p} {q} {zero} {points[1]} {points[2]} {p.Dot(q)} {p == q}";
    }

    public static string Ref_out_in()
    {
        int a = 1, b = 2; Swap(ref a, ref b); Split(17, out var q, out var r); var sum = Sum(in a, 5);
        ref var biggest = ref Largest(new[] { 1, 9, 3 }); biggest++;
        return $"{a} {b} {q} {r} {sum} {biggest} {int.TryParse("42", NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed)} {parsed}";
    }

    private static void Swap<T>(ref T a, ref T b) => (a, b) = (b, a);
    private static void Split(int value, out int quotient, out int rest) { quotient = value / 5; rest = value % 5; }
    private static int Sum(in int a, int b) { a.ToString(CultureInfo.InvariantCulture); return a + b; }
    private static ref int Largest(int[] values) { var best = 0; for (var i = 1; i < values.Length; i++) { if (values[i] > values[best]) { best = i; } } return ref values[best]; }

    public static int Argument_reassigned() => Countdown(10) + Countdown(3);
    private static int Countdown(int n) { var sum = 0; while (n > 0) { sum += n; n -= 2; } n = sum; return n; }

    public static string Spans_and_stackalloc()
    {
        Span<int> span = stackalloc int[8];
        for (var i = 0; i < span.Length; i++) { span[i] = i * i; }
        var slice = span[2..6]; slice.Reverse();
        ReadOnlySpan<char> text = "hello world"; var word = text[(text.IndexOf(' ') + 1)..];
        return string.Join(",", span.ToArray()) + word.ToString() + slice.Length;
    }

    public static string Pointers()
    {
        var data = new byte[16]; var total = 0;
        fixed (byte* p = data) { for (var i = 0; i < data.Length; i++) { *(p + i) = (byte)(i * 20); total += p[i]; } *(int*)(p + 4) = 0x01020304; }
        int local = 5; int* q = &local; *q += 2; int* buffer = stackalloc int[3]; buffer[1] = local; 
        return $"{total} {data[4]} {local} {buffer[1]} {sizeof(Point)}";
    }

    public static string Collections_and_ranges()
    {
        List<int> list = [1, 2, .. Numbers, 7]; int[] array = [.. list, 8]; Dictionary<string, int> map = new() { ["a"] = 1, ["b"] = 2 };
        list.RemoveAll(x => x == 1); map["a"] += 5; var last = array[^1]; var middle = array[3..^4];
        HashSet<int> set = [.. array];
        return $"{string.Join(",", list)} {last} {string.Join(",", middle)} {map["a"]} {set.Count}";
    }

    public static string Closures()
    {
        var actions = new List<Func<int>>(); var total = 0;
        for (var i = 0; i < 4; i++) { var captured = i * 10; actions.Add(() => captured + total++); }
        foreach (var n in Numbers) { actions.Add(() => n); }
        return string.Join(",", actions.Select(action => action())) + total;
    }

    public static string Linq_chain() => string.Join(",", Numbers.Where(n => n > 1).OrderByDescending(n => n).Select((n, i) => n * i).Zip("abcdef", (n, c) => n.ToString(CultureInfo.InvariantCulture) + c).Take(4)) + Numbers.Aggregate(0, (a, b) => a * 3 + b);

    public static string Strings()
    {
        var s = "Graph"; s += 'W'; s += "eaver"; var n = 42; string? none = null; 
        return $"{s}{n} {s.Length:D4} {none} {none ?? "default"} {s[2]} {s?.ToUpperInvariant()} {none?.Length} {s[1..3]} {string.Concat(s, n, none)} {nameof(Strings)} {"a" == "a"}";
    }

    public static string Nullables() { int? a = 5; int? b = null; int? c = a + b; return $"{a} {b} {c} {a ?? 1} {b ?? 2} {a > b} {a.HasValue} {b.GetValueOrDefault(9)} {a * 2}"; }

    public static string Tuples_and_deconstruction() { var (a, (b, c)) = (1, ("x", 2.5)); var t = (Name: "n", Value: a); (t.Value, a) = (a + 1, t.Value + 5); return $"{a} {b} {c.ToString(CultureInfo.InvariantCulture)} {t} {t == ("n", 2)}"; }

    public sealed record Person(string Name, int Age) { public Person? Parent { get; init; } }
    public static string Records() { var p = new Person("Ann", 30) { Parent = new("Eve", 60) }; var q = p with { Age = 31 }; return $"{p} {q.Parent!.Name} {p == q} {q is { Age: > 30, Parent.Age: 60 }}"; }

    private interface IShape { double Area { get; } string Name => "shape"; }
    private sealed class Circle(double r) : IShape { public double Area => 3 * r * r; public string Name => "circle"; }
    private readonly struct Square(double a) : IShape { public double Area => a * a; }
    public static string Interfaces_and_constrained_calls() { IShape[] shapes = [new Circle(2), new Square(3)]; return string.Join(";", shapes.Select(s => s.Name + s.Area)) + Describe(new Square(4)) + Describe("text") + Describe(5); }
    private static string Describe<T>(T value) where T : notnull => value is IShape shape ? shape.Area.ToString(CultureInfo.InvariantCulture) : value.ToString() + value.GetHashCode().Equals(value.GetHashCode()) + typeof(T).Name;

    public static string Generic_math() => $"{Total(1, 2, 3)} {Total(1.5, 2.5)} {Total(2m, 3m)}";
    private static T Total<T>(params ReadOnlySpan<T> values) where T : System.Numerics.INumber<T> { var sum = T.Zero; foreach (var v in values) { sum += v * (T.One + T.One); } return T.Max(sum, T.One); }

    private class Box<T> where T : new() { private T value = new(); public static int Count; public ref T Value => ref value; public Box() => Count++; public U Map<U>(Func<T, U> f) => f(value); public class Inner { public T? Field; } }
    public static string Generic_classes() { var b = new Box<int>(); b.Value = 5; b.Value++; var i = new Box<List<int>>.Inner { Field = [1] }; return $"{b.Map(x => x * 2.5).ToString(CultureInfo.InvariantCulture)} {Box<int>.Count > 0} {i.Field!.Count} {new Box<object>().Map(o => o.GetType().Name)}"; }

    public static string Boxing_and_casts() { object o = 5; var i = (int)o; object s = "x"; var d = (double)(int)o; long l = (int)o; o = (short)7; var e = (object)DayOfWeek.Friday; return $"{i} {s as string} {s is int} {d} {l} {o is short n && n > 6} {(DayOfWeek)e} {(int)(DayOfWeek)e} {e as Enum}"; }

    public static string Multidimensional_and_jagged() { var m = new int[3, 4]; for (var i = 0; i < 3; i++) { for (var j = 0; j < 4; j++) { m[i, j] = i * j; m[i, j] += 1; } } int[][] jag = [[1], [2, 3], []]; jag[1][0]++; ref var cell = ref m[2, 3]; cell = 100; var sum = 0; foreach (var x in m) { sum += x; } return $"{sum} {m.GetLength(1)} {jag[1][0]} {m[2, 3]}"; }

    public static string Enumerators() { var text = ""; foreach (var x in Iterate(4)) { text += x; } foreach (var (k, v) in new Dictionary<int, string> { [1] = "a", [2] = "b" }) { text += k + v; } foreach (var c in "xyz".AsSpan()) { text += c; } foreach (var d in Enum.GetValues<DayOfWeek>()) { text += (int)d; } return text; }
    private static IEnumerable<int> Iterate(int n) { for (var i = 0; i < n; i++) { if (i == 2) { continue; } yield return i * 7; } yield return -1; }

    public static string Handlers() { var log = ""; try { try { Throw(3); } finally { log += "finally "; } } catch (InvalidOperationException e) when (e.Message.Length > 2) { log += e.Message; } using (new Scope(() => log += " disposed")) { log += " inside"; } lock (Numbers) { log += " locked"; } return log; }
    private static void Throw(int depth) { if (depth == 0) { throw new InvalidOperationException("deep"); } Throw(depth - 1); }
    private sealed class Scope(Action end) : IDisposable { public void Dispose() => end(); }

    public static string Exceptions_pass_through() { var log = ""; foreach (var index in new[] { 1, 99 }) { try { log += Guarded(index); } catch (Exception e) { log += e.GetType().Name + e.Message; } } return log; }
    private static int Guarded(int index) { ArgumentOutOfRangeException.ThrowIfNegative(index); return Numbers[index] > 0 ? Numbers[index] : throw new InvalidOperationException("no"); }

    public static string Statics_and_compound() { counter = 0; counter++; counter += Bump() + counter; var before = counter--; return $"{counter} {before} {Bump() * counter}"; }
    private static int Bump() => counter += 3;

    public static string Events_and_delegates() { var log = ""; Action<string>? handler = null; handler += s => log += "1" + s; handler += Write; handler("x"); handler -= Write; handler?.Invoke("y"); Func<int, int, int> add = (a, b) => a + b; var curried = (int a) => (int b) => add(a, b); return log + curried(2)(3); void Write(string s) => log += "2" + s; }

    public static string Recursion() => $"{Factorial(12)} {Ackermann(2, 3)} {Even(10)}";
    private static long Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
    private static int Ackermann(int m, int n) => m == 0 ? n + 1 : n == 0 ? Ackermann(m - 1, 1) : Ackermann(m - 1, Ackermann(m, n - 1));
    private static bool Even(int n) => n == 0 || Odd(n - 1);
    private static bool Odd(int n) => n != 0 && Even(n - 1);

    public static string Decimal_and_dates() => $"{1.10m + 2.205m} {new DateTime(2024, 2, 29).AddYears(1):yyyy-MM-dd} {TimeSpan.FromMinutes(90).TotalHours.ToString(CultureInfo.InvariantCulture)} {new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)} {(Half)1.5f} {System.Numerics.BigInteger.Pow(3, 50)}";

    public static string Tensors() { var x = Tensor.Create<float>([1, 2, 3, 4], [2, 2]); var y = x + x * 2f; y += x; var t = Tensor.Tanh<float>(y); return $"{y[1, 1]} {Tensor.Sum<float>(y)} {t.Lengths.Length} {y[[0, 1]]} {x.Slice(0..1, 0..2).FlattenedLength}"; }

    private ref struct Cursor(ReadOnlySpan<int> data) { private readonly ReadOnlySpan<int> data = data; private int at = -1; public bool MoveNext() => ++at < data.Length; public readonly int Current => data[at]; public readonly Cursor GetEnumerator() => this; }
    public static int Ref_structs() { var sum = 0; foreach (var x in new Cursor(Numbers)) { sum = sum * 2 + x; } return sum; }

    [System.Runtime.CompilerServices.InlineArray(4)] private struct Four { private int first; }
    public static int Inline_arrays() { Four f = default; for (var i = 0; i < 4; i++) { f[i] = i + 1; } Span<int> s = f; s[2] = 50; return f[0] + f[2] + s.Length; }

    public static string Static_abstract_and_default() { return One<Meter>() + One<Foot>(); static string One<T>() where T : IUnit<T> => T.Name + T.Make(3).ToString(); }
    private interface IUnit<T> where T : IUnit<T> { static abstract string Name { get; } static abstract T Make(int n); }
    private readonly record struct Meter(int N) : IUnit<Meter> { public static string Name => "m"; public static Meter Make(int n) => new(n); }
    private readonly record struct Foot(int N) : IUnit<Foot> { public static string Name => "ft"; public static Foot Make(int n) => new(n * 3); }

    public static string Function_pointers() { delegate*<int, int, int> add = &Plus; var table = stackalloc delegate*<int, int, int>[2]; table[0] = add; table[1] = &Minus; return $"{add(2, 3)} {table[1](2, 3)}"; }
    private static int Plus(int a, int b) => a + b;
    private static int Minus(int a, int b) => a - b;

    public static string Volatile_and_unaligned() { flag = true; var data = new byte[9]; System.Runtime.CompilerServices.Unsafe.WriteUnaligned(ref data[1], 0x11223344); return $"{flag} {System.Runtime.CompilerServices.Unsafe.ReadUnaligned<int>(ref data[1])} {data[1]}"; }
    private static volatile bool flag;

    public static int Async_methods() => Waiting.Core().GetAwaiter().GetResult();

    public static string Dynamic_sized_loops_with_labels() { var found = ""; for (var i = 0; i < 5; i++) { for (var j = 0; j < 5; j++) { if (i * j == 6) { found = $"{i},{j}"; goto done; } } } done: return found; }
}

public static class Waiting
{
    public static async System.Threading.Tasks.Task<int> Core() { await System.Threading.Tasks.Task.Yield(); return 5; }
}
