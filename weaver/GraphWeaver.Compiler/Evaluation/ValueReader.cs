namespace GraphWeaver.Compiler.Evaluation;

/// <summary>Reads the values a worker described; the other half of the worker's ValueWriter.</summary>
internal static class ValueReader
{
    public static BuildValue ReadValue(this BinaryReader reader, int handle)
    {
        var identity = reader.ReadInt32();
        var kind = (ValueKind)reader.ReadByte();
        if (kind == ValueKind.Null)
        {
            return new BuildValue { Handle = handle, Identity = identity, Kind = kind, Display = "null" };
        }

        var type = reader.ReadType();
        var display = reader.ReadText()!;
        if (kind is ValueKind.Array or ValueKind.Tensor)
        {
            var elementKind = (ValueKind)reader.ReadByte();
            var lengths = new long[reader.ReadInt32()];
            for (var i = 0; i < lengths.Length; i++)
            {
                lengths[i] = reader.ReadInt64();
            }

            var isDense = reader.ReadBoolean();
            return new BuildValue
            {
                Handle = handle,
                Identity = identity,
                Kind = kind,
                Type = type,
                Display = display,
                ElementKind = elementKind,
                Lengths = lengths,
                IsDense = isDense,
                Bytes = reader.ReadBytes(reader.ReadInt32()),
            };
        }

        var value = ReadScalar(reader, kind);
        return new BuildValue { Handle = handle, Identity = identity, Kind = kind, Type = type, Display = display, Value = value };
    }

    private static object? ReadScalar(BinaryReader reader, ValueKind kind) => kind switch
    {
        ValueKind.Boolean => reader.ReadByte() != 0,
        ValueKind.Char => (char)reader.ReadUInt16(),
        ValueKind.SByte => reader.ReadSByte(),
        ValueKind.Byte => reader.ReadByte(),
        ValueKind.Int16 => reader.ReadInt16(),
        ValueKind.UInt16 or ValueKind.Half => reader.ReadUInt16(),
        ValueKind.Int32 => reader.ReadInt32(),
        ValueKind.UInt32 => reader.ReadUInt32(),
        ValueKind.Int64 or ValueKind.IntPtr => reader.ReadInt64(),
        ValueKind.UInt64 or ValueKind.UIntPtr => reader.ReadUInt64(),
        ValueKind.Single => reader.ReadSingle(),
        ValueKind.Double => reader.ReadDouble(),
        ValueKind.Decimal => reader.ReadDecimal(),
        ValueKind.String => reader.ReadText(),
        ValueKind.StringArray => ReadTexts(reader),
        ValueKind.Type => reader.ReadType(),
        ValueKind.TooLarge => SkipFingerprint(reader),
        _ => null,
    };

    private static string?[] ReadTexts(BinaryReader reader)
    {
        var texts = new string?[reader.ReadInt32()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadText();
        }

        return texts;
    }

    private static object? SkipFingerprint(BinaryReader reader)
    {
        reader.ReadUInt64();
        return null;
    }
}
