using System.Globalization;
using System.Text;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>
/// Literals as text and back, bit by bit: NaN, infinities and negative zero stand as their bits in hexadecimal, and so does any number whose
/// decimal form the running framework does not read back exactly. Characters outside printable ASCII are escaped.
/// </summary>
internal static class IrLiterals
{
    public static string Of(object? literal) => literal switch
    {
        int number => "i4 " + IrNames.Number(number),
        long number => "i8 " + IrNames.Number(number),
        float number => "r4 " + Single(number),
        double number => "r8 " + Double(number),
        string characters => "str " + Quote(characters),
        null => "null",
        _ => "zero",
    };

    /// <summary>The literal of a kind and its text.</summary>
    /// <exception cref="FormatException">The kind is unknown or the text is no literal of it.</exception>
    /// <exception cref="OverflowException">The number is out of the kind's range.</exception>
    public static object Parse(string kind, string text) => kind switch
    {
        // Without the cast every arm would become a double.
        "i4" => (object)int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "i8" => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "r4" when IsBits(text) => BitConverter.ToSingle(BitConverter.GetBytes((int)Bits(text)), 0),
        "r4" => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        "r8" when IsBits(text) => BitConverter.Int64BitsToDouble(Bits(text)),
        "r8" => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => throw new FormatException($"'{kind}' is no kind of literal"),
    };

    public static string Quote(string characters)
    {
        var text = new StringBuilder("\"");
        foreach (var character in characters)
        {
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                < ' ' or > '~' => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
                _ => character.ToString(),
            });
        }

        return text.Append('"').ToString();
    }

    private static string Single(float number)
    {
        var bits = BitConverter.ToInt32(BitConverter.GetBytes(number), 0);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return IsPlain(number) && float.Parse(text, CultureInfo.InvariantCulture) == number ? text : "0x" + bits.ToString("x8", CultureInfo.InvariantCulture);
    }

    private static string Double(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return IsPlain(number) && double.Parse(text, CultureInfo.InvariantCulture) == number
            ? text
            : "0x" + BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture);
    }

    private static bool IsPlain(double number) =>
        !double.IsNaN(number) && !double.IsInfinity(number) && BitConverter.DoubleToInt64Bits(number) != long.MinValue;

    private static bool IsBits(string text) => text.StartsWith("0x", StringComparison.Ordinal);

    private static long Bits(string text) => long.Parse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
