using GraphWeaver.Compiler.Reporting;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Storing;

/// <summary>
/// Values of every kind, made in the build and stored: each is made by a vouched method, returned by a marked one, called twice woven and
/// unwoven, and compared to the last private field, together with whether two calls give one object.
/// </summary>
public sealed class StoredValueTests
{
    private const string Types = """
        using System.Collections;
        using System.Collections.Frozen;
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;
        using System.Numerics;
        using System.Text;
        using MathNet.Numerics.LinearAlgebra;
        using MathNet.Numerics.LinearAlgebra.Double;

        public enum Colour : short { Red = -7, Green = 3 }
        public struct Point { public int X; private readonly string? name; public Point(int x, string? name) { X = x; this.name = name; } }
        public readonly record struct Pair<TFirst, TSecond>(TFirst First, TSecond Second);
        public record Person(string Name, int[] Marks) { public List<Person> Friends { get; init; } = []; }
        public sealed record Worker(string Name, int[] Marks, decimal Wage) : Person(Name, Marks);
        public class Node { public Node? Next; private readonly object? content; public Node(object? content) => this.content = content; }
        public class Base<T> { private T? hidden; protected internal readonly List<T> all = []; public Base(T? value) { hidden = value; all.Add(value!); } }
        public sealed class Derived<T> : Base<string> { private readonly T own; private Colour? colour = Colour.Green; public Derived(string text, T value) : base(text) => own = value; }
        public sealed class Cased : IEqualityComparer<int> { public bool Equals(int x, int y) => x == y; public int GetHashCode(int x) => x & 3; }
        """;

