using System.Collections.Frozen;
using System.Collections.Immutable;
using ThirdParty;

namespace Cases;

/// <summary>Family B, second part: collections made by the build, mutated there and handed to the program.</summary>
public static class Collections
{
    [Graph, Case("B05", MinFolded = 4)]
    public static (Dictionary<string, int>, Dictionary<string, string>, Dictionary<string, int>, Dictionary<string, int>) DictionariesFourWays() => (
        [],
        new Dictionary<string, string> { ["b"] = "b", ["a"] = "a", ["t"] = "t" },
        new[] { "one", "two", "three" }.Zip([1, 2, 3]).ToDictionary(pair => pair.First, pair => pair.Second),
        new Dictionary<string, int>([new("one", 1), new("two", 2), new("three", 3)]));

    [Graph, Case("B05", MinFolded = 1)]
    public static Dictionary<string, int> DictionaryWithComparer() => new(StringComparer.OrdinalIgnoreCase) { ["Key"] = Math.Abs(-1), ["Other"] = 2 };

    [Graph, Case("B06", MinFolded = 1)]
    public static (Dictionary<int, string>, Dictionary<DayOfWeek, int>, Dictionary<(int, int), double>) KeysOfValues() =>
        (new() { [3] = "c", [1] = "a" }, new() { [DayOfWeek.Monday] = 1 }, new() { [(1, 2)] = Math.Sqrt(2) });

    [Graph, Case("B06", Folded = 0, Codes = "GW0103", Says = ["GW0103 same key"], Remaining = "*")]
    public static Dictionary<string, int> DuplicateKey() => new() { { "a", 1 }, { "a", 2 } };

    [Graph, Case("B07", MinFolded = 8)]
    public static List<int> ListOperations()
    {
        var list = new List<int> { 1, 2, 3 };
        list.Add(4);
        list.Insert(0, 10);
        list.Insert(list.Count, 20);
        list.Remove(2);
        list.RemoveAt(list.Count - 2);
        list.Reverse();
        list.AddRange([7, 8]);
        list[1] += 100;
        return list;
    }

    [Graph, Case("B07", MinFolded = 0, Codes = "GW0103", Says = ["GW0103 ArgumentOutOfRangeException"], Remaining = "*")]
    public static List<int> ListOutOfRange()
    {
        var list = new List<int> { 1 };
        list.Insert(5, 2);
        return list;
    }

    [Graph, Case("B08", MinFolded = 1)]
    public static IEnumerable<int> ListAsEnumerable() => new List<int> { Third.Twice(1), 2 };

    [Graph, Case("B08", MinFolded = 0)]
    public static IReadOnlyList<string> CollectionExpressions() => ["a", .. new[] { "b", "c" }, "d"];

    [Graph, Case("B09", Folded = 1, Remaining = "List.Add", From = nameof(Lists))]
    public static void ListPassedIn(List<int> list) => list.Add(Third.Twice(5));

    public static readonly List<int> Shared = [1, 2, 3];

    [Graph, Case("B10", Folded = 0)]
    public static List<int> StaticReadonlyList() => Shared;

    [Graph, Case("B10", Folded = 1, Remaining = "List.Add")]
    public static List<int> StaticReadonlyListChanged()
    {
        Shared.Add(Third.Twice(2));
        return Shared;
    }

    [Graph, Case("B11", MinFolded = 1)]
    public static (HashSet<string>, Queue<int>, Stack<int>) SetQueueStack()
    {
        var set = new HashSet<string> { "b", "a", "b" };
        var queue = new Queue<int>([1, 2, 3]);
        queue.Enqueue(queue.Dequeue());
        var stack = new Stack<int>();
        stack.Push(1);
        stack.Push(Math.Abs(-2));
        return (set, queue, stack);
    }

