using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.DifferentialTests.Hostile;

/// <summary>The smallest programs that once saw, woven, memory in another state than unwoven.</summary>
public sealed class AliasingAttackTests
{
    private const string Source = """
        public ref struct Holder { public TensorSpan<float> Span; }
        public sealed class Cell
        {
            private float value = 3f;
            [Graph] public float Scale(Tensor<float> d) { var s = new TensorSpan<float>(new Span<float>(ref value)); s += 1f; s *= value; d *= value; return value; }
        }
        public static class Numbers { public static float Value; }
        public static class Program
        {
            [Graph] private static float OverLocal(Tensor<float> d) { float f = d[0]; var s = new TensorSpan<float>(new Span<float>(ref f)); s += 1f; s *= f; d *= f; return f; }
            [Graph] private static float OverStatic(Tensor<float> d) { Numbers.Value = 3f; var s = new TensorSpan<float>(new Span<float>(ref Numbers.Value)); s += 1f; s *= Numbers.Value; d *= Numbers.Value; return Numbers.Value; }
            [Graph] private static void CopyOfParameter(ref TensorSpan<float> s, TensorSpan<float> b, Tensor<float> d) { ReadOnlyTensorSpan<float> copy = s; s = b; d += copy; }
            [Graph] private static void CopyOfLocal(Tensor<float> a, Tensor<float> b, Tensor<float> d) { TensorSpan<float> s = a; ref var same = ref s; ReadOnlyTensorSpan<float> copy = s; same = b; d += copy; }
            [Graph] private static void CopyOfField(ref Holder h, TensorSpan<float> b, Tensor<float> d) { var copy = h.Span.AsReadOnlyTensorSpan(); h.Span = b; d += copy; }
            [Graph] private static Tensor<float> Caught(Tensor<float> x) { for (var i = 0; i < nine; i++) { var y = x * 0.5f + i; try { Check(i); } catch (InvalidOperationException) { return x; } x = y; } return x; }
            [Graph] private static Tensor<float> CaughtAndLeft(Tensor<float> x) { for (var i = 0; i < nine; i++) { var y = x * 0.5f + i; try { Check(i); } catch (InvalidOperationException) { break; } x = y; } return x; }
            [Graph] private static float Finally(Tensor<float> x) { var sum = 0f; for (var i = 0; i < three; i++) { var y = x * 0.5f + i; try { Check(i); } finally { sum += x[0]; } x = y; } return sum + x[0]; }
            [Graph] private static float KeptInFinally(Tensor<float> x, Tensor<float>[] kept) { for (var i = 0; i < three; i++) { x = x * 0.5f + i; try { Check(i); } finally { kept[i] = x; } } return kept[0][0] + kept[1][0] + kept[2][0]; }
            [Graph] private static string Filter(Tensor<float> x) { for (var i = 0; i < nine; i++) { var y = x * 0.5f + i; try { Check(i); } catch (Exception) when (Tensor.Sum<float>(x) > -1e9f) { return S(x, y); } x = y; } return S(x); }
            [Graph] private static Tensor<float> Rethrown(Tensor<float> x, Tensor<float>[] kept) { for (var i = 0; i < nine; i++) { var y = x * 0.5f + i; try { Check(i); } catch { kept[0] = x; throw; } x = y; } return x; }
            [Graph] private static Tensor<float> CaughtInFirstBlock(Tensor<float> x) { var i = 0; try { do { x = x * 0.5f + i; Check(i); } while (++i < nine); } catch (InvalidOperationException) { return x + 100f; } return x; }

            private static int nine = 9, three = 3; // not constant: a constant loop is unrolled and carries nothing
            private static void Check(int i) { if (i == 3) { throw new InvalidOperationException("three"); } }
            private static Tensor<float> V(int seed) => Tensor.Create(Enumerable.Range(1, 37).Select(i => (i * seed % 19 - 7) / 4f).ToArray());
            private static string S(params Tensor<float>[] t) => string.Join("|", t.Select(tensor => string.Join(",", tensor)));

            public static object A_span_over_a_local_writes_the_local() { var d = V(3); return OverLocal(d) + S(d); }
            public static object A_span_over_a_field_writes_the_field() { var d = V(3); return new Cell().Scale(d) + S(d); }
            public static object A_span_over_a_static_writes_the_static() { var d = V(3); return OverStatic(d) + S(d); }
            public static object A_copy_of_a_parameter_stays_when_the_parameter_changes() { var (a, d) = (V(3), V(5)); TensorSpan<float> s = a; CopyOfParameter(ref s, V(4), d); return S(d); }
            public static object A_copy_of_a_local_stays_when_the_local_changes() { var d = V(5); CopyOfLocal(V(3), V(4), d); return S(d); }
            public static object A_copy_of_a_field_stays_when_the_field_changes() { var (a, d) = (V(3), V(5)); var h = new Holder { Span = a }; CopyOfField(ref h, V(4), d); return S(d); }
            public static object A_handler_returns_what_the_loop_carried() => S(Caught(V(3)));
            public static object A_handler_leaves_a_loop_with_what_it_carried() => S(CaughtAndLeft(V(3)));
            public static object A_finally_reads_what_the_loop_carries() => Finally(V(3));
            public static object A_finally_keeps_what_the_loop_carries() => KeptInFinally(V(3), new Tensor<float>[3]);
            public static object A_filter_reads_what_the_loop_carries() => Filter(V(3));
            public static object A_handler_keeps_what_the_loop_carried_and_throws() { var kept = new Tensor<float>[1]; try { return Rethrown(V(3), kept); } catch (InvalidOperationException) { return S(kept); } }
            public static object A_handler_outside_reads_what_the_loop_carried() => S(CaughtInFirstBlock(V(3)));
        }
        """;

    private static readonly DrivenProgram program = new(Source);

    public static TheoryData<string> Drivers() => program.Drivers;

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Woven_and_unwoven_see_the_same_memory(string driver) => program.AssertSame(driver);
}
