using System.Collections;
using System.Globalization;

// Compiled with Corpus.cs by LiftEmitTests; every public static method is a case: try, handlers and filters in every place they can stand.
public static class Handlers
{
    private static readonly List<string> Log = [];

    private static int counter;

    private static string Logged(Action action)
    {
        Log.Clear();
        counter = 0;
        try { action(); }
        catch (Exception e) { Log.Add("escaped " + e.GetType().Name + " " + e.Message); }
        return string.Join(" ", Log);
    }

    private static int Fail(string message) => throw new InvalidOperationException(message);

    private static int Fails(bool really) => really ? throw new InvalidOperationException("fails") : 1;

    private static bool Note(string word, bool answer = true) { Log.Add(word); return answer; }

    public static string Catch() => Caught(true) + Caught(false);
    private static string Caught(bool fail) { var state = "start"; try { state = "before"; Fails(fail); state = "after"; } catch (InvalidOperationException) { state += " caught"; } return state; }

    public static string Typed_catches() => string.Join(" ", Enumerable.Range(0, 6).Select(Typed));
    private static string Typed(int kind)
    {
        try
        {
            switch (kind)
            {
                case 0: throw new ArgumentNullException("zero");
                case 1: throw new ArgumentException("one");
                case 2: throw new InvalidOperationException("two");
                case 3: object o = "x"; return ((int)o).ToString(CultureInfo.InvariantCulture);
                case 4: return "abc".AsSpan()[..kind].Length.ToString(CultureInfo.InvariantCulture);
                default: return "none";
            }
        }
        catch (ArgumentNullException e) { return "null:" + e.ParamName; }
        catch (ArgumentOutOfRangeException) { return "range"; }
        catch (ArgumentException e) { return "argument:" + e.Message; }
        catch (InvalidCastException) { return "cast"; }
        catch (Exception e) { return e.GetType().Name; }
    }

    public static string Generic_catch() => Generic<InvalidOperationException>() + Generic<ArgumentException>();
    private static string Generic<T>() where T : Exception { try { try { Fail("g"); } catch (T e) { return typeof(T).Name + e.Message; } return "none"; } catch { return "other"; } }

    public static string Filters() => Logged(() => { for (var i = 0; i < 4; i++) { Filtered(i); } });
    private static void Filtered(int i)
    {
        try { try { Fail("f" + i); } finally { Log.Add("finally"); } }
        catch (InvalidOperationException e) when (Note("first", i == 0) && e.Message.Length > 1) { Log.Add("A" + e.Message); }
        catch (Exception e) when (Note("second", i == 1) || (i == 2 && Note(e.Message))) { Log.Add("B" + i); }
        catch { Log.Add("C"); }
    }

    public static string Filter_that_throws_says_no() => Logged(() => { try { Fail("f"); } catch (InvalidOperationException) when (Fails(true) > 0) { Log.Add("wrong"); } catch (Exception e) { Log.Add(e.Message); } });

    public static string Filter_sees_the_state_before_inner_finally() => Logged(() =>
    {
        var state = 0;
        try { try { state = 1; Fail("x"); } finally { state = 2; } }
        catch (Exception) when (Note("filter sees " + state)) { Log.Add("handler sees " + state); }
    });

    public static string Filter_assigns() => Logged(() =>
    {
        var seen = 0;
        try { try { Fail("abc"); } finally { Log.Add("inner sees " + seen); seen += 10; } }
        catch (Exception e) when ((seen = e.Message.Length) > 0) { Log.Add("handler sees " + seen); }
        Log.Add("after " + seen);
    });

    public static string Finally_on_early_return() => Logged(() => Log.Add(Early(1) + Early(2) + Early(3)));
    private static string Early(int n) { try { if (n == 1) { return "one"; } if (n == 2) { return "two" + counter++; } } finally { Log.Add("finally" + n + counter++); } return "end"; }

    public static int Return_value_is_read_before_finally() { var x = 1; try { return x; } finally { x = 2; counter = x; } }