    private static readonly (string Name, string Type, string Expression, bool IsFresh)[] Cases =
    [
        ("Decimal", "decimal", "-12.500m", true),
        ("DecimalSum", "decimal", "decimal.MaxValue", true),
        ("DateTimeUtc", "DateTime", "new DateTime(2024, 2, 29, 1, 2, 3, 4, DateTimeKind.Utc)", true),
        ("DateTimePlain", "DateTime", "new DateTime(2024, 2, 29)", true),
        ("Offset", "DateTimeOffset", "new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromMinutes(-90))", true),
        ("Span", "TimeSpan", "TimeSpan.FromTicks(-5)", true),
        ("Date", "DateOnly", "new DateOnly(1999, 12, 31)", true),
        ("Time", "TimeOnly", "new TimeOnly(23, 59, 58, 7)", true),
        ("Guids", "Guid", "Guid.Parse(\"00112233-4455-6677-8899-aabbccddeeff\")", true),
        ("Big", "BigInteger", "BigInteger.Pow(-3, 100)", true),
        ("Complexes", "Complex", "new Complex(-0.0, double.NaN)", true),
        ("Halves", "Half", "(Half)1.5", true),
        ("Wide", "Int128", "Int128.MinValue + 5", true),
        ("WideUnsigned", "UInt128", "UInt128.MaxValue - 5", true),
        ("Indices", "Index", "^3", true),
        ("Ranges", "Range", "1..^2", true),
        ("Versions", "Version", "new Version(1, 2, 3)", true),
        ("Runes", "Rune", "new Rune(0x1F600)", true),
        ("Native", "nint", "(nint)(-3)", true),
        ("NativeUnsigned", "nuint", "(nuint)3000000000", true),
        ("TypeOf", "Type", "typeof(Dictionary<string, Colour[]>)", false),
        ("TypeOfOpen", "Type", "typeof(Dictionary<,>)", false),
        ("TypeOfOwn", "Type", "typeof(Base<int[,]>)", false),
        ("NullableNone", "int?", "null", true),
        ("NullableSome", "Colour?", "Colour.Red", true),
        ("NullablePoint", "Point?", "new Point(1, \"p\")", true),
        ("BoxedInt", "object", "42", true),
        ("BoxedEnum", "object", "Colour.Red", true),
        ("BoxedPoint", "object", "new Point(5, null)", true),
        ("BoxedByInterface", "IComparable", "7L", true),
        ("Structs", "Point", "new Point(2, \"two\")", true),
        ("RecordStruct", "Pair<string, (int, Colour)>", "new(\"a\", (1, Colour.Green))", true),
        ("Values", "(int, string, double[])", "(1, \"b\", [1.5])", true),
        ("LongTuple", "(int, int, int, int, int, int, int, int, string)", "(1, 2, 3, 4, 5, 6, 7, 8, \"nine\")", true),
        ("KeyValue", "KeyValuePair<string, int>", "new(\"k\", 2)", true),
        ("ReferenceTuple", "Tuple<int, string, int[]>", "Tuple.Create(1, \"b\", new[] { 3 })", true),
        ("EightTuple", "object", "Tuple.Create(1, 2, 3, 4, 5, 6, 7, 8)", true),
        ("VectorOfFour", "Vector4", "new Vector4(1, 2, 3, float.NaN)", true),
        ("Floats", "float[]", "[1, float.NaN, BitConverter.Int32BitsToSingle(0x7fa00001)]", true),
        ("SignallingNaN", "(float, double)", "(BitConverter.Int32BitsToSingle(0x7fa00001), BitConverter.Int64BitsToDouble(0x7ff4000000000001))", true),
        ("Enums", "Colour[]", "[Colour.Red, Colour.Green]", true),
        ("Days", "DayOfWeek[,]", "new DayOfWeek[,] { { DayOfWeek.Friday }, { DayOfWeek.Monday } }", true),
        ("Strings", "string?[]", "[\"a\", null, \"\", \"\\ud800\"]", true),
        ("Empty", "int[]", "new int[0]", true),
        ("EmptyShared", "int[]", "Array.Empty<int>()", false),
        ("EmptyStrings", "string[]", "[]", false),
        ("Matrix", "double[,]", "new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }", true),
        ("Cube", "string[,,]", "new string[,,] { { { \"a\", \"b\" } }, { { \"c\", \"d\" } } }", true),
        ("Jagged", "int[][]", "[[1, 2], [], null!, [3]]", true),
        ("JaggedMatrix", "int[,][]", "new int[,][] { { new[] { 1 }, new[] { 2, 3 } } }", true),
        ("Objects", "object[]", "[1, \"a\", 2.5, Colour.Red, new object[] { null! }, new Point(1, \"x\"), typeof(int)]", true),
        ("Covariant", "object[]", "new string[] { \"a\" }", true),
        ("Points", "Point[]", "[new(1, \"a\"), default, new(2, null)]", true),
        ("Decimals", "decimal?[]", "[1.5m, null, -2m]", true),
        ("HalfArray", "Half[]", "[(Half)1, Half.NaN]", true),
        ("NativeArray", "nint[]", "[1, -2]", true),
        ("Dates", "DateTime[]", "[new(2000, 1, 1), new(2000, 1, 2, 0, 0, 0, DateTimeKind.Utc)]", true),
        ("NullableArray", "int?[]", "[1, null]", true),
        ("BoxTwice", "object[]", "MakeBoxTwice()", true),
        ("Lists", "List<int>", "new(20) { 3, 1, 2 }", true),
        ("ListsOfLists", "List<List<string>>", "[[\"a\"], [], [\"b\", \"c\"]]", true),
        ("Dictionaries", "Dictionary<string, int>", "new() { [\"z\"] = 1, [\"a\"] = 2, [\"m\"] = 3 }", true),
        ("DictionaryOrdinal", "Dictionary<string, int[]>", "new(50, StringComparer.OrdinalIgnoreCase) { [\"Z\"] = [1] }", true),
        ("DictionaryOfStructs", "Dictionary<(int, Colour), Point>", "new() { [(1, Colour.Red)] = new(1, \"a\") }", true),
        ("DictionaryOwnComparer", "Dictionary<int, string>", "new(new Cased()) { [4] = \"a\", [8] = \"b\" }", true),
        ("DictionaryWithHole", "Dictionary<int, int>", "MakeHole()", true),
        ("Sets", "HashSet<string>", "[\"z\", \"a\", \"m\"]", true),
        ("SetsIgnoringCase", "HashSet<string>", "new(StringComparer.Ordinal) { \"z\", \"Z\" }", true),
        ("SortedDictionaries", "SortedDictionary<int, string>", "new() { [3] = \"c\", [1] = \"a\" }", true),
        ("SortedSets", "SortedSet<string>", "new(StringComparer.Ordinal) { \"b\", \"a\" }", true),
        ("SortedLists", "SortedList<int, string>", "new(9) { [3] = \"c\", [1] = \"a\" }", true),
        ("Queues", "Queue<int>", "MakeQueue()", true),
        ("Stacks", "Stack<int>", "new([1, 2, 3])", true),
        ("Linked", "LinkedList<int>", "new([1, 2, 3])", true),
        ("ReadOnly", "ReadOnlyCollection<int>", "new List<int> { 1, 2 }.AsReadOnly()", true),
        ("Bits", "BitArray", "new(new[] { true, false, true, true })", true),
        ("Builder", "StringBuilder", "new StringBuilder(\"abc\").Append(\"def\")", true),
        ("BuilderOfChunks", "StringBuilder", "new StringBuilder(4).Append(\"abcdefghij\").Append('x', 30)", true),
        ("Segments", "ArraySegment<int>", "new([1, 2, 3, 4], 1, 2)", true),
        ("Memories", "Memory<int>", "new int[] { 1, 2, 3 }.AsMemory(1)", true),
        ("ReadOnlyMemories", "ReadOnlyMemory<byte>", "new byte[] { 1, 2, 3 }", true),
        ("ImmutableLists", "ImmutableList<string>", "[\"a\", \"b\"]", false),
        ("ImmutableArrays", "ImmutableArray<int>", "[1, 2]", true),
        ("ImmutableArrayNone", "ImmutableArray<int>", "default", true),
        ("ImmutableArrayEmpty", "ImmutableArray<int>", "ImmutableArray.Create<int>()", true),
        ("ImmutableSets", "ImmutableHashSet<int>", "[1, 2, 5]", false),
        ("ImmutableSortedSets", "ImmutableSortedSet<int>", "[5, 2, 1]", false),
        ("ImmutableDictionaries", "ImmutableDictionary<int, string>", "new Dictionary<int, string> { [1] = \"a\", [9] = \"b\" }.ToImmutableDictionary()", false),
        ("ImmutableSortedDictionaries", "ImmutableSortedDictionary<int, string>", "new Dictionary<int, string> { [9] = \"b\", [1] = \"a\" }.ToImmutableSortedDictionary()", false),
        ("ImmutableQueues", "ImmutableQueue<int>", "[1, 2, 3]", false),
        ("ImmutableStacks", "ImmutableStack<int>", "[1, 2, 3]", false),
        ("ImmutableOfMutable", "ImmutableList<int[]>", "[[1], [2]]", true),
        ("FrozenSets", "FrozenSet<string>", "FrozenSet.ToFrozenSet<string>([\"x\", \"yy\", \"zzz\"])", false),
        ("FrozenDictionaries", "FrozenDictionary<int, string>", "new Dictionary<int, string> { [9] = \"b\", [1] = \"a\" }.ToFrozenDictionary()", false),
        ("TensorOfFloat", "Tensor<float>", "Tensor.Create<float>([1, 2, 3, 4, 5, 6], [2, 3])", true),
        ("TensorOfHalf", "Tensor<Half>", "Tensor.Create<Half>([(Half)1, (Half)2])", true),
        ("TensorOfNative", "Tensor<nint>", "Tensor.Create<nint>([1, 2])", true),
        ("TensorOfDecimals", "Tensor<decimal?>", "Tensor.Create<decimal?>([1.5m, null])", true),
        ("TensorOfBool", "Tensor<bool>", "Tensor.Create<bool>([true, false])", true),
        ("TensorEmpty", "Tensor<int>", "Tensor<int>.Empty", false),
        ("Records", "Person", "new Person(\"Ann\", [1, 2])", true),
        ("DerivedRecords", "Person", "new Worker(\"Bob\", [3], 1.5m) { Friends = [new Person(\"Cy\", [])] }", true),
        ("Generics", "Derived<int[]>", "new(\"text\", [1, 2])", true),
        ("PlainObject", "object", "new object()", true),
        ("Anonymous", "object", "new { A = 1, B = \"b\" }", true),
        ("Cycle", "Node", "MakeCycle()", true),
        ("SharedParts", "Node[]", "MakeShared()", true),
        ("ListInItself", "List<object>", "MakeListInItself()", true),
        ("SetOfRecords", "HashSet<Pair<int, string>>", "[new(1, \"a\"), new(2, \"b\")]", true),
        ("Library", "DenseVector", "DenseVector.OfArray([1, 2, 3])", true),
        ("LibraryMatrix", "Matrix<double>", "DenseMatrix.OfArray(new double[,] { { 1, 2 }, { 3, 4 } })", true),
        ("BoxedSmall", "object[]", "[(sbyte)-128, (short)-5, (byte)200, (sbyte?)3]", true),
        ("ChangedKeys", "Dictionary<Changing, int>", "MakeChangedKeys()", true),
        ("ChangedItems", "HashSet<Changing>", "[.. MakeChangedKeys().Keys.Select(Change)]", true),
        ("ChangedOrder", "SortedSet<Changing>", "MakeChangedOrder()", true),
        ("Large", "double[]", "Enumerable.Range(0, 50_000).Select(i => (double)i).ToArray()", true),
    ];

