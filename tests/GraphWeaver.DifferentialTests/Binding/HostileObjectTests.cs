using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary>Programs made to catch the evaluator assuming what is not so: what a handler finds, what a reference leads to, what a local still holds.</summary>
public sealed class HostileObjectTests
{
    private const string Source = """
        using System.Runtime.InteropServices;
        using System.Text;

        public static class RunTime
        {
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            public static void Maybe(int a) { Seen++; if (a == 0) { throw new InvalidOperationException("run time"); } }
            public static int Seen;
        }

        public ref struct Holder
        {
            public ref int Place;
            public Holder(ref int place) { Place = ref place; }
            public int Get() => Place;
        }

        public static class Pure
        {
            public static int Five() => 5;
            public static void Swap(ref int x, ref int y) => (x, y) = (y, x + 1);
            public static ref int Next(int[] a) { a[0]++; return ref a[a[0]]; }
            public static ref int Largest(int[] a) { var m = 0; for (var i = 1; i < a.Length; i++) { if (a[i] > a[m]) { m = i; } } return ref a[m]; }
            public static int Grow(StringBuilder text) { text.Append('x'); return text.Length; }
        }

        public static class Program
        {
            [Graph] private static int Swallowed(int a) { var l = new List<int> { 1 }; try { l.Add(2); RunTime.Maybe(a); l.Add(3); } catch (InvalidOperationException) { } return l.Count; }
            public static object ReadBehindAHandler() => (Swallowed(0), Swallowed(1));

            [Graph] private static int ReturnBehind(int a) { var l = new List<int> { 1 }; try { l.Add(2); RunTime.Maybe(a); l.Add(3); } catch (InvalidOperationException) { goto end; } return -l.Count; end: return l.Count; }
            public static object ReadBehindAHandlerOnly() => (ReturnBehind(0), ReturnBehind(1));

            [Graph] private static List<int>? FromHandler(int a) { var l = new List<int> { 1 }; try { l.Add(2); RunTime.Maybe(a); l.Add(3); return null; } catch (InvalidOperationException) { return l; } }
            public static object ReturnedByAHandler() => (FromHandler(0), FromHandler(1));

            [Graph] private static int Held() { var x = 1; var h = new Holder(ref x); x = 5; return h.Get(); }
            [Graph] private static int HeldInABranch(bool b) { var x = 1; var h = new Holder(ref x); x = 5; if (b) { Console.WriteLine("b"); x = 8; } return h.Get(); }
            public static object ReferencesHeldByARefStruct() => (Held(), HeldInABranch(true), HeldInABranch(false));

            [Graph] private static int[] Advanced() { var a = new int[8]; ref var r = ref Pure.Next(a); r = 10; if (a[1] == 10) { Console.WriteLine("one"); } r = 20; if (a[1] == 20) { Console.WriteLine("two"); } return a; }
            public static object ReferencesMadeByAWrite() => Advanced();

            [Graph] private static int[] Found() { var a = new int[] { 1, 5, 2 }; ref var r = ref Pure.Largest(a); r = 0; if (a[1] == 0) { Console.WriteLine("one"); } r = 20; if (a[1] == 20) { Console.WriteLine("two"); } return a; }
            public static object ReferencesFoundByContents() => Found();

            [Graph] private static int Left() { var l = new List<int>(4) { 1, 2, 3, 4 }; var s = CollectionsMarshal.AsSpan(l); if (s[0] == 1) { Console.WriteLine("a"); } l.Add(5); s[0] = 9; if (l[0] == 9) { Console.WriteLine("same"); } return l[0] * 10 + s[0]; }
            public static object SpansTheirListHasLeft() => Left();

            [Graph] private static int[] Trimmed() { var a = new int[] { 0, 0, 1, 2 }; var s = a.AsSpan().TrimStart(0); s[0] = 0; if (a[2] == 0) { Console.WriteLine("x"); } s[0] = 7; if (s.Length == 2) { Console.WriteLine("y"); } return a; }
            public static object SpansCutByContents() => Trimmed();

            [Graph] private static int Added() { var d = new Dictionary<string, int> { ["a"] = 1 }; ref var r = ref CollectionsMarshal.GetValueRefOrAddDefault(d, "b", out var exists); r = 5; if (d.Count == 2) { Console.WriteLine("2"); } r++; return exists ? -1 : d["b"]; }
            public static object ReferencesThatAdd() => Added();

            [Graph] private static string Interpolated() { var b = new StringBuilder("a"); return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{b}{(Pure.Grow(b) > 2 ? 1 : 2)}{b}{(Pure.Grow(b) > 2 ? 1 : 2)}{b}"); }
            public static object TextOfWhatChangesMeanwhile() => Interpolated();

            [Graph] private static object[] StillHeld() { int x = 3, y = 5; switch (Pure.Five() & 3) { case 0: try { Pure.Swap(ref x, ref y); } catch (Exception) { } break; case 1: break; default: y++; break; } switch (x & 3) { case 0: break; default: y++; break; } return [x, y]; }
            public static object LocalsWhoseAddressNobodyTakes() => StillHeld();

            private sealed class Refusing : IDisposable { private int n; public void Add(int k) => n += k; public int Value => n; public void Dispose() { n = 0; throw new InvalidOperationException("not closed"); } }
            [Graph] private static int Closed(int p) { using var r = new Refusing(); r.Add(3); Console.WriteLine(p); return r.Value + p; }
            public static object DisposalThatThrows() => Closed(4);
        }
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> Programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(optimization => optimization, optimization => new Lazy<WovenProgram>(() => new WovenProgram(Source, optimization)));

    public static TheoryData<string> Drivers =>
    [
        "ReadBehindAHandler", "ReadBehindAHandlerOnly", "ReturnedByAHandler", "ReferencesHeldByARefStruct", "ReferencesMadeByAWrite", "ReferencesFoundByContents",
        "SpansTheirListHasLeft", "SpansCutByContents", "ReferencesThatAdd", "TextOfWhatChangesMeanwhile", "LocalsWhoseAddressNobodyTakes", "DisposalThatThrows",
    ];

    [Theory]
    [MemberData(nameof(Drivers))]
    public void What_the_build_knows_is_what_the_program_would_find(string driver)
    {
        foreach (var program in Programs.Values.Select(lazy => lazy.Value))
        {
            program.AssertSame("Program", driver);
        }
    }

    [Fact]
    public void Every_method_gets_through()
    {
        foreach (var program in Programs.Values.Select(lazy => lazy.Value))
        {
            Assert.DoesNotContain(program.Report.Methods.SelectMany(method => method.Diagnostics), diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006");
        }
    }
}
