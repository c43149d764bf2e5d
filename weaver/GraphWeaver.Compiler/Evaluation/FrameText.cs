namespace GraphWeaver.Compiler.Evaluation;

/// <summary>Text, lists and type names in frames, as Protocol.cs describes them; the engine's half.</summary>
internal static class FrameText
{
    public static void WriteText(this BinaryWriter writer, string text)
    {
        writer.Write(text.Length);
        var bytes = new byte[text.Length * sizeof(char)];
        Buffer.BlockCopy(text.ToCharArray(), 0, bytes, 0, bytes.Length);
        writer.Write(bytes);
    }

    public static void WriteTexts(this BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
        {
            writer.WriteText(text);
        }
    }

    public static void WriteNumbers(this BinaryWriter writer, IReadOnlyList<int> numbers)
    {
        writer.Write(numbers.Count);
        foreach (var number in numbers)
        {
            writer.Write(number);
        }
    }

    public static string? ReadText(this BinaryReader reader)
    {
        var length = reader.ReadInt32();
        if (length < 0)
        {
            return null;
        }

        var characters = new char[length];
        Buffer.BlockCopy(reader.ReadBytes(length * sizeof(char)), 0, characters, 0, length * sizeof(char));
        return new string(characters);
    }

    public static RuntimeTypeName ReadType(this BinaryReader reader)
    {
        var name = reader.ReadText()!;
        var assembly = reader.ReadText()!;
        var arguments = new RuntimeTypeName[reader.ReadInt32()];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = reader.ReadType();
        }

        var ranks = new int[reader.ReadInt32()];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = reader.ReadInt32();
        }

        return new RuntimeTypeName(name, assembly, arguments, ranks);
    }
}
