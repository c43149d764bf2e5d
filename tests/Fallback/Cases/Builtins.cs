using System.Numerics;
using ThirdParty;

namespace Cases;

/// <summary>Family B, first part: numbers, lengths, LINQ, types, strings, null.</summary>
public static class Builtins
{
    [Graph, Case("B01", MinFolded = 8)]
    public static (int, double, double, double, double, int, long, decimal) Mathematics() => (
        Math.Abs(-3), Math.Min(2.5, -1), Math.Pow(2, 10), Math.Round(2.5), Math.Round(-2.345, 2, MidpointRounding.AwayFromZero), Math.Sign(-4.0), Math.Max(3L, 7L), Math.Round(2.675m, 2));

    [Graph, Case("B01", Folded = 5)]
    public static double[] MidpointRoundings() =>
    [
        Math.Round(2.5, MidpointRounding.ToEven), Math.Round(2.5, MidpointRounding.AwayFromZero), Math.Round(2.5, MidpointRounding.ToZero),
        Math.Round(-2.5, MidpointRounding.ToNegativeInfinity), Math.Round(-2.5, MidpointRounding.ToPositiveInfinity),
    ];

    [Graph, Case("B02", MinFolded = 4)]
    public static (int, int, int, nint, int) Lengths() =>
        (new[] { 1, 2, 3 }.Length, new List<int> { 1 }.Count, "four".Length, Tensor.Create(new[] { 1, 2 }).FlattenedLength, new Dictionary<int, int> { [1] = 2 }.Count);

    [Graph, Case("B03", MinFolded = 3)]
    public static int LinqChain() => Enumerable.Range(1, 10).Where(x => x % 2 == 1).Select(x => x * x).Sum();

    [Graph, Case("B03", MinFolded = 3)]
    public static int[] LinqZip() => new[] { 1, 2, 3 }.Zip(new[] { 10, 20, 30 }, (a, b) => a * b).Reverse().ToArray();

    [Graph, Case("B03", MinFolded = 2)]
    public static (int, string, bool) LinqAggregates() => (new[] { 3, 1, 2 }.Max(), new[] { "a", "b" }.Aggregate("", (sum, x) => sum + x), Enumerable.Repeat(2, 3).All(x => x == 2));

    [Graph, Case("B03", MinFolded = 3)]
    public static List<string> LinqGrouped() => (from word in new[] { "one", "two", "three", "four" } group word by word.Length into same orderby same.Key select same.Key + ":" + string.Join("+", same)).ToList();

    [Graph, Case("B03", MinFolded = 1)]
    public static int LinqCaptures()
    {
        var factor = Third.Twice(2);
        return new[] { 1, 2, 3 }.Select(x => x * factor).Sum();
    }

    [Graph, Case("B04", Folded = 0, Remaining = "*")]
    [Arguments(new[] { 1, 2, 3 }), Arguments(new int[0]), Arguments(null)]
    public static int LinqOnParameter(int[] x) => x.Where(item => item > 1).Sum();

    [Graph, Case("B04", Folded = 0, Fallbacks = 1, Codes = "GW1001", Says = ["GW1001 parameter 'x'"], Remaining = "*", From = nameof(Vectors))]
    public static float LinqOnTensor(Tensor<float> x) => x.Sum();

    [Graph, Case("B16", MinFolded = 0)]
    public static Type[] TypesOfSeven() =>
    [
        1.GetType(), 1.0.GetType(), new List<int> { 1, 2, 3 }.GetType(), (1, 2, 3).GetType(), new Dictionary<string, int> { ["a"] = 1 }.GetType(), new[] { 1, 2, 3 }.GetType(), Tensor.Create(new[] { 1, 2, 3 }).GetType(),
    ];

    [Graph, Case("B16", MinFolded = 1)]
    public static (Type, string, bool) TypeOf() => (typeof(Dictionary<string, int[]>), typeof(Tensor<float>).Name, typeof(int) == 3.GetType());

    [Graph, Case("B16", MinFolded = 1)]
    public static (bool, bool, string, int) TypeTests()
    {
        object list = new List<int> { Third.Twice(4) };
        var kind = list switch { int[] => "array", List<string> => "strings", List<int> { Count: 1 } one when one[0] > 5 => "one large", _ => "other" };
        return (list is IList<int>, list is string, kind, (list as IReadOnlyCollection<int>)?.Count ?? -1);
    }

    [Graph, Case("B17", Folded = 0, Codes = "GW0103? GW1101?", Remaining = "*")]
    public static string WrongCast()
    {
        object number = 42;
        return (string)number;
    }

