// S14, S15, B09, B13: who shares memory with whom, and what a write through one shows through the other.
public static class Aliasing
{
    private static Tensor<float> A => Make.V(1, 2, 3);

    [Graph]
    private static Tensor<float> AddAssign(Tensor<float> c, Tensor<float> a) { c += a; return c; }
    public static object CompoundAddWritesTheCallersTensor() { var c = A; var result = AddAssign(c, A); return (c, result, ReferenceEquals(c, result)); }

    [Graph]
    private static Tensor<float> MulAssign(Tensor<float> c) { var before = c; c *= 2f; c -= 1f; c /= 4f; return before; }
    public static object CompoundScalars() { var c = A; var result = MulAssign(c); return (c, result, ReferenceEquals(c, result)); }

    [Graph]
    private static Tensor<float> OfFresh(Tensor<float> x) { var y = x * 1f; y += x; y *= y; var z = y; z -= x; return y; }
    public static object CompoundOnFreshResult() { var x = A; return (OfFresh(x), x); }

    [Graph]
    private static Tensor<float> Same(Tensor<float> c, Tensor<float> a) { var y = c * 2f; c += a; return y + a + c; }
    public static object SameTensorTwice() { var c = A; return (Same(c, c), c); }

    [Graph]
    private static (Tensor<float>, float) ReadBetween(Tensor<float> c, Tensor<float> a) { var first = c[0]; c += a; var second = c[0]; c *= a; return (c + first, second); }
    public static object ElementsReadBetweenWrites() { var c = A; return (ReadBetween(c, A), c, ReadBetween(c, c), c); }

    [Graph]
    private static Tensor<float> Elements(Tensor<float> t, int i, float v) { var y = t * 2f; t[i, 1] = v; var z = t + y; t[0, i] += v; return z * t; }
    public static object ElementWrites() { var t = Make.M(2, 2); return (Elements(t, 1, 7), t, Make.Try(() => Elements(t, 2, 1)), t); }

    [Graph]
    private static Tensor<float> LoopWrites(Tensor<float> t, int n) { for (var i = 0; i < n; i++) { t[i] = t[i] * 2f + i; t += 1f; } return t - 1f; }
    public static object ElementWritesInLoop() { var t = A; return (LoopWrites(t, 3), t, Make.Try(() => LoopWrites(t, 4)), t); }

    [Graph]
    private static Tensor<float> Views(Tensor<float> t) { var view = t.Slice(0..2, 1..3); var y = view * 2f; view[0, 0] = 100f; return y + view + t.Slice(1..3, 0..2); }
    public static object SliceIsAView() { var t = Make.M(3, 3); return (Views(t), t); }

    [Graph]
    private static Tensor<float> WriteUnderView(Tensor<float> t) { var view = t.Slice(1..3, 0..2); t += 1f; var y = view * 2f; t[1, 0] = -5; return y + view; }
    public static object SourceWrittenUnderView() { var t = Make.M(3, 3); return (WriteUnderView(t), t); }

    [Graph]
    private static Tensor<float> Overlap(Tensor<float> t) { var (left, right) = (t.Slice(0..3), t.Slice(1..4)); left += right; return left * right; }
    public static object OverlappingViews() { var t = Make.V(1, 2, 3, 4); return (Make.Try(() => Overlap(t)), t); }

    [Graph]
    private static Tensor<float> Reshaped(Tensor<float> t) { var square = t.Reshape([2, 2]); var y = square * 3f; square[1, 1] = 50f; return y + square + t[3]; }
    public static object ReshapeShares() { var t = Make.V(1, 2, 3, 4); return (Reshaped(t), t); }

    [Graph]
    private static Tensor<float> OverArray(float[] data) { var t = Tensor.Create(data); var y = t * 2f; data[0] = 10f; var z = t * 2f; t[1] = 20f; return y + z + data[1]; }
    public static object TensorOverArray() { var data = new float[] { 1, 2, 3 }; return (OverArray(data), data); }

    [Graph]
    private static Tensor<float> ConstantArray(Tensor<float> x) { float[] data = [1, 2, 3]; var t = Tensor.Create(data); var y = x * t; data[0] += 10f; t += 1f; return y + t * data[2]; }
    public static object TensorOverConstantArray() => (ConstantArray(A), ConstantArray(A));

    [Graph]
    private static float Spans(TensorSpan<float> t, ReadOnlyTensorSpan<float> r) { t[0] = 9f; var sum = Tensor.Sum<float>(r); t.Fill(2f); return sum + Tensor.Sum<float>(r) + r[1]; }
    public static object TensorSpanParameters() { var t = A; return (Spans(t.AsTensorSpan(), t.AsReadOnlyTensorSpan()), t); }

