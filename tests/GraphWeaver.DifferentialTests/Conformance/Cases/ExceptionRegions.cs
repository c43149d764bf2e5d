// C20, R: what an eager operator throws, and where control goes then.
public static class ExceptionRegions
{
    private static Tensor<float> A => Make.V(1, 2, 3);
    private static Tensor<float> B => Make.V(1, 2);

    [Graph]
    private static Tensor<float> Caught(Tensor<float> x, Tensor<float> y) { try { var z = x * 2f; return z + y; } catch (ArgumentException exception) { Console.WriteLine(exception.Message); return x - 1f; } }
    public static object BadShapesCaught() => new[] { Caught(A, A), Caught(A, B), Caught(Make.M(2, 3), A) };

    [Graph]
    private static string Nulls(Tensor<float>? x, Tensor<float>? y) { var at = "start"; try { at = "first"; var a = x! * 2f; at = "second"; var b = a + y!; at = "third"; return at + b[0]; } catch (NullReferenceException) { return "null at " + at; } }
    public static object NullsCaughtInOrder() => new[] { Nulls(A, A), Nulls(null, A), Nulls(A, null), Nulls(null, null) };

    [Graph]
    private static string Filter(Tensor<float> x, Tensor<float> y, float limit) { try { return (x + y)[0].ToString(); } catch (ArgumentException exception) when (x[0] > limit) { return "filtered " + exception.Message; } catch (ArgumentException) { return "other"; } }
    public static object FilterReadsTensor() => new[] { Filter(A, A, 0), Filter(A, B, 0), Filter(A, B, 5) };

    [Graph]
    private static Tensor<float> FilterWrites(Tensor<float> x, Tensor<float> y) { var scale = 1f; try { scale = 2f; return x + y; } catch (ArgumentException) when ((scale *= 3f) > 100f) { return x; } catch (ArgumentException) { return x * scale; } finally { Console.WriteLine("finally " + scale); } }
    public static object FilterWithEffects() => new[] { FilterWrites(A, A), FilterWrites(A, B) };

    [Graph]
    private static Tensor<float> Rethrow(Tensor<float> x, Tensor<float> y) { try { return x * y; } catch (ArgumentException exception) { exception.Data["seen"] = true; throw; } finally { Console.WriteLine("left"); } }
    public static object RethrownWithData() => (Rethrow(A, A), Make.Try(() => { try { return Rethrow(A, B); } catch (ArgumentException exception) { return exception.Data["seen"] + exception.Message; } }));

    [Graph]
    private static Tensor<float> Wrap(Tensor<float> x, Tensor<float> y) { try { return x / y; } catch (Exception exception) { throw new InvalidOperationException("wrapped " + x.FlattenedLength, exception); } }
    public static object WrappedException() { try { return Wrap(A, B); } catch (InvalidOperationException exception) { return exception.Message + exception.InnerException!.GetType().Name; } }

    [Graph]
    private static Tensor<float> Early(Tensor<float> x, int n, List<string> log) { for (var i = 0; i < 5; i++) { try { x = x + 1f; if (i == n) { return x * 10f; } if (i == 3) { continue; } log.Add("end " + i); } finally { log.Add("finally " + x[0]); x = x * 2f; } } return x; }
    public static object FinallyOnEarlyReturn() { var log = new List<string>(); return (Early(A, 0, log), Early(A, 3, log), Early(A, 9, log), log); }

    [Graph]
    private static Tensor<float> Nested(Tensor<float> x, Tensor<float> y, int where)
    {
        try { try { if (where == 1) { throw new FormatException("one"); } x = x + y; } catch (FormatException) { x = x * 3f; if (where == 1) { x = x + y; } } finally { Console.WriteLine("inner " + x[0]); x = x - 1f; } }
        catch (ArgumentException) { Console.WriteLine("outer " + x[0]); x = x * 5f; }
        finally { Console.WriteLine("last " + x[0]); }
        return x + 1f;
    }
    public static object NestedRegions() => new[] { Nested(A, A, 0), Nested(A, B, 0), Nested(A, A, 1), Nested(A, B, 1) };

    [Graph]
    private static Tensor<float> Kept(Tensor<float> x, Tensor<float> y) { var z = x; try { z = x * 2f; z = z + 1f; z = z + y; z = z * 100f; } catch (ArgumentException) { } return z; }
    public static object LocalHoldsWhatWasStoredBeforeTheThrow() => new[] { Kept(A, A), Kept(A, B) };

