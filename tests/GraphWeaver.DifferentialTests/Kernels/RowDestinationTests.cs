using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.DifferentialTests.Calls;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.DifferentialTests.Verification;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>
/// Reductions of rows whose kernel writes into memory that is there: beside what it reads, over it, and across it. Woven against unwoven within the
/// error of a sum; all memory is compared, that of arguments a method does not take too.
/// </summary>
[Collection(nameof(GraphMode))]
public sealed class RowDestinationTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static void SoftMaxInto(Tensor<float> x, Tensor<float> result)
            {
                var e = Tensor.Exp<float>(x - TensorMath.Max(x, 1, keepDimensions: true));
                Tensor.Divide<float>(e, TensorMath.Sum(e, 1, keepDimensions: true), result);
            }
            [Graph] public static void SoftMaxInPlace(Tensor<float> x)
            {
                var e = Tensor.Exp<float>(x - TensorMath.Max(x, -1, keepDimensions: true));
                Tensor.Divide<float>(e, TensorMath.Sum(e, -1, keepDimensions: true), x);
            }
            [Graph] public static void SoftMaxAssigned(Tensor<float> x)
            {
                x -= TensorMath.Max(x, -1, true);
                Tensor.Exp<float>(x, x);
                x /= TensorMath.Sum(x, -1, true);
            }
            [Graph] public static void SoftMaxCopied(Tensor<float> x, Tensor<float> result) => TensorMath.SoftMax(x).CopyTo(result);
            [Graph] public static void SoftMaxIntoPart(Tensor<float> x, Tensor<float> result) => result.SetSlice(TensorMath.SoftMax(x), 1..^1, 2..^2);
            [Graph] public static void SoftMaxOfPart(Tensor<float> x) { x[1..^1, ..] = TensorMath.SoftMax(x[1..^1, ..]); }
            [Graph] public static void SoftMaxOfPartOnly(Tensor<float> x, Tensor<float> result) => TensorMath.SoftMax(x[.., 3..]).CopyTo(result);
            [Graph] public static void Shifted(Tensor<float> x) => x.SetSlice(TensorMath.SoftMax(x[..^1, ..]), 1.., ..);
            [Graph] public static void Transposed(Tensor<float> x) => x.SetSlice(TensorMath.SoftMax(Tensor.Transpose(x)));
            [Graph] public static void LayerNormInto(Tensor<float> x, Tensor<float> gain, Tensor<float> bias, Tensor<float> result)
            {
                var centred = x - TensorMath.Mean(x, 1, keepDimensions: true);
                var variance = TensorMath.Mean(centred * centred, 1, keepDimensions: true);
                Tensor.Add<float>(centred / Tensor.Sqrt<float>(variance + 1e-5f) * gain, bias, result);
            }
            [Graph] public static void LayerNormCopied(Tensor<float> x, Tensor<float> gain, Tensor<float> bias, Tensor<float> result) =>
                TensorMath.LayerNorm(x, gain, bias, 1e-5f).CopyTo(result);
            [Graph] public static Tensor<float> LayerNormOfWritten(Tensor<float> x, Tensor<float> gain, Tensor<float> bias)
            {
                gain += 1f;
                return TensorMath.LayerNorm(x, gain, bias, 1e-5f);
            }
            [Graph] public static Tensor<float> LayerNormOfGrown(Tensor<float> x, Tensor<float> gain, Tensor<float> bias)
            {
                gain += x;
                return TensorMath.LayerNorm(x, gain, bias, 1e-5f);
            }
            [Graph] public static Tensor<float> LayerNormThenWritten(Tensor<float> x, Tensor<float> gain, Tensor<float> bias)
            {
                var y = TensorMath.LayerNorm(x, gain, bias, 1e-5f);
                gain += x;
                return y;
            }
            [Graph] public static void Standardised(Tensor<float> x)
            {
                x -= TensorMath.Mean(x, -1, true);
                x /= Tensor.Sqrt<float>(TensorMath.Mean(x * x, -1, true) + 1e-5f);
            }
            [Graph] public static Tensor<float> WrittenEarly(Tensor<float> x, Tensor<float> y)
            {
                var shares = TensorMath.SoftMax(x);
                Tensor.Add<float>(x, y, x);
                return shares;
            }
            [Graph] public static Tensor<float> WrittenFirst(Tensor<float> x, Tensor<float> y) { x += y; return TensorMath.SoftMax(x); }
            [Graph] public static Tensor<float> WrittenBetween(Tensor<float> x, Tensor<float> y)
            {
                var m = TensorMath.Max(x, -1, true);
                x -= m;
                Tensor.Multiply<float>(x, y, y);
                return x / TensorMath.Sum(x, -1, true);
            }
            [Graph] public static Tensor<float> WithTotals(Tensor<float> x, Tensor<float> result)
            {
                Tensor.Subtract<float>(x, TensorMath.Max(x, -1, true), result);
                return TensorMath.Min(x, -1);
            }
            [Graph] public static void TwoResults(Tensor<float> x, Tensor<float> first, Tensor<float> second)
            {
                var m = TensorMath.Max(x, -1, true);
                Tensor.Subtract<float>(x, m, first);
                Tensor.Multiply<float>(x, m, second);
            }
            [Graph] public static void Whole(Tensor<int> x, Tensor<int> result) => Tensor.Subtract<int>(x, TensorMath.Min(x, -1, true), result);
            [Graph] public static void Total(Tensor<float> x, Tensor<float> total) { total += TensorMath.Sum(x, 1, true); }
            [Graph] public static void TotalInto(Tensor<float> x, Tensor<float> total) => Tensor.Multiply<float>(TensorMath.Max(x, 1, true), 2f, total);
            [Graph] public static void TotalOver(Tensor<float> x) => Tensor.Multiply<float>(TensorMath.Max(x, 1, true), 2f, x);
            [Graph] public static Tensor<float> TotalGrown(Tensor<float> x, Tensor<float> y) { var m = TensorMath.Max(x, 1, true); m += y; return x * m; }
            [Graph] public static Tensor<float> TotalReplaced(Tensor<float> x) { var m = TensorMath.Max(x, 1, true); Tensor.Add<float>(x, 1f, m); return x * m; }
            [Graph] public static Tensor<float> Replaced(Tensor<float> x) { var y = x * 2f; Tensor.Add<float>(TensorMath.Max(x, 1, true), 1f, y); return x * y; }
            [Graph] public static Tensor<float> Grown(Tensor<float> x) { var y = x * 2f; y += TensorMath.Max(x, 1, true); return y; }
        }
        """;

    private static readonly OptimizationLevel[] Levels = [OptimizationLevel.Debug, OptimizationLevel.Release];

    public static TheoryData<string, int, Func<object?[]>> Calls => new()
    {
        { "SoftMaxInto", 1, () => [Floats(7, 300), Floats(7, 300)] },
        { "SoftMaxInto", 1, () => [Floats(300, 7), Floats(300, 7)] },
        { "SoftMaxInto", 1, () => [Floats(2, 50_000), Floats(2, 50_000)] },
        { "SoftMaxInto", 1, () => [Floats(3000, 100), Floats(3000, 100)] },
        { "SoftMaxInto", 1, () => Twice(Floats(7, 300)) },
        { "SoftMaxInto", 1, () => Twice(Floats(3000, 100)) },
        { "SoftMaxInto", 1, () => Twice(Tensor.Transpose(Floats(300, 7))) },
        { "SoftMaxInto", 1, () => [Floats(7, 300), Tensor.Transpose(Floats(300, 7))] },
        { "SoftMaxInto", 1, () => [Tensor.Transpose(Floats(300, 7)), Floats(7, 300)] },
        { "SoftMaxInto", 1, () => Parts(Floats(9, 300), all => [all[..4, ..], all[5.., ..]]) },
        { "SoftMaxInto", 1, () => Parts(Floats(9, 300), all => [all[..4, ..], all[1..5, ..]]) },
        { "SoftMaxInto", 1, () => Parts(Floats(9, 300), all => [all[1..5, ..], all[..4, ..]]) },
        { "SoftMaxInto", 1, () => Parts(Floats(9, 300), all => [all[.., ..200], all[.., 7..207]]) },
        { "SoftMaxInto", 1, () => Parts(Floats(9, 300), all => [all[.., ..100], all[.., 200..]]) },
        { "SoftMaxInto", 1, () => Parts(Floats(9, 300), all => [Tensor.Transpose(all[.., ..9]), all[.., ..9]]) },
        { "SoftMaxInto", 1, () => Parts(Floats(9, 300), all => [all[..1, ..], all]) },
        { "SoftMaxInto", 1, () => [Floats(1, 20), Tensor.Create(new float[20], [3, 20], [0, 1])] },
        { "SoftMaxInto", 1, () => [Floats(3, 20), Floats(3, 21)] },
        { "SoftMaxInto", 1, () => [Floats(3, 20), Floats(20)] },
        { "SoftMaxInto", 1, () => [Floats(3, 20), Floats(2, 3, 20)] },
        { "SoftMaxInto", 1, () => [Floats(20), Floats(20)] },
        { "SoftMaxInto", 1, () => [Floats(3, 0), Floats(3, 0)] },
        { "SoftMaxInto", 1, () => [Floats(3, 20), null] },
        { "SoftMaxInto", 1, () => [null, Floats(3, 20)] },
        { "SoftMaxInPlace", 1, () => [Floats(7, 300)] },
        { "SoftMaxInPlace", 1, () => [Floats(2, 3, 600)] },
        { "SoftMaxInPlace", 1, () => [Floats(2, 50_000)] },
        { "SoftMaxInPlace", 1, () => [Tensor.Create(new float[20], [3, 20], [0, 1])] },
        { "SoftMaxInPlace", 1, () => [Tensor.Create([1f, float.PositiveInfinity, 3f, float.NaN, 1f, 2f, float.NegativeInfinity, -1f, -0f], [3, 3])] },
        { "SoftMaxInPlace", 1, () => [null] },
        { "SoftMaxAssigned", 1, () => [Floats(7, 300)] },
        { "SoftMaxAssigned", 1, () => [Tensor.Transpose(Floats(50, 7))] },
        { "SoftMaxAssigned", 1, () => Parts(Floats(7, 900), all => [all[.., 3..700]]) },
        { "SoftMaxCopied", 1, () => [Floats(7, 300), Floats(7, 300)] },
        { "SoftMaxCopied", 1, () => [Floats(7, 300), Floats(300)] },
        { "SoftMaxCopied", 1, () => Twice(Floats(7, 300)) },
        { "SoftMaxIntoPart", 1, () => [Floats(7, 300), Floats(9, 304)] },
        { "SoftMaxIntoPart", 1, () => [Floats(7, 300), Floats(9, 303)] },
        { "SoftMaxIntoPart", 1, () => [Floats(7, 300), Tensor.Transpose(Floats(304, 9))] },
        { "SoftMaxIntoPart", 1, () => Parts(Floats(9, 304), all => [all[1..^1, 2..^2], all]) },
        { "SoftMaxIntoPart", 1, () => Parts(Floats(9, 304), all => [all[1..^1, 1..^3], all]) },
        { "SoftMaxOfPart", 1, () => [Floats(7, 300)] },
        { "SoftMaxOfPart", 1, () => [Floats(1, 300)] },
        { "SoftMaxOfPartOnly", 1, () => [Floats(7, 303), Floats(7, 300)] },
        { "SoftMaxOfPartOnly", 1, () => Parts(Floats(7, 303), all => [all, all[.., ..300]]) },
        { "SoftMaxOfPartOnly", 1, () => Parts(Floats(7, 303), all => [all, all[.., 3..]]) },
        { "Shifted", 1, () => [Floats(7, 300)] },
        { "Shifted", 1, () => [Floats(1, 300)] },
        { "Transposed", 1, () => [Floats(30, 30)] },
        { "LayerNormInto", 1, () => [Floats(12, 100), Floats(100), Floats(100), Floats(12, 100)] },
        { "LayerNormInto", 1, () => [Floats(2, 5000), Floats(5000), Floats(1), Floats(2, 5000)] },
        { "LayerNormInto", 1, () => [Floats(12, 100), Floats(100), Floats(99), Floats(12, 100)] },
        { "LayerNormInto", 1, () => [Floats(12, 100), Floats(100), Floats(3, 12, 100), Floats(3, 12, 100)] },
        { "LayerNormInto", 1, () => [Floats(12, 100), Floats(100), Floats(100), Floats(100)] },
        { "LayerNormInto", 1, () => Parts(Floats(12, 100), all => [all, Floats(100), Floats(100), all]) },
        { "LayerNormInto", 1, () => Parts(Floats(12, 100), all => [Floats(12, 100), Row(all, 3), Floats(100), all]) },
        { "LayerNormInto", 1, () => Parts(Floats(12, 100), all => [Floats(12, 100), Floats(100), Row(all, 0), all]) },
        { "LayerNormInto", 1, () => Parts(Floats(12, 100), all => [all, all[.., 2..3], Floats(100), all]) },
        { "LayerNormInto", 1, () => Parts(Floats(12, 100), all => [Floats(12, 100), all, all, all]) },
        { "LayerNormInto", 1, () => Parts(Floats(12, 100), all => [all, all, all, all]) },
        { "LayerNormInto", 1, () => Parts(Floats(13, 100), all => [all[1.., ..], Floats(100), all[..12, ..], all[1.., ..]]) },
        { "LayerNormInto", 1, () => Parts(Floats(1, 100), all => [all, Row(all, 0), Row(all, 0), all]) },
        { "LayerNormInto", 1, () => [Floats(12, 100), null, Floats(100), Floats(12, 100)] },
        { "LayerNormCopied", 1, () => [Floats(12, 100), Floats(100), Floats(100), Floats(12, 100)] },
        { "LayerNormCopied", 1, () => Parts(Floats(12, 100), all => [all, Row(all, 0), Row(all, 1), all]) },
        { "LayerNormCopied", 1, () => [Floats(12, 100), Floats(100), null, Floats(12, 100)] },
        { "LayerNormOfWritten", 2, () => [Floats(12, 100), Floats(100), Floats(100)] },
        { "LayerNormOfGrown", 2, () => [Floats(100), Floats(100), Floats(100)] },
        { "LayerNormOfGrown", 2, () => [Floats(12, 100), Floats(100), Floats(100)] },
        { "LayerNormThenWritten", 1, () => [Floats(12, 100), Floats(100), Floats(100)] },
        { "LayerNormThenWritten", 1, () => [Floats(100), Floats(100), Floats(100)] },
        { "Standardised", 1, () => [Floats(7, 300)] },
        { "Standardised", 1, () => [Floats(2, 3, 600)] },
        { "Standardised", 1, () => [Tensor.Transpose(Floats(50, 7))] },
        { "WrittenEarly", 1, () => [Floats(7, 300), Floats(7, 300)] },
        { "WrittenEarly", 1, () => [Floats(3, 2000), Floats(2000)] },
        { "WrittenEarly", 1, () => [Tensor.Transpose(Floats(50, 7)), Floats(50)] },
        { "WrittenEarly", 1, () => Twice(Floats(7, 300)) },
        { "WrittenEarly", 1, () => Parts(Floats(7, 300), all => [all, Row(all, 2)]) },
        { "WrittenEarly", 1, () => [Floats(300), Floats(7, 300)] },
        { "WrittenFirst", 1, () => [Floats(7, 300), Floats(7, 300)] },
        { "WrittenFirst", 1, () => [Tensor.Transpose(Floats(50, 7)), Floats(50)] },
        { "WrittenFirst", 1, () => Twice(Floats(7, 300)) },
        { "WrittenFirst", 1, () => Parts(Floats(7, 300), all => [all, Row(all, 2)]) },
        { "WrittenBetween", 1, () => [Floats(7, 300), Floats(7, 300)] },
        { "WrittenBetween", 1, () => [Tensor.Transpose(Floats(50, 7)), Tensor.Transpose(Floats(50, 7))] },
        { "WrittenBetween", 1, () => Twice(Floats(7, 300)) },
        { "WithTotals", 1, () => [Floats(7, 300), Floats(7, 300)] },
        { "WithTotals", 1, () => [Floats(2000, 30), Floats(2000, 30)] },
        { "WithTotals", 1, () => Twice(Floats(7, 300)) },
        { "TwoResults", 1, () => [Floats(7, 300), Floats(7, 300), Floats(7, 300)] },
        { "TwoResults", 1, () => Parts(Floats(7, 300), all => [all, Floats(7, 300), all]) },
        { "TwoResults", 1, () => Parts(Floats(7, 300), all => [all, all, Floats(7, 300)]) },
        { "TwoResults", 1, () => Parts(Floats(7, 300), all => [Floats(7, 300), all, all]) },
        { "TwoResults", 1, () => Parts(Floats(8, 300), all => [Floats(7, 300), all[..7, ..], all[1.., ..]]) },
        { "Whole", 1, () => [Ints(5, 1200), Ints(5, 1200)] },
        { "Whole", 1, () => Twice(Ints(5, 1200)) },
        { "Total", 2, () => [Floats(5, 20), Floats(5, 1)] },
        { "Total", 2, () => [Floats(5, 20), Floats(5, 20)] },
        { "TotalInto", 2, () => [Floats(5, 20), Floats(5, 1)] },
        { "TotalInto", 2, () => [Floats(5, 20), Floats(5, 20)] },
        { "TotalOver", 2, () => [Floats(5, 20)] },
        { "TotalOver", 2, () => [Floats(5, 1)] },
        { "TotalGrown", 2, () => [Floats(5, 20), Floats(5, 1)] },
        { "TotalGrown", 2, () => [Floats(5, 20), Floats(5, 20)] },
        { "TotalReplaced", 2, () => [Floats(5, 20)] },
        { "TotalReplaced", 2, () => [Floats(5, 1)] },
        { "Replaced", 2, () => [Floats(5, 20)] },
        { "Replaced", 2, () => [Floats(5, 1)] },
        { "Grown", 1, () => [Floats(5, 20)] },
    };

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void A_woven_method_writes_what_the_unwoven_one_writes(string method, int kernels, Func<object?[]> arguments)
    {
        foreach (var program in Levels.Select(level => Programs.Of(Source, level)))
        {
            var report = program.MethodReport("Program." + method);
            Assert.DoesNotContain(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006" or "GW1001");
            Assert.Equal(kernels, report.Kernels);
            for (var call = 0; call < 2; call++)
            {
                var (expected, actual) = (arguments(), arguments());
                AssertNear(Result(program.Unwoven, method, expected), Result(program.Woven, method, actual));
                foreach (var (wanted, found) in expected.Zip(actual))
                {
                    AssertNear(wanted, found);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void Verify_mode_allows_for_the_order_of_the_sums(string method, int kernels, Func<object?[]> arguments)
    {
        Assert.InRange(kernels, 1, 3);
        using var mode = new VerifyMode();
        foreach (var program in Levels.Select(level => Programs.Of(Source, level)))
        {
            Assert.IsNotType<GraphVerificationException>(Result(program.Woven, method, arguments()));
        }
    }

    [Fact]
    public void A_kernel_that_writes_over_its_rows_allocates_nothing()
    {
        foreach (var optimization in Levels)
        {
            var softmax = Programs.Of(Source, optimization).Woven.Assembly.GetType("Program")!.GetMethod("SoftMaxInto")!.CreateDelegate<Action<Tensor<float>, Tensor<float>>>();
            foreach (var (x, result) in new[] { (Floats(20, 300), Floats(20, 300)), (Floats(20, 300), Tensor.Transpose(Floats(300, 20))) })
            {
                softmax(x, result);
                softmax(x, x);
                var before = GC.GetAllocatedBytesForCurrentThread();
                softmax(x, result);
                softmax(x, x);
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }
    }

    private static object? Result(LoadedProgram program, string method, object?[] arguments)
    {
        try
        {
            var target = program.Assembly.GetType("Program")!.GetMethod(method)!;
            return target.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments[..target.GetParameters().Length], null);
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static void AssertNear(object? expected, object? actual)
    {
        switch (expected, actual)
        {
            case (Tensor<float> a, Tensor<float> b): AssertNearElements(a, b, 2e-6); break;
            case (Tensor<int> a, Tensor<int> b): AssertNearElements(a, b, 0); break;
            default: Assert.Equal((expected?.GetType(), (expected as Exception)?.Message), (actual?.GetType(), (actual as Exception)?.Message)); break;
        }
    }

    private static void AssertNearElements<T>(Tensor<T> expected, Tensor<T> actual, double tolerance)
    {
        Assert.Equal(expected.Lengths.ToArray(), actual.Lengths.ToArray());
        foreach (var (wanted, found) in expected.Select(value => Convert.ToDouble(value)).Zip(actual.Select(value => Convert.ToDouble(value))))
        {
            Assert.True(wanted.Equals(found) || Math.Abs(wanted - found) <= tolerance * Math.Max(1, Math.Abs(wanted)), $"{found} for {wanted}");
        }
    }

    private static object?[] Twice<T>(Tensor<T> tensor) => [tensor, tensor];

    /// <summary>Arguments that are parts of one tensor, and behind them the tensor, which no parameter takes.</summary>
    private static object?[] Parts(Tensor<float> all, Func<Tensor<float>, object?[]> parts) => [.. parts(all), all];

    private static Tensor<float> Row(Tensor<float> matrix, int row) => Tensor.Reshape(matrix[row..(row + 1), ..], [matrix.Lengths[1]]);

    private static Tensor<float> Floats(params nint[] lengths) => Filled(lengths, index => (index * 37 % 23 - 11) / 7f);

    private static Tensor<int> Ints(params nint[] lengths) => Filled(lengths, index => index * 37 % 23 - 11);

    private static Tensor<T> Filled<T>(nint[] lengths, Func<int, T> element) =>
        Tensor.Create(Enumerable.Range(0, (int)lengths.Aggregate((nint)1, (product, length) => product * length)).Select(element).ToArray(), lengths);
}
