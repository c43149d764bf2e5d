// F01 to F05: a call the build does not know, at every place a tensor operator may stand beside it.
public static class RunTimeFallback
{
    private static Tensor<double> X => Make.D(0.5, -1, 2);

    [Graph, Kernels(2), Warns("SpecialFunctions.Logistic")]
    private static Tensor<double> Line(Tensor<double> x, double p) { var y = x * 2.0; var s = SpecialFunctions.Logistic(p + y[0]); return y * s + 1.0; }
    public static object StraightLine() => new[] { Line(X, 0.3), Line(Make.D(4), -2) };

    [Graph, Kernels(1), Warns("SpecialFunctions.Logistic")]
    private static Tensor<double> Before(Tensor<double> x, double p) { var s = SpecialFunctions.Logistic(p); return x * s + 1.0; }
    public static object FirstStatement() => Before(X, 0.3);

    [Graph, Kernels(1), Warns("SpecialFunctions.Logistic")]
    private static double After(Tensor<double> x, double p) { var y = x * 2.0 + p; return SpecialFunctions.Logistic(y[1]); }
    public static object LastStatement() => After(X, 0.3);

    [Graph, Warns("SpecialFunctions.Logistic")]
    private static Tensor<double> Body(Tensor<double> x, int n) { for (var i = 0; i < n; i++) { x = x + 0.5; x = x * SpecialFunctions.Logistic(i + x[0]); x = x - 1.0; } return x; }
    public static object LoopBody() => new[] { Body(X, 0), Body(X, 1), Body(X, 7) };

    [Graph, Warns("SpecialFunctions.Logistic")]
    private static (Tensor<double>, int) Condition(Tensor<double> x, double limit) { var trips = 0; while (SpecialFunctions.Logistic(Tensor.Sum<double>(x)) < limit && trips < 50) { x = x * 1.5 + 0.25; trips++; } return (x, trips); }
    public static object LoopCondition() => (Condition(X, 0.99), Condition(X, 0), Condition(Make.D(-4), 2));

    [Graph, Warns("SpecialFunctions.Logistic")]
    private static Tensor<double> Break(Tensor<double> x, int n) { for (var i = 0; ; i++) { x = x * 1.25; if (i == n) { x = x + SpecialFunctions.Logistic(i); break; } x = x - 0.5; } return x; }
    public static object BreakPath() => new[] { Break(X, 0), Break(X, 3) };

    [Graph, Warns("SpecialFunctions.Logistic", "SpecialFunctions.Gamma", "SpecialFunctions.Erf")]
    private static Tensor<double> Regions(Tensor<double> x, double p)
    {
        try { x = x * SpecialFunctions.Logistic(p); if (p > 1) { throw new InvalidOperationException("large"); } x = x + 1.0; }
        catch (InvalidOperationException) { x = x - SpecialFunctions.Gamma(p); x = x * 3.0; }
        finally { Console.WriteLine(x[0] + SpecialFunctions.Erf(p)); x = x * 0.5; }
        return x;
    }
    public static object TryCatchFinally() => new[] { Regions(X, 0.5), Regions(X, 2.5) };

    private sealed class Scope(string name) : IDisposable { public double Scale => name.Length; public void Dispose() => Console.WriteLine("end of " + name); }
    [Graph, Warns("SpecialFunctions.Logistic")]
    private static Tensor<double> Used(Tensor<double> x, string name) { using (var scope = new Scope(name)) { x = x * scope.Scale; x = x + SpecialFunctions.Logistic(scope.Scale); Console.WriteLine("inside"); } return x * 2.0; }
    public static object Using() => (Used(X, "abc"), Make.Try(() => Used(null!, "n")));

    private static readonly object Gate = new();
    [Graph, Warns("SpecialFunctions.Logistic")]
    private static Tensor<double> Locked(Tensor<double> x, double p) { lock (Gate) { x = x + p; x = x * SpecialFunctions.Logistic(p); } return x - 1.0; }
    public static object Lock() => (Locked(X, 1), Make.Try(() => Locked(null!, 1)), Monitor.IsEntered(Gate));

    [Graph, Warns("SpecialFunctions.Logistic")]
    private static Tensor<double> Arm(Tensor<double> x, int which, double p) { switch (which) { case 0: return x * 2.0; case 1: x = x * SpecialFunctions.Logistic(p); break; case 2: x = x + 3.0; goto case 0; default: x = -x; break; } return x + 1.0; }
    public static object SwitchArm() => Enumerable.Range(-1, 5).Select(i => Arm(X, i, 0.25)).ToArray();

    [Graph, Warns("SpecialFunctions.Logistic", "SpecialFunctions.Gamma")]
    private static Tensor<double> Chosen(Tensor<double> x, double p) => x * (p > 0 ? SpecialFunctions.Logistic(p) : SpecialFunctions.Gamma(2 - p)) + (p > 1 ? x : x * 2.0);
    public static object ConditionalExpression() => new[] { Chosen(X, 0.5), Chosen(X, -0.5), Chosen(X, 1.5) };

    [Graph]
    private static Tensor<double> Lambda(Tensor<double> x, double p) { Func<Tensor<double>, Tensor<double>> f = t => t * SpecialFunctions.Logistic(p) + 1.0; p += 1; return f(x * 2.0) - f(x); }
    public static object InLambda() => Lambda(X, 0.5);

    [Graph]
    private static Tensor<double> Local(Tensor<double> x, double p) { var calls = 0; Tensor<double> Step(Tensor<double> t) { calls++; return t * SpecialFunctions.Logistic(p + calls); } return Step(x + 1.0) + Step(x) * (double)calls; }
    public static object InLocalFunction() => Local(X, 0.5);

    [Graph]
    private static double[] Query(Tensor<double> x, double p) { var y = x * 2.0; return y.ToArray().Select(value => value * p).Where(value => value > 0).ToArray(); }
    public static object LinqOverElements() => Query(X, 0.5);

    [Graph]
    private static Tensor<double> Delegated(Tensor<double> x, Func<Tensor<double>, Tensor<double>> hook) => hook(x * 2.0) + hook(x) * 0.5;
    public static object DelegateBetween() { var log = new List<double>(); return (Delegated(X, t => { log.Add(t[0]); return t + 1.0; }), log, Make.Try(() => Delegated(X, null!))); }

    private abstract class Layer { public abstract Tensor<double> Run(Tensor<double> x); }
    private sealed class Twice : Layer { public override Tensor<double> Run(Tensor<double> x) { Console.WriteLine("twice"); return x * 2.0; } }
    private sealed class Shift(double by) : Layer { public override Tensor<double> Run(Tensor<double> x) { Console.WriteLine("shift"); return x + by; } }
    [Graph]
    private static Tensor<double> Stack(Tensor<double> x, Layer[] layers) { foreach (var layer in layers) { x = layer.Run(x) - 0.25; } return x; }
    public static object VirtualCalls() => (Stack(X, [new Twice(), new Shift(3), new Twice()]), Stack(X, []));
}