    [Graph]
    private static float PlainSpans(Span<float> s, ReadOnlySpan<float> r, Tensor<float> t) { var y = t * 2f; s[0] = y[1]; var z = t + s[0]; s[1] += r[0]; return Tensor.Sum<float>(z) + Tensor.Sum<float>(t) + r[1]; }
    public static object SpanParameters() { var data = new float[] { 1, 2, 3 }; return (PlainSpans(data, data.AsSpan(0, 2), Tensor.Create(data)), data); }

    [Graph]
    private static Tensor<float> SpanLocal(Tensor<float> x) { var y = x + 1f; var span = y.AsTensorSpan(); span[0] = 40f; var z = y * 2f; span[1] = z[0]; return z + y; }
    public static object SpanOfFreshResult() { var x = A; return (SpanLocal(x), x); }

    [Graph]
    private static Tensor<float> Destination(Tensor<float> x, Tensor<float> y, Tensor<float> d) { Tensor.Add<float>(x, y, d.AsTensorSpan()); Tensor.Multiply<float>(d, x, d.AsTensorSpan()); return d + x; }
    public static object DestinationOverloads() { var d = Make.V(0, 0, 0); var x = A; return (Destination(A, A, d), d, Destination(x, A, x), x, Make.Try(() => Destination(A, A, Make.V(0, 0))), Make.Try(() => Destination(A, Make.V(1, 2), d)), d); }

    [Graph]
    private static void DestinationView(Tensor<float> t) { Tensor.Tanh<float>(t.Slice(0..1, 0..3), t.Slice(1..2, 0..3).AsTensorSpan()); Tensor.Add<float>(t.Slice(0..1, 0..3), 1f, t.Slice(2..3, 0..3).AsTensorSpan()); }
    public static object DestinationIsAView() { var t = Make.M(3, 3); DestinationView(t); return t; }

    [Graph]
    private static void DestinationOverlaps(Tensor<float> t) => Tensor.Multiply<float>(t.Slice(0..3), 2f, t.Slice(1..4).AsTensorSpan());
    public static object DestinationOverlapsSource() { var t = Make.V(1, 2, 3, 4); return (Make.Try(() => { DestinationOverlaps(t); return 0; }), t); }

    [Graph]
    private static void RefTensor(ref Tensor<float> t, Tensor<float> x) { var before = t; t = t + x; before[0] = -1f; t = t * 2f; }
    public static object RefParameter() { var t = A; var kept = t; RefTensor(ref t, A); RefTensor(ref t, t); return (t, kept, ReferenceEquals(t, kept)); }

    [Graph]
    private static bool OutTensors(Tensor<float> x, out Tensor<float> twice, out Tensor<float> same) { twice = x * 2f; same = x; twice = twice + same; return twice[0] > 2f; }
    public static object OutParameters() { var x = A; return (OutTensors(x, out var twice, out var same), twice, ReferenceEquals(x, same)); }

    [Graph]
    private static float RefAliases(ref Tensor<float> a, ref Tensor<float> b) { a = a + 1f; var y = b * 2f; b = y; return a[0] + Tensor.Sum<float>(a); }
    public static object TwoRefsToOne() { var t = A; return (RefAliases(ref t, ref t), t); }

    [Graph]
    private static void InArray(Tensor<float>[] all) { all[1] = all[0] * 2f; all[0] += all[1]; all[2] = all[0]; all[2] *= 3f; (all[0], all[1]) = (all[1], all[0]); }
    public static object TensorsInArray() { var all = new[] { A, A, A }; var first = all[0]; InArray(all); return (all, first, ReferenceEquals(first, all[1]), ReferenceEquals(first, all[2])); }

    [Graph]
    private static List<Tensor<float>> Collected(Tensor<float> x) { var list = new List<Tensor<float>> { x }; var y = x * 2f; list.Add(y); y += 1f; list.Add(y); list[0] = list[0] - 1f; return list; }
    public static object TensorsInList() { var x = A; var list = Collected(x); return (list, ReferenceEquals(list[1], list[2]), ReferenceEquals(list[0], x)); }

    [Graph]
    private static Tensor<float> Identity(Tensor<float> x, bool change) => change ? x + 0f : x;
    public static object ReturnedArgumentIsItself() { var x = A; return (ReferenceEquals(x, Identity(x, false)), ReferenceEquals(x, Identity(x, true))); }

