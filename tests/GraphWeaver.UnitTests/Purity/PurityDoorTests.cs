using GraphWeaver.Compiler.Purity;
using GraphWeaver.UnitTests.Evaluation;
using Mono.Cecil;

namespace GraphWeaver.UnitTests.Purity;

/// <summary>What is asked from outside: calls with known receivers and inputs, objects about to be made, vouched code, limits, names.</summary>
public sealed class PurityDoorTests
{
    [Theory]
    [InlineData("int M(IShape s) => s.Area(); public static Good Value; public interface IShape { int Area(); } public class Good : IShape { public int Area() => 1; } class Bad : IShape { public int Area() => Environment.TickCount; }", Effect.Pure)]
    [InlineData("int M(IShape s) => s.Area(); public static Bad Value; public interface IShape { int Area(); } class Good : IShape { public int Area() => 1; } public class Bad : IShape { public int Area() => Environment.TickCount; }", Effect.Impure)]
    [InlineData("int M(IShape s) => s.Area(); public static Bad Value; public interface IShape { int Area() => Environment.TickCount; } public class Bad : IShape;", Effect.Impure)]
    [InlineData("int M(Base s) => s.Area(); public static Good Value; public class Base { public virtual int Area() => Environment.TickCount; } public class Good : Base { public override int Area() => 1; }", Effect.Pure)]
    [InlineData("int M(Base s) => s.Area(); public static Hiding Value; public class Base { public virtual int Area() => Environment.TickCount; } public class Hiding : Base { public new virtual int Area() => 1; }", Effect.Impure)]
    [InlineData("int M(Base<int> s) => s.Area(2); public static Good Value; public class Base<T> { public virtual int Area(T n) => Environment.TickCount; } public class Good : Base<int> { public override int Area(int n) => n; }", Effect.Pure)]
    [InlineData("int M(IShape s) => s.Area(); public static Good Value; public interface IShape { int Area(); } public class Base : IShape { int IShape.Area() => Environment.TickCount; } public class Good : Base { public virtual int Area() => 1; }", Effect.Impure)]
    [InlineData("IEnumerator<int> M(IEnumerable<int> s) => s.GetEnumerator(); public static List<int> Value;", Effect.Pure)]
    [InlineData("void M(ICollection<int> s) => s.Add(1); public static List<int> Value;", Effect.MutatesArguments)]
    [InlineData("int M(IReadOnlyList<int> s) => s.Count; public static int[] Value;", Effect.Pure)]
    [InlineData("void M(IList<int> s) => s[0] = 1; public static int[] Value;", Effect.MutatesArguments)]
    [InlineData("string M(object s) => s.ToString(); public static string Value;", Effect.Pure)]
    [InlineData("string M(object s) => s.ToString(); public static DayOfWeek Value;", Effect.Pure)]
    [InlineData("string M(object s) => s.ToString(); public static byte Value;", Effect.Pure)]
    [InlineData("string M(object s) => s.ToString(); public static int Value;", Effect.Pure)]
    [InlineData("string M(object s) => s.ToString(); public static double Value;", Effect.Impure)]
    [InlineData("string M(object s) => s.ToString(); public static P Value; public record P(int X, string Y);", Effect.Pure)]
    [InlineData("string M(object s) => s.ToString(); public static P Value; public record P(double X);", Effect.Impure)]
    [InlineData("string M(object s) => s.ToString(); public static P Value; public struct P : IFormattable { public string ToString(string f, IFormatProvider p) => 1.5.ToString(f, p); }", Effect.Impure)]
    [InlineData("bool M(object s) => s.Equals(null); public static string Value;", Effect.Pure)]
    [InlineData("int M(object s) => s.GetHashCode(); public static string Value;", Effect.Impure)]
    [InlineData("int M(object s) => s.GetHashCode(); public static P Value; public class P { public override int GetHashCode() => 7; }", Effect.Pure)]
    [InlineData("int M(IComparable<int> s) => s.CompareTo(3); public static int Value;", Effect.Pure)]
    [InlineData("int M(IComparable<string> s) => s.CompareTo(\"\"); public static string Value;", Effect.Impure)]
    [InlineData("void M(IDisposable s) => s.Dispose(); public static List<int>.Enumerator Value;", Effect.MutatesArguments)]
    [InlineData("int M(Func<int, int> s) => s(1); public static Func<int, int> Value;", Effect.MutatesArguments)]
    public void A_call_on_a_receiver_of_a_known_type(string members, Effect effect)
    {
        using var module = PurityHarness.Compile("static " + members);
        using var bodies = PurityHarness.Resolver(module);
        var receiver = module.GetType("C").Fields.Single(field => field.Name == "Value").FieldType;

        var verdict = new PurityAnalysis(bodies).Of(LastCall(module), receiver);

        Assert.True(effect == verdict.Effect, $"{verdict.Effect}: {verdict.Reason}");
    }

