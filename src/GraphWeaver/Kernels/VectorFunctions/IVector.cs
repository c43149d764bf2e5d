using System.Numerics;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>
/// What the vector functions need of a vector type: one algorithm serves three widths and two formats. (The base library has such an
/// interface, but keeps it to itself.) Every implementation wraps one hardware vector, and every member compiles to one or a few instructions.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface IVector<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IVector<TSelf>
{
    /// <summary>Whether the elements are float, not double: chooses among coefficients, and folds away.</summary>
    public static abstract bool IsSingle { get; }

    /// <summary>A vector of equal elements, <paramref name="value"/> rounded to the format.</summary>
    public static abstract TSelf Create(double value);

    /// <summary>x y + z, fused where the machine has the instruction, else rounded twice.</summary>
    public static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf z);

    /// <summary>The nearest integer, ties to even.</summary>
    public static abstract TSelf Round(TSelf x);

    /// <summary>The absolute value.</summary>
    public static abstract TSelf Abs(TSelf x);

    /// <summary>The elements of <paramref name="magnitude"/> with the signs of <paramref name="sign"/>.</summary>
    public static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>The smaller of <paramref name="bound"/> and <paramref name="x"/>; NaN where x is NaN.</summary>
    public static abstract TSelf AtMost(TSelf bound, TSelf x);

    /// <summary>The larger of <paramref name="bound"/> and <paramref name="x"/>; NaN where x is NaN.</summary>
    public static abstract TSelf AtLeast(TSelf bound, TSelf x);

    /// <summary>All bits set where x &lt; y.</summary>
    public static abstract TSelf LessThan(TSelf x, TSelf y);

    /// <summary>All bits set where x = y.</summary>
    public static abstract TSelf Equal(TSelf x, TSelf y);

    /// <summary><paramref name="x"/> where <paramref name="mask"/> is set, else <paramref name="y"/>.</summary>
    public static abstract TSelf Select(TSelf mask, TSelf x, TSelf y);

    /// <summary>x 2ⁿ, rounded once; <paramref name="n"/> holds integers whose halves are exponents of normal numbers.</summary>
    public static abstract TSelf Scale(TSelf x, TSelf n);

    /// <summary>
    /// m and e with x = m 2ᵉ and √½ ≤ m &lt; √2, for positive, finite, normal x; anything for the rest.
    /// </summary>
    public static abstract TSelf Decompose(TSelf x, out TSelf exponent);
}
