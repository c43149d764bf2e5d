using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.DifferentialTests.Verification;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Hostile;

/// <summary>The smallest programs whose calls a hostile reader found to differ, woven or verified, from what was written.</summary>
[Collection(nameof(GraphMode))]
public sealed class CallAttackTests
{
    private const string Source = """
        using System.Threading.Tasks;

        public static class Program
        {
            private static Tensor<float> X() => Tensor.Create<float>(new float[] { 1, 2, 3 });

            [Graph] private static Tensor<float> Named(Tensor<float> x) { ILayer layer = new NamesAgain(); return layer.Run(x) + 1f; }
            public static object InterfaceNamedAgain() => Named(X());

            [Graph] private static Tensor<float> Declared(Tensor<float> x) { ILayer layer = new DeclaresAgain(); return layer.Run(x) + 1f; }
            public static object InterfaceDeclaredAgain() => Declared(X());

            [Graph] private static Tensor<float> OfGeneric(Tensor<float> x) { ILayer layer = new OnGeneric(); return layer.Run(x) + 1f; }
            public static object InterfaceOfGenericBase() => OfGeneric(X());

            [Graph]
            private static float[] Fill(Tensor<float> x)
            {
                var filled = new float[64];
                Parallel.For(0, 64, i => { var y = x + i; for (var turn = 0; turn < 50; turn++) { filled[i] = y[1] + turn; } });
                return filled;
            }

            public static object ThreadsShareWhatALambdaCaptures() => Fill(X());
            public static object ThreadsShareTheObjectOfALambda() => new Filler().Fill(X());
        }

        public sealed class Filler
        {
            private readonly float[] filled = new float[64];

            public float[] Fill(Tensor<float> x)
            {
                weights = x;
                Step();
                return filled;
            }

            private Tensor<float>? weights;

            [Graph] private void Step() => Parallel.For(0, 64, i => { var y = weights! + i; for (var turn = 0; turn < 50; turn++) { filled[i] = y[1] + turn; } });
        }

        public interface ILayer { Tensor<float> Run(Tensor<float> x); }
        public class Explicit : ILayer
        {
            Tensor<float> ILayer.Run(Tensor<float> x) => x * 10f;
            public virtual Tensor<float> Run(Tensor<float> x) => x * 20f;
        }
        public class Overrides : Explicit { public override Tensor<float> Run(Tensor<float> x) => x * 30f; }
        public sealed class NamesAgain : Overrides, ILayer;
        public sealed class DeclaresAgain : Overrides, ILayer { public override Tensor<float> Run(Tensor<float> x) => x * 40f; }
        public class OfAny<T> : ILayer { Tensor<float> ILayer.Run(Tensor<float> x) => x * 50f; }
        public class Hides : OfAny<int> { public virtual Tensor<float> Run(Tensor<float> x) => x * 60f; }
        public sealed class OnGeneric : Hides, ILayer;
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> Programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(level => level, level => new Lazy<WovenProgram>(() => new WovenProgram(Source, level)));

    public static TheoryData<string> Methods =>
    [
        "InterfaceNamedAgain",
        "InterfaceDeclaredAgain",
        "InterfaceOfGenericBase",
        "ThreadsShareWhatALambdaCaptures",
        "ThreadsShareTheObjectOfALambda",
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_woven_call_does_what_was_written(string method)
    {
        foreach (var program in Programs.Values)
        {
            program.Value.AssertSame("Program", method);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_verified_call_does_what_was_written(string method)
    {
        using var verify = new VerifyMode();
        A_woven_call_does_what_was_written(method);
    }
}
