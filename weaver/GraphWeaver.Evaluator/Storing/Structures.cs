using System.Collections.Immutable;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>The framework's structures that have a way to be made of plain parts.</summary>
internal static class Structures
{
    private static readonly Dictionary<Type, string> generic = new()
    {
        [typeof(KeyValuePair<,>)] = nameof(Pair),
        [typeof(ArraySegment<>)] = nameof(Segment),
        [typeof(Memory<>)] = nameof(Writable),
        [typeof(ReadOnlyMemory<>)] = nameof(ReadOnly),
        [typeof(ImmutableArray<>)] = nameof(Immutable),
    };

    /// <summary>The description, or null when the structure is none of them.</summary>
    public static StoredPart? Describe(Description description, object value, Type type)
    {
        if (type.IsConstructedGenericType && generic.TryGetValue(type.GetGenericTypeDefinition(), out var name))
        {
            const BindingFlags Own = BindingFlags.Static | BindingFlags.NonPublic;
            var describe = typeof(Structures).GetMethod(name, Own)!.MakeGenericMethod(type.GenericTypeArguments);
            return (StoredPart)describe.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [description, value], null)!;
        }

        int Number(int number) => description.Scalar(number);
        int Long(long number) => description.Scalar(number);
        int Flag(bool flag) => description.Slot(flag, typeof(bool));
        StoredPart Made(string create, params int[] parts) => new() { Kind = StoredKind.MadeStructure, Type = type, Create = create, Parts = parts };
        switch (value)
        {
            case decimal number:
                return Made("NewDecimal", [.. decimal.GetBits(number).Select(Number)]);
            case DateTime { Kind: DateTimeKind.Local }:
                throw new NotStorableException("it holds a local time");
            case DateTime time:
                return Made("NewDateTime", Long(time.Ticks), Number((int)time.Kind));
            case DateTimeOffset time:
                return Made("NewDateTimeOffset", Long(time.Ticks), Long(time.Offset.Ticks));
            case TimeSpan time:
                return Made("NewTimeSpan", Long(time.Ticks));
            case DateOnly date:
                return Made("NewDateOnly", Number(date.DayNumber));
            case TimeOnly time:
                return Made("NewTimeOnly", Long(time.Ticks));
            case Guid guid:
                var halves = MemoryMarshal.Cast<Guid, long>([guid]);
                return Made("NewGuid", Long(halves[0]), Long(halves[1]));
            case BigInteger number:
                return Made("NewBigInteger", description.Hidden(number.ToByteArray()));
            case Complex number:
                return Made("NewComplex", description.Slot(number.Real, typeof(double)), description.Slot(number.Imaginary, typeof(double)));
            case Half number:
                return Made("NewHalf", Number(BitConverter.HalfToUInt16Bits(number)));
            case Int128 number:
                return Made("NewInt128", Long((long)(number >> 64)), Long(unchecked((long)number)));
            case UInt128 number:
                return Made("NewUInt128", Long(unchecked((long)(ulong)(number >> 64))), Long(unchecked((long)(ulong)number)));
            case Index index:
                return Made("NewIndex", Number(index.Value), Flag(index.IsFromEnd));
            case Range range:
                return Made("NewRange", Number(range.Start.Value), Flag(range.Start.IsFromEnd), Number(range.End.Value), Flag(range.End.IsFromEnd));
            case Rune rune:
                return Made("NewRune", Number(rune.Value));
            default:
                return null;
        }
    }

    private static StoredPart Pair<TKey, TValue>(Description description, object value)
    {
        var pair = (KeyValuePair<TKey, TValue>)value;
        return new StoredPart
        {
            Kind = StoredKind.MadeStructure, Type = value.GetType(), Create = "NewKeyValuePair", Arguments = [typeof(TKey), typeof(TValue)],
            Parts = [description.Slot(pair.Key, typeof(TKey)), description.Slot(pair.Value, typeof(TValue))],
        };
    }

    private static StoredPart Segment<T>(Description description, object value) => Part(description, "NewArraySegment", value, (ArraySegment<T>)value);

    private static StoredPart Writable<T>(Description description, object value) =>
        MemoryMarshal.TryGetArray((ReadOnlyMemory<T>)(Memory<T>)value, out var segment) && HasNoOwner<T>(value) ? Part(description, "NewMemory", value, segment) : throw Foreign();

    private static StoredPart ReadOnly<T>(Description description, object value) =>
        MemoryMarshal.TryGetArray((ReadOnlyMemory<T>)value, out var segment) && HasNoOwner<T>(value) ? Part(description, "NewReadOnlyMemory", value, segment) : throw Foreign();

    /// <summary>A memory manager can give an array too.</summary>
    private static bool HasNoOwner<T>(object memory) =>
        memory.GetType().GetField("_object", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(memory) is var content && content is null or T[];

    private static StoredPart Part<T>(Description description, string create, object value, ArraySegment<T> segment) => segment.Array is null
        ? new StoredPart { Kind = StoredKind.Zero, Type = value.GetType() }
        : segment.Array.GetType() != typeof(T[])
            ? throw Foreign()
            : IsDefault(value)
                ? new StoredPart { Kind = StoredKind.Zero, Type = value.GetType() }
                : new StoredPart
                {
                    Kind = StoredKind.MadeStructure, Type = value.GetType(), Create = create, Arguments = [typeof(T)],
                    Parts = [description.Slot(segment.Array, typeof(T[])), description.Scalar(segment.Offset), description.Scalar(segment.Count)],
                };

    /// <summary>An empty memory gives the shared empty array, which it does not hold.</summary>
    private static bool IsDefault(object value) => value.GetType().GetField("_object", BindingFlags.Instance | BindingFlags.NonPublic) is { } content && content.GetValue(value) is null;

    private static StoredPart Immutable<T>(Description description, object value)
    {
        var items = ImmutableCollectionsMarshal.AsArray((ImmutableArray<T>)value);
        return items is null
            ? new StoredPart { Kind = StoredKind.Zero, Type = value.GetType() }
            : ReferenceEquals(items, ImmutableCollectionsMarshal.AsArray(ImmutableArray<T>.Empty))
                ? new StoredPart { Kind = StoredKind.MadeStructure, Type = value.GetType(), Create = "GetEmptyImmutableArray", Arguments = [typeof(T)] }
                : new StoredPart { Kind = StoredKind.MadeStructure, Type = value.GetType(), Create = "NewImmutableArray", Arguments = [typeof(T)], Parts = [description.Slot(items, typeof(T[]))] };
    }

    private static NotStorableException Foreign() => new("it holds memory that is no array");
}