    private const string Made = """
            [BuildTime] private static object[] MakeBoxTwice() { object box = 5; return [box, box, 5]; }
            [BuildTime] private static Dictionary<int, int> MakeHole() { var d = new Dictionary<int, int> { [1] = 1, [2] = 2 }; d.Remove(1); return d; }
            [BuildTime] private static Queue<int> MakeQueue() { var q = new Queue<int>([1, 2, 3, 4]); q.Dequeue(); q.Enqueue(9); return q; }
            [BuildTime] private static Node MakeCycle() { var a = new Node("a"); a.Next = new Node(a) { Next = a }; return a; }
            [BuildTime] private static Node[] MakeShared() { var s = new int[] { 1 }; var n = new Node(s); return [n, new Node(s), n, new Node(n)]; }
            [BuildTime] private static List<object> MakeListInItself() { var l = new List<object>(); l.Add(l); return l; }
            public sealed record Changing : IComparable<Changing> { public int N; public int CompareTo(Changing? other) => N.CompareTo(other!.N); }
            private static Changing Change(Changing item) { item.N++; return item; }
            [BuildTime] private static Dictionary<Changing, int> MakeChangedKeys() { var k = new Changing { N = 5 }; var d = new Dictionary<Changing, int> { [k] = 1 }; k.N = 6; return d; }
            [BuildTime] private static SortedSet<Changing> MakeChangedOrder() { var k = new Changing { N = 5 }; var s = new SortedSet<Changing> { new() { N = 9 }, k }; k.N = 11; return s; }
            private sealed class Hidden { private readonly Inner[] inner; public Hidden(int n) => inner = [new Inner { N = n }]; private struct Inner { public int N; } }
            private sealed record Secret(int A, Secret? B);
            [BuildTime] private static object MakeHidden(int n) => n == 0 ? new Hidden(4) : new Secret(1, new Secret(2, null));
            [Graph] private static object HiddenObject() => MakeHidden(0);
            public static object[] CallHiddenObject() => [HiddenObject(), HiddenObject()];
            [Graph] private static object SecretObject() => MakeHidden(1);
            public static object[] CallSecretObject() => [SecretObject(), SecretObject()];
        """;

