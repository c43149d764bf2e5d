using System.Collections;
using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace GraphWeaver.DifferentialTests.Storing;

/// <summary>
/// An object graph as text: exact types, contents, which object is which, private fields of the program's own types, and of the framework's
/// collections what they show: items, capacity, comparer.
/// </summary>
public sealed class GraphText
{
    private readonly StringBuilder text = new();
    private readonly Dictionary<object, int> numbers = new(ReferenceEqualityComparer.Instance);

    public static string Of(object? value)
    {
        var graph = new GraphText();
        graph.Append(value);
        return graph.text.ToString();
    }

    private void Append(object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                return;
            case string:
                text.Append(CultureInfo.InvariantCulture, $"\"{value}\"");
                return;
            case double number:
                text.Append(CultureInfo.InvariantCulture, $"double {BitConverter.DoubleToInt64Bits(number):x}");
                return;
            case float number:
                text.Append(CultureInfo.InvariantCulture, $"float {BitConverter.SingleToInt32Bits(number):x}");
                return;
            case Half number:
                text.Append(CultureInfo.InvariantCulture, $"Half {BitConverter.HalfToInt16Bits(number):x}");
                return;
            case DateTime time:
                text.Append(CultureInfo.InvariantCulture, $"DateTime {time.Ticks} {time.Kind}");
                return;
            case decimal number:
                text.Append("decimal ").AppendJoin(' ', decimal.GetBits(number));
                return;
            case Type type:
                text.Append("typeof ").Append(type);
                return;
        }

        var known = value.GetType();
        text.Append(known);
        if (!known.IsValueType)
        {
            if (numbers.TryGetValue(value, out var number))
            {
                text.Append(CultureInfo.InvariantCulture, $"#{number}");
                return;
            }

            numbers.Add(value, numbers.Count);
            text.Append(CultureInfo.InvariantCulture, $"#{numbers.Count - 1}");
        }

        if (known.IsPrimitive || known.IsEnum || (value is IFormattable && known.Assembly == typeof(object).Assembly))
        {
            text.Append(' ').Append(((IFormattable?)(value as IFormattable))?.ToString(null, CultureInfo.InvariantCulture) ?? value.ToString());
        }
        else if (value is Array array)
        {
            text.Append(string.Concat(Enumerable.Range(0, array.Rank).Select(i => $"[{array.GetLength(i)}]")));
            AppendAll(array);
        }
        else if (value is StringBuilder builder)
        {
            text.Append(CultureInfo.InvariantCulture, $" {builder.Capacity} {builder.MaxCapacity}");
            foreach (var chunk in builder.GetChunks())
            {
                text.Append('|').Append(chunk);
            }
        }
        else if (value is ITensor tensor)
        {
            text.Append('[').AppendJoin(',', tensor.Lengths.ToArray()).Append("] ").Append(tensor.IsPinned);
            AppendAll((IEnumerable)value);
        }
        else if (value is IEnumerable sequence && IsFramework(known) && !(known.Name.StartsWith("ImmutableArray", StringComparison.Ordinal) && IsDefault(value)))
        {
            foreach (var name in new[] { "Capacity", "Comparer", "KeyComparer", "Offset" })
            {
                if (known.GetProperty(name) is { } property)
                {
                    text.Append(' ').Append(name).Append('=');
                    Append(property.GetValue(value));
                }
            }

            AppendAll(sequence);
        }
        else
        {
            AppendFields(value, known);
        }
    }

    private static bool IsFramework(Type type) => type.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal);

    private static bool IsDefault(object immutableArray) => (bool)immutableArray.GetType().GetProperty("IsDefault")!.GetValue(immutableArray)!;

    private void AppendAll(IEnumerable sequence)
    {
        text.Append('{');
        foreach (var item in sequence)
        {
            Append(item);
            text.Append("; ");
        }

        text.Append('}');
    }

    private void AppendFields(object value, Type type)
    {
        text.Append('(');
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                text.Append(field.Name).Append('=');
                Append(field.GetValue(value));
                text.Append(", ");
            }
        }

        text.Append(')');
    }
}
