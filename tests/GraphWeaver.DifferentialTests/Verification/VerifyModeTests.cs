using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil.Cil;

namespace GraphWeaver.DifferentialTests.Verification;

/// <summary>
/// What is verified does what the unwoven method does, once; and what is wrong in woven code is found, named and placed. Each program is woven from
/// Debug and from Release code.
/// </summary>
[Collection(nameof(GraphMode))]
public sealed class VerifyModeTests : IDisposable
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Sum(Tensor<float> x, Tensor<float> y) => x + y;
            [Graph] public static Tensor<float> Bent(Tensor<float> x, Tensor<float> y) => Tensor.Tanh<float>(x + y);
            [Graph] public static float Total(Tensor<float> x) => Tensor.Sum<float>(x);
            [Graph] public static (int, Tensor<float>) Pair(Tensor<float> x, Tensor<float> y) => (3, x + y);
            [Graph] public static Tensor<float>[] Layers(Tensor<float> x) => new[] { x * 2f, x + 1f };
            [Graph] public static void IntoArray(float[] data) { var t = Tensor.Create<float>(data) + 1f; t.FlattenTo(data); }
            [Graph] public static void IntoGrid(float[,] data, Tensor<float> x) { var t = x + 1f; data[1, 0] = t[2]; }
            [Graph] public static void IntoReferences(Tensor<float> x, ref Tensor<float> into, out float first) { into = x + into; first = into[0]; }
            [Graph] public static void IntoTensor(Tensor<float> x, Tensor<float> y) { var t = y + 1f; x += t; }
            [Graph] public static void IntoSpan(Span<float> data, Tensor<float> x) { var t = x + 1f; data[1] = t[1]; }
            [Graph] public static void IntoTensorSpan(TensorSpan<float> data, Tensor<float> x) { var t = x + 1f; data[1, 1] = t[1]; }
            [Graph] public static Tensor<float> Checked(Tensor<float> x, int n)
            {
                var y = x + 1f;
                if (n < 0) { throw new ArgumentException("negative"); }
                return y;
            }
            [Graph] public static void Partly(Tensor<float> x, float[] data) { var y = x + 1f; data[0] = y[0]; data[100] = 1f; }
            [Graph] public static Tensor<float> Outer(Tensor<float> x) => Inner(x) * 2f;
            [Graph] public static Tensor<float> Inner(Tensor<float> x) => x + 1f;
            [Graph] public static Tensor<float> Down(Tensor<float> x, int n) => n == 0 ? x + 1f : Down(x + 1f, n - 1) * 0.5f;
            [Graph] public static Tensor<float> Choose(Tensor<float> x, bool same) { var y = x + 1f; return same ? x : y; }
            [Graph] public static Tensor<float> Loud(Tensor<float> x) { Console.WriteLine("loud"); return x + 1f; }
            [Graph] public static int[] Twice(int[] left, int[] right) { var t = Tensor.Create<int>(left) + 1; left[0] += t[0]; right[0] += 1; return left; }
            [Graph] public static Tensor<float> Foreach(List<float> scales, Tensor<float> x) { var y = x + 1f; foreach (var s in scales) { y = y * s; } return y; }
            [Graph] public static string Text(Tensor<float> x) { var y = x + 1f; return $"{y[0]} of {y.FlattenedLength}"; }
            public static object Stepped(float rate) { var m = new Model(Tensor.Create<float>(new float[] { 1, 2, 3 })); m.Step(rate); return (m.Step(rate), m.Count, m.Last); }
            public static int Shifted(float rate) { var m = new Model(Tensor.Create<float>(new float[] { 1, 2, 3 })); m.Shift(rate); return m.Count; }
            public static float Counted(float start) { var c = new Counter { Value = start }; c.Next(Tensor.Create<float>(new float[] { 1, 2 })); return c.Value; }
        }
        public sealed class Model(Tensor<float> w)
        {
            private Tensor<float> weights = w;
            public int Count { get; private set; }
            public float Last { get; private set; }
            [Graph] public Tensor<float> Step(float rate) { weights = weights + rate; Count++; Last = weights[0]; return weights; }
            [Graph] public void Shift(float rate) { weights = weights + rate; Count++; }
        }
        public struct Counter { public float Value; [Graph] public void Next(Tensor<float> x) { var y = x + Value; Value = y[1]; } }
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> Programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(optimization => optimization, optimization => new Lazy<WovenProgram>(() => new WovenProgram(Source, optimization)));

    private readonly VerifyMode mode = new();

    public static TheoryData<OptimizationLevel> Levels => [.. Programs.Keys];

    public static TheoryData<string, Func<object?[]>> Calls => new()
    {
        { "Sum", () => [Floats(1000), Floats(1000)] },
        { "Sum", () => [Special(), Special()] },
        { "Sum", () => [Floats(3), Floats(4)] },
        { "Sum", () => [null, Floats(4)] },
        { "Sum", () => [Floats(0), Floats(0)] },
        { "Sum", () => [View(), View()] },
        { "Pair", () => [Floats(7), Floats(7)] },
        { "Layers", () => [Floats(7)] },
        { "IntoArray", () => [new float[] { 1, 2, 3 }] },
        { "IntoArray", () => [null] },
        { "IntoGrid", () => [new float[2, 3], Floats(7)] },
        { "IntoReferences", () => [Floats(7), Floats(7), 0f] },
        { "IntoTensor", () => [Floats(7), Floats(7)] },
        { "IntoTensor", () => [View(), View()] },
        { "Checked", () => [Floats(7), 1] },
        { "Checked", () => [Floats(7), -1] },
        { "Partly", () => [Floats(7), new float[3]] },
        { "Outer", () => [Floats(7)] },
        { "Down", () => [Floats(7), 4] },
        { "Choose", () => [Floats(7), true] },
        { "Choose", () => [Floats(7), false] },
        { "Loud", () => [Floats(7)] },
        { "Twice", () => { int[] shared = [1, 2]; return [shared, shared]; } },
        { "Foreach", () => [new List<float> { 1, 2 }, Floats(7)] },
        { "Text", () => [Floats(7)] },
        { "Stepped", () => [0.5f] },
        { "Shifted", () => [0.5f] },
        { "Counted", () => [0.5f] },
    };

    public void Dispose() => mode.Dispose();

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void A_verified_call_does_once_what_the_unwoven_one_does(string method, Func<object?[]> arguments)
    {
        foreach (var program in Programs.Values)
        {
            program.Value.AssertSame("Program", method, arguments);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_method_here_that_can_be_verified_is(OptimizationLevel level) =>
        Assert.Equal(["Program.Loud"], Programs[level].Value.Report.Methods.Where(method => method.NotVerifiableBecause is not null).Select(method => method.Name));

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_wrong_kernel_is_named_and_placed(OptimizationLevel level)
    {
        var difference = Broken(level, "Sum", Tensor.Create<float>([5, 6, 7, 8], [2, 2]), Tensor.Create<float>([0, 0, 2, 0], [2, 2]));
        Assert.Equal(("Program.Sum", "result", 9f, 5f, 0.0), (difference.Method, difference.Value, difference.Expected, difference.Actual, difference.Tolerance));
        Assert.Equal([1L, 0L], difference.Index);
        Assert.Equal("'Program.Sum' verified: result at [1, 0] differs: the original body gave 9, the woven body 5.", difference.Message);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Inexact_operators_get_a_tolerance_and_no_more(OptimizationLevel level)
    {
        Assert.InRange(Broken(level, "Bent", Floats(7), Floats(7)).Tolerance, 1e-7, 1e-4);
        Assert.InRange(Broken(level, "Total", Floats(70)).Tolerance, 1e-7, 1e-3);
        var x = Floats(1000);
        Assert.NotNull(Programs[level].Value.Woven.Call("Program", "Bent", x, x).Result);
        Assert.Equal("", Programs[level].Value.Woven.Call("Program", "Bent", x, x).Exception);
        Assert.Equal("", Programs[level].Value.Woven.Call("Program", "Total", x).Exception);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_part_of_a_result_is_named(OptimizationLevel level)
    {
        Assert.Equal("result.Item2", Broken(level, "Pair", Floats(7), Floats(7)).Value);
        Assert.Equal("result[1]", Broken(level, "Layers", Floats(7)).Value);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void What_is_written_is_compared_by_its_name(OptimizationLevel level)
    {
        Assert.Equal(("parameter 'data'", 0L), Placed(Broken(level, "IntoArray", new float[] { 1, 2 })));
        Assert.Equal([1L, 0L], Broken(level, "IntoGrid", new float[2, 3], Floats(7)).Index);
        Assert.Equal("parameter 'into'", Broken(level, "IntoReferences", Floats(7), Floats(7), 0f).Value);
        Assert.Equal("parameter 'x'", Broken(level, "IntoTensor", Floats(7), Floats(7)).Value);
        Assert.Equal(("field 'weights'", 0L), Placed(Broken(level, "Shifted", 0.5f)));
        Assert.Equal("field 'Value'", Broken(level, "Counted", 0.5f).Value);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void An_element_of_a_view_is_placed_within_the_view(OptimizationLevel level)
    {
        var difference = Broken(level, "IntoTensor", View(), Tensor.Create<float>([0, 0, 0, 9], [2, 2]));
        Assert.Equal(("parameter 'x'", 0L), Placed(difference));
        Assert.Equal(2, difference.Index.Count);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_wrong_out_parameter_is_found_when_nothing_else_is_wrong(OptimizationLevel level)
    {
        using var broken = BrokenProgram.With(Programs[level].Value, "Program", "IntoReferences", body =>
        {
            var last = body.Instructions.Last(il => il.OpCode == OpCodes.Stind_R4);
            body.GetILProcessor().InsertBefore(last, Instruction.Create(OpCodes.Neg));
        });
        var difference = Assert.Throws<GraphVerificationException>(() => Invoke(broken, "IntoReferences", Floats(7), Floats(7), 0f));
        Assert.Equal("parameter 'first'", difference.Value);
        Assert.Empty(difference.Index);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Another_exception_is_a_difference(OptimizationLevel level)
    {
        using var broken = BrokenProgram.With(Programs[level].Value, "Program", "Checked", body => body.Instructions.Single(il => il.OpCode == OpCodes.Ldstr).Operand = "other");
        var difference = Assert.Throws<GraphVerificationException>(() => Invoke(broken, "Checked", Floats(7), -1));
        Assert.Equal(("exception", "System.ArgumentException: negative", "System.ArgumentException: other"), (difference.Value, difference.Expected, difference.Actual));
        Assert.Equal("no exception", Assert.Throws<GraphVerificationException>(() => Invoke(
            BrokenProgram.With(Programs[level].Value, "Program", "Sum", body =>
            {
                var last = body.Instructions.Last(il => il.OpCode == OpCodes.Ret && il.Previous.Operand is not Mono.Cecil.MethodReference);
                last.OpCode = OpCodes.Throw;
                body.GetILProcessor().InsertBefore(last, Instruction.Create(OpCodes.Pop));
                body.GetILProcessor().InsertBefore(last, Instruction.Create(OpCodes.Ldnull));
            }), "Sum", Floats(7), Floats(7))).Expected);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_result_that_is_a_parameter_in_one_body_only_is_a_difference(OptimizationLevel level)
    {
        using var broken = BrokenProgram.With(Programs[level].Value, "Program", "Choose", body =>
        {
            foreach (var last in body.Instructions.Where(il => il.OpCode == OpCodes.Ret && il.Previous.Operand is not Mono.Cecil.MethodReference).ToList())
            {
                var il = body.GetILProcessor();
                il.InsertBefore(last, Instruction.Create(OpCodes.Pop));
                il.InsertBefore(last, Instruction.Create(OpCodes.Ldarg_0));
            }
        });
        var difference = Assert.Throws<GraphVerificationException>(() => Invoke(broken, "Choose", Floats(7), false));
        Assert.Equal(("result", "an object of its own", "the object in parameter 'x'"), (difference.Value, difference.Expected, difference.Actual));
        Invoke(broken, "Choose", Floats(7), true);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Nested_calls_run_eager_within_a_verified_one(OptimizationLevel level)
    {
        using var broken = BrokenProgram.With(Programs[level].Value, "Program", "Inner", body =>
            body.Instructions.Where(il => il.OpCode == OpCodes.Ldc_R4).ToList().ForEach(il => il.Operand = 100f));
        Assert.Throws<GraphVerificationException>(() => Invoke(broken, "Inner", Floats(7)));
        Assert.Equal(Programs[level].Value.Unwoven.Call("Program", "Outer", Floats(7)), broken.Call("Program", "Outer", Floats(7)));
        Assert.Throws<GraphVerificationException>(() => Invoke(broken, "Inner", Floats(7)));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void After_a_difference_or_an_exception_the_next_call_is_verified_again(OptimizationLevel level)
    {
        using var broken = BrokenProgram.WithWrongKernels(Programs[level].Value);
        Assert.Throws<GraphVerificationException>(() => Invoke(broken, "Sum", Floats(7), Floats(7)));
        Assert.Throws<ArgumentException>(() => Invoke(broken, "Sum", Floats(7), Floats(8)));
        Assert.Throws<GraphVerificationException>(() => Invoke(broken, "Sum", Floats(7), Floats(7)));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void What_cannot_be_verified_runs_woven(OptimizationLevel level)
    {
        using var broken = BrokenProgram.WithWrongKernels(Programs[level].Value);
        var call = broken.Call("Program", "Loud", Tensor.Create<float>([5]));
        Assert.Contains("4", call.Result);
        Assert.Equal("loud" + Environment.NewLine, call.Output);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Callers_on_many_threads_do_not_disturb_each_other(OptimizationLevel level)
    {
        var program = Programs[level].Value;
        using var broken = BrokenProgram.WithWrongKernels(program);
        Parallel.For(0, 400, call =>
        {
            var x = Floats(50 + call);
            Invoke(program.Woven, "IntoTensor", x, x);
            Invoke(program.Woven, "Down", x, 3);
            Assert.Throws<GraphVerificationException>(() => Invoke(broken, "Sum", x, x));
        });
    }

    private static (string, long) Placed(GraphVerificationException difference) => (difference.Value, difference.Index[0]);

    private static GraphVerificationException Broken(OptimizationLevel level, string method, params object?[] arguments)
    {
        using var broken = BrokenProgram.WithWrongKernels(Programs[level].Value);
        return Assert.Throws<GraphVerificationException>(() => Invoke(broken, method, arguments));
    }

    private static object? Invoke(LoadedProgram program, string method, params object?[] arguments) =>
        program.Assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static Tensor<float> Floats(int n) => Tensor.Create(Enumerable.Range(0, n).Select(i => ((i * 37 % 23) - 10) / 7f).ToArray());

    private static Tensor<float> Special() => Tensor.Create<float>([float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0f, float.Epsilon, float.MaxValue]);

    private static Tensor<float> View() => Tensor.Create(Enumerable.Range(0, 9).Select(i => (float)i).ToArray(), [3, 3]).Slice(1..3, 1..3);
}
