// S01 to S10, S16, R11: effects happen as often as without us, in that order; state is read when it is read.
public static class Effects
{
    private static Tensor<float> A => Make.V(1, 2, 3);

    private static int value = 5;
    [Graph, Kernels(1)]
    private static Tensor<float> Scenario1(Tensor<float> x, Tensor<float> y) { var sum = x + y; value = 1; return sum; }
    public static object Scenario1PrintsOne() { value = 5; var sum = Scenario1(A, A); Console.WriteLine(value); return sum; }

    private sealed class Func { public float Value = 5; [Graph, Kernels(1)] public Tensor<float> Construct(Tensor<float> x) => Value + x; }
    public static object Scenario2SeesTheField() { var func = new Func(); var first = func.Construct(A); func.Value = 1; return (first, func.Construct(A)); }

    private sealed class Counter { public int Reads; public float Gain { get { Reads++; Console.WriteLine("read " + Reads); return Reads; } set => Console.WriteLine("write " + value); } }
    [Graph]
    private static Tensor<float> Getter(Tensor<float> x, Counter counter) { var y = x * counter.Gain; counter.Gain = y[0]; return y + counter.Gain * x - counter.Gain; }
    public static object PropertyWithEffects() { var counter = new Counter(); return (Getter(A, counter), counter.Reads); }

    private static Tensor<float> state = Make.V(1, 1, 1);
    [Graph]
    private static void Accumulate(Tensor<float> x, float rate) { state = state + x * rate; Console.WriteLine(state[0]); state = state * 0.5f; }
    public static object StaticTensorThreeCalls() { state = Make.V(1, 1, 1); Accumulate(A, 1); Accumulate(A, 2); var kept = state; Accumulate(A, 3); return (kept, state); }

    private sealed class Outer { public Inner In = new(); public sealed class Inner { public float I = 1; public Tensor<float>? T; } }
    [Graph]
    private static void NestedStores(Outer outer, Tensor<float> x) { outer.In.I += 10; outer.In.T = x * outer.In.I; outer.In.I += 10; outer.In.T = outer.In.T + outer.In.I; }
    public static object NestedFields() { var outer = new Outer(); NestedStores(outer, A); NestedStores(outer, A); return outer; }

    private static event Action<float>? Changed;
    [Graph]
    private static Tensor<float> Raise(Tensor<float> x) { var y = x * 2f; Changed?.Invoke(y[0]); y = y + 1f; Changed?.Invoke(y[1]); return y; }
    public static object EventsInOrder() { var log = new List<float>(); void Note(float f) => log.Add(f); Changed += Note; Raise(A); Changed -= Note; Raise(A); return log; }

    [Graph]
    private static Tensor<float> Subscribe(Tensor<float> x, List<float> log) { Action<float> note = log.Add; Changed += note; Changed!(x[0]); x = x + 1f; Changed -= note; Changed?.Invoke(99); return x; }
    public static object SubscribeInside() { var log = new List<float>(); return (Subscribe(A, log), log, Changed is null); }

    [Graph]
    private static Tensor<float> Prints(Tensor<float> x) { Console.Write("a"); var y = x * 2f; Console.Write(y[0]); var z = x + y; Console.WriteLine("b"); Console.Error.Write("c"); return z + y[1]; }
    public static object PrintsInOrder() => Prints(A);

    [Graph]
    private static (string, Tensor<float>) Writes(Tensor<float> x, TextWriter writer) { writer.Write("len "); var y = x * 3f; writer.Write(y.FlattenedLength); writer.Write(y[2]); writer.Flush(); return (writer.ToString()!, y + 1f); }
    public static object WritesToAnything() { using var writer = new StringWriter(); return (Writes(A, writer), Writes(A, writer)); }

    private static int clock;
    private static float Now() => ++clock;
    [Graph]
    private static Tensor<float> Timed(Tensor<float> x) { var start = Now(); var y = x * start; var end = Now(); return y + (end - start) + x * Now(); }
    public static object ImpureCallsEachTime() { clock = 0; return (Timed(A), Timed(A), clock); }

    [Graph]
    private static Tensor<float> Drawn(Tensor<float> x, Random random) { var y = x * (float)random.NextDouble(); return y - (float)random.NextDouble() + x * (float)random.Next(10); }
    public static object RandomStreamIsShared() { var random = new Random(7); return (Drawn(A, random), Drawn(A, random), random.Next()); }

    [Graph]
    private static Tensor<float> Ordered(Tensor<float> x, List<string> log) { float Say(string text, float number) { log.Add(text); return number; } return x * Say("first", 2) + Say("second", 3) * (x - Say("third", 4)); }
    public static object OperandsLeftToRight() { var log = new List<string>(); return (Ordered(A, log), log); }

    [Graph]
    private static bool Short(Tensor<float> x, List<int> log) { bool Is(int i) { log.Add(i); return (x * 2f)[0] > i; } return (Is(1) && Is(5)) || (Is(0) | Is(9)); }
    public static object ShortCircuits() { var log = new List<int>(); return (Short(A, log), Short(Make.V(9), log), log); }

    [Graph]
    private static Tensor<float> Captured(Tensor<float> x) { var factor = 2f; Func<Tensor<float>> f = () => x * factor; factor = 3f; var y = f(); x = x + 1f; return y + f(); }
    public static object CapturedLocalMutated() => Captured(A);

    [Graph]
    private static Func<Tensor<float>>[] Closures(Tensor<float> x) { var made = new Func<Tensor<float>>[3]; for (var i = 0; i < 3; i++) { var own = i; made[i] = () => x * (float)own + (float)i; } x = x - 1f; return made; }
    public static object ClosuresOverLoopVariable() => Closures(A).Select(f => f()).ToArray();

    [Graph]
    private static Tensor<float> Unused(Tensor<float> x, Tensor<float> y, int[] log) { _ = x * 2f; _ = log[0]++; var dead = x + y; log[0] += 10; return x; }
    public static object UnusedOperatorsStillThrow() { var log = new int[1]; return (Unused(A, A, log), Make.Try(() => Unused(A, Make.V(1, 2), log)), Make.Try(() => Unused(null!, A, log)), log); }

    private static class Loud { public static readonly float Scale = Say(); static Loud() { Console.WriteLine("initialised"); } private static float Say() { Console.WriteLine("scale"); return 2f; } }
    [Graph]
    private static Tensor<float> Initialises(Tensor<float> x) { Console.WriteLine("before"); var y = x + 1f; Console.WriteLine("between"); return y * Loud.Scale; }
    public static object StaticConstructorRunsInPlace() => Initialises(A);

    private static float slot;
    private static ref float Slot() { Console.WriteLine("slot"); return ref slot; }
    [Graph]
    private static Tensor<float> ByReference(Tensor<float> x) { ref var s = ref Slot(); s = 2; var y = x * s; Slot() += 5; return y + s; }
    public static object RefReturns() => (ByReference(A), slot);

    [ThreadStatic] private static float perThread;
    [Graph]
    private static Tensor<float> OfThread(Tensor<float> x) { perThread += 1; return x * perThread; }
    public static object ThreadStatics() { perThread = 0; object? other = null; OfThread(A); var thread = new Thread(() => other = OfThread(A)); thread.Start(); thread.Join(); return (OfThread(A), other); }
}