    [Theory]
    [InlineData("string M(int n) => n.ToString();", 5, Effect.Pure)]
    [InlineData("string M(int n) => n.ToString();", -5, Effect.Impure)]
    [InlineData("int M(string n) => int.Parse(n);", "42", Effect.Pure)]
    [InlineData("int M(string n) => int.Parse(n);", "-42", Effect.Impure)]
    [InlineData("Regex M(string n) => new Regex(n);", "a+b", Effect.Pure)]
    [InlineData("Regex M(string n) => new Regex(n);", "(?i)a", Effect.Impure)]
    [InlineData("StringComparer M(StringComparison n) => StringComparer.FromComparison(n);", 4, Effect.Pure)]
    [InlineData("StringComparer M(StringComparison n) => StringComparer.FromComparison(n);", 0, Effect.Impure)]
    [InlineData("Uri M(string n) => new Uri(n);", "https://example.org/", Effect.Pure)]
    [InlineData("Uri M(string n) => new Uri(n);", "/tmp/x", Effect.Impure)]
    [InlineData("string M(string n) => System.IO.Path.GetFileName(n);", "a/b.txt", Effect.Pure)]
    [InlineData("string M(string n) => System.IO.Path.GetFileName(n);", "a\\b.txt", Effect.Impure)]
    public void A_call_with_a_known_literal(string members, object literal, Effect effect)
    {
        using var module = PurityHarness.Compile("static " + members);
        using var bodies = PurityHarness.Resolver(module);

        var verdict = new PurityAnalysis(bodies).Of(LastCall(module), [new KnownInput(null, Literal: literal)]);

        Assert.True(effect == verdict.Effect, $"{verdict.Effect}: {verdict.Reason}");
    }

    [Theory]
    [InlineData("int M(int n) => n; public struct P { public int X; }", Effect.Pure)]
    [InlineData("int M(int n) => n; public struct P : IComparable<P> { public int CompareTo(P o) => Environment.TickCount; }", Effect.Impure)]
    public void Making_a_structure(string members, Effect effect)
    {
        using var module = PurityHarness.Compile("static " + members);
        using var bodies = PurityHarness.Resolver(module);

        Assert.Equal(effect, new PurityAnalysis(bodies).OfMaking(module.GetType("C/P")).Effect);
    }

    [Theory]
    [InlineData("[GraphWeaver.BuildTime] static int[] M(int n) => table; static readonly int[] table = [1];", true)]
    [InlineData("[GraphWeaver.BuildTime] static int[] M(int n) => Get(); static int[] Get() => table; static int[] table = [1];", true)]
    [InlineData("[GraphWeaver.BuildTime] static int[] M(int n) => [1, Environment.ProcessId];", false)]
    [InlineData("[GraphWeaver.BuildTime] static Func<int> M(int n) => () => 1;", false)]
    [InlineData("[GraphWeaver.BuildTime] static string M(int n) => name; static readonly string name = \"a\";", false)]
    [InlineData("static int[] M(int n) => [1];", false)]
    public void Vouched_code_may_give_out_what_statics_hold(string members, bool expected)
    {
        using var module = PurityHarness.Compile(members);
        using var bodies = PurityHarness.Resolver(module);

        Assert.Equal(expected, new PurityAnalysis(bodies).Of(PurityHarness.Method(module, "M")).MayAliasStatics);
    }

    [Theory]
    [InlineData("int M(int n) => Id; [GraphWeaver.BuildTime] static int Id => Environment.ProcessId;", Effect.Pure, "")]
    [InlineData("int M(int n) => Id; [GraphWeaver.Eager] static int Id => 3;", Effect.Impure, "C.Id is marked [Eager] via C.M")]
    [InlineData("int M(int n) => Id; static int Id { [GraphWeaver.BuildTime] get => Environment.ProcessId; }", Effect.Pure, "")]
    public void Attributes_on_properties(string members, Effect effect, string reason) => PurityHarness.Expect(effect, members, reason);

