using System.Collections;
using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using System.Text;

namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>Everything observable about one call, as text: result, exception, output, and the arguments as the call left them.</summary>
public sealed record Observation(string Result, string Exception, string Output, string Arguments)
{
    private static readonly Lock ConsoleLock = new();

    public static Observation Of(Func<object?> call, object?[] arguments)
    {
        lock (ConsoleLock)
        {
            var standardOutput = Console.Out;
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            Console.SetOut(output);
            var result = "";
            var exception = "";
            try
            {
                result = Describe(call());
            }
            catch (Exception thrown)
            {
                exception = $"{thrown.GetType().FullName}: {thrown.Message}";
            }
            finally
            {
                Console.SetOut(standardOutput);
            }

            return new Observation(result, exception, output.ToString(), Describe(arguments));
        }
    }

    /// <summary>A value as text that two equal values share: exact bits of floating point, contents of collections, fields of objects.</summary>
    public static string Describe(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case float number:
                text.Append(number.ToString("R", CultureInfo.InvariantCulture)).Append("f#").Append(BitConverter.SingleToInt32Bits(number).ToString("x8"));
                break;
            case double number:
                text.Append(number.ToString("R", CultureInfo.InvariantCulture)).Append("d#").Append(BitConverter.DoubleToInt64Bits(number).ToString("x16"));
                break;
            case string or Type or decimal or DateTime or DateTimeOffset or TimeSpan or Guid:
                text.Append(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}");
                break;
            case IFormattable formattable when value.GetType().IsPrimitive || value is Enum:
                text.Append(CultureInfo.InvariantCulture, $"{value.GetType().Name} {formattable}");
                break;
            case Exception exception:
                text.Append(exception.GetType().FullName).Append(' ').Append(exception.Message);
                break;
            case ITensor tensor:
                text.Append(value.GetType().GenericTypeArguments[0].Name).Append('[').AppendJoin(',', tensor.Lengths.ToArray()).Append("] ");
                AppendSequence(text, (IEnumerable)value, depth);
                break;
            case IEnumerable sequence:
                text.Append(value.GetType().Name).Append(' ');
                AppendSequence(text, sequence, depth);
                break;
            default:
                AppendFields(text, value, depth);
                break;
        }
    }

    private static void AppendSequence(StringBuilder text, IEnumerable sequence, int depth)
    {
        text.Append('{');
        foreach (var item in sequence)
        {
            Append(text, item, depth + 1);
            text.Append("; ");
        }

        text.Append('}');
    }

    private static void AppendFields(StringBuilder text, object value, int depth)
    {
        text.Append(value.GetType().Name);
        if (value.GetType().IsPrimitive || depth > 6)
        {
            text.Append(' ').Append(value);
            return;
        }

        text.Append('(');
        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            text.Append(field.Name).Append('=');
            Append(text, field.GetValue(value), depth + 1);
            text.Append(", ");
        }

        text.Append(')');
    }
}
