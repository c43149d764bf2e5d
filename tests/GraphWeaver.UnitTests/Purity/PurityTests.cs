using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.UnitTests.Evaluation;
using Mono.Cecil;

namespace GraphWeaver.UnitTests.Purity;

public sealed class PurityTests
{
    [Theory]
    [InlineData("int M(int a) => Math.Max(a, 3) * 2;")]
    [InlineData("float M(float a) => MathF.Exp(a);")]
    [InlineData("double M(double a) => Math.Pow(a, 2) % 3;")]
    [InlineData("string M(int a) => a.ToString();")]
    [InlineData("string M(double a) => a.ToString(CultureInfo.InvariantCulture);")]
    [InlineData("double M(string a) => double.Parse(a, CultureInfo.InvariantCulture);")]
    [InlineData("string M(string a) => a.ToUpperInvariant().Trim() + \"x\";")]
    [InlineData("string M(string a) => a.Substring(1).Replace(\"a\", \"b\");")]
    [InlineData("bool M(string a) => a.StartsWith('x') || string.IsNullOrEmpty(a);")]
    [InlineData("string M(string a, int b) => $\"{a} and {b}\";")]
    [InlineData("string M(string a) => new StringBuilder().Append(a).Append(3).ToString();")]
    [InlineData("int M(int n) => new[] { 1, 2, 3 }[n];")]
    [InlineData("int M(int n) { var a = new int[n]; for (var i = 0; i < n; i++) a[i] = i; return a[n - 1]; }")]
    [InlineData("int M(int n) { ReadOnlySpan<int> a = [1, 2, 3]; return a[n]; }")]
    [InlineData("int M(int n) => new List<int> { n, 2 }.Count;")]
    [InlineData("int M(string n) => new Dictionary<string, int> { [n] = 2 }[n];")]
    [InlineData("int M(int n) => Enumerable.Range(0, n).Select(i => i * n).Where(i => i > 2).Sum();")]
    [InlineData("int M(int n) { var sum = 0; foreach (var i in Count(n)) sum += i; return sum; } static IEnumerable<int> Count(int n) { for (var i = 0; i < n; i++) yield return i; }")]
    [InlineData("int M(uint n) => BitOperations.PopCount(n);")]
    [InlineData("BigInteger M(int n) => BigInteger.Pow(2, n);")]
    [InlineData("Complex M(double n) => Complex.Sqrt(n);")]
    [InlineData("int M(int n) => n < 2 ? 1 : n * M(n - 1);")]
    [InlineData("bool M(int n) => n == 0 || Odd(n - 1); static bool Odd(int n) => n != 0 && M(n - 1);")]
    [InlineData("Tensor<float> M(Tensor<float> a) => Tensor.Tanh<float>(a + a * 2f);")]
    [InlineData("double M(double a) => MathNet.Numerics.SpecialFunctions.Gamma(a);")]
    [InlineData("int M(int n) => Fixed + n; static readonly int Fixed = Math.Abs(-4);")]
    [InlineData("int M(int n) => Vouched.ByType.Ask() + n;")]
    [InlineData("[GraphWeaver.BuildTime] int M(int n) => Environment.ProcessId;")]
    [InlineData("int M(int n) => n > 0 ? n : throw new ArgumentException(\"no\", nameof(n));")]
    [InlineData("float M(float[] a) { var sum = 0f; foreach (var x in a) sum += x; return sum; }")]
    [InlineData("string M(DayOfWeek d) => d.ToString();")]
    [InlineData("string M(int n) => typeof(List<int>).Name;")]
    [InlineData("int M(int n) => Twice<int>(n); static T Twice<T>(T n) where T : INumber<T> => n + n;")]
    public void Pure(string members) => PurityHarness.Expect(Effect.Pure, members);

    [Theory]
    [InlineData("void M(float[] a) { a[0] = 1; }")]
    [InlineData("void M(List<int> a) => a.Add(1);")]
    [InlineData("void M(int[] a) => Array.Sort(a);")]
    [InlineData("void M(out int a) { a = 3; }")]
    [InlineData("void M(Holder h) { h.Value++; } public class Holder { public int Value; }")]
    public void Mutating(string members) => PurityHarness.Expect(Effect.MutatesArguments, members);

