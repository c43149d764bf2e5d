using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator;

/// <summary>Which types can be stored as scalars and elements, and how many bytes one takes.</summary>
internal static class Elements
{
    private static readonly Dictionary<Type, (ValueKind Kind, int Size)> Table = new()
    {
        [typeof(bool)] = (ValueKind.Boolean, 1),
        [typeof(char)] = (ValueKind.Char, 2),
        [typeof(sbyte)] = (ValueKind.SByte, 1),
        [typeof(byte)] = (ValueKind.Byte, 1),
        [typeof(short)] = (ValueKind.Int16, 2),
        [typeof(ushort)] = (ValueKind.UInt16, 2),
        [typeof(int)] = (ValueKind.Int32, 4),
        [typeof(uint)] = (ValueKind.UInt32, 4),
        [typeof(long)] = (ValueKind.Int64, 8),
        [typeof(ulong)] = (ValueKind.UInt64, 8),
        [typeof(nint)] = (ValueKind.IntPtr, 8),
        [typeof(nuint)] = (ValueKind.UIntPtr, 8),
        [typeof(Half)] = (ValueKind.Half, 2),
        [typeof(float)] = (ValueKind.Single, 4),
        [typeof(double)] = (ValueKind.Double, 8),
    };

    /// <summary>False when a value of the type is not a plain number, character or truth value, or an enum of one.</summary>
    public static bool TryGet(Type type, out ValueKind kind, out int size)
    {
        var found = Table.TryGetValue(type.IsEnum ? type.GetEnumUnderlyingType() : type, out var entry);
        (kind, size) = entry;
        return found;
    }
}
