using System.Text.RegularExpressions;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.IR.Text;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;

namespace GraphWeaver.UnitTests.IR;

/// <summary>
/// A small compiled module for tests that are written as IR text. Long names have short forms in single quotes, the function's header is left
/// out, and texts are compared after renumbering, so that a test names its values and blocks as it likes.
/// </summary>
internal sealed class IrModule
{
    private const string Source = """
        public static class Host
        {
            public static int Counter;
            public static void Method() { }
            public static int Two(int a, int b) => a;
            public static void Effect(int value) { }
            public static int Next(int value) => value;
            public static void Generic<TItem>(TItem item) { }
            public static void Keep(in Pair pair) { }
            public static void Both(int value, ref Pair pair) { }
            public static void Change(ref Pair pair) { }
            public static void Tensors(Tensor<float> a, Tensor<double> b, Tensor<float> c)
            {
                var d = Tensor.Tanh<float>(Tensor.Add<float>(a * a + a, c)) * 2f;
                Tensor.Sum<float>(d);
                b = b + b;
                a += c;
                a *= 2f;
                TensorMath.MatMul(a, c);
            }
        }

        public struct Pair
        {
            public int First, Second;
            public Pair(int first, int second) { First = first; Second = second; }
            public readonly int Sum() => First + Second;
            public void Grow() => First++;
        }

        public class Node
        {
            public int Value;
            public void Method() { }
        }
        """;

    private const string Tensor = "System.Numerics.Tensors.Tensor`1";
    private const string Span = "System.Numerics.Tensors.ReadOnlyTensorSpan`1";

    private static readonly CompiledAssembly Compiled = CSharpCompiler.Compile(Source, OptimizationLevel.Release);

