using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>Option prices by calls of <see cref="TensorPrimitives"/> over buffers that are allocated once.</summary>
internal sealed class BlackScholesPrimitives<T>(int capacity)
    where T : IFloatingPointIeee754<T>
{
    private readonly T[] ones = [.. Enumerable.Repeat(T.One, capacity)];
    private readonly T[] deviations = new T[capacity];
    private readonly T[] d = new T[capacity];
    private readonly T[] p1 = new T[capacity];
    private readonly T[] p2 = new T[capacity];
    private readonly T[] discounted = new T[capacity];
    private readonly T[] k = new T[capacity];
    private readonly T[] scratch = new T[capacity];

    /// <summary>The prices of at most <c>capacity</c> options.</summary>
    public void Run(ReadOnlySpan<T> spot, ReadOnlySpan<T> strike, ReadOnlySpan<T> years, Span<T> call, Span<T> put)
    {
        int n = spot.Length;
        Span<T> deviation = deviations.AsSpan(0, n);
        Span<T> d1 = d.AsSpan(0, n);
        Span<T> rate = discounted.AsSpan(0, n);
        Span<T> rest = scratch.AsSpan(0, n);
        TensorPrimitives.Sqrt(years, deviation);
        TensorPrimitives.Multiply(deviation, Number(0.3), deviation);
        TensorPrimitives.Divide(spot, strike, d1);
        TensorPrimitives.Log<T>(d1, d1);
        TensorPrimitives.MultiplyAdd(years, Number(0.065), d1, d1);
        TensorPrimitives.Divide<T>(d1, deviation, d1);
        Normal(d1, p1.AsSpan(0, n));
        TensorPrimitives.Subtract<T>(d1, deviation, d1);
        Normal(d1, p2.AsSpan(0, n));
        TensorPrimitives.Multiply(years, Number(-0.02), rate);
        TensorPrimitives.Exp<T>(rate, rate);
        TensorPrimitives.Multiply(rate, strike, rate);
        Difference(spot, p1.AsSpan(0, n), rate, p2.AsSpan(0, n), call, rest);
        TensorPrimitives.Subtract(T.One, p1.AsSpan(0, n), p1.AsSpan(0, n));
        TensorPrimitives.Subtract(T.One, p2.AsSpan(0, n), p2.AsSpan(0, n));
        Difference(rate, p2.AsSpan(0, n), spot, p1.AsSpan(0, n), put, rest);
    }

    // x1 y1 - x2 y2.
    private static void Difference(
        ReadOnlySpan<T> x1, ReadOnlySpan<T> y1, ReadOnlySpan<T> x2, ReadOnlySpan<T> y2, Span<T> result, Span<T> rest)
    {
        TensorPrimitives.Multiply(x1, y1, result);
        TensorPrimitives.Multiply(x2, y2, rest);
        TensorPrimitives.Subtract<T>(result, rest, result);
    }

    private static T Number(double value) => T.CreateTruncating(value);

    private void Normal(ReadOnlySpan<T> x, Span<T> p)
    {
        int n = x.Length;
        Span<T> inverse = k.AsSpan(0, n);
        Span<T> bell = scratch.AsSpan(0, n);
        TensorPrimitives.Abs(x, inverse);
        TensorPrimitives.MultiplyAdd(inverse, Number(0.2316419), ones.AsSpan(0, n), inverse);
        TensorPrimitives.Divide(T.One, inverse, inverse);
        TensorPrimitives.Multiply(inverse, Number(1.330274429), p);
        foreach (double coefficient in (ReadOnlySpan<double>)[-1.821255978, 1.781477937, -0.356563782, 0.319381530])
        {
            TensorPrimitives.Add(p, Number(coefficient), p);
            TensorPrimitives.Multiply<T>(p, inverse, p);
        }

        TensorPrimitives.Multiply(x, x, bell);
        TensorPrimitives.Multiply(bell, Number(-0.5), bell);
        TensorPrimitives.Exp<T>(bell, bell);
        TensorPrimitives.Multiply(bell, Number(0.3989422804014327), bell);
        TensorPrimitives.Multiply<T>(p, bell, p);

        // No choice in TensorPrimitives: copysign(1/2 - p, x) + 1/2 is 1 - p above zero and p below.
        TensorPrimitives.Subtract(Number(0.5), p, p);
        TensorPrimitives.CopySign(p, x, p);
        TensorPrimitives.Add(p, Number(0.5), p);
    }
}
