namespace GraphWeaver.Kernels.Rows;

/// <summary>The error function.</summary>
internal readonly struct ErfFunction<T> : IElementFunction<T>
{
    public static int Cost => 25;

    public static void Invoke(ReadOnlySpan<T> x, Span<T> result) => RowFunctions.Erf(x, result);
}

/// <summary>The Gaussian error linear unit.</summary>
internal readonly struct GeluFunction<T> : IElementFunction<T>
{
    public static int Cost => 28;

    public static void Invoke(ReadOnlySpan<T> x, Span<T> result) => RowFunctions.Gelu(x, result);
}
