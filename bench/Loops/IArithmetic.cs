using System.Runtime.Intrinsics;

namespace GraphWeaver.Benchmarks.Loops;

/// <summary>
/// How a hand-written loop rounds the user's own operators. A loop is written once and compiled for both: <see cref="Strict"/> is the
/// like of a woven method, <see cref="Fast"/> of one under <c>FastMath</c>.
/// </summary>
internal interface IArithmetic
{
    /// <summary>x y + z.</summary>
    public static abstract Vector512<T> MultiplyAdd<T>(Vector512<T> x, Vector512<T> y, Vector512<T> z);

    /// <summary>x / y, where the loop has many x for one y.</summary>
    public static abstract Vector512<T> DivideByConstant<T>(Vector512<T> x, Vector512<T> y);

    /// <summary>The larger of x and y.</summary>
    public static abstract Vector512<T> Max<T>(Vector512<T> x, Vector512<T> y);
}
