using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>
/// Arrays of any rank with lower bounds of 0: those of primitives and enums as bytes, others element by element. The empty array that all
/// callers share is told from a new one.
/// </summary>
internal static class Arrays
{
    public static StoredPart Describe(Description description, Array array)
    {
        var type = array.GetType();
        var element = type.GetElementType()!;
        if (!type.IsSZArray && (array.Rank == 1 || Enumerable.Range(0, array.Rank).Any(dimension => array.GetLowerBound(dimension) != 0)))
        {
            throw new NotStorableException("it holds an array that does not begin at 0");
        }

        if (element.IsPointer || element.IsFunctionPointer)
        {
            throw new NotStorableException("it holds pointers");
        }

        if (type.IsSZArray && array.Length == 0 && ReferenceEquals(array, Shared(element)))
        {
            return new StoredPart { Kind = StoredKind.Made, Type = type, Create = "GetEmptyArray", Arguments = [element], IsImmutable = true };
        }

        var lengths = Enumerable.Range(0, array.Rank).Select(array.GetLength).ToArray();
        return array switch
        {
            nint[] numbers => new StoredPart { Kind = StoredKind.Made, Type = type, Create = "NewNativeIntegers", Parts = [description.Hidden(Array.ConvertAll(numbers, Narrow))] },
            nuint[] numbers => new StoredPart { Kind = StoredKind.Made, Type = type, Create = "NewUnsignedNativeIntegers", Parts = [description.Hidden(Array.ConvertAll(numbers, Narrow))] },
            Half[] numbers => new StoredPart { Kind = StoredKind.Made, Type = type, Create = "NewHalves", Parts = [description.Hidden(Array.ConvertAll(numbers, BitConverter.HalfToUInt16Bits))] },
            _ when Elements.TryGet(element, out var kind, out var size) && kind is not (ValueKind.IntPtr or ValueKind.UIntPtr or ValueKind.Half) =>
                new StoredPart { Kind = StoredKind.Bytes, Type = type, Element = kind, Lengths = lengths, Bytes = Content(description, array, size) },
            _ => new StoredPart { Kind = StoredKind.Array, Type = type, Lengths = lengths, Parts = Items(description, array, element) },
        };
    }

    private static byte[] Content(Description description, Array array, int size)
    {
        description.Spend(array.LongLength * size);
        return MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), array.Length * size).ToArray();
    }

    private static int[] Items(Description description, IEnumerable array, Type element)
    {
        var items = new List<int>();
        foreach (var item in array)
        {
            items.Add(description.Slot(item, element));
        }

        return [.. items];
    }

    private static object Shared(Type element) =>
        typeof(Array).GetMethod(nameof(Array.Empty), BindingFlags.Static | BindingFlags.Public)!.MakeGenericMethod(element).Invoke(null, null)!;

    private static int Narrow(nint number) => number is >= int.MinValue and <= int.MaxValue ? (int)number : throw TooWide();

    private static uint Narrow(nuint number) => number <= uint.MaxValue ? (uint)number : throw TooWide();

    private static NotStorableException TooWide() => new("it holds a native integer too wide for some machines");
}
