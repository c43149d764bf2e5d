using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary>What an exception filter writes is there in its handler, in the handlers asked after it, and in what unwinds below it.</summary>
public sealed class FilterTests
{
    private const string Source = """
        public static class Program
        {
            private static bool Note(List<int> list, int i) { list.Add(i); return false; }

            [Graph] public static string Own(string text)
            {
                try { throw new InvalidOperationException(text); }
                catch (InvalidOperationException e) when (e.Message.Length > 1) { return e == null ? "null" : "ok" + e.Message; }
            }

            [Graph] public static string Kept(int a, int b)
            {
                Exception? seen = null;
                try { return (a / b).ToString(); }
                catch (DivideByZeroException e) when ((seen = e) != null) { return seen == null ? "lost" : "kept"; }
            }

            [Graph] public static string Later(int a, int b)
            {
                var (asked, list) = (0, new List<int> { 7 });
                try { return (a / b).ToString(); }
                catch (DivideByZeroException) when (++asked > 1) { return "first" + asked; }
                catch (ArithmeticException) when (Note(list, 2) || ++asked > 1) { return "second" + asked + list.Count; }
                catch (Exception) { return "third" + asked + list.Count; }
            }

            [Graph] public static string Below(int a, int b)
            {
                var (asked, text) = (0, "");
                try { try { return (a / b).ToString(); } finally { text += "finally" + asked; } }
                catch (DivideByZeroException) when (++asked > 0) { return text + asked; }
            }

            [Graph] public static string Contents(int a, int b)
            {
                var list = new List<int> { 1 };
                try { return (a / b).ToString(); }
                catch (DivideByZeroException) when (!Note(list, 5)) { return list.Count + " " + list[^1]; }
            }
        }
        """;

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void What_a_filter_writes_is_seen(OptimizationLevel optimization)
    {
        using var program = new WovenProgram(Source, optimization);
        program.AssertSame("Program", "Own", () => ["abc"]);
        foreach (var method in new[] { "Kept", "Later", "Below", "Contents" })
        {
            program.AssertSame("Program", method, () => [1, 0]);
            program.AssertSame("Program", method, () => [6, 2]);
        }
    }
}
