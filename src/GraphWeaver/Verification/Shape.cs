using System.ComponentModel;

namespace GraphWeaver.Verification;

/// <summary>
/// How values of one static type are copied, put back and compared. The weaver puts shapes together by the types it sees in a signature
/// (<see cref="Shapes"/>), so that nothing is looked up by reflection.
/// </summary>
/// <typeparam name="T">The static type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Shape<T>
{
    private protected Shape()
    {
    }

    /// <summary>Copies the value and everything in it that code can change.</summary>
    internal abstract Copy<T> Copy(T value, Recording recording);
}

/// <summary>A value as it was at one time.</summary>
internal abstract class Copy<T>
{
    /// <summary>Puts the contents back into the objects that were copied, and returns the value itself.</summary>
    internal abstract T Restore();

    /// <summary>Throws where the woven body's value is not what this copy of the original body's is.</summary>
    internal abstract void Compare(T actual, Comparison comparison);
}

/// <summary>The shapes there are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Shapes
{
    /// <summary>A number, truth value, character, string, enumeration or another value without parts.</summary>
    public static Shape<T> Scalar<T>() => new ScalarShape<T>();

    /// <summary>A tensor of scalars; null is one too.</summary>
    public static Shape<System.Numerics.Tensors.Tensor<T>> Tensor<T>() => new TensorShape<T>();

    /// <summary>An array of scalars; null is one too.</summary>
    public static Shape<T[]> Vector<T>() => new GridShape<T[], T>();

    /// <summary>An array of more than one dimension, of scalars; null is one too.</summary>
    public static Shape<TArray> Grid<TArray, T>()
        where TArray : class => new GridShape<TArray, T>();

    /// <summary>An array of what has a shape of its own; null is one too.</summary>
    public static Shape<T[]> Array<T>(Shape<T> element) => new ArrayShape<T>(element);

    /// <summary>A value or none.</summary>
    public static Shape<T?> Optional<T>(Shape<T> value)
        where T : struct => new OptionalShape<T>(value);

    /// <summary>Several values.</summary>
    public static Shape<(T1, T2)> Tuple<T1, T2>(Shape<T1> first, Shape<T2> second) => new MembersShape<(T1, T2)>(
    [
        new Member<(T1, T2), T1>("Item1", first, static (ref value) => ref value.Item1),
        new Member<(T1, T2), T2>("Item2", second, static (ref value) => ref value.Item2),
    ]);

    /// <summary>Several values.</summary>
    public static Shape<(T1, T2, T3)> Tuple<T1, T2, T3>(Shape<T1> first, Shape<T2> second, Shape<T3> third) => new MembersShape<(T1, T2, T3)>(
    [
        new Member<(T1, T2, T3), T1>("Item1", first, static (ref value) => ref value.Item1),
        new Member<(T1, T2, T3), T2>("Item2", second, static (ref value) => ref value.Item2),
        new Member<(T1, T2, T3), T3>("Item3", third, static (ref value) => ref value.Item3),
    ]);

    /// <summary>Several values.</summary>
    public static Shape<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(Shape<T1> first, Shape<T2> second, Shape<T3> third, Shape<T4> fourth) =>
        new MembersShape<(T1, T2, T3, T4)>(
        [
            new Member<(T1, T2, T3, T4), T1>("Item1", first, static (ref value) => ref value.Item1),
            new Member<(T1, T2, T3, T4), T2>("Item2", second, static (ref value) => ref value.Item2),
            new Member<(T1, T2, T3, T4), T3>("Item3", third, static (ref value) => ref value.Item3),
            new Member<(T1, T2, T3, T4), T4>("Item4", fourth, static (ref value) => ref value.Item4),
        ]);
}
