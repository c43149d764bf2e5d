using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>
/// How far results may be apart: by so many units in the last place of float or double of the largest element of the tensor, since an error of one operator is carried to the
/// next. 0 means the same bits.
/// </summary>
internal static class Closeness
{
    public static void AssertClose(IReadOnlyList<object?> expected, IReadOnlyList<object?> actual, double ulps)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int index = 0; index < expected.Count; index++)
        {
            AssertClose(expected[index], actual[index], ulps);
        }
    }

    private static void AssertClose(object? expected, object? actual, double ulps)
    {
        switch (expected)
        {
            case Tensor<float> tensor:
                AssertClose(tensor.Select(value => (double)value), ((Tensor<float>)actual!).Select(value => (double)value), ulps * 1.2e-7);
                break;
            case Tensor<double> tensor:
                AssertClose(tensor, (Tensor<double>)actual!, ulps * 2.3e-16);
                break;
            case ITuple tuple:
                AssertClose([.. Enumerable.Range(0, tuple.Length).Select(item => tuple[item])], [.. Enumerable.Range(0, tuple.Length).Select(item => ((ITuple)actual!)[item])], ulps);
                break;
            default:
                Assert.Equal(expected, actual);
                break;
        }
    }

    private static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual, double relative)
    {
        double[] all = [.. expected];
        double bound = relative * all.Max(Math.Abs);
        Assert.All(all.Zip(actual), pair => Assert.True(pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= bound, $"{pair.First} {pair.Second}"));
    }
}
