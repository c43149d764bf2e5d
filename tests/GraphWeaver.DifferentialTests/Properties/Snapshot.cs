using System.Globalization;
using System.Numerics.Tensors;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>
/// Everything observable as a list of tokens: text that must be the same text, and floating-point numbers that must have the same bits or, in a
/// program that is only near to exact, be near. Objects met before are named by the number they got then.
/// </summary>
internal sealed class Snapshot
{
    private readonly List<Token> tokens = [];
    private readonly Dictionary<object, int> numbers = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<Token> Tokens => tokens;

    /// <summary>The tensors and arrays met, in the order they were met.</summary>
    public IEnumerable<object> Objects => numbers.OrderBy(entry => entry.Value).Select(entry => entry.Key);

    public void Text(string label, string text) => tokens.Add(new Token($"{label} {text}", null));

    public void Value(string label, object? value)
    {
        switch (value)
        {
            case null:
                Text(label, "null");
                break;
            case float or double or int or bool or long or string:
                Append(label, value);
                break;
            case Array or ITensor when !numbers.TryAdd(value, numbers.Count):
                Text(label, $"<{numbers[value]}>");
                break;
            case object?[] items:
                Text(label, $"<{numbers[value]}> object[{items.Length}]");
                foreach (var item in items)
                {
                    Value(label, item);
                }

                break;
            case Tensor<float> tensor:
                Append(label, tensor);
                break;
            case Tensor<double> tensor:
                Append(label, tensor);
                break;
            case Tensor<int> tensor:
                Append(label, tensor);
                break;
            case Tensor<bool> tensor:
                Append(label, tensor);
                break;
            case Array array:
                Text(label, $"<{numbers[value]}> {array.GetType().Name}[{array.Length}]");
                foreach (var item in array)
                {
                    Append(label, item);
                }

                break;
            default:
                throw new ArgumentException($"no snapshot of {value.GetType()}");
        }
    }

    public void Append(Snapshot other) => tokens.AddRange(other.tokens);

    private void Append<T>(string label, Tensor<T> tensor)
    {
        Text(label, $"<{numbers[tensor]}> {typeof(T).Name}[{Join(tensor.Lengths)}] strides [{Join(tensor.Strides)}]");
        foreach (var item in tensor)
        {
            Append(label, item);
        }
    }

    private void Append(string label, object? value)
    {
        switch (value)
        {
            case float number:
                tokens.Add(new Token(float.IsNaN(number) ? "NaN" : $"{number.ToString("R", CultureInfo.InvariantCulture)} {BitConverter.SingleToInt32Bits(number):x8}", number));
                break;
            case double number:
                tokens.Add(new Token(double.IsNaN(number) ? "NaN" : $"{number.ToString("R", CultureInfo.InvariantCulture)} {BitConverter.DoubleToInt64Bits(number):x16}", number));
                break;
            default:
                Text(label, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                break;
        }
    }

    private static string Join(ReadOnlySpan<nint> numbers) => string.Join(',', numbers.ToArray());

    /// <param name="Number">A floating-point number; null where the text is all.</param>
    internal sealed record Token(string Text, double? Number);
}
