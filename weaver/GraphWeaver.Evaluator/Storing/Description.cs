using System.Reflection;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>
/// Describes values as a graph of parts, so that the program can make them again: what is one object here is one part, through several values
/// too, and cycles are kept. Raw contents are written, so that two workers that disagree about any of it are seen to. A value that holds
/// anything unknown is not described at all: it leaves no parts behind. No code of the user's runs, except that frozen and hashed immutable
/// collections are made again on trial, which asks their keys for hash codes.
/// </summary>
internal sealed class Description(int payloadLimit, ReachableStatics statics)
{
    /// <summary>Above this many parts a value is too large: the code that makes it would be.</summary>
    private const int MostParts = 20_000;

    private readonly List<StoredPart?> parts = [];
    private readonly Dictionary<object, int> known = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> seen = [];
    private readonly Queue<(object Value, int Number)> pending = [];
    private int first;
    private long payload;

    public IReadOnlyList<StoredPart?> Parts => parts;

    /// <summary>The number of the part that is the value.</summary>
    /// <exception cref="NotStorableException">It cannot be stored.</exception>
    public int Describe(object? value)
    {
        first = parts.Count;
        seen.Clear();
        payload = 0;
        try
        {
            var root = Reference(value);
            while (pending.TryDequeue(out var next))
            {
                parts[next.Number] = Make(next.Value);
            }

            return root;
        }
        catch
        {
            pending.Clear();
            seen.ForEach(item => known.Remove(item));
            parts.RemoveRange(first, parts.Count - first);
            throw;
        }
    }

    /// <summary>A value in a place of the given type.</summary>
    public int Slot(object? value, Type type) => type.IsValueType ? Add(Structure(value, type)) : Reference(value);

    /// <summary>An array that no program sees, as an argument of a making call.</summary>
    public int Hidden(Array items)
    {
        var part = Arrays.Describe(this, items);
        part.IsHidden = true;
        return Add(part);
    }

    public int Scalar(long value) => Add(new StoredPart { Kind = StoredKind.Scalar, Type = typeof(long), Element = ValueKind.Int64, Bits = value });

    public int Scalar(int value) => Add(new StoredPart { Kind = StoredKind.Scalar, Type = typeof(int), Element = ValueKind.Int32, Bits = value });

    public void Spend(long bytes)
    {
        payload += bytes;
        if (payload > payloadLimit)
        {
            throw new NotStorableException("it is too large");
        }
    }

    private int Reference(object? value)
    {
        switch (value)
        {
            case null:
                return Add(new StoredPart { Kind = StoredKind.Null });
            case string text:
                Spend(text.Length * 2L);
                return Add(new StoredPart { Kind = StoredKind.String, Type = typeof(string), Text = text });
            case Type type:
                return type is { IsGenericParameter: false, IsByRef: false, IsPointer: false, IsFunctionPointer: false } && !(type.IsArray && !IsPlainArray(type))
                    ? Add(new StoredPart { Kind = StoredKind.Type, Type = type })
                    : throw new NotStorableException("it holds a type that has no name");
        }

        if (!known.TryGetValue(value, out var number))
        {
            known[value] = number = Add(null);
            seen.Add(value);
            pending.Enqueue((value, number));
        }

        return number;
    }

    private static bool IsPlainArray(Type type) => !type.IsArray || (!type.IsVariableBoundArray || type.GetArrayRank() > 1) && IsPlainArray(type.GetElementType()!);

    private int Add(StoredPart? part)
    {
        if (parts.Count - first >= MostParts)
        {
            throw new NotStorableException("it has too many parts");
        }

        parts.Add(part);
        return parts.Count - 1;
    }

    private StoredPart Make(object value)
    {
        var type = value.GetType();
        if (type.IsValueType)
        {
            return new StoredPart { Kind = StoredKind.Box, Type = type, Parts = [Add(Structure(value, type))] };
        }

        if (Singletons.Find(value) is { } singleton)
        {
            return singleton;
        }

        if (statics.Holds(value))
        {
            throw new NotStorableException($"it holds an object that a static field leads to ({TypeNames.Short(type)})");
        }

        return value is Array array ? Arrays.Describe(this, array)
            : Collections.Describe(this, value) ?? Tensors.Describe(this, value) ?? new StoredPart { Kind = StoredKind.Object, Type = type, Parts = Fields(value, PlainFields.OfClass(type)) };
    }

    private StoredPart Structure(object? value, Type type)
    {
        if (value is null)
        {
            return new StoredPart { Kind = StoredKind.Zero, Type = type };
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return new StoredPart { Kind = StoredKind.MadeStructure, Type = type, Create = "NewNullable", Arguments = [underlying], Parts = [Slot(value, underlying)] };
        }

        return Structures.Describe(this, value, type)
            ?? (Elements.TryGet(type, out var kind, out var size) ? Scalars.Describe(value, type, kind, size) : null)
            ?? new StoredPart { Kind = StoredKind.Structure, Type = type, Parts = Fields(value, PlainFields.OfStructure(type)) };
    }

    private int[] Fields(object value, IReadOnlyList<FieldInfo> fields) => [.. fields.Select(field => Slot(field.GetValue(value), field.FieldType))];
}