    [Graph]
    private static void Store(float[] log, Tensor<float> x, Tensor<float> y) { log[0] = 1; var z = x * 2f; log[1] = z[0]; z = z + y; log[2] = z[0]; }
    public static object StoresBeforeTheThrow() { var log = new float[3]; return (Make.Try(() => { Store(log, A, B); return 0; }), log); }

    [Graph]
    private static Tensor<float> Guarded(Tensor<float> x, float limit) { if (Tensor.Sum<float>(x) > limit) { throw new ArgumentOutOfRangeException(nameof(x), Tensor.Sum<float>(x), "too much"); } return x * 2f; }
    public static object ThrownOnTensorCondition() => (Guarded(A, 100), Make.Try(() => Guarded(A, 1)));

    [Graph]
    private static Tensor<float> ThrowExpression(Tensor<float>? x, Tensor<float>? y) => (x ?? throw new ArgumentNullException(nameof(x))) * 2f + (y ?? x);
    public static object ThrowExpressions() => (ThrowExpression(A, null), Make.Try(() => ThrowExpression(null, A)));

    [Graph]
    private static Tensor<int> Quotient(Tensor<int> x, Tensor<int> y) { try { return x / y; } catch (DivideByZeroException) { return x + 1; } }
    public static object DivisionByZeroCaught() => (Quotient(Tensor.Create(new[] { 6, 8 }), Tensor.Create(new[] { 2, 3 })), Quotient(Tensor.Create(new[] { 6, 8 }), Tensor.Create(new[] { 2, 0 })));

    [Graph]
    private static Tensor<float> Retry(Tensor<float> x, Tensor<float>[] others) { for (var i = 0; ; i++) { try { return x + others[i] * 2f; } catch (ArgumentException) { Console.WriteLine("retry " + i); } } }
    public static object RetryLoop() => (Retry(A, [B, Make.V(1, 2, 3, 4), A]), Make.Try(() => Retry(A, [B])));

    [Graph]
    private static Tensor<float> InFinally(Tensor<float> x, Tensor<float> y) { try { return x; } finally { y = y * 2f; Console.WriteLine((x + y)[0]); } }
    public static object OperatorThrowsInFinally() => (InFinally(A, A), Make.Try(() => InFinally(A, B)));

    [Graph]
    private static Tensor<float> Cleared(Tensor<float>? x, Tensor<float> y) { Tensor<float>? kept = null; try { kept = x! * 2f; kept = kept + y; } catch (NullReferenceException) { Console.WriteLine(kept is null); kept = y; } catch (ArgumentException) when (kept is not null) { kept += 1f; } return kept! * 2f; }
    public static object HandlersSeeTheLastStore() => new[] { Cleared(A, A), Cleared(A, B), Cleared(null, A) };

    [Graph]
    private static int Order(Tensor<float>? x, Tensor<float>? y, List<string> log) { Tensor<float>? Say(string text, Tensor<float>? t) { log.Add(text); return t; } try { return (int)(Say("x", x)! * 2f + Say("y", y)! * Tensor.Sum<float>(Say("z", x)!))[0]; } catch (NullReferenceException) { return log.Count; } }
    public static object ThrowsWhereEagerThrows() { var log = new List<string>(); return (Order(null, A, log), Order(A, null, log), Order(A, A, log), log); }

    [Graph]
    private static Tensor<float> LoopFinally(Tensor<float> x, Tensor<float>[] all) { foreach (var t in all) { try { if (t.FlattenedLength == 1) { break; } x = x + t; } catch (ArgumentException) { x = x - 1f; continue; } finally { x = x * 2f; } x = x + 0.5f; } return x; }
    public static object BreakAndContinueThroughFinally() => new[] { LoopFinally(A, [A, B, A]), LoopFinally(A, [A, Make.V(1), A]), LoopFinally(A, [Make.V(1, 2, 3, 4)]), LoopFinally(A, []) };

    [Graph]
    private static float Checked(Tensor<float> x, int n) { try { checked { var i = int.MaxValue - (int)x[0]; i += n; return i + Tensor.Sum<float>(x * (float)i); } } catch (OverflowException) { return (x * -1f)[0]; } }
    public static object CheckedArithmeticOnElements() => (Checked(A, 1), Checked(A, 2));
}
