using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Verification;

/// <summary>What can be verified and what cannot, and the reasons the report gives.</summary>
public sealed class VerifiabilityTests
{
    private const string Source = """
        public static unsafe class Program
        {
            private static Tensor<float> kept = Tensor.Create<float>(new float[] { 1, 2 });
            private static float scale = 2f;
            public static event Action? Happened;
            [Graph] public static Tensor<float> Console_(Tensor<float> x) { Console.WriteLine("x"); return x + 1f; }
            [Graph] public static Tensor<float> Clock(Tensor<float> x) => x + DateTime.UtcNow.Ticks;
            [Graph] public static Tensor<float> Chance(Tensor<float> x) => x + Random.Shared.NextSingle();
            [Graph] public static Tensor<float> StaticStore(Tensor<float> x) { scale = 3f; return x + 1f; }
            [Graph] public static Tensor<float> StaticContents(Tensor<float> x) { kept += x; return x + 1f; }
            [Graph] public static Tensor<float> StaticRead(Tensor<float> x) => x + kept * scale;
            [Graph] public static Tensor<float> Raise(Tensor<float> x) { Happened?.Invoke(); return x + 1f; }
            [Graph] public static Tensor<float> AddTo(List<float> list, Tensor<float> x) { list.Add(1f); return x + 1f; }
            [Graph] public static Tensor<float> OwnList(Tensor<float> x) { var list = new List<float>(); list.Add(x[0]); return x + list[0]; }
            [Graph] public static List<float> ListResult(Tensor<float> x) { var y = x + 1f; return new List<float> { y[0] }; }
            [Graph] public static Tensor<float> Given(Func<float> f, Tensor<float> x) => x + f();
            [Graph] public static Tensor<float> OwnLambda(Tensor<float> x) { var n = 1; Action f = () => n++; f(); return x + n; }
            [Graph] public static Tensor<float> OtherObject(Box box, Tensor<float> x) { box.Count = 1; return x + 1f; }
            [Graph] public static Tensor<float> OtherContents(Box box, Tensor<float> x) { var w = box.Weights; w += x; return x + 1f; }
            [Graph] public static Tensor<float> OtherRead(Box box, Tensor<float> x) => x + box.Weights * box.Count;
            [Graph] public static Tensor<float> Smuggled(Box box, Tensor<float> x) { var all = new[] { box.Weights }; all[0] += x; return x + 1f; }
            [Graph] public static void RefObject(ref Box box, Tensor<float> x) { var y = x + 1f; box = new Box { Count = (int)y[0] }; }
            [Graph] public static Tensor<float> Unsafe_(float* p, Tensor<float> x) { var y = x + 1f; *p = 1f; return y; }
            [Graph] public static Tensor<T> Generic<T>(Tensor<float> x, Tensor<T> y) { Tensor.Sum<float>(x); return y; }
            [Graph] public static Tensor<float> Unknown(IDisposable d, Tensor<float> x) { d.Dispose(); return x + 1f; }
            [Graph] public static Tensor<float> Locked(object gate, Tensor<float> x) { lock (gate) { return x + 1f; } }
            [Graph] public static Tensor<float> Helped(Tensor<float> x) => Pure(x) + 1f;
            [Graph] public static Tensor<float> HelpedLoudly(Tensor<float> x) => Loud(x) + 1f;
            [Graph] public static Tensor<float> Nested(Tensor<float> x) => Helped(x) + 1f;
            [Graph] public static Tensor<float> Requested(Tensor<float> x) => Own(x) + 1f;
            private static Tensor<float> Pure(Tensor<float> x) => x * 2f;
            private static Tensor<float> Loud(Tensor<float> x) { Console.WriteLine("loud"); return x; }
            [Eager] private static Tensor<float> Own(Tensor<float> x) => x;
        }
        public sealed class Box { public int Count; public Tensor<float> Weights = Tensor.Create<float>(new float[] { 1, 2 }); }
        public class Base { protected Tensor<float> w = Tensor.Create<float>(new float[] { 1, 2 }); }
        public sealed class Derived : Base
        {
            private Box box = new();
            private readonly Tensor<float> own = Tensor.Create<float>(new float[] { 1, 2 });
            [Graph] public void OfBase(Tensor<float> x) { w = x + 1f; }
            [Graph] public void OfObject(Tensor<float> x) { var y = x + 1f; box = new Box { Count = (int)y[0] }; }
            [Graph] public Tensor<float> Contents(Tensor<float> x) { var y = own; y += x; return x + own; }
            [Graph] public Tensor<float> Passed(Tensor<float> x) { Change(); return x + own; }
            private void Change() => box = new();
        }
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> Programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(level => level, level => new Lazy<WovenProgram>(() => new WovenProgram(Source, level)));

    [Theory]
    [InlineData("Program.Console_", "Console.WriteLine writes to or reads from the console")]
    [InlineData("Program.Clock", "DateTime.UtcNow reads the clock")]
    [InlineData("Program.Chance", "draws")]
    [InlineData("Program.StaticStore", "it writes the static field Program.scale")]
    [InlineData("Program.StaticContents", "the static field Program.kept")]
    [InlineData("Program.StaticRead", null)]
    [InlineData("Program.Raise", "the static field Program.Happened")]
    [InlineData("Program.AddTo", "it may write to what parameter 'list' leads to")]
    [InlineData("Program.OwnList", null)]
    [InlineData("Program.ListResult", "results of type List<float> cannot be compared")]
    [InlineData("Program.Given", "it may write to what parameter 'f' leads to")]
    [InlineData("Program.OwnLambda", null)]
    [InlineData("Program.OtherObject", "it may write to what parameter 'box' leads to")]
    [InlineData("Program.OtherContents", "it may write to what parameter 'box' leads to")]
    [InlineData("Program.OtherRead", null)]
    [InlineData("Program.Smuggled", "it may write to what")]
    [InlineData("Program.RefObject", "what parameter 'box' refers to cannot be compared")]
    [InlineData("Program.Unsafe_", "it uses pointers")]
    [InlineData("Program.Unknown", "it may write to what parameter 'd' leads to")]
    [InlineData("Program.Locked", "Monitor")]
    [InlineData("Program.Helped", null)]
    [InlineData("Program.HelpedLoudly", "Console.WriteLine writes to or reads from the console via Program.Loud")]
    [InlineData("Program.Nested", null)]
    [InlineData("Program.Requested", "Program.Own is marked [Eager]")]
    [InlineData("Derived.OfBase", "it writes field 'w', which cannot be saved and compared")]
    [InlineData("Derived.OfObject", "it writes field 'box', which cannot be saved and compared")]
    [InlineData("Derived.Contents", null)]
    [InlineData("Derived.Passed", "it may write to what 'this' leads to")]
    public void The_report_says_what_cannot_be_verified(string method, string? reason)
    {
        foreach (var program in Programs.Values)
        {
            var report = program.Value.MethodReport(method);
            Assert.True(report.IsWoven, method);
            var summary = Assert.Single(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code == "GW0001").Message;
            if (reason is null)
            {
                Assert.Null(report.NotVerifiableBecause);
                Assert.DoesNotContain("verifiable", summary);
            }
            else
            {
                Assert.Contains(reason, report.NotVerifiableBecause);
                Assert.EndsWith("; not verifiable: " + report.NotVerifiableBecause, summary);
            }
        }
    }
}
