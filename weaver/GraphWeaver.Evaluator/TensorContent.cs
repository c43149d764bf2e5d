using System.Reflection;
using System.Runtime.InteropServices;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Reads a <c>System.Numerics.Tensors.Tensor&lt;T&gt;</c> without referencing its package, whose version is the user's. Members that
/// take or return spans cannot be called by reflection; delegates closed over the tensor can.
/// </summary>
internal sealed class TensorContent
{
    private delegate ReadOnlySpan<nint> SizesGetter();

    private delegate void Flatten<T>(Span<T> destination);

    public required long[] Lengths { get; init; }

    /// <summary>How many elements there are: not always the product, for the empty tensor has rank 0.</summary>
    public required long Count { get; init; }

    /// <summary>Whether its strides are those a new tensor of its lengths has, in memory that is not pinned.</summary>
    public required bool IsDense { get; init; }

    /// <summary>Writes the elements in row-major order, whatever the strides.</summary>
    public required Func<byte[]> Bytes { get; init; }

    /// <summary>The element type, or null when the type is no tensor.</summary>
    public static Type? ElementType(Type type) =>
        type.IsConstructedGenericType && type.GetGenericTypeDefinition().FullName == "System.Numerics.Tensors.Tensor`1"
            ? type.GenericTypeArguments[0]
            : null;

    /// <summary>The content, or null when this version of the package has other members.</summary>
    public static TensorContent? Of(object tensor, Type element)
    {
        var flatten = tensor.GetType().GetMethod("FlattenTo", [typeof(Span<>).MakeGenericType(element)]);
        if (Sizes(tensor, "Lengths") is not { } lengths || Sizes(tensor, "Strides") is not { } strides || flatten is null || tensor.GetType().GetProperty("FlattenedLength")?.GetValue(tensor) is not nint count)
        {
            return null;
        }

        var isDense = strides.SequenceEqual(DenseStrides(lengths)) && tensor.GetType().GetProperty("IsPinned")?.GetValue(tensor) is false;
        return new TensorContent { Lengths = lengths, Count = count, IsDense = isDense, Bytes = () => (byte[])Copier(element).Invoke(null, [tensor, flatten, (long)count])! };
    }

    private static long[]? Sizes(object tensor, string property)
    {
        if (tensor.GetType().GetProperty(property)?.GetMethod is not { } getter)
        {
            return null;
        }

        var sizes = getter.CreateDelegate<SizesGetter>(tensor)();
        var copied = new long[sizes.Length];
        for (var i = 0; i < copied.Length; i++)
        {
            copied[i] = sizes[i];
        }

        return copied;
    }

    /// <summary>Row-major; a dimension of length 1 has stride 0.</summary>
    private static long[] DenseStrides(long[] lengths)
    {
        var strides = new long[lengths.Length];
        var stride = 1L;
        for (var i = lengths.Length - 1; i >= 0; i--)
        {
            strides[i] = lengths[i] == 1 ? 0 : stride;
            stride *= lengths[i];
        }

        return strides;
    }

    private static MethodInfo Copier(Type element) => typeof(TensorContent).GetMethod(nameof(Copy), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(element);

    private static byte[] Copy<T>(object tensor, MethodInfo flatten, long count)
        where T : struct
    {
        var content = new T[count];
        flatten.CreateDelegate<Flatten<T>>(tensor)(content);
        return MemoryMarshal.AsBytes(content.AsSpan()).ToArray();
    }
}
