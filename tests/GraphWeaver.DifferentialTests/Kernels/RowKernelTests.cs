using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.DifferentialTests.Calls;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.DifferentialTests.Verification;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>Reductions of rows with what goes before and after them: one kernel, and eager's values within the error of a sum.</summary>
[Collection(nameof(GraphMode))]
public sealed class RowKernelTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> SoftMax(Tensor<float> x)
            {
                var e = Tensor.Exp<float>(x - TensorMath.Max(x, -1, true));
                return e / TensorMath.Sum(e, -1, keepDimensions: true);
            }
            [Graph] public static Tensor<float> SoftMaxOfMethod(Tensor<float> x) => TensorMath.SoftMax(x * 0.5f) + 1f;
            [Graph] public static Tensor<float> SoftMaxOverColumns(Tensor<float> x) => TensorMath.SoftMax(x * 0.5f, 0) + 1f;
            [Graph] public static Tensor<float> LayerNorm(Tensor<float> x, Tensor<float> gamma, Tensor<float> beta)
            {
                var centred = x - TensorMath.Mean(x, 1, keepDimensions: true);
                var variance = TensorMath.Mean(centred * centred, 1, keepDimensions: true);
                return centred / Tensor.Sqrt<float>(variance + 1e-5f) * gamma + beta;
            }
            [Graph] public static Tensor<float> LayerNormOfMethod(Tensor<float> x, Tensor<float> gamma, Tensor<float> beta) => Tensor.Tanh<float>(TensorMath.LayerNorm(x, gamma, beta, 1e-5f));
            [Graph] public static (Tensor<double>, Tensor<double>) MeanAndVariance(Tensor<double> x)
            {
                var mean = TensorMath.Mean(x, -1, keepDimensions: true);
                var centred = x - mean;
                return (mean, TensorMath.Mean(centred * centred, -1, keepDimensions: true));
            }
            [Graph] public static Tensor<int> Totals(Tensor<int> x, Tensor<int> y) => TensorMath.Sum(x * y, 1);
            [Graph] public static Tensor<int> TotalsUsed(Tensor<int> x) => TensorMath.Max(x, -1) + 1;
            [Graph] public static Tensor<float> Flagged(Tensor<float> x, bool keep) => TensorMath.Sum(x * 2f, -1, keep) * 3f;
            [Graph] public static Tensor<float> Broken(Tensor<float> x) => x / TensorMath.Sum(x, -1);
            [Graph] public static Tensor<float> Lonely(Tensor<float> x, Tensor<float> y) => TensorMath.Sum(x, -1, true) + y;
            [Graph] public static Tensor<float> TotalsThroughSpan(Tensor<float> x) => Tensor.Sqrt<float>(TensorMath.Max(x, -1));
            [Graph] public static Tensor<float> TotalsOfTotals(Tensor<float> x) => TensorMath.Sum(TensorMath.Max(x, -1, true) * 2f, -1, true) + 1f;
            [Graph] public static Tensor<float> SoftMaxOfTotals(Tensor<float> x) => TensorMath.SoftMax(TensorMath.Sum(x, -1, keepDimensions: true) + 1f);
            [Graph] public static Tensor<float> Elsewhere(Tensor<float> x, int dimension) => x - TensorMath.Mean(x, dimension, true);
        }
        """;

    private static readonly OptimizationLevel[] Levels = [OptimizationLevel.Debug, OptimizationLevel.Release];

    public static TheoryData<string, int, Func<object?[]>> Calls => new()
    {
        { "SoftMax", 1, () => [Floats(7, 300)] },
        { "SoftMax", 1, () => [Floats(300, 7)] },
        { "SoftMax", 1, () => [Floats(1, 100_000)] },
        { "SoftMax", 1, () => [Tensor.Transpose(Floats(9, 70))] },
        { "SoftMax", 1, () => [Tensor.Create([1f, float.PositiveInfinity, 3f, float.NaN, 1f, 2f, float.NegativeInfinity, -1f, -0f], [3, 3])] },
        { "SoftMax", 1, () => [Tensor.Create(new float[0])] },
        { "SoftMax", 1, () => [null] },
        { "SoftMaxOfMethod", 1, () => [Floats(20, 33)] },
        { "SoftMaxOfMethod", 1, () => [Floats(40)] },
        { "SoftMaxOverColumns", 1, () => [Floats(20, 33)] },
        { "SoftMaxOverColumns", 1, () => [Floats(20)] },
        { "LayerNorm", 1, () => [Floats(12, 100), Floats(100), Floats(100)] },
        { "LayerNorm", 1, () => [Floats(12, 100), Floats(1), Floats(12, 1)] },
        { "LayerNorm", 1, () => [Floats(12, 100), Floats(99), Floats(100)] },
        { "LayerNorm", 1, () => [Floats(3, 4, 5), Floats(5), Floats(5)] },
        { "LayerNormOfMethod", 1, () => [Floats(12, 100), Floats(100), Floats(100)] },
        { "LayerNormOfMethod", 1, () => [Floats(3, 4, 50), Floats(50), Floats(50)] },
        { "LayerNormOfMethod", 1, () => [Floats(12, 100), Floats(1), Floats(100)] },
        { "LayerNormOfMethod", 1, () => [Floats(12, 100), Floats(100), null] },
        { "MeanAndVariance", 1, () => [Doubles(50, 60)] },
        { "MeanAndVariance", 1, () => [Doubles(5)] },
        { "Totals", 1, () => [Ints(5, 200), Ints(5, 200)] },
        { "Totals", 1, () => [Ints(5, 200), Ints(200)] },
        { "Totals", 1, () => [Ints(200), Ints(200)] },
        { "TotalsUsed", 2, () => [Ints(6, 10)] },
        { "Flagged", 2, () => [Floats(6, 10), true] },
        { "Flagged", 2, () => [Floats(6, 10), false] },
        { "Broken", 2, () => [Positive(10, 10)] },
        { "Broken", 2, () => [Floats(3, 10)] },
        { "Lonely", 1, () => [Floats(3, 10), Floats(3, 1)] },
        { "Lonely", 1, () => [Floats(3, 10), Floats(3, 10)] },
        { "Lonely", 1, () => [Floats(3, 10), Floats(2, 3, 1)] },
        { "TotalsThroughSpan", 2, () => [Floats(3, 10)] },
        { "TotalsOfTotals", 2, () => [Floats(3, 10)] },
        { "TotalsOfTotals", 2, () => [Floats(10)] },
        { "SoftMaxOfTotals", 2, () => [Floats(3, 10)] },
        { "Elsewhere", 1, () => [Floats(3, 10), 0] },
        { "Elsewhere", 1, () => [Floats(3, 10), 1] },
        { "Elsewhere", 1, () => [Floats(3, 10), 2] },
        { "Elsewhere", 1, () => [Floats(3, 10), -3] },
    };

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void A_woven_method_does_what_the_unwoven_one_does(string method, int kernels, Func<object?[]> arguments)
    {
        foreach (var program in Levels.Select(level => Programs.Of(Source, level)))
        {
            var report = program.MethodReport("Program." + method);
            Assert.DoesNotContain(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006" or "GW1001");
            Assert.Equal(kernels, report.Kernels);
            for (var call = 0; call < 2; call++)
            {
                AssertNear(Result(program.Unwoven, method, arguments()), Result(program.Woven, method, arguments()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void Verify_mode_allows_for_the_order_of_the_sums(string method, int kernels, Func<object?[]> arguments)
    {
        Assert.InRange(kernels, 1, 2);
        using var mode = new VerifyMode();
        foreach (var program in Levels.Select(level => Programs.Of(Source, level)))
        {
            Assert.IsNotType<GraphVerificationException>(Result(program.Woven, method, arguments()));
        }
    }

    private static object? Result(LoadedProgram program, string method, object?[] arguments)
    {
        try
        {
            return program.Assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
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
            case (Tensor<double> a, Tensor<double> b): AssertNearElements(a, b, 1e-14); break;
            case (Tensor<int> a, Tensor<int> b): AssertNearElements(a, b, 0); break;
            case (ValueTuple<Tensor<double>, Tensor<double>> a, ValueTuple<Tensor<double>, Tensor<double>> b): AssertNear(a.Item1, b.Item1); AssertNear(a.Item2, b.Item2); break;
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

    private static Tensor<float> Floats(params nint[] lengths) => Filled(lengths, index => (index * 37 % 23 - 11) / 7f);

    // What is divided by a sum in which little cancels is as near as the sum; else the sum's bound, which is of magnitudes, says little of the quotient.
    private static Tensor<float> Positive(params nint[] lengths) => Filled(lengths, index => ((index * 37 % 23) + 1) / 7f);

    private static Tensor<double> Doubles(params nint[] lengths) => Filled(lengths, index => (index * 37 % 23 - 11) / 7.0);

    private static Tensor<int> Ints(params nint[] lengths) => Filled(lengths, index => index * 37 % 23 - 11);

    private static Tensor<T> Filled<T>(nint[] lengths, Func<int, T> element) =>
        Tensor.Create(Enumerable.Range(0, (int)lengths.Aggregate((nint)1, (product, length) => product * length)).Select(element).ToArray(), lengths);
}
