using System.Globalization;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Short texts for people. Only the framework's own formatting is called: a user's ToString is user code nobody asked to run.
/// The two workers compare these texts, so they say as much of a value as its type can say under the invariant culture.
/// </summary>
internal static class Displays
{
    private const int Longest = 200;

    public static string Of(object value)
    {
        var text = value switch
        {
            string or char => $"\"{OnOneLine(value.ToString()!)}\"",
            DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
            IFormattable number when IsFramework(value.GetType()) => number.ToString(null, CultureInfo.InvariantCulture),
            bool => value.ToString()!,
            Type type => $"typeof({TypeNames.Short(type)})",
            Array { Rank: > 0 } array => Shape(array.GetType().GetElementType()!, Enumerable.Range(0, array.Rank).Select(array.GetLongLength)),
            _ => TypeNames.Short(value.GetType()),
        };
        return text.Length <= Longest ? text : text[..Longest] + "...";
    }

    public static string Shape(Type element, IEnumerable<long> lengths) =>
        $"{TypeNames.Short(element)}[{string.Join(", ", lengths.Select(length => length.ToString(CultureInfo.InvariantCulture)))}]";

    /// <summary>A message is one line of a build's log, whatever the text in it.</summary>
    private static string OnOneLine(string text) => string.Concat(text.Take(Longest + 1).Select(letter => letter switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\0' => "\\0",
        _ when char.IsControl(letter) || letter is '\u2028' or '\u2029' => $"\\u{(int)letter:x4}",
        _ => letter.ToString(),
    }));

    private static bool IsFramework(Type type) => type.Assembly == typeof(object).Assembly
        || type.FullName is "System.Numerics.BigInteger" or "System.Numerics.Complex";
}
