using System.Numerics;
using System.Numerics.Tensors;
using System.Text;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>
/// Reductions over all elements whose state is more than one: woven against unwoven, on the device. Places and answers are equal; the standard deviation and the
/// cosine are within their bounds.
/// </summary>
[Collection("GraphMode")]
public sealed class FoldTests
{
    private static readonly string[] searches = ["IndexOfMax", "IndexOfMin", "IndexOfMaxMagnitude", "IndexOfMinMagnitude"];
    private static readonly string[] magnitudes = ["MaxMagnitude", "MinMagnitude", "MaxMagnitudeNumber", "MinMagnitudeNumber"];
    private static readonly string[] comparisons = ["Equals", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual"];

    public static TheoryData<ElementType> Types() => [.. ElementTypes.Numeric.Where(type => type != ElementType.Half)];

    public static TheoryData<ElementType> Integers() => [.. ElementTypes.Numeric.Where(type => !type.IsFloatingPoint())];

    [Theory]
    [MemberData(nameof(Types))]
    public void The_first_of_equals_is_found(ElementType type) => SpecialValues.Call(typeof(FoldTests), nameof(Search), [type], type, SpecialValues.Of(type));

    [Theory]
    [MemberData(nameof(Integers))]
    public void Magnitudes_of_integers_are_chosen_as_eager_chooses(ElementType type) => SpecialValues.Call(typeof(FoldTests), nameof(Choose), [type], type, SpecialValues.Of(type));

    [Theory]
    [MemberData(nameof(Types))]
    public void All_and_any_are_answered(ElementType type) => SpecialValues.Call(typeof(FoldTests), nameof(Answer), [type], type, SpecialValues.Of(type));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(5001)]
    public void Moments_are_within_their_bound(int length)
    {
        Close("StdDevSingle", 1e-6 * 40, () => [Workloads.Numbers<float>(1, -10, 30, length)]);
        Close("StdDevDouble", 24 * 2.3e-16 * 1e6, () => [Workloads.Numbers<double>(1, 1e6, 1e6 + 1, length)]);
        Close("CosineSingle", 2 * 1.2e-7 * length, () => [Workloads.Numbers<float>(1, -10, 30, length), Workloads.Numbers<float>(2, -10, 30, length)]);
        Close("CosineDouble", 2 * 2.3e-16 * length, () => [Workloads.Numbers<double>(1, -10, 30, length), Workloads.Numbers<double>(2, -10, 30, length)]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(3e38f)]
    public void Moments_of_what_is_not_finite_are_eagers(float value)
    {
        Close("StdDevSingle", 0, () => [Tensor.Create([.. Enumerable.Range(0, 300).Select(i => (float)i), value])]);
        Close("StdDevSingle", 0, () => [Tensor.Create([value, .. Enumerable.Repeat(1f, 20), -value])]);
        Close("CosineSingle", 0, () => [Tensor.Create([1f, value]), Tensor.Create([0f, 2f])]);
    }

    /// <summary>The programs, which also compile to PTX.</summary>
    internal static string Source()
    {
        var source = new StringBuilder("public static class Program\n{\n");
        foreach (ElementType type in ElementTypes.Numeric.Where(type => type != ElementType.Half))
        {
            string element = type.Keyword();
            foreach (string search in searches)
            {
                source.AppendLine($"    [Graph] public static int {search}{type}(Tensor<{element}> x) => (int)Tensor.{search}<{element}>(x);");
            }

            if (!type.IsFloatingPoint())
            {
                string[] reductions = [.. magnitudes.Select(magnitude => $"Tensor.{magnitude}<{element}>(x)")];
                source.AppendLine($"    [Graph] public static ({element}, {element}, {element}, {element}) Magnitudes{type}(Tensor<{element}> x) => ({string.Join(", ", reductions)});");
            }

            foreach (string comparison in comparisons)
            {
                source.AppendLine($"    [Graph] public static (bool, bool) {comparison}{type}(Tensor<{element}> x, Tensor<{element}> y) => (Tensor.{comparison}All<{element}>(x, y), Tensor.{comparison}Any<{element}>(x, y));");
            }
        }

        foreach (ElementType type in new[] { ElementType.Single, ElementType.Double })
        {
            string element = type.Keyword();
            source.AppendLine($"    [Graph] public static {element} StdDev{type}(Tensor<{element}> x) => Tensor.StdDev<{element}>(x);");
            source.AppendLine($"    [Graph] public static {element} Cosine{type}(Tensor<{element}> x, Tensor<{element}> y) => Tensor.CosineSimilarity<{element}>(x, y);");
        }

        return source.Append('}').ToString();
    }

    private static void Search<T>(ElementType type, T[] values)
        where T : unmanaged, INumber<T>
    {
        foreach (string search in searches)
        {
            Same(search + type, () => [Tensor.Create([.. values, .. values])]);
            Same(search + type, () => [Tensor.Create([.. values.Where(value => !T.IsNaN(value)).Reverse(), .. values.Where(value => !T.IsNaN(value))])]);
            Same(search + type, () => [Tensor.Create([T.Zero, -T.Zero, T.Zero, -T.Zero])]);
            Same(search + type, () => [Tensor.Create([-T.Zero, T.Zero, -T.Zero, T.Zero])]);
            Same(search + type, () => [Tensor.Create([T.One, -T.One, T.One, -T.One])]);
            Same(search + type, () => [Tensor.Create([-T.One, T.One, -T.One, T.One])]);
            Same(search + type, () => [Tensor.Create([.. Enumerable.Repeat(values[^1], 3001)])]);
            Same(search + type, () => [Tensor.Create([.. Enumerable.Repeat(T.One, 2500), values[1], .. Enumerable.Repeat(T.One, 300), values[1], values[0]])]);
        }
    }

    private static void Choose<T>(ElementType type, T[] values)
        where T : unmanaged, INumber<T>
    {
        Same("Magnitudes" + type, () => [Tensor.Create([.. values, .. values])]);
        Same("Magnitudes" + type, () => [Tensor.Create([T.One, -T.One, T.One, -T.One])]);
        Same("Magnitudes" + type, () => [Tensor.Create([-T.One, T.One])]);
        foreach (T value in values)
        {
            Same("Magnitudes" + type, () => [Tensor.Create([value])]);
            Same("Magnitudes" + type, () => [Tensor.Create([.. Enumerable.Repeat(T.One + T.One, 2500), value, -value])]);
        }
    }

    private static void Answer<T>(ElementType type, T[] values)
        where T : unmanaged, INumber<T>
    {
        foreach (string comparison in comparisons)
        {
            Same(comparison + type, () => [Tensor.Create(values), Tensor.Create([.. values.Reverse()])]);
            Same(comparison + type, () => [Tensor.Create(values), Tensor.Create(values)]);
            Same(comparison + type, () => [Tensor.Create([.. Enumerable.Repeat(T.One, 3000), T.Zero]), Tensor.Create([.. Enumerable.Repeat(T.One, 3001)])]);
            Same(comparison + type, () => [Tensor.Create([.. Enumerable.Repeat(T.One, 3000), values[0]]), Tensor.Create([.. Enumerable.Repeat(T.Zero, 3001)])]);
        }
    }

    private static void Same(string method, Func<object?[]> arguments)
    {
        long before = Accelerators.Current!.Statistics.Kernels;
        Workloads.Program("Folds").AssertSame("Program", method, arguments);
        Assert.True(Accelerators.Current.Statistics.Kernels >= before + 2, method);
    }

    private static void Close(string method, double bound, Func<object?[]> arguments)
    {
        long before = Accelerators.Current!.Statistics.Kernels;
        object expected = Workloads.Program("Folds").Unwoven.Assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, arguments())!;
        object actual = Workloads.Program("Folds").Woven.Assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, arguments())!;
        Assert.Equal(before + 1, Accelerators.Current.Statistics.Kernels);
        Assert.Equal(Convert.ToDouble(expected), Convert.ToDouble(actual), bound);
    }
}
