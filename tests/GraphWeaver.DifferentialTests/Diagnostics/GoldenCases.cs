using GraphWeaver.Compiler;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.DifferentialTests.Diagnostics;

/// <summary>What makes the build say each code, and each thing it can say under it.</summary>
internal static class GoldenCases
{
    private const string Library = """


        public static class Stats
        {
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] public static Tensor<float> Normalize(Tensor<float> values, double scale) { Console.Write(""); return values; }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] public static Tensor<float> Shift(Tensor<float> values, double offset) { Console.Write(""); return values; }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] public static float[] Take(Tensor<float> values) { Console.Write(""); return [1f]; }
            public static double Half(double x) => x / 2;
            public static int Square(int x) => x * x;
            public static int Deep(int x) => x < 0 ? 0 : Deep(x + 1) + Deep(x + 2) + 1;
            public static int Endless(int x) { while (x >= 0) { x = (x + 1) & 7; } return x; }
            public static int Parse(string text) => text.Length > 100 ? 1 : throw new FormatException("no number in '" + text + "'");
            [BuildTime] public static int Quit() { Environment.Exit(3); return 1; }
            [BuildTime] public static string Local() => 1.5.ToString();
        }

        public enum Color { Red, Green }
        """;

    public static IReadOnlyList<GoldenCase> All { get; } =
    [
        InMethod("GW0001", "woven", "public static Tensor<float> M(Tensor<float> x) => x * 2f + Stats.Square(3);"),
        InMethod("GW0001", "nothing to do", "public static int M(int x) => x;"),
        InMethod("GW0001", "property", "public static int M { get => Stats.Square(3); }", onAccessor: true),
        InMethod("GW0001", "operator", "public static Program operator +(Program a, Program b) => Stats.Square(3) == 9 ? a : b;"),

        InMethod("GW0101", "number, text, array and tensor", """
            public static Tensor<double> M()
            {
                var text = string.Concat("a", "b").ToUpperInvariant();
                var window = MathNet.Numerics.Window.Hann(5);
                return Tensor.Create<double>(window, [1, 5]) * text.Length;
            }
            """),
        InMethod("GW0101", "operator and property of a third party's type", """
            public static double M() => (new MathNet.Numerics.Polynomial(1d, 2d) + new MathNet.Numerics.Polynomial(3d)).Degree;
            """),
        InMethod("GW0101", "once per site, however often its loop is unrolled", """
            public static int M()
            {
                var sum = 0;
                for (var i = 0; i < 3; i++)
                {
                    sum += Stats.Square(i);
                }
                return sum;
            }
            """),

        InMethod("GW0102", "an immutable object", "public static bool M(string text) => new System.Text.RegularExpressions.Regex(\"a+b\").IsMatch(text);"),

        InMethod("GW0103", "clock, through two calls", "static long Ticks() => DateTime.UtcNow.Ticks; static long Now() => Ticks(); [Graph] public static long M() => Now() > 0 ? Stats.Square(2) : 0;", mark: false),
        InMethod("GW0103", "randomness", "public static Guid M() => Guid.NewGuid();"),
        InMethod("GW0103", "environment", "public static string? M() => Environment.GetEnvironmentVariable(\"PATH\");"),
        InMethod("GW0103", "file", "public static string M() => File.ReadAllText(\"data.txt\");"),
        InMethod("GW0103", "hash code", "public static int M() => \"text\".GetHashCode();"),
        InMethod("GW0103", "it threw", "public static int M(int x) { if (x > 0) { return Stats.Parse(\"x\"); } return 0; }"),
        InMethod("GW0103", "the two workers differ", "public static string M() => Stats.Local();"),

        InMethod("GW0201", "each overload", """
            public static void M()
            {
                Console.Write("text");
                Console.Write(true);
                Console.Write('c');
                Console.Write(3);
                Console.Write(4u);
                Console.Write(5L);
                Console.Write(6UL);
                Console.Write(1.5f);
                Console.Write(2.5);
                Console.Write(9.25m);
                Console.Write((object)7);
                Console.Write((object?)null);
                Console.Write(Color.Green);
                Console.Write("a format of {0}", 1);
                Console.Write("{0} and {1}", "one", 2.5);
                Console.Write("{0}, {1} and {2:0.00}", 'x', true, 2.5);
                Console.Write("{0}{1}{2}{3}", 1, 2, 3, 4);
                Console.Write("a span".AsSpan());
                ReadOnlySpan<char> span = "another";
                Console.Write(span);
                Console.Write(new[] { 'c', 'h' });
                Console.Write(new[] { 'c', 'h', 'a', 'r' }, 1, 2);
                Console.Write($"interpolated {Stats.Square(3)}");
                Console.WriteLine();
                Console.WriteLine("line " + Stats.Square(4));
                Console.WriteLine(Stats.Square(5));
                Console.WriteLine("{0}/{1}", new object[] { 1, "two" });
            }
            """),
        InMethod("GW0201", "unrolled", "public static void M() { for (var i = 0; i < 12; i++) { Console.WriteLine(Stats.Square(i)); } }"),
        InMethod("GW0201", "in the build only", "public static void M() { for (var i = 0; i < 12; i++) { Console.WriteLine(i); } }", settings: "(Print = Print.Build)"),

        InMethod("GW1001", "argument from a parameter", """
            public static Tensor<float> M(Tensor<float> weights, double factor)
            {
                return Stats.Normalize(weights, factor);
            }
            """),
        InMethod("GW1001", "argument from a parameter, through calls", """
            public static double M(double factor)
            {
                var scale = Math.Max(factor, 1);
                var half = Stats.Half(scale);
                return MathNet.Numerics.SpecialFunctions.Logistic(half) + half;
            }
            """),
        InMethod("GW1001", "argument from a parameter, through operators", "public static Tensor<float> M(Tensor<float> x, int factor) => Tensor.SoftMax<float>(x * 2f + factor);"),
        InMethod("GW1001", "argument from a field", """
            private double scale = 2; private readonly double other = 3; private static double shared = 1;
            public double Property { get; set; }
            [Graph] public double M() => MathNet.Numerics.SpecialFunctions.Logistic(scale);
            [Graph] public double N() => MathNet.Numerics.SpecialFunctions.Logistic(shared + other);
            [Graph] public double O() => MathNet.Numerics.SpecialFunctions.Logistic(Property);
            """, mark: false),
        InMethod("GW1001", "argument from a loop", """
            public static double M(int n)
            {
                var scale = 1.0;
                for (var i = 0; i < n; i++)
                {
                    scale = MathNet.Numerics.SpecialFunctions.Logistic(scale);
                }
                return scale;
            }
            """),
        InMethod("GW1001", "argument that differs between paths", """
            public static double M(bool flag)
            {
                var scale = 1.0;
                if (flag)
                {
                    scale = 2.0;
                    Console.WriteLine();
                }
                return MathNet.Numerics.SpecialFunctions.Logistic(scale) + scale;
            }
            """),
        InMethod("GW1001", "argument from a call the build may not execute", """
            private static double Now() => DateTime.UtcNow.Ticks;
            [Graph] public static double M() => MathNet.Numerics.SpecialFunctions.Logistic(Now());
            """, mark: false),
        InMethod("GW1001", "several arguments", "public static double M(double a, int b) => MathNet.Numerics.SpecialFunctions.Beta(b, a);"),
        InMethod("GW1001", "constant arguments of what may not be executed", "public static int M() => new MathNet.Numerics.Random.MersenneTwister().Next();"),
        InMethod("GW1001", "property, indexer, operator and constructor", """
            public static double M(MathNet.Numerics.LinearAlgebra.Vector<double> a, MathNet.Numerics.LinearAlgebra.Vector<double> b, Tensor<float> x)
            {
                var sum = a + b;
                var negated = -sum;
                var polynomial = new MathNet.Numerics.Polynomial(a.Count);
                return sum.Count + negated[1] + x.Rank + polynomial.Degree;
            }
            """),
        InMethod("GW1001", "lambda and local function", """
            public static Tensor<float> M(Tensor<float> x, float factor)
            {
                Func<Tensor<float>, Tensor<float>> twice = t => Stats.Normalize(t, factor);
                return Half(twice(x));

                [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] static Tensor<float> Half(Tensor<float> y) { Console.Write(""); return y; }
            }
            """),
        InMethod("GW1001", "in a helper, a lambda and what is made of both", """
            private static Tensor<float> Helper(Tensor<float> input, double limit)
            {
                var rate = limit * 2;
                return input * (float)MathNet.Numerics.SpecialFunctions.Logistic(rate);
            }
            [Graph] public static float[] M(Tensor<float>[] all, double speed)
            {
                return all.Select(one => Helper(one, speed)).Select(one => Tensor.Sum<float>(one)).ToArray();
            }
            """, mark: false),
        InMethod("GW1001", "captured variable", """
            public static double M(double factor)
            {
                Func<double, double> function = x => x * factor;
                return MathNet.Numerics.Integrate.OnClosedInterval(function, 0, 1);
            }
            """),
        InMethod("GW1001", "in Debug", """
            public static Tensor<float> M(Tensor<float> weights, double factor)
            {
                var scale = Math.Max(factor, 1);
                var result = Stats.Normalize(weights, scale);
                return result;
            }
            """, optimization: OptimizationLevel.Debug),
        InMethod("GW1001", "data taken from a tensor", "public static float M(Tensor<float> x) { var data = Stats.Take(x); return data.Max(); }"),

        InMethod("GW1004", "loop trips", """
            public static long M()
            {
                long s = Stats.Square(2);
                for (var i = 0; i < 100000; i++)
                {
                    s = s * 31 + i;
                }
                return s;
            }
            """),
        InMethod("GW1004", "time", "public static int M(bool wait) => wait ? Stats.Endless(0) : Stats.Square(4);", timeout: TimeSpan.FromSeconds(12)),

        InMethod("GW1005", "Environment.Exit", "public static int M(bool quit) => quit ? Stats.Quit() : 0;"),
        InMethod("GW1005", "stack overflow", "public static int M(bool deep) => deep ? Stats.Deep(0) : 0;"),

        InMethod("GW1006", "variable arguments", "public static int M(__arglist) => new ArgIterator(__arglist).GetRemainingCount();"),

        new("GW1007", "an older framework", "[assembly: System.Runtime.Versioning.TargetFramework(\".NETCoreApp,Version=v9.0\")] public static class Program { [Graph] public static int M() => 1; }"),
        new("GW1007", "another tensor library", "public static class Program { [Graph] public static Tensor<float> M(Tensor<float> x) => x; }")
        {
            Before = module => module.AssemblyReferences.Single(reference => reference.Name == "System.Numerics.Tensors").Version = new Version(9, 0),
        },

        InMethod("GW1008", "the evaluator is not there", "public static int M() => Stats.Square(3);", evaluator: "nowhere.dll"),

        InMethod("GW1101", "a throw on every path", """
            public static int M(int x)
            {
                if (Stats.Square(3) == 9)
                {
                    throw new InvalidOperationException("nine");
                }
                return x;
            }
            """),
        InMethod("GW1101", "two throws", """
            public static int M(int x)
            {
                if (x > 0)
                {
                    throw new ArgumentOutOfRangeException(nameof(x), "too large");
                }
                throw new NotSupportedException();
            }
            """),
        InMethod("GW1101", "a throw expression", "public static string M() { string? text = null; return text ?? throw new ArgumentNullException(nameof(text)); }"),
        InMethod("GW1101", "a check that fails", """
            public static int M(int x)
            {
                ArgumentNullException.ThrowIfNull("text");
                ArgumentException.ThrowIfNullOrEmpty(Stats.Square(3) == 9 ? "" : "nine");
                return x;
            }
            """),
        InMethod("GW1101", "no arm of a switch expression matches", "public static int M() => Stats.Square(3) switch { 1 => 2, 2 => 3 };"),

        InMethod("GW1102", "with a text and without", """
            public static int M(bool check)
            {
                System.Diagnostics.Debug.Assert(Stats.Square(2) == 4);
                System.Diagnostics.Debug.Assert(Stats.Square(2) == 5);
                System.Diagnostics.Trace.Assert(Stats.Square(2) == 6, "four is not six");
                if (check)
                {
                    System.Diagnostics.Debug.Assert(Stats.Square(3) == 8, "nine is not eight");
                }
                return 1;
            }
            """, optimization: OptimizationLevel.Debug),

        InMethod("GW1901", "a body that is not valid", "public static int M(int x) => x;") with { Before = Break },

        InMethod("GW2001", "fallback is Error", "public static Tensor<float> M(Tensor<float> x) => Tensor.SoftMax<float>(x);", fallback: FallbackPolicy.Error),
        InMethod("GW2001", "fallback is Off, arguments constant", "public static double M() => MathNet.Numerics.SpecialFunctions.Logistic(0.5);", fallback: FallbackPolicy.Off),
        InMethod("GW2001", "the attribute says Error", "public static Tensor<float> M(Tensor<float> x) => Tensor.SoftMax<float>(x);", settings: "(Fallback = Fallback.Error)"),

        InMethod("GW2002", "async", "public static async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Yield(); }"),
        InMethod("GW2002", "iterator", "public static IEnumerable<int> M() { yield return 1; }"),
        InMethod("GW2002", "async iterator", "public static async IAsyncEnumerable<int> M() { await System.Threading.Tasks.Task.Yield(); yield return 1; }"),
        InMethod("GW2002", "abstract", "public abstract int M();"),
        InMethod("GW2003", "fallback is Off", "public static int M() => Graph.AtBuild(() => 1);", fallback: FallbackPolicy.Off),
        InMethod("GW2003", "captures a parameter", """
            public static int M(int x)
            {
                var y = Stats.Square(x);
                return Graph.AtBuild(() => y + 1);
            }
            """),
        InMethod("GW2003", "inputs are not constant", "public static int M(string file) => Graph.AtBuild(() => 1, file);"),
        InMethod("GW2003", "an input is not there", "public static string M() => Graph.AtBuild(() => File.ReadAllText(\"data.txt\"), \"data.txt\");"),
        InMethod("GW2003", "the method is not lifted", "public static int M(__arglist) => new ArgIterator(__arglist).GetRemainingCount() + Graph.AtBuild(() => 1);"),
        InMethod("GW2002", "extern", "[System.Runtime.InteropServices.DllImport(\"x\")] public static extern int M();"),
    ];

    private static GoldenCase InMethod(
        string code,
        string name,
        string member,
        bool mark = true,
        bool onAccessor = false,
        string settings = "",
        OptimizationLevel optimization = OptimizationLevel.Release,
        FallbackPolicy fallback = FallbackPolicy.Warn,
        string? evaluator = null,
        TimeSpan? timeout = null)
    {
        var marked = onAccessor ? member.Replace("get =>", "[Graph] get =>") : mark ? $"[Graph{settings}]\n{member}" : member;
        return new GoldenCase(code, name, $"public abstract class Program\n{{\n{marked}\n}}{Library}")
        {
            Optimization = optimization,
            Fallback = fallback,
            Evaluator = evaluator,
            Timeout = timeout,
        };
    }

    /// <summary>Leaves a jump to an instruction that is in no body.</summary>
    private static void Break(ModuleDefinition module)
    {
        var body = module.GetType("Program").Methods.Single(method => method.Name == "M").Body;
        body.Instructions.Insert(0, Instruction.Create(OpCodes.Br, Instruction.Create(OpCodes.Nop)));
    }
}
