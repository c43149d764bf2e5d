using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>The sum; 0 of nothing.</summary>
internal readonly struct SumReduction<T> : IReduction<T>
    where T : INumberBase<T>
{
    public static T OfRow(ReadOnlySpan<T> row) => RowFunctions.Sum(row);

    public static T Combine(T running, T next) => running + next;

    public static void Combine(Span<T> running, ReadOnlySpan<T> line) => TensorPrimitives.Add(running, line, running);
}

/// <summary>The largest; NaN wins.</summary>
internal readonly struct MaxReduction<T> : IReduction<T>
    where T : INumber<T>
{
    public static T OfRow(ReadOnlySpan<T> row) => TensorPrimitives.Max(row);

    public static T Combine(T running, T next) => T.Max(running, next);

    public static void Combine(Span<T> running, ReadOnlySpan<T> line) => TensorPrimitives.Max(running, line, running);
}

/// <summary>The smallest; NaN wins.</summary>
internal readonly struct MinReduction<T> : IReduction<T>
    where T : INumber<T>
{
    public static T OfRow(ReadOnlySpan<T> row) => TensorPrimitives.Min(row);

    public static T Combine(T running, T next) => T.Min(running, next);

    public static void Combine(Span<T> running, ReadOnlySpan<T> line) => TensorPrimitives.Min(running, line, running);
}
