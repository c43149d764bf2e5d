using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Calls;

/// <summary>Calls on objects: which of them are lifted, when a null receiver throws, whose private members are reached, and when initializers run.</summary>
public sealed class DispatchTests
{
    private const string Source = """
        public static class Program
        {
            private static Tensor<float> X() => Tensor.Create<float>(new float[] { 1, 2, 3 });

            [Graph] private static Tensor<float> OnParameter(Layer layer, Tensor<float> x) { var y = x * 2f; Console.WriteLine("before"); return layer.Apply(y) + 1f; }
            public static object Instance() => OnParameter(new Layer(3f), X());
            public static object NullReceiver() => OnParameter(null!, X());
            public static object NullArgument() => OnParameter(new Layer(3f), null!);
            [Graph] private static Tensor<float> ArgumentsFirst(Layer? layer, Tensor<float> x) => layer!.Apply(Said(x)) + 1f;
            private static Tensor<float> Said(Tensor<float> x) { Console.WriteLine("argument"); return x; }
            public static object NullAfterArguments() => ArgumentsFirst(null, X());
            [Graph] private static Tensor<float> Ignores(Layer? layer, Tensor<float> x) => layer!.Constant(x) + 1f;
            public static object NullReceiverUnused() => Ignores(null, X());
            public static object ReceiverUnused() => Ignores(new Layer(2f), X());

            [Graph] public static Tensor<float> NewReceiver(Tensor<float> x) => new Layer(2f).Apply(x) + 1f;
            public static object CallsNew() => NewReceiver(X());
            [Graph] private static Tensor<float> OnSealed(SealedLayer layer, Tensor<float> x) => layer.Run(x) + 1f;
            public static object Sealed() => OnSealed(new SealedLayer(), X());
            public static object SealedNull() => OnSealed(null!, X());
            [Graph] private static Tensor<float> OnExact(Tensor<float> x) { Base made = new Derived(); return made.Run(x) + 1f; }
            public static object Exact() => OnExact(X());
            [Graph] private static Tensor<float> OnHiding(Tensor<float> x) { Base made = new Hiding(); return made.Run(x) + 1f; }
            public static object Hidden() => OnHiding(X());
            [Graph] private static Tensor<float> OnOpen(Base any, Tensor<float> x) => any.Run(x) + 1f;
            public static object Open() => (OnOpen(new Base(), X()), OnOpen(new Derived(), X()));
            [Graph] private static Tensor<float> OnInterface(IRuns any, Tensor<float> x) => any.Go(x) + 1f;
            public static object OpenInterface() => (OnInterface(new Runner(), X()), OnInterface(new Other(), X()));
            [Graph] private static Tensor<float> OnExactInterface(Tensor<float> x) { IRuns made = new Runner(); return made.Go(x) + 1f; }
            public static object ExactInterface() => OnExactInterface(X());
            [Graph] private static Tensor<float> OnExplicitInterface(Tensor<float> x) { IRuns made = new Other(); return made.Go(x) + 1f; }
            public static object ExplicitInterface() => OnExplicitInterface(X());
            [Graph] private static Tensor<float> OnFinal(FinalRun any, Tensor<float> x) => any.Run(x) + 1f;
            public static object FinalMethod() => OnFinal(new AfterFinal(), X());
            public static object BaseCall() => new Derived().Both(X());
            public static object Property() { var layer = new Layer(2f); layer.Bias = X(); return layer.Twice(X()); }
            public static object FieldOfField() => new Network(new Layer(2f), new Layer(0.5f)).Forward(X());
            public static object FieldOfFieldNull() => new Network(new Layer(2f), null!).Forward(X());

            [Graph] private static Tensor<float> Secretive(Vault vault, Tensor<float> x) => vault.Use(x) + 1f;
            public static object PrivateMembers() { var vault = new Vault(); return (Secretive(vault, X()), Secretive(vault, X()), Vault.Total()); }
            [Graph] private static Tensor<float> StaticSecret(Tensor<float> x) => Vault.Shared(x) + 1f;
            public static object PrivateStatic() => (StaticSecret(X()), StaticSecret(X()), Vault.Total());
            [Graph] private static Tensor<float> FromProtected(Guarded guarded, Tensor<float> x) => guarded.Use(x) + 1f;
            public static object ProtectedMembers() => FromProtected(new Guarded(), X());
            [Graph] private static Tensor<float> PrivateType(Vault vault, Tensor<float> x) => vault.UseInner(x) + 1f;
            public static object PrivateNestedType() => PrivateType(new Vault(), X());

            [Graph] private static Tensor<float> Precise(Tensor<float> x) { Console.WriteLine("start"); var y = LoudPrecise.Apply(x); Console.WriteLine("end"); return y + 1f; }
            public static object PreciseInitializer() => Precise(X());
            [Graph] private static Tensor<float> Relaxed(Tensor<float> x) { Console.WriteLine("start"); var y = Quiet.Apply(x); Console.WriteLine("end"); return y + 1f; }
            public static object RelaxedInitializer() => Relaxed(X());
            [Graph] private static Tensor<float> OfStruct(Tensor<float> x) { Console.WriteLine("start"); LoudStruct made = default; return made.Apply(x) + 1f; }
            public static object StructInitializer() => OfStruct(X());
        }
        public class Layer(float factor)
        {
            private readonly float factor = factor;
            public Tensor<float>? Bias { get; set; }
            public Tensor<float> Apply(Tensor<float> t) { Console.WriteLine("apply"); return t * factor; }
            public Tensor<float> Constant(Tensor<float> t) => t * 4f;
            public Tensor<float> Scale(Tensor<float> t) => t * factor;
            private Tensor<float> Biased(Tensor<float> t) => t * factor + Bias!;
            [Graph] public Tensor<float> Twice(Tensor<float> t) => Biased(Biased(t));
        }
        public class Network(Layer first, Layer second) { [Graph] public Tensor<float> Forward(Tensor<float> x) => second.Scale(first.Scale(x) + 1f) - x; }
        public class Base { public virtual Tensor<float> Run(Tensor<float> t) => t * 2f; }
        public class Derived : Base
        {
            public override Tensor<float> Run(Tensor<float> t) => t * 3f;
            [Graph] public Tensor<float> Both(Tensor<float> t) => base.Run(t) + 1f;
        }
        public class Hiding : Derived { public new virtual Tensor<float> Run(Tensor<float> t) => t * 5f; }
        public class FinalRun : Base { public sealed override Tensor<float> Run(Tensor<float> t) => t * 7f; }
        public class AfterFinal : FinalRun;
        public sealed class SealedLayer : Base { public override Tensor<float> Run(Tensor<float> t) => t * 4f; }
        public interface IRuns { Tensor<float> Go(Tensor<float> t); }
        public class Runner : IRuns { public Tensor<float> Go(Tensor<float> t) => t * 6f; }
        public class Other : IRuns { Tensor<float> IRuns.Go(Tensor<float> t) => t * 8f; public Tensor<float> Go(Tensor<float> t) => t * 9f; }
        public class Vault
        {
            private static int total;
            private int uses;
            private float Secret { get; set; } = 2f;
            private Tensor<float> Hide(Tensor<float> t) => t - Secret;
            private static float Ask() { Console.WriteLine("asked"); return ++total; }
            public Tensor<float> Use(Tensor<float> t) { uses++; Secret += uses; return Hide(t) * Ask(); }
            public static Tensor<float> Shared(Tensor<float> t) { total += 2; return t * total + Ask(); }
            public static int Total() => total;
            private sealed class Inner { public float Value = 3f; }
            private readonly Inner inner = new();
            public Tensor<float> UseInner(Tensor<float> t) => t * inner.Value;
        }
        public class GuardedBase { protected float factor = 3f; protected virtual float More() => 4f; }
        public class Guarded : GuardedBase { protected override float More() => base.More() + 1f; public Tensor<float> Use(Tensor<float> t) => t * factor + base.More(); }
        public static class LoudPrecise { private static readonly float factor; static LoudPrecise() { Console.WriteLine("initializer"); factor = 2f; } public static Tensor<float> Apply(Tensor<float> t) { Console.WriteLine("apply"); return t * 2f; } }
        public static class Quiet { private static readonly float factor = 2f; public static Tensor<float> Apply(Tensor<float> t) { Console.WriteLine("apply"); return t * factor; } }
        public struct LoudStruct { private static readonly float factor; private int calls; static LoudStruct() { Console.WriteLine("initializer"); factor = 2f; } public Tensor<float> Apply(Tensor<float> t) { calls++; return t * calls; } public static float Factor => factor; }
        """;

