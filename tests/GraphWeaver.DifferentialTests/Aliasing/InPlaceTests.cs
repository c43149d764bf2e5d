using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.DifferentialTests.Aliasing;

/// <summary>Operators that write memory the caller has: in place, into destinations, through spans and views, with every kind of overlap.</summary>
public sealed class InPlaceTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static void Chain(Tensor<float> c, Tensor<float> a) { c += a; c *= 2f; c -= a; }
            [Graph] public static Tensor<float> IntoDestination(Tensor<float> x, Tensor<float> y, Tensor<float> d) { Tensor.Add<float>(x, y, d); Tensor.Abs<float>(d, d); return d + x; }
            [Graph] public static void SpanParameters(in ReadOnlyTensorSpan<float> x, in TensorSpan<float> d) { Tensor.Add(x, x, d); Tensor.Multiply(x, d, d); }
            [Graph] public static void SpanByValue(ReadOnlyTensorSpan<float> x, TensorSpan<float> d) { d += x; d *= 3f; }
            [Graph] public static void SpanLocals(Tensor<float> t) { TensorSpan<float> s = t; s += 1f; Tensor.Add<float>(s, t, s); t++; }
            [Graph] public static void AsSpanLocals(Tensor<float> t) { var s = t.AsTensorSpan(); s += 1f; var r = t.AsReadOnlyTensorSpan(); Tensor.Add<float>(r, r, s); }
            [Graph] public static Tensor<float> ReadOnlyLocal(Tensor<float> x) { ReadOnlyTensorSpan<float> s = x; return Tensor.Sqrt(s) + s; }
            [Graph] public static float Elements(Tensor<float> x) { x[1] = 2f; x[[0]] += 3f; var v = x[1..]; v += 1f; return Tensor.Sum<float>(x) + x[0]; }
            [Graph] public static Tensor<float> Fresh(Tensor<float> x, Tensor<float> y) { var t = x * y; t += x; t -= 1f; y += t; return t; }
            [Graph] public static Tensor<float> OldAndNew(Tensor<float> c, Tensor<float> a) { var old = Tensor.Cbrt<float>(c); c += a; var after = Tensor.Cbrt<float>(c); c *= old; return after; }
            [Graph] public static Tensor<int> FreshQuotient(Tensor<int> x, Tensor<int> y) { var t = x * 2; t /= y; return t; }
            [Graph] public static void Quotient(Tensor<int> x, Tensor<int> y) { x += 1; x /= y; x += 1; }
            [Graph] public static float Reduced(Tensor<float> x) { x *= 2f; return Tensor.Max<float>(x); }
            [Graph] public static Tensor<bool> Compared(Tensor<float> x, Tensor<float> y, Tensor<bool> d) { Tensor.GreaterThan<float>(x, y, d); x += y; return Tensor.LessThan<float>(x, y); }
            [Graph] public static void Converted(Tensor<float> x, Tensor<int> d) { x *= 3f; Tensor.ConvertTruncating<float, int>(x, d); d <<= 1; x -= 1f; }
            [Graph] public static void Two(Tensor<float> a, Tensor<float> b) { a += b; b += a; a += b; }
            [Graph] public static void Apart(Tensor<float> a, Tensor<float> b) { a += 1f; b += 2f; a *= 2f; b *= 3f; }
            [Graph] public static Tensor<float> Unrelated(Tensor<float> a, Tensor<float> b) { a += 1f; var r = b * 2f; a += 1f; return r; }
            [Graph] public static nint ReturnUsed(Tensor<float> x, Tensor<float> d) { ref readonly var r = ref Tensor.Negate<float>(x, d); return r.Lengths[0]; }
            [Graph] public static void ByRef(ref Tensor<float> x, out Tensor<float> y) { x += 1f; y = x * 2f; x = y; x += 1f; }
            [Graph] public static void Loop(Tensor<float> x, Tensor<float> y, int n) { for (var i = 0; i < n; i++) { x += y; y *= 0.5f; } }
            [Graph] public static void Branch(Tensor<float> x, bool b) { if (b) { x += 1f; } else { x -= 1f; } x *= x; }
            [Graph] public static string Caught(Tensor<float> x, Tensor<float> y) { try { x += 1f; x += y; x += 2f; } catch (ArgumentException e) { x *= 10f; return e.Message; } return "none"; }
            [Graph] public static void Printed(Tensor<float> x) { x += 1f; Console.Write(x[0]); x += 1f; Console.Write(x[0]); }
            [Graph] public static void Slices(Tensor<float> x) { var head = x[0..8]; var tail = x[8..16]; head += tail; tail += head; x *= 2f; head -= x[4..12]; }
            [Graph] public static void Windows(Tensor<float> x) { TensorSpan<float> s = x; var a = s[0..16]; var b = s[1..17]; a += b; b *= 2f; }
            [Graph] public static void Matrix(Tensor<float> x, Tensor<float> row) { x += row; x *= x; }
            [Graph] public static void OfArray(float[] data) { Tensor<float> t = data; t += 1f; data[0] = 50f; t *= 2f; }
            private static Tensor<float> field = V(3);
            [Graph] public static Tensor<float> Field(Tensor<float> x) { field += x; x += field; field = x; field += 1f; return field; }

            [Graph] public static Tensor<float> ConstantAdded(Tensor<float> x) { var k = Tensor.Create<float>(new float[]{1,2,3}); k += x; return k * 2f; }
            [Graph] public static Tensor<float> ConstantOverwritten(Tensor<float> x) { var k = Tensor.Create<float>(new float[]{1,2,3}); Tensor.Add<float>(x, x, k); return k * 2f; }
            [Graph] public static Tensor<float> ConstantScaled(Tensor<float> x) { var k = Tensor.Create<float>(new float[]{1,2,3}); x += k; k *= 2f; return x + k; }
            [Graph] public static float ConstantRead(Tensor<float> x) { var k = Tensor.Create<float>(new float[]{1,2,3}); k += 1f; x += k; return Tensor.Sum<float>(k); }
            [Graph] public static float ConstantInBranch(Tensor<float> x, bool b) { var k = Tensor.Create<float>(new float[]{1,2,3}); if (b) { k += x; } return Tensor.Sum<float>(k) + Tensor.Sum<float>(k * 2f); }
            [Graph] public static float ConstantInLoop(Tensor<float> x, int n) { var k = Tensor.Create<float>(new float[]{1,2,3}); for (int i = 0; i < n; i++) { k += x; } return Tensor.Sum<float>(k); }
            [Graph] public static float ConstantArray(Tensor<float> x) { var a = new float[]{1,2,3}; var k = Tensor.Create<float>(a); k *= x; return a[0] + a[2]; }
            [Graph] public static float ConstantSpan(Tensor<float> x) { var a = new float[]{1,2,3}; var k = Tensor.Create<float>(a); TensorSpan<float> s = k; s *= x; return a[0] + a[2] + Tensor.Sum<float>(k); }

            public static Tensor<float> V(int seed, int n = 37) => Tensor.Create(Enumerable.Range(1, n).Select(i => (i * seed % 19 - 7) / 4f).ToArray());
            private static string S(params Tensor<float>[] t) => string.Join("|", t.Select(tensor => string.Join(",", tensor.ToArray())));

            public static object A01() { var c = V(3); Chain(c, V(5)); return S(c); }
            public static object A02() { var c = V(3); Chain(c, c); return S(c); }
            public static object A03() { var c = V(3); try { Chain(c, V(5, 9)); } catch (Exception e) { return S(c) + e.Message; } return S(c); }
            public static object A04() { var c = V(3); Chain(c[1..20], c[0..19]); return S(c); }
            public static object A05() { var c = V(3); Chain(c[0..18], c[18..36]); return S(c); }
            public static object A06() { var c = V(3); try { Chain(c, null); } catch (Exception e) { return S(c) + e.Message; } return S(c); }
            public static object A07() { var c = V(3, 0); Chain(c, c); return S(c); }
            public static object B01() { var d = V(2); return S(IntoDestination(V(3), V(5), d), d); }
            public static object B02() { var d = V(2); return S(IntoDestination(d, V(5), d), d); }
            public static object B03() { var d = V(2); return S(IntoDestination(V(5), d, d), d); }
            public static object B04() { var a = V(2).ToArray(); var d = Tensor.Create(a); return S(IntoDestination(V(3), Tensor.Create(a), d), d); }
            public static object B05() { var d = V(2, 50); return S(IntoDestination(d[0..37], V(5), d[3..40]), d); }
            public static object B06() { var d = V(2, 36); try { return S(IntoDestination(V(3), V(5), d), d); } catch (Exception e) { return e.Message + S(d); } }
            public static object C01() { var d = V(2); SpanParameters(V(3), d); return S(d); }
            public static object C02() { var d = V(2); SpanParameters(d, d); return S(d); }
            public static object C03() { var d = V(2); SpanByValue(V(3), d); return S(d); }
            public static object C04() { var d = V(2); SpanByValue(d, d); return S(d); }
            public static object C05() { var d = V(2); SpanByValue(d.AsTensorSpan()[0..20], d.AsTensorSpan()[5..25]); return S(d); }
            public static object C06() { var d = V(2).ToArray(); SpanByValue(V(7, 37), d); return S(Tensor.Create(d)); }
            public static object D01() { var d = V(2); SpanLocals(d); return S(d); }
            public static object D02() { var d = V(2); AsSpanLocals(d); return S(d); }
            public static object D03() => S(ReadOnlyLocal(V(4)));
            public static object D04() { var d = V(2); return Elements(d) + S(d); }
            public static object E01() { var (d, e) = (V(2), V(3)); return S(Fresh(d, e), d, e); }
            public static object E02() { var d = V(2); return S(Fresh(d, d), d); }
            public static object F01() { var (d, e) = (V(2), V(3)); return S(OldAndNew(d, e), d, e); }
            public static object F02() { var d = V(2); return S(OldAndNew(d, d), d); }
            public static object G01() => FreshQuotient(Tensor.Create([8, 9, 7]), Tensor.Create([1, 2, 3])).ToArray();
            public static object G02() => FreshQuotient(Tensor.Create([8, 9, 7]), Tensor.Create([1, 0, 3])).ToArray();
            public static object G03() { var x = Tensor.Create([8, 9, 7]); try { Quotient(x, Tensor.Create([1, 0, 3])); } catch (Exception e) { return e.Message + string.Join(",", x.ToArray()); } return x.ToArray(); }
            public static object G04() { var x = Tensor.Create([8, 9, 7]); Quotient(x, x); return x.ToArray(); }
            public static object H01() { var x = V(3); return Reduced(x) + S(x); }
            public static object H02() { var (x, y, d) = (V(3), V(5), Tensor.Create(new bool[37])); var r = Compared(x, y, d); return string.Join(",", r.ToArray()) + string.Join(",", d.ToArray()) + S(x, y); }
            public static object H03() { var (x, d) = (V(3), Tensor.Create(new int[37])); Converted(x, d); return string.Join(",", d.ToArray()) + S(x); }
            public static object I01() { var (x, y) = (V(3), V(5)); Two(x, y); return S(x, y); }
            public static object I02() { var x = V(3); Two(x, x); return S(x); }
            public static object I03() { var x = V(3, 60); Two(x[0..37], x[1..38]); return S(x); }
            public static object I04() { var (x, y) = (V(3), V(5, 8)); Apart(x, y); return S(x, y); }
            public static object I05() { var x = V(3); Apart(x, x); return S(x); }
            public static object I06() { var (x, y) = (V(3), V(5, 8)); return S(Unrelated(x, y), x, y); }
            public static object I07() { var x = V(3); return S(Unrelated(x, x), x); }
            public static object J01() { var (x, d) = (V(3), V(5)); return ReturnUsed(x, d) + S(d); }
            public static object J02() { var x = V(3); var before = x; ByRef(ref x, out var y); return ReferenceEquals(x, y) + S(x, y, before); }
            public static object K01() { var (x, y) = (V(3), V(5)); Loop(x, y, 4); return S(x, y); }
            public static object K02() { var x = V(3); Loop(x, x, 3); return S(x); }
            public static object K03() { var x = V(3); Branch(x, true); Branch(x, false); return S(x); }
            public static object K04() { var (x, y) = (V(3), V(5)); return Caught(x, y) + S(x, y); }
            public static object K05() { var (x, y) = (V(3), V(5, 5)); return Caught(x, y) + S(x, y); }
            public static object K06() { var x = V(3); Printed(x); return S(x); }
            public static object L01() { var x = V(3); Slices(x); return S(x); }
            public static object L02() { var x = V(3); Windows(x); return S(x); }
            public static object L03() { var x = Tensor.Create(V(3, 12).ToArray(), [3, 4]); Matrix(x, V(5, 4)); return string.Join(",", x.ToArray()); }
            public static object L04() { var x = Tensor.Create(V(3, 12).ToArray(), [3, 4]); Matrix(x, x); return string.Join(",", x.ToArray()); }
            public static object L05() { var x = Tensor.Create(V(3, 12).ToArray(), [4, 3]).PermuteDimensions([1, 0]); Matrix(x, x); return string.Join(",", x.ToArray()); }
            public static object M01() { var x = V(3).ToArray(); OfArray(x); return x; }
            public static object M02() { var x = V(3); var y = Field(x); var z = Field(x); return ReferenceEquals(x, y) + S(x, y, z); }
            public static object N01() => S(ConstantAdded(V(4, 3)), ConstantAdded(V(4, 3)));
            public static object N02() => S(ConstantOverwritten(V(4, 3)), ConstantOverwritten(V(4, 3)));
            public static object N03() { var v = V(4, 3); return S(ConstantScaled(v), ConstantScaled(v), v); }
            public static object N04() { var v = V(4, 3); return ConstantRead(v) + ConstantRead(v) + S(v); }
            public static object N05() { var v = V(4, 3); return ConstantInBranch(v, true) + " " + ConstantInBranch(v, true) + " " + ConstantInBranch(v, false) + S(v); }
            public static object N06() { var v = V(4, 3); return ConstantInLoop(v, 1) + " " + ConstantInLoop(v, 2) + " " + ConstantInLoop(v, 0) + S(v); }
            public static object N07() { var v = V(4, 3); return ConstantArray(v) + " " + ConstantArray(v) + S(v); }
            public static object N08() { var v = V(4, 3); return ConstantSpan(v) + " " + ConstantSpan(v) + S(v); }
        }
        """;

    private static readonly DrivenProgram program = new(Source);

    public static TheoryData<string> Drivers() => program.Drivers;

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Woven_and_unwoven_leave_the_same_memory(string driver) => program.AssertSame(driver);

    [Theory]
    [InlineData("Chain", 1)]
    [InlineData("IntoDestination", 1)]
    [InlineData("SpanParameters", 1)]
    [InlineData("SpanByValue", 1)]
    [InlineData("SpanLocals", 1)]
    [InlineData("AsSpanLocals", 1)]
    [InlineData("ReadOnlyLocal", 1)]
    [InlineData("Fresh", 1)]
    [InlineData("OldAndNew", 1)]
    [InlineData("FreshQuotient", 1)]
    [InlineData("Quotient", 2)]
    [InlineData("Reduced", 1)]
    [InlineData("Compared", 1)]
    [InlineData("Converted", 1)]
    [InlineData("Two", 1)]
    [InlineData("Apart", 4)]
    [InlineData("Unrelated", 3)]
    [InlineData("ReturnUsed", 0)]
    [InlineData("ByRef", 3)]
    [InlineData("Loop", 1)]
    [InlineData("Branch", 3)]
    [InlineData("Caught", 2)]
    [InlineData("Printed", 2)]
    [InlineData("Slices", 4)]
    [InlineData("Windows", 2)]
    [InlineData("Matrix", 1)]
    [InlineData("OfArray", 2)]
    public void Writes_of_what_is_linked_are_one_kernel(string method, int kernels) =>
        Assert.All(program.Compilations, compilation => Assert.Equal(kernels, compilation.MethodReport("Program." + method).Kernels));
}
