using System.Collections;
using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>
/// A value as text that two equal values share: exact runtime types, bits of floating point, contents in order, fields, and identity: an object
/// met before is named by the number it got then. Immutable objects get no number, since the law leaves their identity open.
/// </summary>
public sealed class ValueText
{
    private const int Deepest = 8;
    private readonly StringBuilder text = new();
    private readonly Dictionary<object, int> numbers = new(ReferenceEqualityComparer.Instance);

    private ValueText(object? value) => Append(value, 0);

    /// <summary>Every object met that some code could change, in the order it was met.</summary>
    public IEnumerable<object> Mutable => numbers.OrderBy(entry => entry.Value).Select(entry => entry.Key);

    public static ValueText Read(object? value) => new(value);

    public static string Of(object? value) => new ValueText(value).ToString();

    public override string ToString() => text.ToString();

    private void Append(object? value, int depth)
    {
        if (value is not null && !Immutability.Of(value.GetType()))
        {
            if (numbers.TryGetValue(value, out var number))
            {
                text.Append(CultureInfo.InvariantCulture, $"<{number}>");
                return;
            }

            numbers.Add(value, numbers.Count);
            text.Append(CultureInfo.InvariantCulture, $"{numbers.Count - 1}:");
        }

        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case float single:
                text.Append(single.ToString("R", CultureInfo.InvariantCulture)).Append("f#").Append(BitConverter.SingleToInt32Bits(single).ToString("x8"));
                break;
            case double number:
                text.Append(number.ToString("R", CultureInfo.InvariantCulture)).Append("d#").Append(BitConverter.DoubleToInt64Bits(number).ToString("x16"));
                break;
            case decimal number:
                text.Append(CultureInfo.InvariantCulture, $"Decimal {number} {string.Join(',', decimal.GetBits(number))}");
                break;
            case DateTime time:
                text.Append(CultureInfo.InvariantCulture, $"DateTime {time.Ticks} {time.Kind}");
                break;
            case string or Type or System.Numerics.BigInteger or TimeSpan or Guid or StringBuilder or Regex or DateTimeOffset:
                text.Append(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}");
                break;
            case bool truth:
                text.Append(CultureInfo.InvariantCulture, $"System.Boolean {truth}");
                break;
            case IFormattable formattable when value.GetType().IsPrimitive || value is Enum:
                text.Append(CultureInfo.InvariantCulture, $"{value.GetType()} {formattable}");
                break;
            case Exception exception:
                text.Append(exception.GetType().FullName).Append(' ').Append(exception.Message);
                break;
            case Delegate:
                text.Append(value.GetType());
                break;
            case Match match:
                text.Append(CultureInfo.InvariantCulture, $"Match {match.Success} {match.Index} {match.Value}");
                break;
            case ITensor tensor:
                text.Append(value.GetType()).Append('[').AppendJoin(',', tensor.Lengths.ToArray()).Append("] ");
                AppendItems((IEnumerable)value, depth);
                break;
            case Array { Rank: > 1 } array:
                text.Append(value.GetType()).Append('[').AppendJoin(',', Enumerable.Range(0, array.Rank).Select(array.GetLength)).Append("] ");
                AppendItems(array, depth);
                break;
            case IEnumerable sequence:
                text.Append(value.GetType()).Append(Comparer(value)).Append(' ');
                AppendItems(sequence, depth);
                break;
            default:
                AppendFields(value, depth);
                break;
        }
    }

    private static string Comparer(object collection) =>
        collection.GetType().GetProperty("Comparer")?.GetValue(collection) is { } comparer ? $" by {comparer.GetType()}" : "";

    private void AppendItems(IEnumerable sequence, int depth)
    {
        text.Append('{');
        foreach (var item in sequence)
        {
            Append(item, depth + 1);
            text.Append("; ");
        }

        text.Append('}');
    }

    private void AppendFields(object value, int depth)
    {
        text.Append(value.GetType());
        if (value.GetType().IsPrimitive || depth > Deepest)
        {
            return;
        }

        // Behind a generator that derives from Random stands one of the framework's, unseeded and never asked.
        var last = value is Random && value.GetType() != typeof(Random) ? typeof(Random) : typeof(object);
        text.Append('(');
        for (var type = value.GetType(); type is not null && type != last; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                text.Append(field.Name).Append('=');
                Append(field.FieldType.IsPointer ? "pointer" : field.GetValue(value), depth + 1);
                text.Append(", ");
            }
        }

        text.Append(')');
    }
}
