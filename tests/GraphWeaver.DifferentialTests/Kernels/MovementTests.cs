using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>Members that move elements: woven, the runtime moves them, with eager's answers and without a word.</summary>
public sealed class MovementTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Joined(Tensor<float> a, Tensor<float> b) => Tensor.Concatenate([a, b]);
            [Graph] public static Tensor<float> JoinedParams(Tensor<float> a, Tensor<float> b) => Tensor.Concatenate(a, b * 2f) + 1f;
            [Graph] public static Tensor<float> JoinedArray(Tensor<float> a, Tensor<float> b) { var all = new[] { a, b, a + a }; return Tensor.Concatenate<float>(all); }
            [Graph] public static Tensor<float> JoinedSpread(Tensor<float> a, Tensor<float> b) { Tensor<float>[] some = [a, b]; return Tensor.ConcatenateOnDimension<float>(-1, [.. some, b, .. some]); }
            [Graph] public static Tensor<float> JoinedColumns(Tensor<float> a, Tensor<float> b) => Tensor.ConcatenateOnDimension<float>(1, [a - b, b]) * 0.5f;
            [Graph] public static Tensor<float> JoinedAlone(Tensor<float> a, Tensor<float> b) => Tensor.Concatenate<float>([a * b]);
            [Graph] public static float JoinedInto(Tensor<float> a, Tensor<float> b)
            {
                var all = Tensor.CreateFromShape<float>([a.Lengths[0] + b.Lengths[0], 3]);
                Tensor.Concatenate<float>([a, b], all);
                return Tensor.Max<float>(all * all);
            }
            [Graph] public static bool JoinedGivesBack(Tensor<float> a, Tensor<float> b)
            {
                TensorSpan<float> all = Tensor.CreateFromShape<float>([a.Lengths[0] + b.Lengths[0], 3]);
                ref readonly var back = ref Tensor.ConcatenateOnDimension<float>(0, [a, b], all);
                return back == all;
            }
            [Graph] public static Tensor<float> Stacked(Tensor<float> a, Tensor<float> b) => Tensor.Stack<float>([a, b, a * b]);
            [Graph] public static Tensor<float> StackedParams(Tensor<float> a, Tensor<float> b) => -Tensor.StackAlongDimension(1, a, b);
            [Graph] public static Tensor<float> StackedInto(Tensor<float> a, Tensor<float> b)
            {
                var all = Tensor.CreateFromShape<float>([a.Lengths[0], 3, 2]);
                Tensor.StackAlongDimension<float>([a, b], all, 2);
                return all;
            }
            [Graph] public static Tensor<float> SplitUp(Tensor<float> a, Tensor<float> b) { var parts = Tensor.Split<float>(a + b, 3, 1); return parts[0] * parts[2] - parts[1]; }
            [Graph] public static Tensor<float>[] SplitRows(Tensor<float> a, Tensor<float> b) => Tensor.Split<float>(a, 2, 0);
            [Graph] public static Tensor<float> Longer(Tensor<float> a, Tensor<float> b) => Tensor.Resize(a * b, [30]) + 1f;
            [Graph] public static Tensor<float> Shorter(Tensor<float> a, Tensor<float> b) => Tensor.Resize(a, [2, 2]);
            [Graph] public static Tensor<float> Into(Tensor<float> a, Tensor<float> b)
            {
                var taken = Tensor.CreateFromShape<float>([5]);
                Tensor.ResizeTo(a, taken);
                Tensor.ResizeTo<float>(b.AsReadOnlyTensorSpan(), taken);
                return taken;
            }
            [Graph] public static Tensor<float> Backwards(Tensor<float> a, Tensor<float> b) => Tensor.Reverse<float>(a);
            [Graph] public static Tensor<float> BackwardsInKernel(Tensor<float> a, Tensor<float> b) => Tensor.ReverseDimension<float>(a, 0) * b + Tensor.Reverse<float>(b);
            [Graph] public static Tensor<float> BackwardsBoth(Tensor<float> a, Tensor<float> b) { var r = Tensor.Reverse<float>(a + b); var s = r + b; return Tensor.Concatenate([r, s]); }
            [Graph] public static Tensor<float> BackwardsInto(Tensor<float> a, Tensor<float> b) { var c = a + 0f; Tensor.ReverseDimension<float>(b * 2f, c, 1); return c; }
            [Graph] public static Tensor<float> Columns(Tensor<float> a, Tensor<float> b) => Tensor.Concatenate([Tensor.Transpose(a), a[0..1, 0..3].Reshape([3, 1])]);
            [Graph] public static Tensor<string> Strings(Tensor<float> a, Tensor<float> b)
            {
                var x = Tensor.Create(new[] { "a", "b", a.FlattenedLength.ToString() });
                var y = Tensor.Stack<string>([x, x]);
                var parts = Tensor.Split<string>(Tensor.Concatenate([y, Tensor.Reverse<string>(y)]), 2, 0);
                return Tensor.Resize(parts[1], [7]);
            }
            [Graph] public static Tensor<bool> Booleans(Tensor<float> a, Tensor<float> b) => Tensor.Concatenate([Tensor.GreaterThan<float>(a, b), Tensor.LessThan<float>(a, b)]);
            [Graph] public static T[] Generic<T>(Tensor<T> a, Tensor<T> b) { var c = Tensor.Concatenate([a, b]); var x = new T[c.FlattenedLength]; c.FlattenTo(x); return x; }
            [Graph] public static float[] GenericOfFloats(Tensor<float> a, Tensor<float> b) => Generic(a, b);
            [Graph] public static string Constant(Tensor<float> a, Tensor<float> b)
            {
                var x = Tensor.Create(new[] { 3, 5, 1, 9 });
                return string.Join(",", Tensor.Concatenate([x, x]).ToArray()) + Tensor.Split<int>(x, 2, 0)[1][0];
            }
            [Graph] public static object Cells(Tensor<float> a, Tensor<float> b)
            {
                var cell = new float[] { 1 };
                var cells = Tensor.Create(new[] { cell });
                var two = Tensor.Concatenate([cells, cells]);
                two[1][0] = a[0, 0];
                return (cell[0], cells[0][0], two[0][0]);
            }
        }
        """;

    private static readonly string[] Methods =
    [
        "Joined", "JoinedParams", "JoinedArray", "JoinedSpread", "JoinedColumns", "JoinedAlone", "JoinedInto", "JoinedGivesBack", "Stacked", "StackedParams", "StackedInto", "SplitUp", "SplitRows",
        "Longer", "Shorter", "Into", "Backwards", "BackwardsInKernel", "BackwardsBoth", "BackwardsInto", "Columns", "Strings", "Booleans", "GenericOfFloats", "Constant", "Cells",
    ];

    public static TheoryData<OptimizationLevel, string> Cases()
    {
        var cases = new TheoryData<OptimizationLevel, string>();
        foreach (string method in Methods)
        {
            cases.Add(OptimizationLevel.Debug, method);
            cases.Add(OptimizationLevel.Release, method);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Moved_elements_are_where_eager_puts_them(OptimizationLevel optimization, string method)
    {
        var program = Calls.Programs.Of(Source, optimization);
        program.AssertSame("Program", method, () => [Numbers([4, 3], 1), Numbers([4, 3], 2)]);
        program.AssertSame("Program", method, () => [Numbers([2, 3], 1), Numbers([4, 3], 2)]);
        program.AssertSame("Program", method, () => [Numbers([4, 3], 1), Numbers([3], 2)]);
        program.AssertSame("Program", method, () => [Numbers([3, 4], 1), Numbers([4, 3], 2)]);
        program.AssertSame("Program", method, () => [Numbers([4, 6], 1).Slice(0..4, 3..6), Numbers([8, 3], 2).Slice(2..6, 0..3)]);
        program.AssertSame("Program", method, () => [Tensor.Transpose(Numbers([3, 4], 1)), Numbers([4, 3], 2)]);
        program.AssertSame("Program", method, () => [Numbers([0, 3], 1), Numbers([0, 3], 2)]);
        program.AssertSame("Program", method, () => [Numbers([0, 3], 1), Numbers([4, 3], 2)]);
        program.AssertSame("Program", method, () => [Numbers([4, 3], 1), null]);
        program.AssertSame("Program", method, () => [null, Numbers([4, 3], 1)]);
        var report = program.MethodReport("Program." + method);
        Assert.True(report.IsWoven);
        Assert.DoesNotContain(report.Diagnostics, diagnostic => ViewTests.IsOfView(diagnostic)
            && !diagnostic.Message.StartsWith("'Tensor.Create", StringComparison.Ordinal) && !diagnostic.Message.StartsWith("'c.FlattenTo", StringComparison.Ordinal));
    }

    private static Tensor<float> Numbers(nint[] lengths, int seed) =>
        Tensor.Create([.. Enumerable.Range(1, (int)lengths.Aggregate((product, length) => product * length)).Select(index => (index * 37 * seed % 23 - 11) / 7f)], lengths);
}
