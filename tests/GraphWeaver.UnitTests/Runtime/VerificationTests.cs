using System.Numerics.Tensors;
using GraphWeaver.Verification;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>Copies, comparisons and the tolerance of Verify mode, without a weaver.</summary>
public sealed class VerificationTests
{
    private enum Colour
    {
        Red,
        Blue,
    }

    [Fact]
    public void Exact_floating_point_compares_bits_but_any_NaN_is_a_NaN()
    {
        var exact = new Tolerance(0, 0, false, new Magnitudes());
        Assert.True(exact.Accepts(1.5f, 1.5f));
        Assert.False(exact.Accepts(1.5f, MathF.BitIncrement(1.5f)));
        Assert.False(exact.Accepts(0f, -0f));
        Assert.False(exact.Accepts(0.0, -0.0));
        Assert.True(exact.Accepts(float.NaN, BitConverter.Int32BitsToSingle(0x7fc12345)));
        Assert.False(exact.Accepts(double.NaN, 1.0));
        Assert.True(exact.Accepts(double.PositiveInfinity, double.PositiveInfinity));
        Assert.False(exact.Accepts(double.PositiveInfinity, double.NegativeInfinity));
    }

    [Fact]
    public void The_tolerance_is_what_its_documentation_says()
    {
        var magnitudes = new Magnitudes { Count = 10 };
        magnitudes.Add(-3);
        magnitudes.Add(double.PositiveInfinity);
        Assert.Equal(((16 * 2) + (5 * 10)) * Math.Pow(2, -53) * (1 + 3), new Tolerance(2, 5, false, magnitudes).Of(1.0), 1e-30);
        Assert.Equal(((16 * 2) + (5 * 10)) * Math.Pow(2, -24) * (1 + 3), new Tolerance(2, 5, true, magnitudes).Of(1.0), 1e-20);
        Assert.Equal(((16 * 2) + (5 * 10)) * Math.Pow(2, -24) * (1 + 3), new Tolerance(2, 5, false, magnitudes).Of(1f), 1e-20);
        Assert.Equal(0, new Tolerance(2, 5, true, magnitudes).Of(1));
        Assert.Equal(0, new Tolerance(0, 0, false, magnitudes).Of(1f));
    }

    [Fact]
    public void An_inexact_number_is_accepted_up_to_the_distance_and_no_further()
    {
        var tolerance = new Tolerance(2, 0, true, new Magnitudes());
        float distance = (float)tolerance.Of(1f);
        Assert.True(tolerance.Accepts(1f, 1f + (distance * 0.9f)));
        Assert.False(tolerance.Accepts(1f, 1f + (distance * 1.1f)));
        Assert.True(tolerance.Accepts(0f, -0f));
        Assert.False(tolerance.Accepts(float.NaN, 1f));
        Assert.False(tolerance.Accepts(float.MaxValue, float.PositiveInfinity));
        Assert.True(tolerance.Accepts(float.Epsilon, 3 * float.Epsilon));
        Assert.True(tolerance.Accepts(3, 3));
        Assert.False(tolerance.Accepts(3, 4));
        Assert.False(tolerance.Accepts("a", "b"));
        Assert.False(tolerance.Accepts(Colour.Red, Colour.Blue));
    }

    [Fact]
    public void A_strided_view_is_copied_put_back_and_compared_through_the_view_alone()
    {
        float[] memory = [.. Enumerable.Range(0, 12).Select(i => (float)i)];
        var view = Tensor.Create(memory, [3, 4]).Slice(1..3, 1..3);
        var copy = Shapes.Tensor<float>().Copy(view, new Recording());
        view.Fill(9f);
        memory[0] = 77f;
        Assert.Same(view, copy.Restore());
        Assert.Equal([5f, 6f, 9f, 10f], view.ToArray());
        Assert.Equal(77f, memory[0]);
        view[1, 0] = -1f;
        var difference = DiffersAfter(Shapes.Tensor<float>(), view, () => view[1, 0] = -2f);
        Assert.Equal([1L, 0L], difference.Index);
        Assert.Equal((-1f, -2f), (difference.Expected, difference.Actual));
    }

    [Fact]
    public void Lengths_are_compared_before_elements()
    {
        var shape = Shapes.Tensor<int>();
        var difference = Differs(shape, Tensor.Create<int>([1, 2, 3, 4], [2, 2]), Tensor.Create<int>([1, 2, 3, 4]));
        Assert.Equal(("lengths [2, 2]", "lengths [4]"), (difference.Expected, difference.Actual));
        Assert.Equal("lengths [3]", Differs(Shapes.Vector<int>(), [1, 2], [1, 2, 3]).Actual);
        Assert.Equal("lengths [1, 2]", Differs(Shapes.Grid<int[,], int>(), new int[2, 1], new int[1, 2]).Actual);
    }

    [Fact]
    public void Null_is_a_value_of_its_own()
    {
        Same(Shapes.Tensor<int>(), null!, null!);
        Same(Shapes.Vector<int>(), null!, null!);
        Same(Shapes.Array(Shapes.Vector<int>()), [null!], [null!]);
        Same(Shapes.Optional(Shapes.Scalar<int>()), null, null);
        Assert.Equal("null", Differs(Shapes.Vector<int>(), [1], null!).Actual);
        Assert.Equal("null", Differs(Shapes.Tensor<int>(), null!, Tensor.Create<int>([1])).Expected);
        Assert.Equal(3, Differs(Shapes.Optional(Shapes.Scalar<int>()), 3, null).Expected);
    }

