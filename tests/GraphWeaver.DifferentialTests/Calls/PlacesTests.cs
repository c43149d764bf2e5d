using System.Diagnostics;
using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Calls;

/// <summary>What is said of lifted code, and where: warnings and stack traces name the helper's file and line, in the helper's and the caller's words.</summary>
public sealed class PlacesTests
{
    private const string Source = """
        public static class Program
        {
            [Graph]
            public static Tensor<float> Caller(Tensor<float> x, float speed)
            {
                var doubled = x * 2f;
                var first = Helpers.Limited(doubled, speed + 1f);
                return Helpers.Limited(first, speed);
            }

            [Graph]
            public static Tensor<float> Again(Tensor<float> x) => Helpers.Limited(x, 2f);

            [Graph]
            public static Tensor<float> Marked(Tensor<float> x, float limit) => x * (float)MathNet.Numerics.SpecialFunctions.Logistic(limit);

            [Graph]
            public static Tensor<float> CallsMarked(Tensor<float> x, float limit) => Marked(x, limit) + 1f;
        }

        #line 100 "Helpers.cs"
        public static class Helpers
        {
            public static Tensor<float> Limited(Tensor<float> input, double limit)
            {
                var rate = limit * 0.5;
                var weight = (float)MathNet.Numerics.SpecialFunctions.Logistic(rate);
                return Fails(input, weight);
            }

            private static Tensor<float> Fails(Tensor<float> input, float weight)
            {
                if (weight > 0.9f)
                {
                    throw new InvalidOperationException("too fast");
                }

                return input *
                    weight;
            }
        }
        """;

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void A_fallback_in_a_helper_is_told_once_at_the_helpers_line(OptimizationLevel optimization)
    {
        var program = Programs.Of(Source, optimization);
        var report = program.MethodReport("Program.Caller");
        Assert.Equal(1, report.Fallbacks);
        var warning = Assert.Single(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code == "GW1001");
        Assert.Equal(("Helpers.cs", 105), (Path.GetFileName(warning.Location!.File), warning.Location.Line));
        Assert.Contains(optimization == OptimizationLevel.Debug ? "its argument 'rate' is not constant" : "'SpecialFunctions.Logistic(limit * 0.5)'", warning.Message);
        Assert.Contains("parameter 'speed'", warning.Message);
        Assert.Single(program.Report.Methods.SelectMany(method => method.Diagnostics), diagnostic => diagnostic.Descriptor.Code == "GW1001" && diagnostic.Location!.Line == 105);
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void What_a_marked_helper_says_itself_its_callers_do_not_repeat(OptimizationLevel optimization)
    {
        var program = Programs.Of(Source, optimization);
        Assert.Equal((1, 0), (program.MethodReport("Program.Marked").Fallbacks, program.MethodReport("Program.CallsMarked").Fallbacks));
        Assert.DoesNotContain(program.MethodReport("Program.CallsMarked").Diagnostics, diagnostic => diagnostic.Descriptor.Code == "GW1001");
        Assert.Equal(2, program.MethodReport("Program.CallsMarked").Kernels + program.MethodReport("Program.Marked").Kernels);
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void The_stack_trace_of_an_exception_in_a_helper_names_its_file_and_line(OptimizationLevel optimization)
    {
        var program = Programs.Of(Source, optimization);
        Assert.Equal(("Helpers.cs", 113), Place(program.Woven, Tensor.Create<float>([1, 2, 3]), 10f));
        if (optimization == OptimizationLevel.Debug)
        {
            // In Release the JIT inlines too, and keeps fewer lines than we do.
            Assert.Equal(Place(program.Unwoven, Tensor.Create<float>([1, 2, 3]), 10f), Place(program.Woven, Tensor.Create<float>([1, 2, 3]), 10f));
            Assert.Equal(Place(program.Unwoven, null, 1f), Place(program.Woven, null, 1f));
        }
    }

    private static (string? File, int Line) Place(LoadedProgram program, params object?[] arguments)
    {
        var method = program.Assembly.GetType("Program")!.GetMethod("Caller")!;
        var exception = Assert.ThrowsAny<Exception>(() => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        var frame = new StackTrace(exception, fNeedFileInfo: true).GetFrames().First(frame => frame.GetMethod()?.DeclaringType?.Name is "Program" or "Helpers");
        return (Path.GetFileName(frame.GetFileName()), frame.GetFileLineNumber());
    }
}
