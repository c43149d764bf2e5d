using ThirdParty;

namespace Cases;

/// <summary>Family L, first part: objects of the build that the program can tell apart: aliases, later mutations, what saw them meanwhile.</summary>
public static class Laws
{
    [Graph, Case("L01", MinFolded = 1)]
    public static (List<int>, List<int>) TwoVariablesOneList()
    {
        var a = new List<int> { 1 };
        var b = a;
        b.Add(Third.Twice(2));
        a.Add(3);
        return (a, b);
    }

    [Graph, Case("L02", MinFolded = 1)]
    public static (List<List<int>>, List<int>) ListInsideList()
    {
        var inner = new List<int> { Third.Twice(1) };
        var outer = new List<List<int>> { inner, new(inner) };
        inner.Add(9);
        return (outer, inner);
    }

    [Graph, Case("L03", MinFolded = 0, Remaining = "*")]
    public static int ArrayCapturedThenMutated()
    {
        int[] x = [1, Math.Abs(-2), 3];
        Func<int> sum = () => x.Sum();
        x[0] = 100;
        var before = sum();
        x[1] = 1000;
        return before + sum();
    }

    [Graph, Case("L04", MinFolded = 1, Codes = "GW0103?", Remaining = "*")]
    [Arguments(true), Arguments(false)]
    public static List<int> MutatedInOneArm(bool flag)
    {
        var list = new List<int> { 1, Third.Twice(1) };
        list.Add(3);
        if (flag)
        {
            list.Add(4);
        }

        list.Add(5);
        return list;
    }

    [Graph, Case("L04", MinFolded = 1, Remaining = "*")]
    [Arguments(1), Arguments(2), Arguments(3)]
    public static (int[], int) MutatedDifferentlyInEachArm(int which)
    {
        var x = Enumerable.Range(1, 3).ToArray();
        x[0] = 10;
        switch (which)
        {
            case 1:
                x[1] = 20;
                break;
            case 2:
                x[2] = 30;
                x[0]++;
                break;
        }

        return (x, x[0] + x[1] + x[2]);
    }

    [Graph, Case("L05", MinFolded = 1, Remaining = "*")]
    [Arguments(0), Arguments(1), Arguments(4)]
    public static int[] MutatedInRuntimeLoop(int n)
    {
        var x = Third.Sum(1, 2) == 3 ? new[] { 0, 0, 0 } : [];
        x[0] = 5;
        for (var i = 0; i < n; i++)
        {
            x[i % 3] += i + Third.Twice(1);
        }

        x[2] *= 2;
        return x;
    }

    [Graph, Case("L06", MinFolded = 1, Codes = "GW0201 GW0201", Says = ["GW0201 1,2", "GW0201 1,2,9"], Remaining = "Console.WriteLine")]
    public static List<int> MutatedAfterPrinted()
    {
        var list = new List<int> { 1, Third.Twice(1) };
        Console.WriteLine(string.Join(',', list));
        list.Add(9);
        Console.WriteLine(string.Join(',', list));
        return list;
    }

    [Graph, Case("L07", MinFolded = 0, Codes = "GW0103?", Remaining = "*")]
    public static (int[], int[]) MutatedAfterRuntimeCall()
    {
        int[] x = [Third.Twice(1), 2];
        x[1] = 7;
        Note(x);
        x[0] += 1;
        return (x, seen!);
    }

    private static int[]? seen;

    private static void Note(int[] x)
    {
        seen = x;
        Console.WriteLine(x[0] + x[1]);
        x[1] = -1;
    }

    [Graph, Case("L08", MinFolded = 0, Remaining = "*")]
    public static int[] ReturnedByLambda()
    {
        int[] x = [Math.Abs(-1), 2];
        Func<int[]> same = () => x;
        same()[0] = 50;
        x[1]++;
        return same();
    }

    [Graph, Case("L09", MinFolded = 0, Remaining = "*")]
    public static List<int> ClosuresOverLoopVariables()
    {
        var actions = new List<Func<int>>();
        for (var i = 0; i < 3; i++)
        {
            var own = i * Third.Twice(5);
            actions.Add(() => (own * 100) + i);
        }

        foreach (var word in new[] { "a", "bb" })
        {
            actions.Add(() => word.Length);
        }

        return actions.Select(action => action()).ToList();
    }

    [Graph, Case("L10", MinFolded = 0, Fallbacks = 1, Codes = "GW0103? GW0201 GW1001", Remaining = "*")]
    public static List<int> ThrownByFoldedCallUnderTry()
    {
        var list = new List<int> { 1 };
        try
        {
            list.Add(2);
            list.Add(Third.Fail(0));
            list.Add(3);
        }
        catch (InvalidOperationException)
        {
            Console.WriteLine("caught");
            list.Add(-1);
        }

        return list;
    }

    [Graph, Case("L11", Folded = 1)]
    public static int ReturnBeforeImpureCall()
    {
        if (Third.Twice(1) == 2)
        {
            return 1;
        }

        written++;
        return (int)Outside.Stamp();
    }