    public static string Finally_assigns_what_is_read_after() { var x = 1; var y = 0; try { y = x; } finally { x = 5; } return x + " " + y; }

    public static string Finally_in_a_loop() { var count = 0; var sum = 0; for (var i = 0; i < 6; i++) { try { if (i == 2) { continue; } if (i == 5) { break; } sum += i; } finally { count++; sum += 100; } sum += 1000; } return count + " " + sum; }

    public static string Header_phi_read_in_finally() { var text = ""; var x = 1; var i = 0; while (i < 5) { var old = x; try { text += "t" + x; if (x % 2 == 0) { x = old * 3; continue; } x = old + 1; } finally { text += "f" + old + i; i++; } } return text + x; }

    public static string Try_in_loops() { var text = ""; for (var i = 0; i < 3; i++) { for (var j = 0; j < 3; j++) { try { if (i == j) { Fail("d"); } text += i * j; } catch { text += "x"; if (i == 2) { goto done; } } } text += ";"; } done: return text; }

    public static string Loops_in_try() { var sum = 0; try { for (var i = 0; ; i++) { sum += i; var j = i; while (j > 0) { sum += j; j--; } if (i == 6) { Fails(true); } } } catch { sum += 10000; } return sum.ToString(CultureInfo.InvariantCulture); }

    public static string Loop_at_the_start_of_try() { var i = 0; try { do { i++; if (i == 7) { Fail("seven"); } } while (true); } catch (Exception e) { return e.Message + i; } }

    public static string Loop_at_the_start_of_finally() { var text = ""; var i = 0; try { text += "t"; } finally { do { text += i; i++; } while (i < 4); } return text + i; }

    public static string Retry() { var tries = 0; retry: try { tries++; if (tries < 4) { Fail("again"); } return "done" + tries; } catch { goto retry; } }

    public static string Retry_with_while() { var tries = 0; while (true) { try { tries++; if (tries < 4) { Fail("again"); } return "done" + tries; } catch (InvalidOperationException) when (tries < 3) { } catch { tries += 10; } } }

    public static string Retry_with_finally() { var log = ""; var n = 0; again: try { n++; try { if (n < 3) { goto again; } log += "end"; } finally { log += "f" + n; } } finally { log += "o" + n; } return log; }

    public static string Rethrow() => Logged(() => { try { try { Fail("r"); } catch (Exception e) { Log.Add("caught " + e.Message); throw; } } catch (InvalidOperationException e) { Log.Add("again " + e.Message + (e.StackTrace!.Contains(nameof(Fail)) ? " traced" : "")); } });

    public static string Throw_in_handler() => Logged(() => { try { try { Fail("first"); } catch (Exception e) { throw new ArgumentException("second", e); } finally { Log.Add("finally"); } } catch (ArgumentException e) { Log.Add(e.Message + e.InnerException!.Message); } });

    public static string Throw_in_finally() => Logged(() => { try { try { Fail("lost"); } finally { Fail("kept"); } } catch (Exception e) { Log.Add(e.Message); } });

    public static string Throw_expression_only() => Logged(() => { try { throw new NotSupportedException("only"); } catch (NotSupportedException e) { Log.Add(e.Message); } });

    private sealed class Scope(string name) : IDisposable { public string Name => name; public void Dispose() => Log.Add("-" + name); }
    private struct ValueScope(string name) : IDisposable { public readonly void Dispose() => Log.Add("-" + name); }

    public static string Using() => Logged(() => { using var a = new Scope("a"); using (var b = new Scope("b")) { Log.Add(b.Name); } using (Scope? none = null) { Log.Add("none"); } using var v = new ValueScope("v"); Fail(a.Name); });

    public static string Lock() { var sync = new object(); var n = 0; lock (sync) { n++; lock (sync) { n += 2; } } try { lock (sync) { n += 4; Fail("locked"); } } catch { n += System.Threading.Monitor.IsEntered(sync) ? 1000 : 8; } return n.ToString(CultureInfo.InvariantCulture); }

