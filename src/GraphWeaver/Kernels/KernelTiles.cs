using System.ComponentModel;
using System.Numerics;

namespace GraphWeaver.Kernels;

/// <summary>
/// Operators on tiles that neither VectorN nor TensorPrimitives has: comparisons with a Boolean per element. Loops without branches; the
/// just-in-time compiler keeps them at about an element per cycle. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class KernelTiles
{
    /// <summary>The elements as they are.</summary>
    public static void Copy<T>(ReadOnlySpan<T> x, Span<T> destination) => x.CopyTo(destination);

    /// <summary><c>result = x == y</c> per element.</summary>
    public static void Equals<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : IEqualityOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x[index] == y[index];
        }
    }

    /// <summary><c>result = x == y</c> per element.</summary>
    public static void Equals<T>(ReadOnlySpan<T> x, T y, Span<bool> result)
        where T : IEqualityOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x[index] == y;
        }
    }

    /// <summary><c>result = x &gt; y</c> per element.</summary>
    public static void GreaterThan<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x[index] > y[index];
        }
    }

    /// <summary><c>result = x &gt; y</c> per element.</summary>
    public static void GreaterThan<T>(ReadOnlySpan<T> x, T y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x[index] > y;
        }
    }

    /// <summary><c>result = x &gt; y</c> per element.</summary>
    public static void GreaterThan<T>(T x, ReadOnlySpan<T> y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x > y[index];
        }
    }

    /// <summary><c>result = x &gt;= y</c> per element.</summary>
    public static void GreaterThanOrEqual<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x[index] >= y[index];
        }
    }

    /// <summary><c>result = x &gt;= y</c> per element.</summary>
    public static void GreaterThanOrEqual<T>(ReadOnlySpan<T> x, T y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x[index] >= y;
        }
    }

    /// <summary><c>result = x &gt;= y</c> per element.</summary>
    public static void GreaterThanOrEqual<T>(T x, ReadOnlySpan<T> y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x >= y[index];
        }
    }

    /// <summary><c>result = x &lt; y</c> per element.</summary>
    public static void LessThan<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x[index] < y[index];
        }
    }

    /// <summary><c>result = x &lt; y</c> per element.</summary>
    public static void LessThan<T>(ReadOnlySpan<T> x, T y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x[index] < y;
        }
    }

    /// <summary><c>result = x &lt; y</c> per element.</summary>
    public static void LessThan<T>(T x, ReadOnlySpan<T> y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x < y[index];
        }
    }

    /// <summary><c>result = x &lt;= y</c> per element.</summary>
    public static void LessThanOrEqual<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x[index] <= y[index];
        }
    }

    /// <summary><c>result = x &lt;= y</c> per element.</summary>
    public static void LessThanOrEqual<T>(ReadOnlySpan<T> x, T y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x[index] <= y;
        }
    }

    /// <summary><c>result = x &lt;= y</c> per element.</summary>
    public static void LessThanOrEqual<T>(T x, ReadOnlySpan<T> y, Span<bool> result)
        where T : IComparisonOperators<T, T, bool>
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = x <= y[index];
        }
    }
}