    private static readonly Dictionary<string, string> LongForms = new()
    {
        ["void"] = "\"System.Void\"",
        ["int"] = "\"System.Int32\"",
        ["int&"] = "\"System.Int32&\"",
        ["long"] = "\"System.Int64\"",
        ["float"] = "\"System.Single\"",
        ["double"] = "\"System.Double\"",
        ["bool"] = "\"System.Boolean\"",
        ["object"] = "\"System.Object\"",
        ["Exception"] = "\"System.Exception\"",
        ["string"] = "\"System.String\"",
        ["Pair"] = "\"Pair\"",
        ["Pair&"] = "\"Pair&\"",
        ["Node"] = "\"Node\"",
        ["Tensor"] = $"\"{Tensor}<System.Single>\"",
        ["Tensor&"] = $"\"{Tensor}<System.Single>&\"",
        ["DoubleTensor"] = $"\"{Tensor}<System.Double>\"",
        ["Span"] = $"\"{Span}<System.Single>\"",
        ["Span&"] = $"\"{Span}<System.Single>&\"",
        ["Effect"] = "method \"System.Void Host::Effect(System.Int32)\"",
        ["Next"] = "method \"System.Int32 Host::Next(System.Int32)\"",
        ["Keep"] = "method \"System.Void Host::Keep(Pair&)\"",
        ["Both"] = "method \"System.Void Host::Both(System.Int32,Pair&)\"",
        ["Change"] = "method \"System.Void Host::Change(Pair&)\"",
        ["Counter"] = "field \"System.Int32 Host::Counter\"",
        ["new Pair"] = "method \"System.Void Pair::.ctor(System.Int32,System.Int32)\"",
        ["Sum()"] = "method \"System.Int32 Pair::Sum()\"",
        ["Grow()"] = "method \"System.Void Pair::Grow()\"",
        ["First"] = "field \"System.Int32 Pair::First\"",
        ["Value"] = "field \"System.Int32 Node::Value\"",
        ["ToSpan"] = $"method \"{Span}<!0> {Tensor}<System.Single>::op_Implicit({Tensor}<!0>)\"",
        ["IntegerSpan&"] = $"\"{Span}<System.Int32>&\"",
        ["IntegerTotal"] = $"method \"!!0 System.Numerics.Tensors.Tensor::Sum<System.Int32>({Span}<!!0>&)\"",
        ["Tanh"] = $"method \"{Tensor}<!!0> System.Numerics.Tensors.Tensor::Tanh<System.Single>({Span}<!!0>&)\"",
        ["Add"] = $"method \"{Tensor}<!!0> System.Numerics.Tensors.Tensor::Add<System.Single>({Span}<!!0>&,{Span}<!!0>&)\"",
        ["TotalOf"] = $"method \"!!0 System.Numerics.Tensors.Tensor::Sum<System.Single>({Span}<!!0>&)\"",
        ["MatMul"] = $"method \"{Tensor}<!!0> GraphWeaver.TensorMath::MatMul<System.Single>({Tensor}<!!0>,{Tensor}<!!0>)\"",
        ["PooledMatMul"] = $"method \"{Tensor}<!!0> GraphWeaver.Kernels.KernelProducts::PooledMatMul<System.Single>({Tensor}<!!0>,{Tensor}<!!0>)\"",
        ["Conv2D"] = $"method \"{Tensor}<!!0> GraphWeaver.TensorMath::Conv2D<System.Single>({Tensor}<!!0>,{Tensor}<!!0>,System.Int32,System.Int32)\"",
        ["Conv2DWithBias"] = $"method \"{Tensor}<!!0> GraphWeaver.TensorMath::Conv2D<System.Single>({Tensor}<!!0>,{Tensor}<!!0>,{Tensor}<!!0>,System.Int32,System.Int32)\"",
        ["PooledConv2D"] = $"method \"{Tensor}<!!0> GraphWeaver.Kernels.KernelProducts::PooledConv2D<System.Single>({Tensor}<!!0>,{Tensor}<!!0>,System.Int32,System.Int32)\"",
        ["Return"] = $"method \"System.Void GraphWeaver.Kernels.TensorPool::Return<System.Single>({Tensor}<!!0>)\"",
        ["+"] = $"method \"{Tensor}<!!0> System.Numerics.Tensors.Tensor::op_Addition<System.Single>({Tensor}<!!0>,{Tensor}<!!0>)\"",
        ["*"] = $"method \"{Tensor}<!!0> System.Numerics.Tensors.Tensor::op_Multiply<System.Single>({Tensor}<!!0>,{Tensor}<!!0>)\"",
        ["*scalar"] = $"method \"{Tensor}<!!0> System.Numerics.Tensors.Tensor::op_Multiply<System.Single>({Tensor}<!!0>,!!0)\"",
        ["+="] = $"method \"System.Void System.Numerics.Tensors.Tensor::op_AdditionAssignment<System.Single>({Tensor}<!!0>,{Span}<!!0>&)\"",
        ["*=scalar"] = $"method \"System.Void System.Numerics.Tensors.Tensor::op_MultiplicationAssignment<System.Single>({Tensor}<!!0>,!!0)\"",
        ["double+"] = $"method \"{Tensor}<!!0> System.Numerics.Tensors.Tensor::op_Addition<System.Double>({Tensor}<!!0>,{Tensor}<!!0>)\"",
    };

    public ModuleDefinition Module { get; } = CecilModules.Read(Compiled);

    /// <summary>The function of a short text; its method is <paramref name="method"/>, whatever arguments the text declares.</summary>
    public Function Parse(string text, string method = "System.Void Host::Method()")
    {
        var function = IrParser.Parse(Expand($"function \"{method}\"\n{text}"), Module);
        Verifier.Check(function, "parsing");
        return function;
    }

    public static string Expand(string text) => Regex.Replace(text, "'([^']+)'", match => LongForms[match.Groups[1].Value]);

    /// <summary>The short text of a function the verifier accepts.</summary>
    public static string Text(Function function)
    {
        Verifier.Check(function, "the pass under test");
        var text = IrWriter.Write(function);
        foreach (var (shortForm, longForm) in LongForms)
        {
            text = text.Replace(longForm, $"'{shortForm}'");
        }

        return text[(text.IndexOf('\n') + 1)..];
    }

    /// <summary>Runs a pass on a text and compares with another, both renumbered.</summary>
    public void AssertBecomes(string before, string after, Action<Function> pass) => AssertBecomes(before, after, function =>
    {
        pass(function);
        return function;
    });

    public void AssertBecomes(string before, string after, Func<Function, Function> pass) => Assert.Equal(Text(Parse(after)), Text(pass(Parse(before))));
}