    [Graph, Case("B17", Folded = 0, Remaining = "*")]
    [Arguments("text"), Arguments(5), Arguments(null)]
    public static int WrongUnboxing(object x) => (int)x;

    [Graph, Case("B18", MinFolded = 7)]
    public static (char, string, string, string, bool, string, int) Texts()
    {
        var text = "Hello, World";
        return (text[4], text[^5..], text.Substring(0, 5) + "!", new string('-', 3), text.Contains("World"), text.Insert(5, " there"), text.IndexOf('W'));
    }

    [Graph, Case("B18", MinFolded = 3)]
    public static string[] TextsSplit() => "a,b,,c".Split(',').Concat("x y".Split(' ')).ToArray();

    [Graph, Case("B18", MinFolded = 5)]
    public static string InvariantFormats()
    {
        var invariant = CultureInfo.InvariantCulture;
        return string.Join("|", 42.ToString("D5", invariant), 1234.5.ToString("N1", invariant), 0.25.ToString("P0", invariant), 12345.678.ToString("E2", invariant), 255.ToString("X4", invariant)).PadRight(40, '.');
    }

    [Graph, Case("B18", Folded = 0, Codes = "GW0103", Says = ["GW0103 culture"], Remaining = "Double.ToString")]
    public static string CultureFormat() => 1234.5.ToString("N1");

    [Graph, Case("B18", Folded = 0, Codes = "GW0103", Remaining = "String.ToUpper")]
    public static string CultureCasing() => "title".ToUpper();

    [Graph, Case("B19", MinFolded = 6)]
    public static (string, int, string, int, char, string) Conversions() => (
        Convert.ToString(255, 2), Convert.ToInt32("ff", 16), Convert.ToHexString([0xAB, 0x01]), BitOperations.PopCount(0xFFu), Convert.ToChar(65), Convert.ToBase64String([1, 2, 3]));

    [Graph, Case("B19", MinFolded = 3)]
    public static (decimal, BigInteger, Complex) BigNumbers() => (decimal.Round(10m / 3m, 4), BigInteger.Pow(7, 60), Complex.Multiply(new Complex(1, 2), new Complex(3, -1)));

    [Graph, Case("B19", MinFolded = 2)]
    public static (DateTime, TimeSpan, Guid, DateTimeOffset) Times() =>
        (new DateTime(2024, 2, 28).AddDays(2), TimeSpan.FromMinutes(90), new Guid("00112233-4455-6677-8899-aabbccddeeff"), new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)));

    [Graph, Case("B19", MinFolded = 0)]
    public static (Half, Int128, Index, Range, DayOfWeek, Rune) SmallValues() =>
        ((Half)0.1, Int128.MaxValue / 3, ^Math.Abs(-2), 1..Math.Abs(-4), Enum.Parse<DayOfWeek>("Friday"), new Rune('ä'));

    [Graph, Case("B19", MinFolded = 3)]
    public static byte[] Encoded() => Encoding.UTF8.GetBytes("grün" + Encoding.ASCII.GetString([65, 66]));

    [Graph, Case("B20", MinFolded = 1)]
    public static (bool, int, string, int?) Nulls()
    {
        string? nothing = null;
        List<int>? list = null;
        int? none = null;
        return (nothing == null, list?.Count ?? Math.Abs(-9), nothing ?? "default", none + 1);
    }

    [Graph, Case("B20", MinFolded = 1)]
    public static int NullArgumentByDefault() => Optional() + Optional("four");

    private static int Optional(string? text = null) => text?.Length ?? -1;

    [Graph, Case("B21", MinFolded = 0)]
    public static int IsolatedExpressions()
    {
        _ = Third.Twice(x: 4) + 1;
        _ = new List<int> { 1, 2 };
        _ = "a" + "b".ToUpperInvariant();
        return 5;
    }

    [Graph, Case("B22", MinFolded = 0, Codes = "GW0103? GW1006?", Remaining = "*")]
    [Arguments(3), Arguments("s")]
    public static object Dynamic(object x)
    {
        dynamic d = x;
        return d + d;
    }

    [Graph, Case("B22", Folded = 0, Fallbacks = 1, Codes = "GW1001", Remaining = "*", From = nameof(Vectors))]
    public static object TensorThroughInterface(Tensor<float> x) => ((IReadOnlyTensor)x).Rank;

    private static IEnumerable<object?[]> Vectors() => [[Tensor.Create(new[] { 1f, 2f, 3f })], [null]];
}