    [Graph, Case("L11", Folded = 0, Codes = "GW0103", Remaining = "Laws.Write; branch")]
    [Arguments(true), Arguments(false)]
    public static int ReturnBeforeImpureCallOnParameter(bool leave)
    {
        if (leave)
        {
            return 1;
        }

        return Write();
    }

    private static int written;

    private static int Write() => ++written;

    [Graph, Case("L12", Folded = 0, Fallbacks = 1, Codes = "GW0103 GW0201 GW0201 GW1001", Remaining = "Console.WriteLine; Third.Fail")]
    [Arguments(1)]
    public static int PrintsAndThrowsInOrder(int x)
    {
        Console.WriteLine("one");
        var y = x + Third.Fail(1);
        Console.WriteLine("two");
        return y;
    }

    [Graph, Case("L13", MinFolded = 0, Codes = "GW0103 GW0201", Remaining = "*")]
    public static (int, int) StaticInitializer()
    {
        Console.WriteLine("before");
        return (Talkative.Constant, Talkative.Twice(4));
    }

    private static class Talkative
    {
        public const int Constant = 3;

        public static readonly int Number;

        static Talkative()
        {
            Console.WriteLine("initialized");
            Number = 11;
        }

        public static int Twice(int x) => 2 * x;
    }

    [Graph, Case("L13", Folded = 0, Remaining = "*")]
    [Arguments(true), Arguments(false)]
    public static int StaticInitializerOnOnePath(bool read) => read ? Talkative.Number : -1;

    public sealed class Counted
    {
        public static int Made;

        public Counted() => Number = ++Made;

        public int Number { get; }
    }

    [Graph, Case("L14", Folded = 0, Codes = "GW0103", Says = ["GW0103 Made"], Remaining = "*")]
    public static (Counted, int) ImpureConstructor()
    {
        var counted = new Counted();
        return (counted, Counted.Made);
    }

    [Graph, Case("L15", MinFolded = 1, Codes = "GW0103 GW0103", Says = ["GW0103 GetHashCode"], Remaining = "Object.GetHashCode")]
    public static bool HashCodeOfString() => "hash".GetHashCode() == "ha".Insert(2, "sh").GetHashCode();

    [Graph, Case("L15", MinFolded = 0, Codes = "GW0103?", Remaining = "*")]
    public static int HashCodeDecides()
    {
        var seed = HashCode.Combine(1, 2);
        return seed == HashCode.Combine(1, 2) ? Third.Twice(1) : 0;
    }

    [Graph, Case("L16", MinFolded = 1)]
    public static (HashSet<string>, Dictionary<string, int>, string) EnumerationOrder()
    {
        var set = new HashSet<string> { "delta", "alpha", "charlie" };
        set.Remove("alpha");
        set.Add("bravo");
        var map = new Dictionary<string, int> { ["x"] = 1, ["y"] = 2, ["z"] = 3 };
        map.Remove("y");
        map["w"] = Third.Twice(2);
        return (set, map, string.Join(' ', set) + string.Join(' ', map.Keys));
    }

    [Graph, Case("L17", Folded = 0, Codes = "GW0103?", Remaining = "*")]
    public static (string, string, bool, int) UnderCulture() => (1234.5.ToString(), DateTime.UnixEpoch.ToString(), double.TryParse("1,5", out var parsed), parsed.CompareTo(1.5));

    [Graph, Case("L17", MinFolded = 0, Codes = "GW0103?", Remaining = "*")]
    public static int CultureDecides() => (-1).ToString() == "-1" ? Third.Twice(1) : Third.Twice(3);

    [Graph, Case("L18", MinFolded = 1, Remaining = "*", From = nameof(SameTwice))]
    public static (List<int>, bool) ArgumentsAlias(List<int> a, List<int> b)
    {
        var extra = new List<int> { Third.Twice(1) };
        a.AddRange(extra);
        extra.AddRange(b);
        return (extra, ReferenceEquals(a, b));
    }

    [Graph, Case("L19", Folded = 0, Kernels = 1, Fallbacks = 2, Codes = "GW1001 GW1001", Remaining = "*", From = nameof(TensorTwice))]
    public static (Tensor<float>, bool) TensorAliases(Tensor<float> a, Tensor<float> b)
    {
        var c = a + b;
        a[0] = 100;
        return (c, b[0] == 100);
    }

    private static IEnumerable<object?[]> SameTwice()
    {
        var list = new List<int> { 7 };
        return [[list, list], [new List<int> { 1 }, new List<int> { 2 }]];
    }

    private static IEnumerable<object?[]> TensorTwice()
    {
        var tensor = Tensor.Create(new[] { 1f, 2f });
        return [[tensor, tensor], [Tensor.Create(new[] { 1f, 2f }), Tensor.Create(new[] { 3f, 4f })]];
    }
}
