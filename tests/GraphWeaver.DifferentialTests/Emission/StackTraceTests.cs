using System.Diagnostics;
using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Emission;

/// <summary>
/// Wherever a woven method throws, the trace names the user's methods and lines. The truth is the unwoven program's Debug build: in Release the
/// compiler leaves values on the stack between statements, where the runtime keeps no lines, and the unwoven trace is off by some. A frame of a handler
/// and that of its method count as one: the runtime gives the second no place in the code.
/// </summary>
public sealed class StackTraceTests
{
    private const string Source = """
        public static class Program
        {
            [Graph]
            public static Tensor<float> Region(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                var b = a + 1f;
                var c = b
                    * y;
                return c - a;
            }

            [Graph]
            public static Tensor<float> Loop(Tensor<float> x, Tensor<float> y)
            {
                for (var i = 0; i < 3; i++)
                {
                    x = x * 0.5f;
                    x = x + y;
                }

                return x;
            }

            [Graph]
            public static Tensor<float> Handler(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                try
                {
                    a = a + 1f;
                    throw new InvalidOperationException("first");
                }
                catch (InvalidOperationException)
                {
                    a = a * 3f;
                    a = a - y;
                }

                return a;
            }

            [Graph]
            public static Tensor<float> Finally(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                try
                {
                    Console.Write("");
                }
                finally
                {
                    a = a - 1f;
                    a = a * y;
                }

                return a;
            }

            [Graph]
            public static Tensor<float> Helper(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                a = Deeper(a, y);
                return a + 1f;
            }

            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            private static Tensor<float> Deeper(Tensor<float> a, Tensor<float> y)
            {
                var twice = a + a;
                return twice
                    + y;
            }

            [Graph]
            public static Tensor<float> Marked(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                return Region(a, y)
                    + 1f;
            }

            [Graph]
            public static Tensor<float> Lambda(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                Func<Tensor<float>> f = () =>
                {
                    var b = a + 1f;
                    return b * y;
                };
                return f();
            }

            [Graph]
            public static Tensor<float> Guard(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                if (a.FlattenedLength != y.FlattenedLength)
                {
                    throw new ArgumentException(
                        "lengths");
                }

                return a * y;
            }

            [Graph]
            public static Tensor<float> Using(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                using (new Closing())
                {
                    a = a + 1f;
                }

                return a;
            }

            [Graph]
            public static Tensor<float> Foreach(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                foreach (var item in Items())
                {
                    a = a + item;
                }

                return a;
            }

            [Graph]
            public static float Reduced(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                var most = Tensor.Max<float>(
                    a);
                var least = Tensor.Min<float>(a * y);
                return most - least;
            }

            [Graph]
            public static Tensor<float> Choice(Tensor<float> x, Tensor<float> y)
            {
                var a = x * 2f;
                return a.FlattenedLength > 2
                    ? a + y
                    : a;
            }

            [Graph]
            public static float Folded(Tensor<float> x, Tensor<float> y)
            {
                var n = Math.Max(3, 4);
                var a = x * n;
                var b = a[new nint[] { 99 }];
                return b;
            }

            private static IEnumerable<float> Items()
            {
                yield return 1f;
                throw new InvalidOperationException("no more");
            }

            private sealed class Closing : IDisposable
            {
                public void Dispose() => throw new InvalidOperationException("closing");
            }
        }
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> Programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(level => level, level => new Lazy<WovenProgram>(() => new WovenProgram(Source, level)));

    public static TheoryData<string, OptimizationLevel> Cases
    {
        get
        {
            var cases = new TheoryData<string, OptimizationLevel>();
            foreach (var level in Programs.Keys)
            {
                foreach (var name in new[] { "Region", "Loop", "Handler", "Finally", "Helper", "Marked", "Lambda", "Guard", "Using", "Foreach", "Reduced", "Choice", "Folded" })
                {
                    cases.Add(name, level);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_frames_of_the_user_are_the_unwoven_programs(string method, OptimizationLevel level)
    {
        var program = Programs[level].Value;
        var unwoven = Programs[OptimizationLevel.Debug].Value.Unwoven;
        Assert.True(program.MethodReport("Program." + method).IsWoven);
        var expected = Frames(unwoven, method, Floats(4), Floats(3));
        Assert.Contains(method + ":", expected);
        Assert.Equal(expected, Frames(program.Woven, method, Floats(4), Floats(3)));
        if (method is "Region" or "Loop" or "Reduced")
        {
            Assert.Equal(Frames(unwoven, method, null, Floats(3)), Frames(program.Woven, method, null, Floats(3)));
        }
    }

    private static Tensor<float> Floats(int n) => Tensor.Create(Enumerable.Range(0, n).Select(i => i + 1f).ToArray());

    private static string Frames(LoadedProgram program, string method, params object?[] arguments)
    {
        var entry = program.Assembly.GetType("Program")!.GetMethod(method)!;
        var exception = Assert.ThrowsAny<Exception>(() => entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .Where(frame => frame.GetMethod()?.Module.Assembly == program.Assembly)
            .Select(frame => (frame.GetMethod()!.Name, Line: frame.GetFileLineNumber()))
            .ToList();
        return string.Join("\n", frames.Where((frame, index) => index == 0 || frames[index - 1].Name != frame.Name).Select(frame => $"{frame.Name}:{frame.Line}"));
    }
}
