using System.Reflection;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>Writes described parts into a frame: types and the fields of each type once, then the parts.</summary>
internal sealed class DescriptionWriter
{
    private readonly List<Type> types = [];
    private readonly Dictionary<Type, int> numbers = [];

    public static void Write(BinaryWriter writer, IReadOnlyList<StoredPart?> parts) => new DescriptionWriter().WriteAll(writer, parts);

    private void WriteAll(BinaryWriter writer, IReadOnlyList<StoredPart?> parts)
    {
        using var content = new MemoryStream();
        using var body = new BinaryWriter(content);
        body.Write(parts.Count);
        foreach (var part in parts)
        {
            WritePart(body, part!);
        }

        body.Flush();
        writer.Write(types.Count);
        foreach (var type in types)
        {
            writer.WriteType(type);
        }

        writer.Write(content.GetBuffer().AsSpan(0, (int)content.Length));
        var layouts = parts.Where(part => part!.Kind is StoredKind.Object or StoredKind.Structure).Select(part => part!.Type!).Distinct().ToList();
        writer.Write(layouts.Count);
        foreach (var type in layouts)
        {
            WriteLayout(writer, type);
        }
    }

    private void WritePart(BinaryWriter writer, StoredPart part)
    {
        writer.Write((byte)part.Kind);
        writer.Write(part.Type is null ? -1 : Number(part.Type));
        writer.Write((byte)part.Element);
        writer.Write(part.Bits);
        writer.WriteText(part.Text);
        WriteNumbers(writer, part.Lengths);
        writer.Write(part.Bytes.Length);
        writer.Write(part.Bytes);
        writer.WriteText(part.Create);
        WriteNumbers(writer, Array.ConvertAll(part.Arguments, Number));
        WriteNumbers(writer, part.Parts);
        writer.WriteText(part.Fill);
        WriteNumbers(writer, part.FillParts);
        writer.Write(part.IsImmutable);
        writer.Write(part.IsHidden);
    }

    private void WriteLayout(BinaryWriter writer, Type type)
    {
        var fields = type.IsValueType ? PlainFields.OfStructure(type) : PlainFields.OfClass(type);
        writer.Write(Number(type));
        writer.Write(fields.Count);
        foreach (var field in fields)
        {
            writer.WriteType(field.DeclaringType!);
            writer.WriteText(field.Name);
            writer.WriteOpenType(Open(field).FieldType);
            writer.Write(field.IsPublic && !field.IsInitOnly);
        }
    }

    /// <summary>The field as its generic type declares it.</summary>
    private static FieldInfo Open(FieldInfo field) => field.DeclaringType is { IsConstructedGenericType: true } closed
        ? (FieldInfo)closed.GetGenericTypeDefinition().GetMemberWithSameMetadataDefinitionAs(field)
        : field;

    private static void WriteNumbers(BinaryWriter writer, int[] numbers)
    {
        writer.Write(numbers.Length);
        Array.ForEach(numbers, writer.Write);
    }

    private int Number(Type type)
    {
        if (!numbers.TryGetValue(type, out var number))
        {
            numbers[type] = number = types.Count;
            types.Add(type);
        }

        return number;
    }
}
