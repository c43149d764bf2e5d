using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Takes a value of <c>Graph.AtBuild</c> from one worker to the other: what has no references by its bytes, text, arrays, tensors, lists,
/// tuples and the user's own objects field by field, each object once. What lives by hash codes or handles of its process is not taken.
/// </summary>
internal sealed class PackedValue
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private readonly Dictionary<object, int> written = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> read = [];
    private readonly AssemblyLoadContext? context;

    private PackedValue(AssemblyLoadContext? context) => this.context = context;

    private enum Mark : byte
    {
        Null,
        Known,
        Text,
        Bits,
        Array,
        Fields,
    }

    /// <summary>The bytes, or null when the value cannot leave its process.</summary>
    public static byte[]? Pack(object? value, int limit)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        return new PackedValue(context: null).Write(writer, value, limit) ? stream.ToArray() : null;
    }

    /// <summary>The value, of the types that <paramref name="context"/> knows by the packed names; absent when it does not know one.</summary>
    public static object? Unpack(byte[] bytes, AssemblyLoadContext context)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            return new PackedValue(context).Read(reader);
        }
        catch (Exception exception) when (exception is TypeLoadException or IOException or MemberAccessException or ArgumentException)
        {
            return HandleTable.Absent;
        }
    }

    private bool Write(BinaryWriter writer, object? value, int limit)
    {
        if (writer.BaseStream.Length > limit)
        {
            return false;
        }

        if (value is null)
        {
            writer.Write((byte)Mark.Null);
            return true;
        }

        if (written.TryGetValue(value, out var number))
        {
            writer.Write((byte)Mark.Known);
            writer.Write(number);
            return true;
        }

        var type = value.GetType();
        if (!type.IsValueType)
        {
            written.Add(value, written.Count);
        }

        switch (value)
        {
            case string text:
                writer.Write((byte)Mark.Text);
                writer.WriteText(text);
                return true;
            case Array array when type.IsSZArray || Enumerable.Range(0, array.Rank).All(dimension => array.GetLowerBound(dimension) == 0):
                return WriteArray(writer, array, limit);
            case ValueType when !HasReferences(type):
                WriteHead(writer, Mark.Bits, type);
                writer.Write(Bits(value));
                return true;
            default:
                return IsTakenByFields(type) && WriteFields(writer, value, type, limit);
        }
    }

    private bool WriteArray(BinaryWriter writer, Array array, int limit)
    {
        var element = array.GetType().GetElementType()!;
        WriteHead(writer, Mark.Array, element);
        writer.Write(array.Rank);
        for (var dimension = 0; dimension < array.Rank; dimension++)
        {
            writer.Write(array.GetLength(dimension));
        }

        if (!element.IsValueType || HasReferences(element))
        {
            return array.Cast<object?>().All(item => Write(writer, item, limit));
        }

        writer.Write(MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), array.Length * SizeOf(element)));
        return writer.BaseStream.Length <= limit;
    }

    private bool WriteFields(BinaryWriter writer, object value, Type type, int limit)
    {
        WriteHead(writer, Mark.Fields, type);
        return Fields(type).All(field => Write(writer, field.GetValue(value), limit));
    }

    private static void WriteHead(BinaryWriter writer, Mark mark, Type type)
    {
        writer.Write((byte)mark);
        writer.WriteText(type.AssemblyQualifiedName);
    }

    private object? Read(BinaryReader reader)
    {
        switch ((Mark)reader.ReadByte())
        {
            case Mark.Null:
                return null;
            case Mark.Known:
                return read[reader.ReadInt32()];
            case Mark.Text:
                var text = reader.ReadText();
                read.Add(text);
                return text;
            case Mark.Bits:
                var one = Array.CreateInstance(ReadType(reader), 1);
                reader.BaseStream.ReadExactly(Memory(one));
                return one.GetValue(0);
            case Mark.Array:
                return ReadArray(reader, ReadType(reader));
            default:
                return ReadFields(reader, ReadType(reader));
        }
    }

    private Array ReadArray(BinaryReader reader, Type element)
    {
        var lengths = new int[reader.ReadInt32()];
        for (var dimension = 0; dimension < lengths.Length; dimension++)
        {
            lengths[dimension] = reader.ReadInt32();
        }

        var array = Array.CreateInstance(element, lengths);
        read.Add(array);
        if (element.IsValueType && !HasReferences(element))
        {
            reader.BaseStream.ReadExactly(Memory(array));
            return array;
        }

        var place = new int[lengths.Length];
        for (var item = 0; item < array.Length; item++)
        {
            var rest = item;
            for (var dimension = lengths.Length - 1; dimension >= 0; dimension--)
            {
                (rest, place[dimension]) = Math.DivRem(rest, lengths[dimension]);
            }

            array.SetValue(Read(reader), place);
        }

        return array;
    }

    private object ReadFields(BinaryReader reader, Type type)
    {
        var value = RuntimeHelpers.GetUninitializedObject(type);
        if (!type.IsValueType)
        {
            read.Add(value);
        }

        foreach (var field in Fields(type))
        {
            field.SetValue(value, Read(reader));
        }

        return value;
    }

    private Type ReadType(BinaryReader reader)
    {
        using var scope = context!.EnterContextualReflection();
        return Type.GetType(reader.ReadText(), context.LoadFromAssemblyName, typeResolver: null, throwOnError: true)!;
    }

    /// <summary>Of the framework's types those that are no more than their fields; of a user's all but delegates and what holds such.</summary>
    private static bool IsTakenByFields(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type) || type.IsPointer)
        {
            return false;
        }

        var name = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!;
        var isFramework = name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
        return !isFramework
            || name is "System.Collections.Generic.List`1" or "System.Collections.Generic.KeyValuePair`2" or "System.Nullable`1"
            || name.StartsWith("System.ValueTuple`", StringComparison.Ordinal) || name.StartsWith("System.Tuple`", StringComparison.Ordinal)
            || name.StartsWith("System.Numerics.Tensors.Tensor", StringComparison.Ordinal);
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (var current = type; current is not null && current != typeof(object) && current != typeof(ValueType); current = current.BaseType)
        {
            foreach (var field in current.GetFields(Own).OrderBy(field => field.MetadataToken))
            {
                yield return field;
            }
        }
    }

    private static bool HasReferences(Type type) =>
        (bool)typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static byte[] Bits(object value)
    {
        var one = Array.CreateInstance(value.GetType(), 1);
        one.SetValue(value, 0);
        return Memory(one).ToArray();
    }

    private static Span<byte> Memory(Array array) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), array.Length * SizeOf(array.GetType().GetElementType()!));
}
