namespace GraphWeaver.Compiler.Evaluation;

/// <summary>Reads the parts a worker described; the other half of the worker's DescriptionWriter.</summary>
internal static class DescriptionReader
{
    public static StoredPart[] ReadDescription(this BinaryReader reader)
    {
        var types = ReadAll(reader, FrameText.ReadType);
        var links = new List<(int[] Parts, int[] FillParts)>();
        var parts = ReadAll(reader, _ => ReadPart(reader, types, links));
        var layouts = ReadAll(reader, _ => (Type: types[reader.ReadInt32()], Fields: ReadAll(reader, ReadField)))
            .ToDictionary(layout => layout.Type, layout => layout.Fields);
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i].Link(Array.ConvertAll(links[i].Parts, number => parts[number]), Array.ConvertAll(links[i].FillParts, number => parts[number]));
            if (parts[i].Kind is StoredKind.Object or StoredKind.Structure)
            {
                parts[i].Fields = layouts[parts[i].Type!];
            }
        }

        return parts;
    }

    private static StoredPart ReadPart(BinaryReader reader, RuntimeTypeName[] types, List<(int[] Parts, int[] FillParts)> links)
    {
        var kind = (StoredKind)reader.ReadByte();
        var type = reader.ReadInt32();
        var element = (ValueKind)reader.ReadByte();
        var bits = reader.ReadInt64();
        var text = reader.ReadText();
        var lengths = ReadAll(reader, read => read.ReadInt32());
        var bytes = reader.ReadBytes(reader.ReadInt32());
        var create = reader.ReadText();
        var arguments = ReadAll(reader, read => types[read.ReadInt32()]);
        var parts = ReadAll(reader, read => read.ReadInt32());
        var fill = reader.ReadText();
        links.Add((parts, ReadAll(reader, read => read.ReadInt32())));
        return new StoredPart
        {
            Kind = kind,
            Type = type < 0 ? null : types[type],
            ElementKind = element,
            Bits = bits,
            Text = text,
            Lengths = lengths,
            Bytes = bytes,
            Create = create,
            Arguments = arguments,
            Fill = fill,
            IsImmutable = reader.ReadBoolean(),
            IsHidden = reader.ReadBoolean(),
        };
    }

    private static StoredField ReadField(BinaryReader reader)
    {
        var declaringType = reader.ReadType();
        var name = reader.ReadText()!;
        return new StoredField(declaringType, name, reader.ReadType(), reader.ReadBoolean());
    }

    private static T[] ReadAll<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(reader);
        }

        return items;
    }
}