    [Graph, Case("B11", MinFolded = 1, Remaining = "*")]
    public static (SortedSet<int>, LinkedList<int>, SortedDictionary<string, int>) SortedAndLinked()
    {
        var sorted = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["b"] = 2, ["a"] = 1 };
        return (new SortedSet<int>([3, 1, 2]), new LinkedList<int>([1, Math.Abs(-2)]), sorted);
    }

    [Graph, Case("B11", MinFolded = 1)]
    public static (ImmutableArray<int>, ImmutableList<string>, ImmutableDictionary<string, int>, FrozenSet<int>) ImmutableAndFrozen() => (
        [1, 2, 3], ["a", "b"], new Dictionary<string, int> { ["a"] = 1 }.ToImmutableDictionary(), new[] { 1, 2 }.ToFrozenSet());

    [Graph, Case("B12", MinFolded = 1)]
    public static List<int[]> SharedElement()
    {
        int[] shared = [Math.Abs(-1), 2];
        return [shared, [3], shared];
    }

    [Graph, Case("B12", MinFolded = 1)]
    public static (List<object>, object) NestedInItself()
    {
        var inner = new List<object> { Math.Abs(-1), "two" };
        var outer = new List<object> { inner, inner, new Dictionary<string, object> { ["inner"] = inner } };
        return (outer, inner);
    }

    [Graph, Case("B12", MinFolded = 1)]
    public static Dictionary<string, Tensor<float>> TensorsInDictionary() => new() { ["w"] = Tensor.Create(new[] { 1f, 2f }), ["b"] = Tensor.Create(new[] { 0.5f }) };

    [Graph, Case("B13", Folded = 0)]
    public static int[] SetItem()
    {
        int[] x = [1, 2, 3];
        x[0] += 1;
        return x;
    }

    [Graph, Case("B13", Folded = 1)]
    public static Tensor<int> SetItemOfTensorData()
    {
        var x = new[] { 1, 2, 3 };
        x[0] += 1;
        return Tensor.Create(x);
    }

    [Graph, Case("B14", MinFolded = 1)]
    public static (int[], int[,], int[]) SetItemComputed()
    {
        var x = new int[5];
        x[Third.Twice(1) + 1] = 7;
        x[^1]++;
        var grid = new int[2, 2];
        grid[1, 0] = x[3] * 2;
        return (x, grid, x[1..4]);
    }

    [Graph, Case("B14", MinFolded = 2)]
    public static double[] SpanAssigned()
    {
        var x = new double[6];
        x.AsSpan(1, 3).Fill(Math.Sqrt(2));
        Array.Reverse(x);
        return x;
    }

    [Graph, Case("B15", MinFolded = 0, Codes = "GW0103?", Remaining = "*")]
    public static int EscapedBeforeSetItem()
    {
        int[] x = [1, Math.Abs(-2), 3];
        Keep(x);
        x[0] += 1;
        return x[0] + kept![0];
    }

    private static int[]? kept;

    private static void Keep(int[] x)
    {
        kept = x;
        x[0] = 50;
    }

    public sealed record Point(int X, double Y);

    public sealed class Box
    {
        public int Number { get; set; }

        public List<string> Names { get; } = [];

        public Box? Next { get; set; }
    }

    public record struct Pair(string Left, int Right);

    [Graph, Case("B12", MinFolded = 1)]
    public static (Point, Point, Pair, bool) Records()
    {
        var point = new Point(Math.Abs(-3), 0.5);
        return (point, point with { Y = Math.Sqrt(2) }, new Pair("a", 1) with { Right = 5 }, point == new Point(3, 0.5));
    }

    [Graph, Case("B12", MinFolded = 1)]
    public static Box UserObject()
    {
        var box = new Box { Number = Math.Abs(-3) };
        box.Names.Add("a");
        box.Next = new Box { Number = box.Number + 1, Next = box };
        return box;
    }

    [Graph, Case("B12", MinFolded = 1)]
    public static string StringBuilderUsed()
    {
        var text = new StringBuilder();
        foreach (var word in new[] { "a", "b" })
        {
            text.Append(word).Append(',').Append(word.Length);
        }

        text.Length--;
        return text.ToString();
    }

    private static IEnumerable<object?[]> Lists() => [[new List<int> { 1 }], [null]];
}