    [Theory]
    [InlineData("int M(int n) => new Box().Value; class Box { public int Value { get { return Environment.TickCount; } } }", "C.M, C.Box.Value")]
    [InlineData("int M(int n) => new Box()[n]; class Box { public int this[int n] => Environment.TickCount; }", "C.M, the indexer of C.Box")]
    [InlineData("int M(int n) => new Box(n).X; class Box { public int X; public Box(int n) { X = Environment.TickCount; } }", "C.M, new C.Box")]
    [InlineData("int M(int n) => (new Box() + new Box()).X; class Box { public int X; public static Box operator +(Box a, Box b) => new() { X = Environment.TickCount }; }", "C.M, C.Box.operator +")]
    [InlineData("int M(int n) => (Box)n; class Box { public static implicit operator Box(int n) { Console.Write(n); return new(); } public static implicit operator int(Box n) => 1; }", "C.M, the conversion of Int32 to C.Box")]
    [InlineData("int M(int n) { return Local(n); static int Local(int n) => Environment.TickCount; }", "C.M, C.M.Local")]
    [InlineData("int M(int n) { return Local(n); int Local(int x) => Inner() + n; int Inner() => Environment.TickCount; }", "C.M, C.M.Local, C.M.Inner")]
    [InlineData("int M(int n) => new Func<int>(() => Environment.TickCount + n)();", "C.M, a lambda in C.M")]
    [InlineData("int M(int n) { return Local(); int Local() => new Func<int>(() => Environment.TickCount + n)(); }", "C.M, C.M.Local, a lambda in C.M")]
    [InlineData("int M(int n) => Many(n).Sum(); static IEnumerable<int> Many(int n) { yield return Environment.TickCount; }", "C.M, C.Many")]
    [InlineData("int M(int n) { return Many().Sum(); IEnumerable<int> Many() { yield return Environment.TickCount + n; } }", "C.M, C.M.Many")]
    [InlineData("int M(int n) => Box<int>.Of(n); class Box<T> { public static int Of(T n) => Get<string>(); static int Get<U>() => Environment.TickCount; }", "C.M, C.Box.Of, C.Box.Get")]
    [InlineData("int M(int n) { new D(); return n; } sealed class D : IDisposable { void IDisposable.Dispose() { Console.Write(1); } }", "C.M, C.D.Dispose")]
    [InlineData("int M(int n) => (new P() with { }).X; record P { public int X; public P() { } public P(P other) { X = Environment.TickCount; } }", "C.M, C.P.with, new C.P")]
    public void Chains_are_in_the_users_names(string members, string chain)
    {
        using var module = PurityHarness.Compile("static " + members);
        using var bodies = PurityHarness.Resolver(module);

        var reason = new PurityAnalysis(bodies).Of(PurityHarness.Method(module, "M")).Reason;

        Assert.EndsWith(" via " + chain, reason, StringComparison.Ordinal);
        Assert.DoesNotMatch("[<>`|]|__", reason);
    }

    [Fact]
    public void More_code_than_is_looked_at_is_not_guessed_about()
    {
        var steps = string.Concat(Enumerable.Range(0, 500).Select(i => $"static int S{i}(int n) => S{i + 1}(n) + 1; "));
        using var module = PurityHarness.Compile($"static int M(int n) => S0(n); {steps} static int S500(int n) => n;");
        using var bodies = PurityHarness.Resolver(module);

        var verdict = new PurityAnalysis(bodies).Of(PurityHarness.Method(module, "M"));

        Assert.Equal(Effect.Impure, verdict.Effect);
        Assert.StartsWith("calls more code than is looked at (C.S", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(Effect.Pure, new PurityAnalysis(bodies).Of(PurityHarness.Method(module, "S490")).Effect);
    }

    [Fact]
    public void Types_that_grow_without_end_are_given_up_on()
    {
        using var module = PurityHarness.Compile("static int M(int n) => Grow<int>(n); static int Grow<T>(int n) => n == 0 ? 0 : Grow<List<T>>(n - 1);");
        using var bodies = PurityHarness.Resolver(module);

        Assert.StartsWith("calls more code than is looked at", new PurityAnalysis(bodies).Of(PurityHarness.Method(module, "M")).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new Circle().Area()", Effect.Pure)]
    [InlineData("new Clock().Area()", Effect.Impure)]
    [InlineData("new Mine().Twice()", Effect.Impure)]
    [InlineData("new Circle().Twice()", Effect.Impure)]
    public void Overrides_are_looked_for_across_assemblies(string expression, Effect effect)
    {
        var library = SourceCompiler.Compile("Library", """
            public abstract class Shape { public abstract int Area(); public int Twice() => Area() * 2; }
            public sealed class Circle : Shape { public override int Area() => 3; }
            public sealed class Clock : Shape { public override int Area() => System.Environment.TickCount; }
            """);
        var path = Path.Combine(Directory.CreateTempSubdirectory("purity").FullName, "Library.dll");
        File.WriteAllBytes(path, library);
        using var module = ModuleDefinition.ReadModule(new MemoryStream(SourceCompiler.Compile(
            "User", $"public static class C {{ public static int M() => {expression}; }} public class Mine : Shape {{ public override int Area() => 1; }}", library)));
        using var bodies = PurityHarness.Resolver(module, path);

        var verdict = new PurityAnalysis(bodies).Of(PurityHarness.Method(module, "M"));

        Assert.True(effect == verdict.Effect, $"{verdict.Effect}: {verdict.Reason}");
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static MethodReference LastCall(ModuleDefinition module) => PurityHarness.Method(module, "M").Body.Instructions
        .Select(instruction => instruction.Operand).OfType<MethodReference>().Last();
}