    public static TheoryData<string, string, int, int> Calls => new()
    {
        { "Instance", "OnParameter", 2, 0 },
        { "NullReceiver", "OnParameter", 2, 0 },
        { "NullArgument", "OnParameter", 2, 0 },
        { "NullAfterArguments", "ArgumentsFirst", 1, 0 },
        { "NullReceiverUnused", "Ignores", 1, 0 },
        { "ReceiverUnused", "Ignores", 1, 0 },
        { "CallsNew", "NewReceiver", 1, 0 },
        { "Sealed", "OnSealed", 1, 0 },
        { "SealedNull", "OnSealed", 1, 0 },
        { "Exact", "OnExact", 1, 0 },
        { "Hidden", "OnHiding", 1, 0 },
        { "Open", "OnOpen", 1, 1 },
        { "OpenInterface", "OnInterface", 1, 1 },
        { "ExactInterface", "OnExactInterface", 1, 0 },
        { "ExplicitInterface", "OnExplicitInterface", 1, 0 },
        { "FinalMethod", "OnFinal", 1, 0 },
        { "PrivateMembers", "Secretive", -1, 0 },
        { "PrivateStatic", "StaticSecret", -1, 0 },
        { "ProtectedMembers", "FromProtected", -1, 0 },
        { "PrivateNestedType", "PrivateType", 1, 1 },
        { "PreciseInitializer", "Precise", 1, 1 },
        { "RelaxedInitializer", "Relaxed", -1, 0 },
        { "StructInitializer", "OfStruct", 1, 1 },
    };

    public static TheoryData<string, string, int> Methods => new()
    {
        { "BaseCall", "Derived.Both", 1 },
        { "Property", "Layer.Twice", 1 },
        { "FieldOfField", "Network.Forward", 1 },
        { "FieldOfFieldNull", "Network.Forward", 1 },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_on_an_object_does_what_it_did(string run, string method, int kernels, int fallbacks) => Check(run, "Program." + method, kernels, fallbacks);

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_call_on_this_does_what_it_did(string run, string method, int kernels) => Check(run, method, kernels, 0);

    private static void Check(string run, string method, int kernels, int fallbacks)
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            // Initializers run once: each case has statics of its own.
            using var program = new WovenProgram(Source, optimization);
            program.AssertSame("Program", run);
            var report = program.MethodReport(method);
            Assert.True(report.IsWoven, string.Join(Environment.NewLine, report.Diagnostics));
            Assert.Equal((kernels < 0 ? report.Kernels : kernels, fallbacks), (report.Kernels, report.Fallbacks));
        }
    }
}