    [Fact]
    public void Empty_tensors_and_arrays_are_compared()
    {
        Same(Shapes.Tensor<float>(), Tensor.Create<float>([]), Tensor.Create<float>([]));
        Same(Shapes.Vector<float>(), [], new float[0]);
        Same(Shapes.Grid<int[,], int>(), new int[0, 3], new int[0, 3]);
    }

    [Fact]
    public void Elements_of_arrays_of_any_rank_are_placed()
    {
        Assert.Equal([2L], Differs(Shapes.Vector<string>(), ["a", "b", "c"], ["a", "b", "d"]).Index);
        Assert.Equal([1L, 0L, 2L], Differs(Shapes.Grid<int[,,], int>(), new int[2, 2, 3], Changed(new int[2, 2, 3])).Index);

        static int[,,] Changed(int[,,] array)
        {
            array[1, 0, 2] = 1;
            return array;
        }
    }

    [Fact]
    public void Parts_are_named()
    {
        var pairs = Shapes.Array(Shapes.Tuple(Shapes.Scalar<int>(), Shapes.Vector<double>()));
        var difference = Differs(pairs, [(1, [1]), (2, [2, 3])], [(1, [1]), (2, [2, 4])]);
        Assert.Equal("result[1].Item2", difference.Value);
        Assert.Equal([1L], difference.Index);
        var four = Shapes.Tuple(Shapes.Scalar<int>(), Shapes.Scalar<bool>(), Shapes.Scalar<char>(), Shapes.Optional(Shapes.Scalar<decimal>()));
        Assert.Equal("result.Item4", Differs(four, (1, true, 'c', 1m), (1, true, 'c', 2m)).Value);
        Assert.Equal("result.Item3", Differs(Shapes.Tuple(Shapes.Scalar<int>(), Shapes.Scalar<int>(), Shapes.Scalar<Colour>()), (1, 1, Colour.Red), (1, 1, Colour.Blue)).Value);
    }

    [Fact]
    public void The_same_object_twice_is_not_two_objects()
    {
        int[] one = [1];
        var shape = Shapes.Array(Shapes.Vector<int>());
        Same(shape, [one, one], [one, one]);
        var difference = Differs(shape, [one, one], [one, [1]]);
        Assert.Equal(("result[1]", "the object in result[0]", "an object of its own"), (difference.Value, difference.Expected, difference.Actual));
    }

    [Fact]
    public void Contents_are_put_back_deeply()
    {
        int[] inner = [1, 2];
        int[][] outer = [inner];
        var copy = Shapes.Array(Shapes.Vector<int>()).Copy(outer, new Recording());
        inner[0] = 9;
        outer[0] = [7];
        copy.Restore();
        Assert.Same(inner, outer[0]);
        Assert.Equal([1, 2], inner);
    }

    [Fact]
    public void A_span_is_kept_and_compared()
    {
        var call = new VerifiedCall("M", 0, 0, false);
        try
        {
            Span<int> span = [1, 2, 3];
            var kept = new KeptSpan<int>(call, "parameter 's'", span);
            span[1] = 5;
            kept.Note(span);
            kept.Restore(span);
            Assert.Equal([1, 2, 3], span.ToArray());
            span[1] = 6;
            int[] left = span.ToArray();
            var difference = Assert.Throws<GraphVerificationException>(() => kept.Compare(left.AsSpan()));
            Assert.Equal("'M' verified: parameter 's' at [1] differs: the original body gave 5, the woven body 6.", difference.Message);
        }
        finally
        {
            VerifiedCall.End();
        }
    }

    [Fact]
    public void Exceptions_are_compared_with_their_causes()
    {
        var call = new VerifiedCall("M", 0, 0, false);
        VerifiedCall.End();
        call.OriginalFailed(new ArgumentException("a", new FormatException("b")));
        call.WovenFailed(new ArgumentException("a", new FormatException("c")));
        var difference = Assert.Throws<GraphVerificationException>(call.CompareFailures);
        Assert.Equal("System.ArgumentException: a <- System.FormatException: b", difference.Expected);
        Assert.Throws<ArgumentException>(call.Rethrow);
    }

    [Fact]
    public void Only_the_first_entry_after_the_original_body_is_the_woven_ones()
    {
        var call = new VerifiedCall("M", 0, 0, false);
        Assert.False(VerifiedCall.TakesEntry());
        Assert.True(VerifiedCall.IsInside);
        call.EnterWoven();
        Assert.True(VerifiedCall.TakesEntry());
        Assert.False(VerifiedCall.TakesEntry());
        Assert.True(VerifiedCall.IsInside);
        VerifiedCall.End();
        Assert.False(VerifiedCall.IsInside);
    }

    private static void Same<T>(Shape<T> shape, T expected, T actual) => shape.Copy(expected, new Recording { Value = "result" }).Compare(actual, NewComparison());

    private static GraphVerificationException Differs<T>(Shape<T> shape, T expected, T actual) => Differs(shape, expected, () => { }, actual);

    private static GraphVerificationException DiffersAfter<T>(Shape<T> shape, T value, Action change) => Differs(shape, value, change, value);

    private static GraphVerificationException Differs<T>(Shape<T> shape, T expected, Action change, T actual)
    {
        var original = new Recording { Value = "result" };
        var copy = shape.Copy(expected, original);
        change();
        return Assert.Throws<GraphVerificationException>(() => copy.Compare(actual, NewComparison() with { Original = original }));
    }

    private static Comparison NewComparison() => new("M", "result", new Tolerance(0, 0, false, new Magnitudes()), new Recording(), new Recording());
}
