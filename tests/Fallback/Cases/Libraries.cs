using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MathNet.Numerics.LinearAlgebra.Double;
using ThirdParty;
using MathVector = MathNet.Numerics.LinearAlgebra.Vector<double>;

[assembly: BuildTime(typeof(Dependent))]

namespace Cases;

/// <summary>Family P: calls of libraries, the framework's and others', on constants.</summary>
public static class Libraries
{
    [Graph, Case("P01", MinFolded = 4)]
    public static double[] VectorsAdded()
    {
        var a = MathVector.Build.Dense([1, 2, 3]);
        var b = MathVector.Build.Dense([4, 5, 6]);
        return (a + b).ToArray();
    }

    [Graph, Case("P01", MinFolded = 4)]
    public static double[] DenseVectorsAdded() => (DenseVector.OfArray([1, 2, 3]) + DenseVector.OfArray([4, 5, 6])).ToArray();

    [Graph, Case("P01", MinFolded = 3)]
    public static double MatrixDeterminant() => Math.Round(DenseMatrix.OfArray(new double[,] { { 2, 1 }, { 1, 3 } }).Determinant(), 9);

    [Graph, Case("P02", Folded = 1)]
    public static float[] SpansAdded()
    {
        var sum = new float[3];
        TensorPrimitives.Add<float>([1f, 2f, 3f], [4f, 5f, 6f], sum);
        return sum;
    }

    [Graph, Case("P03", MinFolded = 0)]
    public static int PureResultIgnored()
    {
        Third.Twice(21);
        Math.Sqrt(2);
        "a".Replace('a', 'b');
        return 1;
    }

    private static int count;

    private static int Count() => ++count;

    [Graph, Case("P03", Folded = 0, Codes = "GW0103", Says = ["GW0103 Count"], Remaining = "Libraries.Count")]
    public static void ImpureResultIgnored() => Count();

    [Graph, Case("P04", Folded = 1)]
    public static double[] ArrayReturned() => Third.Ramp(4);

    [Graph, Case("P04", MinFolded = 2, Remaining = "*")]
    public static MathVector VectorReturned() => MathVector.Build.Dense([1, 2, 3]) * 2;

    [Graph, Case("P04", MinFolded = 1)]
    public static ImmutableArray<int> ImmutableReturned() => ImmutableArray.Create(1, 2, 3);

    [Graph, Case("P05", Folded = 5)]
    public static double ChainOfFive() => Math.Sqrt(Math.Abs(Math.Floor(Math.Max(Third.Twice(-7), -16.5))));

    [Graph, Case("P05", Folded = 5)]
    public static string ChainOfText() => " Abc,Def ".Trim().ToUpperInvariant().Replace(',', ';').Substring(1).PadLeft(8);

    [Graph, Case("P06", MinFolded = 4)]
    public static (int, int, int, string) Attributes() => (new List<int> { 1, 2 }.Count, "four".Length, Tensor.Create(new[] { 1, 2 }, [1, 2]).Rank, typeof(Third).Name);

    [Graph, Case("P07", Folded = 5)]
    public static string Overloads() => string.Concat(Third.Which(1), Third.Which(1L), Third.Which((object)"x"), Third.Which((short)1));

    [Graph, Case("P07", MinFolded = 6)]
    public static double OptionalNamedParamsGeneric() =>
        Third.Ramp(3)[2] + Third.Ramp(step: 2, count: 3)[2] + Third.Sum() + Third.Sum(1, 2, 3) + Third.Larger(3, 4) + Third.Larger(2.5, -1);

    [Graph, Case("P08", MinFolded = 4)]
    public static decimal StructOfALibrary() => ((new Money(1.25m) + new Money(2.25m)).Doubled() * 3).Amount;

    [Graph, Case("P09", MinFolded = 1)]
    public static string RegexMatch() => Regex.Match("order 4711 of 1805", "[0-9]+").Value;

    [Graph, Case("P09", MinFolded = 2)]
    public static (string, int, bool) RegexParts()
    {
        var match = Regex.Match("key=value", "(?<k>[a-z]+)=(?<v>[a-z]+)");
        return (match.Groups["v"].Value, match.Groups["v"].Index, match.Success);
    }

