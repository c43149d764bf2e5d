using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Verification;

/// <summary>An array of scalars, of any rank: which object it is, its lengths, its elements.</summary>
internal sealed class GridShape<TArray, T> : Shape<TArray>
    where TArray : class
{
    internal override Copy<TArray> Copy(TArray value, Recording recording)
    {
        int number = recording.NumberOf(value);
        if (value is null)
        {
            return new GridCopy(value!, number, null);
        }

        var copy = (Array)((Array)(object)value).Clone();
        recording.Measure<T>(All(copy));
        return new GridCopy(value, number, copy);
    }

    private static Span<T> All(Array array) => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private sealed class GridCopy(TArray array, int number, Array? copy) : Copy<TArray>
    {
        internal override TArray Restore()
        {
            if (copy is not null)
            {
                All(copy).CopyTo(All((Array)(object)array));
            }

            return array;
        }

        internal override void Compare(TArray actual, Comparison comparison)
        {
            comparison.Identity(number, actual);
            if (copy is null)
            {
                return;
            }

            var other = (Array)(object)actual;
            Lengths.Compare(copy, other, comparison);
            Span<T> expected = All(copy);
            Span<T> given = All(other);
            for (int position = 0; position < expected.Length; position++)
            {
                if (!comparison.Tolerance.Accepts(expected[position], given[position]))
                {
                    comparison.Fail(Lengths.IndexOf(copy, position), expected[position], given[position]);
                }
            }
        }
    }
}

/// <summary>An array whose elements have parts.</summary>
internal sealed class ArrayShape<T>(Shape<T> element) : Shape<T[]>
{
    internal override Copy<T[]> Copy(T[] value, Recording recording)
    {
        int number = recording.NumberOf(value);
        return new ArrayCopy(value, number, value is null ? [] : Array.ConvertAll(value, item => element.Copy(item, recording)));
    }

    private sealed class ArrayCopy(T[] array, int number, Copy<T>[] elements) : Copy<T[]>
    {
        internal override T[] Restore()
        {
            for (int position = 0; position < elements.Length; position++)
            {
                array[position] = elements[position].Restore();
            }

            return array;
        }

        internal override void Compare(T[] actual, Comparison comparison)
        {
            comparison.Identity(number, actual);
            if (array is null)
            {
                return;
            }

            Lengths.Compare(elements, actual, comparison);
            for (int position = 0; position < elements.Length; position++)
            {
                elements[position].Compare(actual[position], comparison.Within($"[{position}]"));
            }
        }
    }
}

/// <summary>Lengths and lower bounds of arrays of any rank.</summary>
internal static class Lengths
{
    internal static void Compare(Array expected, Array actual, Comparison comparison)
    {
        for (int dimension = 0; dimension < expected.Rank; dimension++)
        {
            if (expected.GetLength(dimension) != actual.GetLength(dimension) || expected.GetLowerBound(dimension) != actual.GetLowerBound(dimension))
            {
                comparison.Fail([], Describe(expected), Describe(actual));
            }
        }
    }

    /// <summary>Where an element stands that is number <paramref name="position"/> in memory.</summary>
    internal static nint[] IndexOf(Array array, int position)
    {
        var index = new nint[array.Rank];
        for (int dimension = array.Rank - 1; dimension >= 0; dimension--)
        {
            (position, int along) = Math.DivRem(position, array.GetLength(dimension));
            index[dimension] = along + array.GetLowerBound(dimension);
        }

        return index;
    }

    private static string Describe(Array array) => $"lengths [{string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength))}]";
}
