using System.Runtime.InteropServices;
using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Evaluator.Storing;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Describes a value in a frame: identity, kind, type, display text, content. What is written is also what the two workers
/// are compared by, byte for byte; so an opaque object is compared by its type and display text alone, and whatever is later
/// taken out of it is compared when it is taken.
/// </summary>
internal sealed class ValueWriter(BinaryWriter writer, int payloadLimit)
{
    public void Write(object? value, int identity)
    {
        writer.Write(identity);
        switch (value)
        {
            case null:
                writer.Write((byte)ValueKind.Null);
                break;
            case string text when text.Length * 2L > payloadLimit:
                WriteTooLarge(value, Displays.Of(text), MemoryMarshal.AsBytes(text.AsSpan()));
                break;
            case string text:
                WriteHead(ValueKind.String, value);
                writer.WriteText(text);
                break;
            case decimal number:
                WriteHead(ValueKind.Decimal, value);
                writer.Write(number);
                break;
            case Type { IsGenericParameter: false, IsByRef: false, IsPointer: false, IsFunctionPointer: false } type:
                WriteHead(ValueKind.Type, value);
                writer.WriteType(type);
                break;
            case string?[] texts when texts.Sum(text => 4L + (2L * text?.Length ?? 0)) <= payloadLimit:
                WriteHead(ValueKind.StringArray, value);
                writer.Write(texts.Length);
                Array.ForEach(texts, writer.WriteText);
                break;
            case Array array when IsPlain(array, out var kind, out var size):
                WriteArray(array, kind, size);
                break;
            case ValueType when Elements.TryGet(value.GetType(), out var kind, out var size):
                WriteHead(kind, value);
                writer.Write(Bits(value, size));
                break;
            case not null when TensorContent.ElementType(value.GetType()) is { } element && Elements.TryGet(element, out var kind, out var size)
                && TensorContent.Of(value, element) is { } tensor:
                WriteTensor(value, tensor, element, kind, size);
                break;
            default:
                WriteHead(ValueKind.Other, value);
                break;
        }
    }

    /// <summary>
    /// How the values are made again, all of them as one graph of parts. One that cannot be says why; a part whose value has changed or is odd
    /// must not end the worker, whatever it throws.
    /// </summary>
    public void WriteDescriptions(object?[] values, ReachableStatics statics)
    {
        var description = new Description(payloadLimit, statics);
        var roots = Array.ConvertAll<object?, (int Number, string? Obstacle)>(values, value =>
        {
            try
            {
                return (description.Describe(value), null);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                return (-1, exception is NotStorableException ? exception.Message : $"it cannot be read ({exception.GetType().Name})");
            }
        });
        DescriptionWriter.Write(writer, description.Parts);
        writer.Write(roots.Length);
        foreach (var (number, obstacle) in roots)
        {
            writer.Write(number);
            writer.WriteText(obstacle);
        }
    }

    /// <summary>Zero-based vectors and rectangular arrays of plain elements.</summary>
    private static bool IsPlain(Array array, out ValueKind kind, out int size) =>
        Elements.TryGet(array.GetType().GetElementType()!, out kind, out size)
        && (array.GetType().IsSZArray || array.Rank > 1)
        && Enumerable.Range(0, array.Rank).All(dimension => array.GetLowerBound(dimension) == 0);

    /// <summary>The value's own bytes; a box's content is what an array of one has.</summary>
    private static byte[] Bits(object value, int size)
    {
        var one = Array.CreateInstance(value.GetType(), 1);
        one.SetValue(value, 0);
        return MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(one), size).ToArray();
    }

    private void WriteHead(ValueKind kind, object value) => WriteHead(kind, value, Displays.Of(value));

    private void WriteHead(ValueKind kind, object value, string display)
    {
        writer.Write((byte)kind);
        writer.WriteType(value.GetType());
        writer.WriteText(display);
    }

    private void WriteArray(Array array, ValueKind kind, int size)
    {
        var display = Displays.Of(array);
        if (array.LongLength * size > int.MaxValue)
        {
            WriteHead(ValueKind.Other, array, display);
            return;
        }

        var bytes = MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), array.Length * size);
        var lengths = Enumerable.Range(0, array.Rank).Select(array.GetLongLength);
        WriteContent(ValueKind.Array, array, display, kind, [.. lengths], isDense: true, bytes);
    }

    private void WriteTensor(object value, TensorContent tensor, Type element, ValueKind kind, int size)
    {
        var display = "Tensor " + Displays.Shape(element, tensor.Lengths);
        if (tensor.Count * size > int.MaxValue)
        {
            WriteHead(ValueKind.Other, value, display);
            return;
        }

        WriteContent(ValueKind.Tensor, value, display, kind, tensor.Lengths, tensor.IsDense, tensor.Bytes());
    }

    private void WriteContent(ValueKind kind, object value, string display, ValueKind element, long[] lengths, bool isDense, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > payloadLimit)
        {
            WriteTooLarge(value, display, bytes);
            return;
        }

        WriteHead(kind, value, display);
        writer.Write((byte)element);
        writer.Write(lengths.Length);
        Array.ForEach(lengths, writer.Write);
        writer.Write(isDense);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private void WriteTooLarge(object value, string display, ReadOnlySpan<byte> bytes)
    {
        WriteHead(ValueKind.TooLarge, value, display);
        writer.Write(Fingerprint.Of(bytes));
    }
}
