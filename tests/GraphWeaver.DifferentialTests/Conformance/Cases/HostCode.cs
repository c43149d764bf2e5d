// C, S06, S13: ordinary C# around the operators: branches, loops, scalars read from tensors, structures, properties, generics.
public static class HostCode
{
    private static Tensor<float> A => Make.V(1, 2, 3);

    [Graph]
    private static Tensor<float> Converge(Tensor<float> x, float tolerance) { var trips = 0; while (true) { var next = x * 0.5f + 1f; var change = Tensor.Max<float>(Tensor.Abs<float>(next - x)); x = next; if (change < tolerance || ++trips > 40) { break; } } return x * (float)trips; }
    public static object WhileUntilConverged() => new[] { Converge(A, 0.01f), Converge(A, 100f), Converge(A, -1f) };

    [Graph]
    private static Tensor<float> Carried(Tensor<float> a, Tensor<float> b, int n) { do { (a, b) = (b, a + b * 0.5f); } while (--n > 0); return a - b; }
    public static object TwoTensorsCarriedByLoop() => new[] { Carried(A, A, 0), Carried(A, Make.V(3, 2, 1), 6) };

    [Graph]
    private static Tensor<float> Branches(Tensor<float> x, int k) { if (k > 2) { x = x * 2f; if (k > 4) { x = x - 1f; } } else if (k == 0) { return x; } else { x = -x; } return x + (float)k; }
    public static object BranchesOnParameter() => Enumerable.Range(0, 6).Select(k => Branches(A, k)).ToArray();

    [Graph]
    private static Tensor<float> OnElement(Tensor<float> x) { if (x[0] > 0f) { x = x * x[1]; } else if (float.IsNaN(x[0])) { x = x + 1f; } else { x = x - x[0]; } return x * 2f; }
    public static object BranchOnElement() => new[] { OnElement(A), OnElement(Make.V(-1, 4)), OnElement(Make.V(float.NaN, 4)) };

    [Graph]
    private static Tensor<float> Switched(Tensor<float> x, string name) => name switch { "tanh" => Tensor.Tanh<float>(x), "double" => x * 2f, "none" => x, _ when name.Length > 6 => x + (float)name.Length, _ => throw new ArgumentException(name) };
    public static object SwitchOnString() => (Switched(A, "tanh"), Switched(A, "double"), Switched(A, "none"), Switched(A, "something"), Make.Try(() => Switched(A, "?")));

    [Graph]
    private static Tensor<float> ByNumber(Tensor<float> x, int[] program) { foreach (var code in program) { switch (code) { case 0: continue; case 1: x = x + 1f; break; case 2: x = x * 2f; break; case 10: return x; case 100: goto end; default: x = -x; break; } x = x * 0.5f; } end: return x - 1f; }
    public static object SwitchOnIntInLoop() => new[] { ByNumber(A, [1, 0, 2, 7]), ByNumber(A, [2, 10, 1]), ByNumber(A, [100, 1]), ByNumber(A, []) };

    [Graph]
    private static Tensor<float> Rows(Tensor<float> m, int rows, int columns) { var total = 0f; for (var i = 0; i < rows; i++) { for (var j = 0; j < columns; j++) { if (m[i, j] < 0f) { continue; } total += m[i, j]; if (total > 6f) { goto done; } } m = m + 1f; } done: return m * total; }
    public static object NestedLoopsOverElements() => (Rows(Make.M(2, 3), 2, 3), Rows(Make.M(2, 3, -5), 2, 3), Make.Try(() => Rows(Make.M(2, 2, -50), 2, 3)));

    [Graph]
    private static float Collatz(Tensor<float> x) { var n = (int)Tensor.Sum<float>(x); var steps = 0; while (n != 1) { n = (n & 1) == 0 ? n / 2 : checked(3 * n + 1); steps++; } return steps + Tensor.Sum<float>(x * (float)steps); }
    public static object IntegerLoopOnReduction() => (Collatz(A), Collatz(Make.V(27)));

    private struct Pair(Tensor<float> left, float scale) { public Tensor<float> Left = left; public float Scale { get; set; } = scale; public readonly Tensor<float> Scaled => Left * Scale; public Tensor<float> this[int i] { readonly get => Left + i; set => Left = value * (float)i; } public void Grow() => Scale += 1f; }
    [Graph]
    private static (Pair, Tensor<float>) Structs(Pair pair) { var copy = pair; copy.Grow(); var y = pair.Scaled + copy.Scaled; copy[2] = y; pair.Left = pair[3]; return (pair, copy.Left + pair.Left); }
    public static object StructCopiesAndIndexers() => Structs(new Pair(A, 2));

