using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Storing;

/// <summary>
/// Stored objects and who else can tell them: other stored values that hold the same objects, statics of the program, kernels that read them,
/// callers that write to them, later calls.
/// </summary>
public sealed class StoredIdentityTests
{
    private const string Source = """
        using System.Collections.Immutable;
        using System.Runtime.CompilerServices;
        using System.Text;
        using System.Text.RegularExpressions;

        public class Node { public static readonly Node Empty = new(0); public static int Made; public int Number; public Node? Next; public Node(int number) { Number = number; } }
        public static class Registry { public static readonly int[] Table = [1, 2, 3]; public static readonly List<Node> All = [new Node(8)]; private static Node? cached; public static Node Cached => cached ??= new Node(9); }
        public sealed class Late { public static readonly object Instance; static Late() { Program.Log += "late"; Instance = new object(); } }
        public sealed class Finalized { private int x = 1; ~Finalized() { x = 0; } public int X => x; }
        public sealed class Handle : IDisposable { private nint handle = 5; public void Dispose() => handle = 0; }

        public static class Program
        {
            public static string Log = "";
            [BuildTime] private static int[] Numbers(int n) => [n, n + 1];
            [BuildTime] private static Node Linked(Node next) => new(1) { Next = next };
            [BuildTime] private static Node NewNode() => new(5);
            [BuildTime] private static T Same<T>(T value) => value;
            [BuildTime] private static (T, T) Twice<T>(T value) => (value, value);

            [Graph] private static (int[], List<int[]>) ArrayAndList() { var a = Numbers(1); return MakePair(a); }
            [BuildTime] private static (int[], List<int[]>) MakePair(int[] a) => (a, [a, a]);
            public static object ArrayInAList() { var (a, l) = ArrayAndList(); a[0] = 9; return (l[0][0], ReferenceEquals(l[0], l[1]), ReferenceEquals(a, l[0]), ReferenceEquals(a, ArrayAndList().Item1)); }
            [Graph] private static void Both(object?[] target) { var a = NewNode(); var b = Linked(a); target[0] = a; target[1] = b; target[2] = Linked(b); }
            public static object ThreeThatShare() { var t = new object?[3]; Both(t); return (ReferenceEquals(((Node)t[1]!).Next, t[0]), ReferenceEquals(((Node)t[2]!).Next, t[1]), ((Node)t[0]!).Number); }
            [Graph] private static object[] Views(bool b) { var a = Numbers(1); var m = Part(a); if (b) { Console.WriteLine("b"); return [a, m]; } return [m, a]; }
            [BuildTime] private static ArraySegment<int> Part(int[] a) => new(a, 0, 1);
            public static object SharingOverBranches() { var x = Views(true); ((int[])x[0])[0] = 7; var y = Views(false); ((int[])y[1])[0] = 7; return (((ArraySegment<int>)x[1])[0], ((ArraySegment<int>)y[0])[0]); }
            [BuildTime] private static (Tensor<double>, double[]) Over(double[] a) => (Tensor.Create(a), a);
            [Graph] private static (Tensor<double>, double[]) TensorAndMemory() => Over(Same(new double[] { 1, 2 }));
            public static object TensorOverAnArray() { var (t, a) = TensorAndMemory(); a[0] = 5; return t[0]; }
            [Graph] private static (object, object) TwiceBoxed() => Twice<object>(5);
            public static object OneBox() { var t = TwiceBoxed(); return ReferenceEquals(t.Item1, t.Item2); }

            [Graph] private static void Repeated(int n, List<Node> sink) { var a = NewNode(); for (var i = 0; i < n; i++) { sink.Add(Linked(a)); } }
            public static object MadeInALoopOfOneFromOutside() { var s = new List<Node>(); Repeated(3, s); return (ReferenceEquals(s[0], s[1]), ReferenceEquals(s[0].Next, s[1].Next)); }
            [Graph] private static void RepeatedBoth(int n, List<Node> sink) { var a = NewNode(); sink.Add(a); for (var i = 0; i < n; i++) { sink.Add(Linked(a)); sink.Add(Same(a)); } }
            public static object MadeInALoopOfASeenOne() { var s = new List<Node>(); RepeatedBoth(3, s); return string.Join(" ", s.Select(x => s.IndexOf(x) + ":" + (x.Next is null ? -1 : s.IndexOf(x.Next)))); }
            [Graph] private static void RepeatedFresh(int n, List<int[]> sink) { for (var i = 0; i < n; i++) { var a = Numbers(1); a[0] += 1; sink.Add(a); } }
            public static object MadeInALoopAnew() { var s = new List<int[]>(); RepeatedFresh(3, s); s[0][0] = 50; return (s, ReferenceEquals(s[0], s[1])); }
            [Graph] private static void Arms(bool c, object?[] t) { var a = NewNode(); var l = Linked(a); if (c) { t[0] = l; } t[1] = a; t[2] = l.Next; }
            public static object MadeBeforeABranch() { var t = new object?[3]; Arms(true, t); var u = new object?[3]; Arms(false, u); return (ReferenceEquals(((Node)t[0]!).Next, t[1]), ReferenceEquals(t[1], t[2]), ReferenceEquals(u[1], u[2]), ReferenceEquals(t[1], u[1])); }
            [Graph] private static void Inside(bool c, object?[] t) { var a = NewNode(); if (c) { t[0] = Linked(a); Console.WriteLine("c"); } t[1] = Linked(a); }
            public static object MadeInsideABranch() { var t = new object?[2]; Inside(true, t); var u = new object?[2]; Inside(false, u); return (ReferenceEquals(((Node)t[0]!).Next, ((Node)t[1]!).Next), ReferenceEquals(t[0], t[1]), ((Node)u[1]!).Next!.Number); }

            [BuildTime] private static Node GetEmpty() => Node.Empty;
            [Graph] private static Node EmptyNode() => GetEmpty();
            public static object Singletons() => (ReferenceEquals(EmptyNode(), Node.Empty), ReferenceEquals(EmptyNode(), EmptyNode()));
            [BuildTime] private static Node GetLinkedToEmpty() => new(3) { Next = Node.Empty };
            [Graph] private static Node LinkedToEmpty() => GetLinkedToEmpty();
            public static object SingletonsInside() => ReferenceEquals(LinkedToEmpty().Next, Node.Empty);
            [BuildTime] private static int[] GetTable() => Registry.Table;
            [Graph] private static int[] Table() => GetTable();
            public static object StaticArrays() { Table()[0] = 50; var seen = Registry.Table[0]; Registry.Table[0] = 1; return (seen, ReferenceEquals(Table(), Registry.Table)); }
            [BuildTime] private static Node GetOfList() => Registry.All[0];
            [Graph] private static Node OfList() => GetOfList();
            public static object HeldByAStaticList() => ReferenceEquals(OfList(), Registry.All[0]);
            [BuildTime] private static Node GetCached() => Registry.Cached;
            [Graph] private static Node Cached() => GetCached();
            public static object CachedInAStatic() => (ReferenceEquals(Cached(), Cached()), ReferenceEquals(Cached(), Registry.Cached));
            [Graph] private static Node Fresh() => NewNode();
            public static object LookingRunsNoInitializer() { var n = Fresh(); return (n.Number, Log); }
            [BuildTime] private static IEqualityComparer<string>[] GetComparers() => [StringComparer.Ordinal, EqualityComparer<string>.Default];
            [Graph] private static IEqualityComparer<string>[] Comparers() => GetComparers();
            public static object FrameworkSingletons() { var c = Comparers(); return (ReferenceEquals(c[0], StringComparer.Ordinal), ReferenceEquals(c[1], EqualityComparer<string>.Default)); }
            [BuildTime] private static Encoding GetEncoding() => Encoding.UTF8;
            [Graph] private static object Encodings() => (object)GetEncoding();
            public static object Utf8() => ReferenceEquals(Encodings(), Encoding.UTF8);

            [BuildTime] private static object GetFinalized(int i) => i switch { 0 => new Finalized(), 1 => new Handle(), 2 => new Func<int>(() => 5), 3 => Iterate(), 4 => new Random(5), 5 => new Lazy<int>(7), _ => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Local) };
            private static IEnumerable<int> Iterate() { yield return 1; }
            [Graph] private static object Kind0() => GetFinalized(0);
            [Graph] private static object Kind1() => GetFinalized(1);
            [Graph] private static object Kind2() => GetFinalized(2);
            [Graph] private static object Kind3() => GetFinalized(3);
            [Graph] private static object Kind4() => GetFinalized(4);
            [Graph] private static object Kind5() => GetFinalized(5);
            [Graph] private static object Kind6() => GetFinalized(6);
            public static object WhatIsMoreThanItsFields() => (((Finalized)Kind0()).X, ((Func<int>)Kind2())(), ((IEnumerable<int>)Kind3()).Single(), ((Random)Kind4()).Next(100), ((Lazy<int>)Kind5()).Value, ((DateTime)Kind6()).Kind);

            [BuildTime] private static Dictionary<string, int> GetDictionary() => new() { ["z"] = 1, ["a"] = 2 };
            [Graph] private static Dictionary<string, int> Words() => GetDictionary();
            public static object GoingOn() { var d = Words(); d.Remove("z"); d["q"] = 5; d["b"] = 6; return (string.Join(",", d.Keys), string.Join(",", Words().Keys)); }
            [BuildTime] private static HashSet<int> GetSet() => [5, 1, 4];
            [Graph] private static HashSet<int> Set() => GetSet();
            public static object SetGoingOn() { var d = Set(); d.Remove(1); d.Add(9); d.Add(7); return (string.Join(",", d), string.Join(",", Set())); }

            [Graph] private static double Pick(int i) { var t = Same(new double[] { 3, 4, 5 }); return t[i]; }
            public static object ReadInPlace() { var before = GC.GetAllocatedBytesForCurrentThread(); var x = Pick(1) + Pick(2); return x; }
            [Graph] private static Tensor<double> Scale(Tensor<double> x) { var t = Same(Tensor.Create<double>([1, 2])); return x * t + t; }
            public static object KernelsReadInPlace() { var x = Tensor.Create<double>([1, 2]); var y = Scale(x); y[0] = 77; return (Scale(x), Scale(x)); }
            [Graph] private static Tensor<double> Eager(Tensor<double> x) { var t = Same(Tensor.Create<double>([1, 2, 3])); return x + t; }
            public static object EagerReadsInPlace() { var x = Tensor.Create<double>([5]); var y = Eager(x); y[0] = 77; return (Eager(x), Eager(Tensor.Create<double>([5, 6, 7]))); }
            [Graph] private static Tensor<double> WrittenInPlace() { var t = Same(Tensor.Create<double>([1, 2, 3])); var y = t + 1.0; Keep(t); return y; }
            private static void Keep(Tensor<double> t) { t[0] += 10; Console.WriteLine(t[0]); }
            public static object NotReadOnly() => (WrittenInPlace(), WrittenInPlace());

            [BuildTime] private static Regex Private(string pattern) => new(pattern, RegexOptions.CultureInvariant);
            [Graph] private static bool Matches(string text) { var r = Private("^a+" + "b$"); return r.IsMatch(text); }
            public static object PrivateRecipe() => (Matches("aab"), Matches("b"));
            [Graph] private static Regex Pattern() => Private("x");
            [BuildTime] private static ImmutableHashSet<string> Words(int n) => Enumerable.Range(0, n).Select(i => "w" + i.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToImmutableHashSet();
            [Graph] private static void Differing(object[] target) { target[0] = Words(30); target[1] = Numbers(4); }
            public static object OneDiffers() { var t = new object[2]; Differing(t); return (string.Join(" ", ((ImmutableHashSet<string>)t[0]).Order()), t[1]); }
            public static object StartedOnce() { var all = new Regex[8]; System.Threading.Tasks.Parallel.For(0, 8, i => all[i] = Pattern()); return all.Distinct().Count() == 1; }
        }
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> Programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(optimization => optimization, optimization => new Lazy<WovenProgram>(() => new WovenProgram(Source, optimization)));

    /// <summary>
    /// The driver, the marked method it calls, and how many calls of that are folded and started up; -1 where only the result matters.
    /// </summary>
    public static TheoryData<string, string, int, int> Drivers => new()
    {
        { "ArrayInAList", "ArrayAndList", 2, 0 },
        { "ThreeThatShare", "Both", 2, 0 },
        { "SharingOverBranches", "Views", 2, 0 },
        { "TensorOverAnArray", "TensorAndMemory", 2, 0 },
        { "OneBox", "TwiceBoxed", 1, 0 },
        { "MadeInALoopOfOneFromOutside", "Repeated", -1, 0 },
        { "MadeInALoopOfASeenOne", "RepeatedBoth", -1, 0 },
        { "MadeInALoopAnew", "RepeatedFresh", 1, 0 },
        { "MadeBeforeABranch", "Arms", -1, 0 },
        { "MadeInsideABranch", "Inside", -1, 0 },
        { "Singletons", "EmptyNode", 0, 0 },
        { "SingletonsInside", "LinkedToEmpty", 0, 0 },
        { "StaticArrays", "Table", 0, 0 },
        { "HeldByAStaticList", "OfList", 0, 0 },
        { "CachedInAStatic", "Cached", 0, 0 },
        { "LookingRunsNoInitializer", "Fresh", 1, 0 },
        { "FrameworkSingletons", "Comparers", 1, 0 },
        { "Utf8", "Encodings", 1, 0 },
        { "WhatIsMoreThanItsFields", "Kind0", 0, 0 },
        { "WhatIsMoreThanItsFields", "Kind1", 0, 0 },
        { "WhatIsMoreThanItsFields", "Kind2", 0, 0 },
        { "WhatIsMoreThanItsFields", "Kind3", 0, 0 },
        { "WhatIsMoreThanItsFields", "Kind4", 0, 0 },
        { "WhatIsMoreThanItsFields", "Kind5", 0, 0 },
        { "WhatIsMoreThanItsFields", "Kind6", 0, 0 },
        { "GoingOn", "Words", 1, 0 },
        { "SetGoingOn", "Set", 1, 0 },
        { "ReadInPlace", "Pick", 1, 0 },
        { "KernelsReadInPlace", "Scale", 2, 0 },
        { "EagerReadsInPlace", "Eager", 2, 0 },
        { "NotReadOnly", "WrittenInPlace", 3, 0 },
        { "PrivateRecipe", "Matches", 0, 1 },
        { "OneDiffers", "Differing", 1, 0 },
    };

    [Fact]
    public void What_cannot_be_stored_is_made_once_by_all_threads_together()
    {
        foreach (var program in Programs.Values.Select(lazy => lazy.Value))
        {
            Assert.Equal(1, program.MethodReport("Program.Pattern").Startup);
            Assert.Equal("Boolean True", program.Woven.Call("Program", "StartedOnce").Result);
        }
    }

    /// <summary>Constants that every user only reads are made once; of the others, each call makes its own.</summary>
    [Theory]
    [InlineData("static double Pick(int i) { var t = Same(new double[] { 3, 4, 5 }); return t[i] + t.Length; }", true)]
    [InlineData("static Tensor<double> Scale(Tensor<double> x) { var t = Same(Tensor.Create<double>([1, 2])); return x * t + t; }", true)]
    [InlineData("static double Dot(Tensor<double> x) { var t = Same(Tensor.Create<double>([1, 2])); return Tensor.Sum<double>(x * t); }", true)]
    [InlineData("static Tensor<double> Given(Tensor<double> x) { var t = Same(Tensor.Create<double>([1, 2])); Console.WriteLine(x * t); return t; }", false)]
    [InlineData("static double Written(int i) { var t = Same(new double[] { 3, 4, 5 }); t[i] = 1; return t[0]; }", false)]
    [InlineData("static int Nested(int i) { var t = Same(new int[][] { new[] { 3 } }); return t[i][0]; }", false)]
    [InlineData("static Tensor<double> Chosen(Tensor<double> x, bool b) { var t = Same(Tensor.Create<double>([1, 2])); return b ? x : t; }", false)]
    public void What_is_only_read_is_made_once(string method, bool isShared)
    {
        using var program = new WovenProgram($"public static class Program {{ [BuildTime] private static T Same<T>(T value) => value; [Graph] public {method} }}", OptimizationLevel.Release);

        Assert.True(program.Report.Methods.Single().Folded > 0);
        Assert.Equal(isShared, program.Woven.Assembly.GetTypes().Any(type => type.Name.StartsWith("<GraphWeaver>Shared", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Drivers))]
    public void A_stored_object_is_the_one_the_program_would_have(string driver, string method, int folded, int startup)
    {
        foreach (var program in Programs.Values.Select(lazy => lazy.Value))
        {
            var report = program.MethodReport("Program." + method);
            var messages = string.Join("\n", report.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Code + " " + diagnostic.Message));
            Assert.DoesNotContain("GW1901", messages);
            program.AssertSame("Program", driver);
            Assert.True((folded < 0 || folded == report.Folded) && startup == report.Startup, messages);
        }
    }
}