    public static string Foreach_list() { var sum = 0; foreach (var x in new List<int> { 1, 2, 3, 4 }) { if (x == 2) { continue; } if (x == 4) { break; } sum += x; } return sum.ToString(CultureInfo.InvariantCulture); }

    public static string Foreach_list_changed() => Logged(() => { var list = new List<int> { 1, 2 }; foreach (var x in list) { Log.Add("x" + x); list.Add(x); } });

    private static IEnumerable<int> Numbers(int n) { try { for (var i = 0; i < n; i++) { yield return i; } } finally { Log.Add("disposed"); } }

    public static string Foreach_enumerable() => Logged(() => { var sum = 0; foreach (var x in Numbers(5)) { sum += x; if (x == 3) { break; } } Log.Add("sum" + sum); foreach (var x in Numbers(2)) { foreach (var y in Numbers(x)) { Log.Add(x + "," + y); } } });

    public static string Foreach_enumerable_return() => Logged(() => Log.Add(First(x => x > 2) + First(x => x > 20)));
    private static string First(Func<int, bool> match) { foreach (var x in Numbers(5)) { if (match(x)) { return "found" + x; } } return "none"; }

    public static string Foreach_dictionary() { var text = ""; foreach (var (key, value) in new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }) { text += key + value; } foreach (var pair in new SortedDictionary<int, int> { [3] = 4, [1] = 2 }) { text += pair.Key * pair.Value; } return text; }

    public static string Foreach_not_generic() { var text = ""; foreach (string s in (IEnumerable)new ArrayList { "p", "q" }) { text += s; } foreach (DictionaryEntry e in new Hashtable { [1] = "one" }) { text += e.Key + (string)e.Value!; } return text; }

    public static string Value_from_try_and_catch() => $"{Parsed("12")} {Parsed("x")} {Parsed(null!)}";
    private static int Parsed(string text) { int result; try { result = int.Parse(text, CultureInfo.InvariantCulture); } catch (FormatException) { result = -1; } catch (ArgumentNullException) { result = -2; } return result; }

    public static string Ref_and_out_at_the_throw() { int a = 1, b = 2, c = 0; try { Change(ref a, out b, ref c); } catch { c += 1000; } return $"{a} {b} {c}"; }
    private static void Change(ref int a, out int b, ref int c) { b = 7; try { a = 10; c = a; Fail("x"); a = 20; } catch { c += a * 3; a++; throw; } finally { b += a; } }

    public static string Values_are_those_at_the_throw() => string.Join(" ", Enumerable.Range(0, 4).Select(i => AtThrow(i, 5)));
    private static string AtThrow(int at, int argument)
    {
        var a = 0; var b = "b"; double d = 0.5; byte narrow = 250;
        try
        {
            a = 1; if (at == 0) { Fail("0"); }
            b += a; argument += a; narrow += 10; if (at == 1) { Fail("1"); }
            d *= argument; a = 3; if (at == 2) { Fail("2"); }
            b = "end";
        }
        catch { return $"{a}{b}{argument}{d.ToString(CultureInfo.InvariantCulture)}:{(int)narrow}"; }
        return $"ok{a}{b}";
    }

    public static string Not_read_in_the_handler_but_after() { var x = 1; try { x = 2; Fails(counter >= 0); x = 3; } catch { } return x.ToString(CultureInfo.InvariantCulture); }

    public static string Assigned_in_catch() { var x = 1; var y = 1; try { Fail("z"); } catch (Exception e) { x = e.Message.Length + 5; y += x; } finally { x += 100; } return x + " " + y; }

    public static string Goto_out_of_try() { var text = ""; for (var i = 0; i < 4; i++) { try { try { if (i == 2) { goto found; } text += i; } finally { text += "f"; } } catch { text += "never"; } } found: return text; }

    public static string Try_inside_finally() => Logged(() => { try { try { Fail("outer"); } finally { try { Fail("inner"); } catch (Exception e) { Log.Add(e.Message); } finally { Log.Add("ff"); } Log.Add("end"); } } catch (Exception e) { Log.Add(e.Message); } });

    public static string Try_inside_catch() => Logged(() => { try { Fail("one"); } catch (Exception outer) { try { Fail("two"); } catch (Exception inner) { Log.Add(outer.Message + inner.Message); } try { throw; } catch (Exception e) { Log.Add("re" + e.Message); } } });

    public static string Nested_four_deep() => Logged(() => { for (var i = 0; i < 4; i++) { try { try { try { try { if (i == 3) { throw new OverflowException(); } Fails(i > 0); } finally { Log.Add("1"); } } catch (InvalidOperationException) when (i == 1) { Log.Add("2"); } finally { Log.Add("3"); } } catch (InvalidOperationException) { Log.Add("4"); } } catch (OverflowException) { Log.Add("5"); } } });

    public static string Same_start() => Logged(() => { try { try { try { Fails(true); } finally { Log.Add("a"); } } finally { Log.Add("b"); } } catch { Log.Add("c"); } });

    public static string Switch_in_try() { var text = ""; for (var i = 0; i < 5; i++) { try { switch (i) { case 0: continue; case 1: text += "one"; break; case 2: Fail("two"); break; case 3: goto case 1; default: return text + "end"; } text += "|"; } catch (Exception e) { text += e.Message; } finally { text += i; } } return text; }

    public static string Ternary_around_calls_that_throw() { var parts = new List<string>(); foreach (var flag in new[] { true, false }) { string? s = null; try { s = flag ? "yes" : Fail("no").ToString(CultureInfo.InvariantCulture); } catch (InvalidOperationException) when (s is null) { s = "caught"; } parts.Add(s); } return string.Join(",", parts); }

    public static string Structures_across_throws() { var p = (X: 1, Y: 2); try { p.X = 10; p = (p.Y, p.X); p.Y++; Fail("p"); } catch { p.X *= 5; } return p.ToString(); }

    public static string Iterator_with_finally() => Logged(() => { using (var e = Numbers(3).GetEnumerator()) { e.MoveNext(); Log.Add("got" + e.Current); } foreach (var s in Steps()) { Log.Add(s); } });
    private static IEnumerable<string> Steps() { using var a = new Scope("s"); yield return "1"; try { yield return "2"; } finally { Log.Add("f"); } foreach (var x in Numbers(2)) { yield return "n" + x; } }

    public static string Async_with_handlers() => Asynchronously().GetAwaiter().GetResult();
    private static async System.Threading.Tasks.Task<string> Asynchronously() { var text = ""; for (var i = 0; i < 3; i++) { try { await System.Threading.Tasks.Task.Yield(); if (i == 1) { Fail("async"); } text += i; } catch (InvalidOperationException e) { await System.Threading.Tasks.Task.Yield(); text += e.Message; } finally { await System.Threading.Tasks.Task.Yield(); text += "f"; } } return text; }

    public static unsafe string Fixed_in_try() { var data = new[] { 1, 2, 3 }; var sum = 0; try { fixed (int* p = data) { for (var i = 0; i < 3; i++) { sum += p[i]; } Fails(sum == 6); } } catch { sum += 100; } return sum.ToString(CultureInfo.InvariantCulture); }

    public static string Stack_overflow_guard_and_checked() { var text = ""; foreach (var n in new[] { 1, int.MaxValue }) { try { text += checked(n + n); } catch (OverflowException) { text += "overflow"; } try { text += "q" + (10 / (n - 1)); } catch (DivideByZeroException) { text += "zero"; } } return text; }

    public static string Never_returning_try() => Logged(() => { try { Endless(); } catch (Exception e) { Log.Add(e.Message); } });
    private static void Endless() { try { while (true) { if (counter++ > 5) { Fail("enough" + counter); } } } finally { Log.Add("left"); } }

    public static string Empty_try_and_empty_handlers() { var x = 0; try { } finally { x = 1; } try { x++; } catch { } try { x += Fails(true); } catch { } try { } catch { x = 100; } return x.ToString(CultureInfo.InvariantCulture); }
}
