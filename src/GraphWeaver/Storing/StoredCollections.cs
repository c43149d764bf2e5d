using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace GraphWeaver.Storing;

/// <summary>
/// Makes the framework's collections from arrays of their items, with the capacity, comparer and order they had in the build. What can be part
/// of a cycle is made empty by <c>New...</c> and given its items by <c>Fill...</c>. For generated code; the names are the recipe that the
/// build's worker writes, so each is unique.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StoredCollections
{
    /// <summary>The array all callers share.</summary>
    public static T[] GetEmptyArray<T>() => Array.Empty<T>();

    /// <summary>Native integers, each known to fit 32 bits.</summary>
    public static nint[] NewNativeIntegers(int[] values) => Array.ConvertAll(values, value => (nint)value);

    /// <summary>Native integers, each known to fit 32 bits.</summary>
    public static nuint[] NewUnsignedNativeIntegers(uint[] values) => Array.ConvertAll(values, value => (nuint)value);

    /// <summary>From their bits.</summary>
    public static Half[] NewHalves(ushort[] bits) => MemoryMarshal.Cast<ushort, Half>(bits).ToArray();

    /// <summary>A dense tensor whose memory is the array.</summary>
    public static Tensor<T> NewTensor<T>(T[] values, int[] lengths) => Tensor.Create(values, Array.ConvertAll(lengths, length => (nint)length));

    /// <summary>The tensor without elements.</summary>
    public static Tensor<T> GetEmptyTensor<T>() => Tensor<T>.Empty;

    /// <summary>An empty list.</summary>
    public static List<T> NewList<T>(int capacity) => new(capacity);

    /// <summary>Adds in order.</summary>
    public static void FillList<T>(List<T> list, T[] items) => list.AddRange(items);

    /// <summary>An empty dictionary.</summary>
    public static Dictionary<TKey, TValue> NewDictionary<TKey, TValue>(int capacity, IEqualityComparer<TKey>? comparer)
        where TKey : notnull => new(capacity, comparer);

    /// <summary>Adds in order.</summary>
    public static void FillDictionary<TKey, TValue>(Dictionary<TKey, TValue> dictionary, TKey[] keys, TValue[] values)
        where TKey : notnull => AddAll(dictionary, keys, values);

    /// <summary>An empty set.</summary>
    public static HashSet<T> NewHashSet<T>(int capacity, IEqualityComparer<T>? comparer) => new(capacity, comparer);

    /// <summary>Adds in order.</summary>
    public static void FillHashSet<T>(HashSet<T> set, T[] items) => Array.ForEach(items, item => set.Add(item));

    /// <summary>An empty dictionary.</summary>
    public static SortedDictionary<TKey, TValue> NewSortedDictionary<TKey, TValue>(IComparer<TKey>? comparer)
        where TKey : notnull => new(comparer);

    /// <summary>Adds in order.</summary>
    public static void FillSortedDictionary<TKey, TValue>(SortedDictionary<TKey, TValue> dictionary, TKey[] keys, TValue[] values)
        where TKey : notnull => AddAll(dictionary, keys, values);

    /// <summary>An empty set.</summary>
    public static SortedSet<T> NewSortedSet<T>(IComparer<T>? comparer) => new(comparer);

    /// <summary>Adds in order.</summary>
    public static void FillSortedSet<T>(SortedSet<T> set, T[] items) => Array.ForEach(items, item => set.Add(item));

    /// <summary>An empty list.</summary>
    public static SortedList<TKey, TValue> NewSortedList<TKey, TValue>(int capacity, IComparer<TKey>? comparer)
        where TKey : notnull => new(capacity, comparer);

    /// <summary>Adds in order.</summary>
    public static void FillSortedList<TKey, TValue>(SortedList<TKey, TValue> list, TKey[] keys, TValue[] values)
        where TKey : notnull => AddAll(list, keys, values);

    /// <summary>An empty queue.</summary>
    public static Queue<T> NewQueue<T>(int capacity) => new(capacity);

    /// <summary>Adds in order.</summary>
    public static void FillQueue<T>(Queue<T> queue, T[] items) => Array.ForEach(items, queue.Enqueue);

    /// <summary>An empty stack.</summary>
    public static Stack<T> NewStack<T>(int capacity) => new(capacity);

    /// <summary>Adds from the bottom up.</summary>
    public static void FillStack<T>(Stack<T> stack, T[] items) => Array.ForEach(items, stack.Push);

    /// <summary>An empty list.</summary>
    public static LinkedList<T> NewLinkedList<T>() => new();

    /// <summary>Adds in order.</summary>
    public static void FillLinkedList<T>(LinkedList<T> list, T[] items) => Array.ForEach(items, item => list.AddLast(item));

    /// <summary>A view of a list, which may be filled later.</summary>
    public static ReadOnlyCollection<T> NewReadOnlyCollection<T>(IList<T> list) => new(list);

    /// <summary>The collection all callers share.</summary>
    public static ReadOnlyCollection<T> GetEmptyReadOnlyCollection<T>() => ReadOnlyCollection<T>.Empty;

    /// <summary>From 32 bits at a time.</summary>
    public static BitArray NewBitArray(int[] words, int length) => new(words) { Length = length };

    /// <summary>An empty builder.</summary>
    public static StringBuilder NewStringBuilder(int capacity, int maximum) => new(capacity, maximum);

    /// <summary>Appends piece by piece, which gives the chunks the builder had.</summary>
    public static void FillStringBuilder(StringBuilder builder, string[] pieces) => Array.ForEach(pieces, piece => builder.Append(piece));

    /// <summary>The structure around an array.</summary>
    public static ImmutableArray<T> NewImmutableArray<T>(T[] items) => ImmutableCollectionsMarshal.AsImmutableArray(items);

    /// <summary>The structure around the empty array that all share.</summary>
    public static ImmutableArray<T> GetEmptyImmutableArray<T>() => ImmutableArray<T>.Empty;

    /// <summary>In order.</summary>
    public static ImmutableList<T> NewImmutableList<T>(T[] items) => [.. items];

    /// <summary>In order.</summary>
    public static ImmutableQueue<T> NewImmutableQueue<T>(T[] items) => ImmutableQueue.CreateRange(items);

    /// <summary>From the bottom up.</summary>
    public static ImmutableStack<T> NewImmutableStack<T>(T[] items) => ImmutableStack.CreateRange(items);

    /// <summary>Adds in order.</summary>
    public static ImmutableHashSet<T> NewImmutableHashSet<T>(T[] items, IEqualityComparer<T>? comparer) => ImmutableHashSet.CreateRange(comparer, items);

    /// <summary>Adds in order.</summary>
    public static ImmutableSortedSet<T> NewImmutableSortedSet<T>(T[] items, IComparer<T>? comparer) => ImmutableSortedSet.CreateRange(comparer, items);

    /// <summary>Adds in order.</summary>
    public static ImmutableDictionary<TKey, TValue> NewImmutableDictionary<TKey, TValue>(TKey[] keys, TValue[] values, IEqualityComparer<TKey>? comparer)
        where TKey : notnull => ImmutableDictionary.CreateRange(comparer, Pairs(keys, values));

    /// <summary>Adds in order.</summary>
    public static ImmutableSortedDictionary<TKey, TValue> NewImmutableSortedDictionary<TKey, TValue>(TKey[] keys, TValue[] values, IComparer<TKey>? comparer)
        where TKey : notnull => ImmutableSortedDictionary.CreateRange(comparer, Pairs(keys, values));

    /// <summary>Freezes the items.</summary>
    public static FrozenSet<T> NewFrozenSet<T>(T[] items, IEqualityComparer<T>? comparer) => items.ToFrozenSet(comparer);

    /// <summary>Freezes the pairs.</summary>
    public static FrozenDictionary<TKey, TValue> NewFrozenDictionary<TKey, TValue>(TKey[] keys, TValue[] values, IEqualityComparer<TKey>? comparer)
        where TKey : notnull => Pairs(keys, values).ToFrozenDictionary(comparer);

    private static void AddAll<TKey, TValue>(IDictionary<TKey, TValue> dictionary, TKey[] keys, TValue[] values)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            dictionary.Add(keys[i], values[i]);
        }
    }

    private static IEnumerable<KeyValuePair<TKey, TValue>> Pairs<TKey, TValue>(TKey[] keys, TValue[] values)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            yield return new KeyValuePair<TKey, TValue>(keys[i], values[i]);
        }
    }
}
