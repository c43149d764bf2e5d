using GraphWeaver.DifferentialTests.Calls;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Hostile;

/// <summary>The smallest programs with views, shapes and writes that once answered otherwise woven than unwoven, or could not be woven.</summary>
public sealed class ViewAttackTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] private static Tensor<float> PartOfCopy(Tensor<float> a, Tensor<float> b) { var v = Tensor.Reverse<float>(a)[1..]; var x = v + 1f; a += b; return v * 2f + x; }
            [Graph] private static Tensor<float> PartAfter(Tensor<float> a, Tensor<float> b) { var v = Tensor.Reverse<float>(a); var x = v + 1f; a += b; return v[1..] * 2f + x[1..]; }
            [Graph] private static Tensor<float> SetWhole(Tensor<float> a, Tensor<float> b) { var r = a * 2f; r.SetSlice(b * 3f); return r + 1f; }
            [Graph] private static Tensor<float> AddedTo(Tensor<float> a, Tensor<float> b) { var r = a * 2f; r += b; return r + 1f; }
            [Graph] private static void WrittenTwice(Tensor<float> a, Tensor<float> b, Tensor<float> c) { Tensor.Multiply<float>(a, a, c); Tensor.Multiply<float>(b, b, c); }

            private static Tensor<float> V(int length) => Tensor.Create(Enumerable.Range(1, length).Select(i => (i * 5 % 19 - 7) / 4f).ToArray());
            private static string S(params Tensor<float>[] t) => string.Join("|", t.Select(tensor => string.Join(",", tensor)));

            public static object A_part_of_a_copy_stays_when_the_original_is_written() => S(PartOfCopy(V(5), V(5)));
            public static object A_part_taken_later_of_a_copy_stays_when_the_original_is_written() => S(PartAfter(V(5), V(5)));
            public static object A_result_overwritten_by_as_many() => S(SetWhole(V(3), V(3)));
            public static object A_result_overwritten_by_more() => S(SetWhole(V(1), V(3)));
            public static object A_result_overwritten_by_fewer() => S(SetWhole(V(3), V(1)));
            public static object A_result_to_which_more_is_added() => S(AddedTo(V(1), V(3)));
            public static object Memory_written_twice() { var c = V(3); WrittenTwice(V(3), V(3), c); return S(c); }
            public static object Memory_written_with_fewer_and_written_again() { var c = V(3); WrittenTwice(V(1), V(3), c); return S(c); }
            public static object Memory_written_with_other_lengths_and_written_again() { var c = V(3); WrittenTwice(V(3).Reshape([3, 1]), V(3), c); return S(c); }
        }
        """;

    public static TheoryData<string> Drivers() =>
        new(System.Text.RegularExpressions.Regex.Matches(Source, @"public static object (\w+)\(\)").Select(match => match.Groups[1].Value));

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Woven_answers_as_unwoven(string driver)
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            Programs.Of(Source, optimization).AssertSame("Program", driver);
        }
    }

    [Fact]
    public void Every_method_is_woven()
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var methods = Programs.Of(Source, optimization).Report.Methods;
            Assert.All(methods.Where(method => method.IsWoven), method => Assert.NotEqual(0, method.Kernels));
            Assert.DoesNotContain(methods.SelectMany(method => method.Diagnostics), diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006");
        }
    }
}