    private readonly record struct Point(Tensor<float> At, int Step);
    [Graph]
    private static Point Next(Point point, float rate) { var (at, step) = point; return point with { At = at - at * rate, Step = step + 1 }; }
    public static object RecordsDeconstructed() => Next(Next(new Point(A, 0), 0.5f), 0.25f);

    private sealed class Model(Tensor<float> weights)
    {
        public Tensor<float> Weights { get; private set; } = weights;
        public event Action<float>? Stepped;
        public float this[string name] => name.Length;
        [Graph] public Model Step(Tensor<float> gradient, float rate) { Weights -= gradient * rate; Stepped?.Invoke(Weights[0]); Weights = Weights * this["ab"]; return this; }
    }
    public static object ModelWithEventsAndIndexer() { var log = new List<float>(); var weights = A; var model = new Model(weights); model.Stepped += log.Add; return (model.Step(A, 0.5f).Step(A, 2f).Weights, weights, log); }

    [Graph]
    private static T Generic<T>(Tensor<T> x, T factor) where T : System.Numerics.INumber<T> { var sum = T.Zero; for (nint i = 0; i < x.FlattenedLength; i++) { sum += x[i] * factor; } return sum - T.One; }
    public static object GenericMath() => (Generic(A, 2f), Generic(Make.D(1, 2), 0.5), Generic(Tensor.Create(new[] { 3, 4 }), 5));

    private sealed class Box<T>(T scale) { public T Scale = scale; [Graph] public Tensor<float> Apply(Tensor<float> x, Func<T, float> of) => x * of(Scale) + 1f; }
    public static object GenericClass() => (new Box<string>("abc").Apply(A, s => s.Length), new Box<int>(4).Apply(A, i => i));

    [Graph]
    private static long Mixed(Tensor<float> x, byte small, long large) { small += (byte)x[2]; var c = (char)(small + 60); large = unchecked(large * 31 + c); var half = (Half)x[1]; var m = (decimal)x[0] / 3; return large + (long)(m * 1000) + (long)(float)half + (uint)small; }
    public static object ConversionsOfElements() => (Mixed(A, 254, long.MaxValue), Mixed(Make.V(-1, 2.5f, 300), 3, 1));

    [Graph]
    private static string Text(Tensor<float> x, int? n) => $"{x.Rank}/{x.FlattenedLength}:{n ?? -1} " + string.Join(',', x.Lengths.ToArray()) + (x is { IsEmpty: false } ? x[0] > 1f ? "large" : "small" : "empty");
    public static object TextOfShapes() => (Text(A, 3), Text(Make.V(), null), Text(Make.V(5), null));

    [Graph]
    private static Tensor<float> Recursive(Tensor<float> x, int depth) => depth == 0 ? x : Recursive(x * 2f, depth - 1) + x;
    public static object Recursion() => Recursive(A, 4);

    [Graph]
    private static Tensor<float> Defaults(Tensor<float>? x = null, float scale = 2f, params float[] rest) { x ??= Make.V(7); foreach (var r in rest) { x = x + r; } return x * scale; }
    public static object OptionalAndParams() => (Defaults(), Defaults(A, 3f), Defaults(A, 1f, 4, 5));

    [Graph]
    private static Tensor<float> Shapes(Tensor<float> a, Tensor<float> b, bool wide) { var x = wide ? a : b; x = x * 2f; return x + x; }
    public static object ArmsOfDifferentShape() => new[] { Shapes(Make.M(2, 2), A, true), Shapes(Make.M(2, 2), A, false) };

    [Graph]
    private static (bool, object) Types(object x) => (x is Tensor<float> { Rank: 1 } t && (t + 1f)[0] > 1f, x switch { Tensor<float> f => f * 2f, Tensor<double> d => d * 2.0, int i => i, null => "null", _ => x.GetType().Name });
    public static object TypeTests() => (Types(A), Types(Make.D(1)), Types(5), Types(null!), Types("s"), Types(Make.M(1, 1)));

    [Graph]
    private static float Pointers(float[] data, Tensor<float> x) { unsafe { fixed (float* p = data) { p[1] = x[0]; var y = x * p[0]; *(p + 2) = y[1]; return y[2] + Tensor.Sum<float>(Tensor.Create(data) * 2f); } } }
    public static object PinnedArray() { var data = new float[] { 2, 0, 0 }; return (Pointers(data, A), data); }
}
