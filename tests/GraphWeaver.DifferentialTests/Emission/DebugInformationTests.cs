using System.Diagnostics;
using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Emission;

/// <summary>A woven method fails at the user's line, in the user's method; and both modes answer to the switch.</summary>
[Collection(nameof(GraphMode))]
public sealed class DebugInformationTests
{
    private const string Source = """
        public static class Program
        {
            [Graph]
            public static Tensor<float> M(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                Console.WriteLine("between");
                var b = a +
                    y;
                return b * b;
            }
        }
        """;

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void The_stack_trace_of_a_woven_method_names_the_method_and_the_line(OptimizationLevel optimization)
    {
        using var program = new WovenProgram(Source, optimization);
        var x = Tensor.Create<float>([1, 2, 3]);
        var expected = UserFrame(program.Unwoven, x, null);
        Assert.Equal("M", expected.Name);
        Assert.Equal(expected, UserFrame(program.Woven, x, null));
        Assert.Equal(UserFrame(program.Unwoven, null, x), UserFrame(program.Woven, null, x));
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void In_eager_mode_the_original_body_runs_with_its_own_lines(OptimizationLevel optimization)
    {
        using var program = new WovenProgram(Source, optimization);
        var x = Tensor.Create<float>([1, 2, 3]);
        GraphMode.Current = ExecutionMode.Eager;
        try
        {
            Assert.Equal(program.Unwoven.Call("Program", "M", x, x), program.Woven.Call("Program", "M", x, x));
            var (name, line) = UserFrame(program.Woven, x, null);
            Assert.Equal("<M>Eager", name);
            Assert.Equal(UserFrame(program.Unwoven, x, null).Line, line);
        }
        finally
        {
            GraphMode.Current = ExecutionMode.Graph;
        }
    }

    private static (string Name, int Line) UserFrame(LoadedProgram program, params object?[] arguments)
    {
        var method = program.Assembly.GetType("Program")!.GetMethod("M")!;
        var exception = Assert.ThrowsAny<Exception>(() => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        var frame = new StackTrace(exception, fNeedFileInfo: true).GetFrames().First(frame => frame.GetMethod()?.DeclaringType?.Name == "Program");
        return (frame.GetMethod()!.Name, frame.GetFileLineNumber());
    }
}