    [Theory]
    [InlineData("long M(int n) => DateTime.Now.Ticks;", "DateTime.Now reads the clock via C.M")]
    [InlineData("long M(int n) => A(n); static long A(int n) => B(n); static long B(int n) => DateTime.UtcNow.Ticks;", "DateTime.UtcNow reads the clock via C.M, C.A, C.B")]
    [InlineData("string M(int n) => Environment.MachineName;", "reads the environment")]
    [InlineData("int M(int n) => new Random().Next();", "new Random draws a random seed")]
    [InlineData("int M(int n) => Random.Shared.Next();", "Random.Shared draws random numbers")]
    [InlineData("Guid M(int n) => Guid.NewGuid();", "draws random numbers")]
    [InlineData("string M(string n) => System.IO.File.ReadAllText(n);", "does I/O")]
    [InlineData("void M(int n) => Console.WriteLine(n);", "console")]
    [InlineData("void M(int n) => Thread.Sleep(n);", "uses threads")]
    [InlineData("int M(string n) => n.GetHashCode();", "differs between runs")]
    [InlineData("int M(object n) => n.GetHashCode();", "differs between runs")]
    [InlineData("int M(int n) => HashCode.Combine(n);", "differs between runs")]
    [InlineData("int M(int n) => Vector<float>.Count;", "depends on the processor")]
    [InlineData("bool M(int n) => System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated;", "depends on the processor")]
    [InlineData("string M(double n) => n.ToString();", "Double.ToString depends on the current culture")]
    [InlineData("double M(string n) => double.Parse(n);", "Double.Parse depends on the current culture")]
    [InlineData("string M(double n) => $\"{n}\";", "formats Double under the current culture")]
    [InlineData("string M(int n) => $\"{n:N2}\";", "formats Int32 under the current culture")]
    [InlineData("string M(string n) => n.ToUpper();", "depends on culture")]
    [InlineData("bool M(string n) => n.StartsWith(\"x\");", "compares under the current culture")]
    [InlineData("string M(DateTime n) => n.ToString();", "formats under the current culture")]
    [InlineData("int M(int n) => counter++; static int counter;", "the mutable static field C.counter")]
    [InlineData("float M(int n) => table[n]; static readonly float[] table = { 1, 2 };", "C.table, whose contents can change")]
    [InlineData("int M(int n) { last = n; return n; } static int last;", "writes the static field C.last via C.M")]
    [InlineData("int M(int n) => GetPid(); [System.Runtime.InteropServices.DllImport(\"libc\", EntryPoint = \"getpid\")] static extern int GetPid();", "native code (C.GetPid)")]
    [InlineData("int M(Shape n) => n.Area(); public abstract class Shape { public abstract int Area(); }", "calls code that is not known")]
    [InlineData("int M(int n) => Enumerable.Range(0, n).Sum(i => Environment.TickCount);", "reads the environment via C.M, a lambda in C.M")]
    [InlineData("int M(int n) => Count(n).Sum(); static IEnumerable<int> Count(int n) { Console.Write(n); yield return n; }", "console")]
    [InlineData("int M(int n) => Fixed + n; static readonly int Fixed = Environment.ProcessId;", "the static constructor of C")]
    [InlineData("[GraphWeaver.Eager] int M(int n) => n;", "[Eager]")]
    [InlineData("double M(int n) => MathNet.Numerics.Distributions.Normal.Sample(0, 1);", "may draw random numbers")]
    [InlineData("void M(Tensor<float> n) => Tensor.FillUniformDistribution<float>(n);", "draws random numbers")]
    [InlineData("bool M(int n) => n == 0 || Odd(n - 1); static bool Odd(int n) { Console.Beep(); return M(n - 1); }", "console")]
    [InlineData("object M(Type n) => Activator.CreateInstance(n);", "uses reflection")]
    public void Impure(string members, string reason) => PurityHarness.Expect(Effect.Impure, members, reason);

    [Fact]
    public void A_verdict_inside_a_cycle_does_not_lean_on_the_one_above_it()
    {
        using var module = PurityHarness.Compile("static bool M(int n) => Odd(n - 1) && Environment.ProcessId > 0; static bool Odd(int n) => n == 0 || M(n - 1);");
        using var bodies = PurityHarness.Resolver(module);
        var analysis = new PurityAnalysis(bodies);

        Assert.Equal(Effect.Impure, analysis.Of(PurityHarness.Method(module, "M")).Effect);
        Assert.Equal(Effect.Impure, analysis.Of(PurityHarness.Method(module, "Odd")).Effect);
    }

    [Fact]
    public void Immutable_types_are_those_no_code_can_change()
    {
        using var module = PurityHarness.Compile("""
            public readonly struct Fixed { public readonly int A; public readonly string B; }
            public readonly struct Leaky { public readonly int[] A; }
            public struct Open { public int A; }
            static (int, string, decimal, DayOfWeek, int?, (int, string), Type, Fixed, BigInteger) Yes;
            static (int[], Leaky, Open, List<int>, object, (int, int[]), StringBuilder, Tensor<float>) No;
            """);
        using var bodies = PurityHarness.Resolver(module);
        var analysis = new PurityAnalysis(bodies);

        Assert.All(Arguments(module, "Yes"), type => Assert.True(analysis.IsImmutable(type), type.FullName));
        Assert.All(Arguments(module, "No"), type => Assert.False(analysis.IsImmutable(type), type.FullName));
    }

    [Fact]
    public void Files_read_outside_the_framework_are_known()
    {
        using var module = PurityHarness.Compile("static double M(double a) => MathNet.Numerics.SpecialFunctions.Gamma(a) + Math.Abs(a);");
        using var bodies = PurityHarness.Resolver(module);
        new PurityAnalysis(bodies).Of(PurityHarness.Method(module, "M"));

        Assert.Equal([SourceCompiler.MathNetPath], bodies.FilesRead);
    }

    private static IEnumerable<TypeReference> Arguments(ModuleDefinition module, string field)
    {
        for (var tuple = (GenericInstanceType)module.GetType("C").Fields.Single(candidate => candidate.Name == field).FieldType; ;)
        {
            foreach (var argument in tuple.GenericArguments.Take(7))
            {
                yield return argument;
            }

            if (tuple.GenericArguments.Count < 8)
            {
                yield break;
            }

            tuple = (GenericInstanceType)tuple.GenericArguments[7];
        }
    }
}
