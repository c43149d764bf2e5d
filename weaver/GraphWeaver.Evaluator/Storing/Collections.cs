using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Reflection;
using System.Text;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>
/// The framework's collections, by what they show: items in order, capacity, comparer. Only the exact types: a class derived from one has more.
/// One that would go on differently than a new one with the same items (holes after removals, another order of hash codes) is not described.
/// </summary>
internal static class Collections
{
    private static readonly Dictionary<Type, string> generic = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(Dictionary<,>)] = nameof(Dictionary),
        [typeof(HashSet<>)] = nameof(HashSet),
        [typeof(SortedDictionary<,>)] = nameof(SortedDictionary),
        [typeof(SortedSet<>)] = nameof(SortedSet),
        [typeof(SortedList<,>)] = nameof(SortedList),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(Stack<>)] = nameof(Stack),
        [typeof(LinkedList<>)] = nameof(LinkedList),
        [typeof(ReadOnlyCollection<>)] = nameof(ReadOnlyCollection),
        [typeof(ImmutableList<>)] = nameof(ImmutableList),
        [typeof(ImmutableQueue<>)] = nameof(ImmutableQueue),
        [typeof(ImmutableStack<>)] = nameof(ImmutableStack),
        [typeof(ImmutableHashSet<>)] = nameof(ImmutableHashSet),
        [typeof(ImmutableSortedSet<>)] = nameof(ImmutableSortedSet),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableDictionary),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(ImmutableSortedDictionary),
        [typeof(FrozenSet<>)] = nameof(FrozenSet),
        [typeof(FrozenDictionary<,>)] = nameof(FrozenDictionary),
    };

    /// <summary>The description, or null when the object is none of them.</summary>
    public static StoredPart? Describe(Description description, object value)
    {
        if (value is StringBuilder builder)
        {
            return StringBuilders.Describe(description, builder);
        }

        if (value is BitArray bits)
        {
            var words = new int[(bits.Length + 31) / 32];
            bits.CopyTo(words, 0);
            return new StoredPart { Kind = StoredKind.Made, Type = typeof(BitArray), Create = "NewBitArray", Parts = [description.Hidden(words), description.Scalar(bits.Length)] };
        }

        if (value is Version version)
        {
            int[] numbers = [version.Major, version.Minor, version.Build, version.Revision];
            return new StoredPart { Kind = StoredKind.Made, Type = typeof(Version), Create = "NewVersion", Parts = [.. numbers.Select(description.Scalar)] };
        }

        if (Definition(value.GetType()) is not { } definition)
        {
            return null;
        }

        var arguments = definition.GenericTypeArguments;
        if (definition.FullName!.StartsWith("System.Tuple`", StringComparison.Ordinal))
        {
            var items = definition.GetProperties().Where(property => property.Name.StartsWith("Item", StringComparison.Ordinal) || property.Name == "Rest").Select((property, i) => description.Slot(property.GetValue(value), arguments[i]));
            return new StoredPart { Kind = StoredKind.Made, Type = definition, Create = $"NewTuple{arguments.Length}", Arguments = arguments, Parts = [.. items] };
        }

        var describe = typeof(Collections).GetMethod(generic[definition.GetGenericTypeDefinition()], BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(arguments);
        return (StoredPart)describe.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [description, value], null)!;
    }

    /// <summary>The collection type to name: frozen collections are of classes of their own.</summary>
    private static Type? Definition(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (level.IsConstructedGenericType && level.Assembly.GetName().Name is not null && PlainFields.IsFramework(level))
            {
                var definition = level.GetGenericTypeDefinition();
                var isFrozen = definition == typeof(FrozenSet<>) || definition == typeof(FrozenDictionary<,>);
                if ((level == type && (generic.ContainsKey(definition) || definition.FullName!.StartsWith("System.Tuple`", StringComparison.Ordinal))) || (isFrozen && PlainFields.IsFramework(type)))
                {
                    return level;
                }
            }
        }

        return null;
    }

    private static StoredPart List<T>(Description description, List<T> list) =>
        Filled(list, "List", [typeof(T)], [description.Scalar(list.Capacity)], [description.Hidden(list.ToArray())]);

    private static StoredPart Dictionary<TKey, TValue>(Description description, Dictionary<TKey, TValue> dictionary)
        where TKey : notnull
    {
        RefuseHoles(dictionary);
        RefuseChangedKeys(dictionary.Keys, dictionary.ContainsKey, dictionary.Comparer);
        return Filled(
            dictionary, "Dictionary", [typeof(TKey), typeof(TValue)],
            [description.Scalar(dictionary.Capacity), Comparer(description, dictionary.Comparer)],
            [description.Hidden(dictionary.Keys.ToArray()), description.Hidden(dictionary.Values.ToArray())]);
    }

    private static StoredPart HashSet<T>(Description description, HashSet<T> set)
    {
        RefuseHoles(set);
        RefuseChangedKeys(set, set.Contains, set.Comparer);
        return Filled(set, "HashSet", [typeof(T)], [description.Scalar(set.Capacity), Comparer(description, set.Comparer)], [description.Hidden(set.ToArray())]);
    }

    private static StoredPart SortedDictionary<TKey, TValue>(Description description, SortedDictionary<TKey, TValue> dictionary)
        where TKey : notnull
    {
        RefuseDisorder(dictionary.Keys, dictionary.Comparer);
        return Filled(
            dictionary, "SortedDictionary", [typeof(TKey), typeof(TValue)],
            [Comparer(description, dictionary.Comparer)],
            [description.Hidden(dictionary.Keys.ToArray()), description.Hidden(dictionary.Values.ToArray())]);
    }

    private static StoredPart SortedSet<T>(Description description, SortedSet<T> set)
    {
        RefuseDisorder(set, set.Comparer);
        return Filled(set, "SortedSet", [typeof(T)], [Comparer(description, set.Comparer)], [description.Hidden(set.ToArray())]);
    }

    private static StoredPart SortedList<TKey, TValue>(Description description, SortedList<TKey, TValue> list)
        where TKey : notnull
    {
        RefuseDisorder(list.Keys, list.Comparer);
        return Filled(
            list, "SortedList", [typeof(TKey), typeof(TValue)],
            [description.Scalar(list.Capacity), Comparer(description, list.Comparer)],
            [description.Hidden(list.Keys.ToArray()), description.Hidden(list.Values.ToArray())]);
    }

    private static StoredPart Queue<T>(Description description, Queue<T> queue) =>
        Filled(queue, "Queue", [typeof(T)], [description.Scalar(queue.Capacity)], [description.Hidden(queue.ToArray())]);

    private static StoredPart Stack<T>(Description description, Stack<T> stack) =>
        Filled(stack, "Stack", [typeof(T)], [description.Scalar(stack.Capacity)], [description.Hidden(stack.Reverse().ToArray())]);

    private static StoredPart LinkedList<T>(Description description, LinkedList<T> list) =>
        Filled(list, "LinkedList", [typeof(T)], [], [description.Hidden(list.ToArray())]);

    private static StoredPart ReadOnlyCollection<T>(Description description, ReadOnlyCollection<T> collection)
    {
        if (ReferenceEquals(collection, System.Collections.ObjectModel.ReadOnlyCollection<T>.Empty))
        {
            return new StoredPart { Kind = StoredKind.Made, Type = collection.GetType(), Create = "GetEmptyReadOnlyCollection", Arguments = [typeof(T)], IsImmutable = true };
        }

        var list = collection.GetType().GetField("list", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(collection)
            ?? throw new NotStorableException("it holds a view of an unknown list");
        return new StoredPart { Kind = StoredKind.Made, Type = collection.GetType(), Create = "NewReadOnlyCollection", Arguments = [typeof(T)], Parts = [description.Slot(list, typeof(IList<T>))] };
    }

    private static StoredPart ImmutableList<T>(Description description, ImmutableList<T> list) => Immutable(list, "ImmutableList", [typeof(T)], [description.Hidden(list.ToArray())]);

    private static StoredPart ImmutableQueue<T>(Description description, ImmutableQueue<T> queue) => Immutable(queue, "ImmutableQueue", [typeof(T)], [description.Hidden(queue.ToArray())]);

    private static StoredPart ImmutableStack<T>(Description description, ImmutableStack<T> stack) => Immutable(stack, "ImmutableStack", [typeof(T)], [description.Hidden(stack.Reverse().ToArray())]);

    private static StoredPart ImmutableHashSet<T>(Description description, ImmutableHashSet<T> set)
    {
        RefuseOtherOrder(set, System.Collections.Immutable.ImmutableHashSet.CreateRange(set.KeyComparer, set));
        return Immutable(set, "ImmutableHashSet", [typeof(T)], [description.Hidden(set.ToArray()), Comparer(description, set.KeyComparer)]);
    }

    private static StoredPart ImmutableSortedSet<T>(Description description, ImmutableSortedSet<T> set) =>
        Immutable(set, "ImmutableSortedSet", [typeof(T)], [description.Hidden(set.ToArray()), Comparer(description, set.KeyComparer)]);

    private static StoredPart ImmutableDictionary<TKey, TValue>(Description description, ImmutableDictionary<TKey, TValue> dictionary)
        where TKey : notnull
    {
        RefuseOtherOrder(dictionary.Keys, System.Collections.Immutable.ImmutableDictionary.CreateRange(dictionary.KeyComparer, dictionary).Keys);
        if (!ReferenceEquals(dictionary.ValueComparer, EqualityComparer<TValue>.Default))
        {
            throw new NotStorableException("it holds a dictionary that compares values in its own way");
        }

        return Immutable(
            dictionary, "ImmutableDictionary", [typeof(TKey), typeof(TValue)],
            [description.Hidden(dictionary.Keys.ToArray()), description.Hidden(dictionary.Values.ToArray()), Comparer(description, dictionary.KeyComparer)]);
    }

    private static StoredPart ImmutableSortedDictionary<TKey, TValue>(Description description, ImmutableSortedDictionary<TKey, TValue> dictionary)
        where TKey : notnull => !ReferenceEquals(dictionary.ValueComparer, EqualityComparer<TValue>.Default)
            ? throw new NotStorableException("it holds a dictionary that compares values in its own way")
            : Immutable(
                dictionary, "ImmutableSortedDictionary", [typeof(TKey), typeof(TValue)],
                [description.Hidden(dictionary.Keys.ToArray()), description.Hidden(dictionary.Values.ToArray()), Comparer(description, dictionary.KeyComparer)]);

    private static StoredPart FrozenSet<T>(Description description, FrozenSet<T> set)
    {
        RefuseOtherOrder(set, set.ToArray().ToFrozenSet(set.Comparer));
        return Immutable(set, "FrozenSet", [typeof(T)], [description.Hidden(set.ToArray()), Comparer(description, set.Comparer)], typeof(FrozenSet<T>));
    }

    private static StoredPart FrozenDictionary<TKey, TValue>(Description description, FrozenDictionary<TKey, TValue> dictionary)
        where TKey : notnull
    {
        RefuseOtherOrder(dictionary.Keys, dictionary.ToArray().ToFrozenDictionary(dictionary.Comparer).Keys);
        return Immutable(
            dictionary, "FrozenDictionary", [typeof(TKey), typeof(TValue)],
            [description.Hidden(dictionary.Keys.ToArray()), description.Hidden(dictionary.Values.ToArray()), Comparer(description, dictionary.Comparer)],
            typeof(FrozenDictionary<TKey, TValue>));
    }

    private static StoredPart Filled(object value, string name, Type[] arguments, int[] parts, int[] fill) => new()
    {
        Kind = StoredKind.Made, Type = value.GetType(), Create = "New" + name, Arguments = arguments, Parts = parts, Fill = "Fill" + name, FillParts = fill,
    };

    private static StoredPart Immutable(object value, string name, Type[] arguments, int[] parts, Type? type = null) => new()
    {
        Kind = StoredKind.Made, Type = type ?? value.GetType(), Create = "New" + name, Arguments = arguments, Parts = parts, IsImmutable = true,
    };

    /// <summary>Null for the default, as a collection that was given none; some comparers are its own default in disguise.</summary>
    private static int Comparer<T>(Description description, IEqualityComparer<T> comparer) =>
        description.Slot(ReferenceEquals(comparer, EqualityComparer<T>.Default) ? null : comparer, typeof(IEqualityComparer<T>));

    private static int Comparer<T>(Description description, IComparer<T> comparer) =>
        description.Slot(ReferenceEquals(comparer, System.Collections.Generic.Comparer<T>.Default) ? null : comparer, typeof(IComparer<T>));

    /// <summary>A removed entry's place is taken by the next one, so that it would come in another order.</summary>
    private static void RefuseHoles(object collection)
    {
        if (collection.GetType().GetField("_freeCount", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(collection) is not 0)
        {
            throw new NotStorableException("it holds a collection that something was removed from");
        }
    }

    /// <summary>A key that was changed after it was added is where its old hash code put it; in a collection made anew it would be found.</summary>
    private static void RefuseChangedKeys<T>(IReadOnlyCollection<T> keys, Func<T, bool> contains, IEqualityComparer<T> comparer)
    {
        if (!keys.All(contains) || new HashSet<T>(keys, comparer).Count != keys.Count)
        {
            throw new NotStorableException("it holds a collection whose keys have changed since");
        }
    }

    /// <summary>The same for what is kept in order.</summary>
    private static void RefuseDisorder<T>(IEnumerable<T> keys, IComparer<T> comparer)
    {
        if (keys.Zip(keys.Skip(1), comparer.Compare).Any(order => order >= 0))
        {
            throw new NotStorableException("it holds a collection whose keys have changed since");
        }
    }

    private static void RefuseOtherOrder<T>(IEnumerable<T> original, IEnumerable<T> again)
    {
        if (!original.SequenceEqual(again, EqualityComparer<T>.Default))
        {
            throw new NotStorableException("it holds a collection whose order cannot be made again");
        }
    }
}
