using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Calls;

/// <summary>
/// Objects read between operators: one kernel where all are there; where one is not, what failed first fails first. The kernels are counted.
/// </summary>
public sealed class ReceiverTests
{
    private const string Source = """
        public sealed class Layer(Tensor<float> weight, float bias)
        {
            public readonly Tensor<float> Weight = weight;
            public Tensor<float> Forward(Tensor<float> x) => x * Weight + bias;
            public Tensor<float> Other(Tensor<float> x) => x - Weight;
        }
        public sealed class Network(Layer first, Layer second, Network? next = null)
        {
            public Layer First = first, Second = second;
            public Network? Next = next;
            [Graph] public Tensor<float> Forward(Tensor<float> x) => second.Forward(first.Forward(x)) * 2f;
            [Graph] public Tensor<float> Deep(Tensor<float> x) => Next!.Next!.Second.Forward(first.Forward(x)) + 1f;
            [Graph] public Tensor<float> Changed(Tensor<float> x) { var y = First.Forward(x); First = Second; return First.Forward(y); }
        }
        public static class Program
        {
            [Graph] public static Tensor<float> Same(Layer layer, Tensor<float> x) => layer.Other(layer.Forward(x)) + 1f;
            [Graph] public static Tensor<float> Two(Network net, Tensor<float> x) => net.Second.Forward(net.First.Forward(x + 1f));
            [Graph] public static (Tensor<float>, Tensor<float>) Kept(Network net, Tensor<float> x) { var y = x * 2f; var w = net.Second.Weight; var z = y + w; return (z * y, w); }
            [Graph] public static Tensor<float> Into(Network net, Tensor<float> x) { x += 1f; x *= net.Second.Weight; return x; }
            [Graph] public static Tensor<float> Branching(Network net, Tensor<float> x, bool go) { var y = x + 1f; var l = net.First; if (go) { y = l.Forward(y) * net.Second.Weight; } return y * l.Weight; }
            [Graph] public static Tensor<float> Caught(Network net, Tensor<float> x) { try { return net.Second.Forward(net.First.Forward(x)); } catch (NullReferenceException) { return x; } catch (ArgumentException e) { Console.WriteLine(e.Message); return x + 1f; } }

            public static object? Run(string what, string how)
            {
                var weight = Tensor.Create<float>([1, 2, 3, 4]);
                var (good, bad) = (new Layer(weight, 2f), new Layer(Tensor.Create<float>([1, 2, 3]), 3f));
                var x = how == "no tensor" ? null! : Tensor.Create<float>([4, 3, 2, 1]);
                var first = how is "no first" or "neither" ? null! : how.StartsWith("bad first") ? bad : good;
                var second = how is "no second" or "neither" or "bad first, no second" ? null! : how == "bad second" ? bad : how == "empty" ? new Layer(null!, 1f) : new Layer(weight * 2f, 0.5f);
                var net = new Network(first, second, how == "no next" ? null : new Network(good, good, how == "no next of next" ? null : new Network(first, second)));
                try
                {
                    var given = how == "nothing" ? null! : net;
                    object? result = what switch
                    {
                        "Forward" => given.Forward(x), "Deep" => given.Deep(x), "Changed" => given.Changed(x),
                        "Same" => Same(second, x), "Two" => Two(given, x), "Kept" => Kept(given, x) is var (z, w) ? (Text(z), ReferenceEquals(w, second.Weight)) : 0,
                        "Into" => Into(given, x), "Branching" => Branching(given, x, true), "NotBranching" => Branching(given, x, false), _ => Caught(given, x),
                    };
                    return (result is Tensor<float> t ? Text(t) : result?.ToString()) + " " + Text(x);
                }
                catch (Exception e)
                {
                    return e.GetType().Name + ": " + e.Message + " " + Text(x);
                }
            }
            private static string Text(Tensor<float> t) => t is null ? "null" : string.Join(",", t.ToArray());
        }
        """;

    private static readonly string[] Hows = ["all", "nothing", "no tensor", "no first", "no second", "neither", "bad first", "bad second", "bad first, no second", "empty", "no next", "no next of next"];

    public static TheoryData<string, string, int> Methods => new()
    {
        { "Forward", "Network.Forward", 1 },
        { "Deep", "Network.Deep", 1 },
        { "Changed", "Network.Changed", 2 },
        { "Same", "Program.Same", 1 },
        { "Two", "Program.Two", 1 },
        { "Kept", "Program.Kept", 1 },
        { "Into", "Program.Into", -1 },
        { "Branching", "Program.Branching", -1 },
        { "NotBranching", "Program.Branching", -1 },
        { "Caught", "Program.Caught", -1 },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void What_fails_first_fails_first(string what, string method, int kernels)
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = Programs.Of(Source, optimization);
            foreach (var how in Hows)
            {
                program.AssertSame("Program", "Run", () => [what, how]);
            }

            var report = program.MethodReport(method);
            Assert.True(report.IsWoven, string.Join(Environment.NewLine, report.Diagnostics));
            Assert.Equal((kernels < 0 ? report.Kernels : kernels, 0), (report.Kernels, report.Fallbacks));
        }
    }
}