    [Graph]
    private static Tensor<float> Fresh(Tensor<float> x) { var t = Tensor.Create(new float[] { 1, 2, 3 }); t[0] += 1f; return t + x[0] * 0f + t; }
    public static object ConstantResultIsFresh() { var first = Fresh(A); first[0] = 77f; return (first, Fresh(A)); }

    [Graph]
    private static Tensor<float> RefElement(Tensor<float> t) { ref var e = ref t[0]; var y = t * 2f; e = 50f; var z = t * 2f; y[0] = e; t += 1f; return y + z * e; }
    public static object RefLocalToElement() { var t = A; return (RefElement(t), t); }

    private static void Poke(Tensor<float> t) => t[1] = -t[1];
    [Graph]
    private static Tensor<float> Poked(Tensor<float> x) { var y = x * 2f; Poke(y); var z = y + x; Poke(x); Poke(z); return z * x + y; }
    public static object CalleeWritesBetween() { var x = A; return (Poked(x), x); }

    private static readonly Tensor<float> Shared = Make.V(1, 2, 3);
    private static Tensor<float> field = Make.V(1, 2, 3);
    private static void Replace() { field = field * 10f; Shared[0] += 1f; }
    [Graph]
    private static Tensor<float> Replaced() { var y = field * 2f + Shared; Replace(); var z = field * 2f + Shared; return z - y; }
    public static object CalleeReplacesField() { field = A; Shared[0] = 1; return (Replaced(), Replaced(), field, Shared); }

    [Graph]
    private static void OutBeforeThrow(Tensor<float> x, Tensor<float> y, out Tensor<float> result) { result = x * 2f; result = result + x; result = result + y; }
    public static object OutWrittenBeforeTheThrow() { Tensor<float>? result = null; var thrown = Make.Try(() => { OutBeforeThrow(A, Make.V(1, 2), out result); return 0; }); return (thrown, result); }

    [Graph]
    private static void InPlaceThrows(Tensor<float> c, Tensor<float> a, Tensor<float> b) { c += a; c += b; c *= 100f; }
    public static object CompoundThrowsHalfway() { var c = A; return (Make.Try(() => { InPlaceThrows(c, A, Make.V(1, 2)); return 0; }), c, Make.Try(() => { InPlaceThrows(c, A, null!); return 0; }), c); }

    [Graph]
    private static Tensor<float> Broadcast(Tensor<float> c, Tensor<float> row) { c += row; var y = c * row; row += 1f; return y - row; }
    public static object CompoundBroadcast() { var c = Make.M(2, 3); var row = A; return (Make.Try(() => Broadcast(c, row)), c, row, Make.Try(() => Broadcast(row, c)), c, row); }

    [Graph]
    private static float Stack(float p) { Span<float> s = stackalloc float[4]; s.Fill(p); var t = new TensorSpan<float>(s.Slice(1, 2)); t[0] = 9f; var sum = Tensor.Sum<float>(t); s[2] = 20f; return sum * Tensor.Sum<float>(t) + s[1]; }
    public static object SpanOnTheStack() => (Stack(2), Stack(3));

    [Graph]
    private static Tensor<float> OverPart(float[] data) { var t = Tensor.Create(data, 1, [2, 2], []); var y = t + 1f; data[1] = 30f; t[1, 1] = 40f; return y * t; }
    public static object TensorOverPartOfArray() { var data = new float[] { 1, 2, 3, 4, 5, 6 }; return (Make.Try(() => OverPart(data)), data); }

    [Graph]
    private static Tensor<float> Transposed(Tensor<float> m) { var t = Tensor.PermuteDimensions(m, [1, 0]); var y = t * 2f; m[0, 1] = 99f; return y + t; }
    public static object TransposedView() { var m = Make.M(2, 3); return (Transposed(m), m); }

    [Graph]
    private static object Boxed(Tensor<float> x, object[] boxes) { boxes[0] = x; var y = ((Tensor<float>)boxes[0]) * 2f; ((Tensor<float>)boxes[0])[0] = 8f; boxes[1] = y; return x + y; }
    public static object TensorInObjectArray() { var (x, boxes) = (A, new object[2]); return (Boxed(x, boxes), boxes, x, Make.Try(() => Boxed(x, new string[2]))); }

    [Graph]
    private static (Tensor<float>, bool) Compared(Tensor<float> a, Tensor<float> b) { var same = ReferenceEquals(a, b); var c = a; c = c + 1f; return (ReferenceEquals(c, a) ? a : c, same || a == b); }
    public static object ReferencesCompared() { var x = A; return (Compared(x, x), Compared(x, A)); }
}
