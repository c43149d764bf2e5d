namespace GraphWeaver.Kernels;

/// <content>Operators that choose between two operands element by element.</content>
public static partial class KernelTiles
{
    /// <summary><c>result = filter ? y : x</c> per element.</summary>
    public static void FilteredUpdate<T>(ReadOnlySpan<T> x, ReadOnlySpan<bool> filter, ReadOnlySpan<T> y, Span<T> result)
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = filter[index] ? y[index] : x[index];
        }
    }

    /// <summary><c>result = filter ? y : x</c> per element.</summary>
    public static void FilteredUpdate<T>(ReadOnlySpan<T> x, ReadOnlySpan<bool> filter, T y, Span<T> result)
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = filter[index] ? y : x[index];
        }
    }

    /// <summary><c>result = condition ? x : y</c> per element.</summary>
    public static void Select<T>(ReadOnlySpan<bool> condition, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result)
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = condition[index] ? x[index] : y[index];
        }
    }

    /// <summary><c>result = condition ? x : y</c> per element.</summary>
    public static void Select<T>(ReadOnlySpan<bool> condition, ReadOnlySpan<T> x, T y, Span<T> result)
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = condition[index] ? x[index] : y;
        }
    }

    /// <summary><c>result = condition ? x : y</c> per element.</summary>
    public static void Select<T>(ReadOnlySpan<bool> condition, T x, ReadOnlySpan<T> y, Span<T> result)
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = condition[index] ? x : y[index];
        }
    }

    /// <summary><c>result = condition ? x : y</c> per element.</summary>
    public static void Select<T>(ReadOnlySpan<bool> condition, T x, T y, Span<T> result)
    {
        for (int index = 0; index < result.Length; index++)
        {
            result[index] = condition[index] ? x : y;
        }
    }
}