    [Graph, Case("P09", Folded = 0, Startup = 1, Remaining = "Regex.IsMatch")]
    [Arguments("xaab"), Arguments("b"), Arguments(null)]
    public static bool RegexAtStartup(string text) => new Regex("a+b").IsMatch(text);

    [Graph, Case("P10", Folded = 0, Codes = "GW0103", Says = ["GW0103 DateTime.UtcNow", "GW0103 clock"], Remaining = "DateTime.UtcNow; DateTime.Year")]
    public static bool Clock() => DateTime.UtcNow.Year > 2000;

    [Graph]
    private static Guid DrawGuid() => Guid.NewGuid();

    [Case("P10", Of = "Libraries.DrawGuid", Folded = 0, Codes = "GW0103", Says = ["GW0103 random"], Remaining = "Guid.NewGuid")]
    public static bool FreshGuid() => DrawGuid() != DrawGuid();

    [Graph]
    private static long DrawRandom() => Random.Shared.NextInt64();

    [Case("P10", Of = "Libraries.DrawRandom", Folded = 0, Codes = "GW0103", Says = ["GW0103 random"], Remaining = "Random.NextInt64; Random.Shared")]
    public static bool FreshRandom() => DrawRandom() != DrawRandom();

    [Graph, Case("P10", Folded = 0, Codes = "GW0103", Says = ["GW0103 environment"], Remaining = "Environment.MachineName")]
    public static string MachineName() => Environment.MachineName;

    [Graph, Case("P10", Folded = 0, Codes = "GW0103", Says = ["GW0103 I/O"], Remaining = "File.ReadAllText")]
    public static string FileContents() => File.ReadAllText("no such file.txt");

    [Graph, Case("P10", Folded = 0, Fallbacks = 1, Codes = "GW0103 GW1001", Says = ["GW0103 Outside.Inner"], Remaining = "Outside.Stamp")]
    public static bool ClockTwoCallsDown() => Outside.Stamp() > 0;

    [Graph, Case("P11", Folded = 2)]
    public static int SeededRandom() => new Random(42).Next();

    [Graph, Case("P12", Folded = 0, Fallbacks = 1, Codes = "GW0103 GW1001", Says = ["GW0103 the library refuses"], Remaining = "Third.Fail")]
    public static int ThrowingCall() => Third.Fail(2);

    [Graph, Case("P12", Folded = 0, Codes = "GW0103", Says = ["GW0103 FormatException"], Remaining = "Convert.FromBase64String")]
    public static byte[] ThrowingCallOfTheFramework() => Convert.FromBase64String("?");

    [Graph, Case("P13", Folded = 0, Codes = "GW1004", Says = ["GW1004 Endless"], Remaining = "*")]
    [Arguments(false)]
    public static int EndlessCall(bool wait) => wait ? Endless(1) : 2;

    private static int Endless(int x)
    {
        while (x != 0)
        {
            x = (x * 5) | 1;
        }

        return x;
    }

    [Graph, Case("P13", Folded = 0, Codes = "GW1004", Says = ["GW1004 Hoard"], Remaining = "*")]
    [Arguments(false)]
    public static int GreedyCall(bool hoard) => hoard ? Hoard(1_000_000) : 2;

    private static int Hoard(int count)
    {
        var all = new List<byte[]>();
        for (var i = 0; i < count; i++)
        {
            all.Add(new byte[1 << 20]);
        }

        return all.Count;
    }

    [Graph, Case("P13", Folded = 0, Codes = "GW1005", Says = ["GW1005 Bottomless"], Remaining = "*")]
    [Arguments(false)]
    public static int BottomlessCall(bool fall) => fall ? Bottomless(1) : 2;

    private static int Bottomless(int x) => x == 0 ? 0 : Bottomless(x | 1) + Bottomless(x | 2);

    [Graph, Case("P14", Folded = 0, Fallbacks = 1, Codes = "GW1001 GW1005", Says = ["GW1005 Fallback.Missing"], Remaining = "Dependent.Answer")]
    public static int MissingDependency() => Dependent.Answer(1);
}