    private static readonly string Source = Types + "public static class Program {\n" + Made + string.Concat(Cases.Select(test => $$"""

            [BuildTime] private static {{test.Type}} Build{{test.Name}}() => {{test.Expression}};
            [Graph] private static {{test.Type}} {{test.Name}}() => Build{{test.Name}}();
            public static object?[] Call{{test.Name}}() => [{{test.Name}}(), {{test.Name}}()];
        """)) + "\n}";

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> Programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(optimization => optimization, optimization => new Lazy<WovenProgram>(() => new WovenProgram(Source, optimization)));

    /// <summary>Kinds that stay ordinary code, and why.</summary>
    private static readonly HashSet<string> Unstored = ["DictionaryWithHole", "ChangedKeys", "ChangedOrder"];

    public static TheoryData<string> Names => [.. Cases.Select(test => test.Name), "HiddenObject", "SecretObject"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_value_is_what_the_program_would_have_made(string name)
    {
        var isFresh = !Cases.Any(test => test.Name == name && !test.IsFresh);
        foreach (var program in Programs.Values.Select(lazy => lazy.Value))
        {
            var report = program.MethodReport("Program." + name);
            Assert.DoesNotContain(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006");
            var expected = Results(program.Unwoven, name);
            var actual = Results(program.Woven, name);
            Assert.Equal(GraphText.Of(expected[0]), GraphText.Of(actual[0]));
            Assert.Equal(GraphText.Of(expected[1]), GraphText.Of(actual[1]));
            Assert.True(report.Folded == (Unstored.Contains(name) ? 0 : 1), $"{report.Folded} folded: {string.Join("\n", report.Diagnostics.Select(diagnostic => diagnostic.Message))}");
            if (expected[0] is not null && !expected[0]!.GetType().IsValueType)
            {
                Assert.Equal(isFresh, !ReferenceEquals(actual[0], actual[1]));
            }
        }
    }

    private static object?[] Results(LoadedProgram program, string name) =>
        (object?[])program.Assembly.GetType("Program")!.GetMethod("Call" + name)!.Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, null, null)!;
}
