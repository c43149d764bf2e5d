using System.Globalization;
using System.Text;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>One line of IR text, read from left to right: words, quoted strings and punctuation, spaces skipped.</summary>
internal sealed class IrLine(string text, int number)
{
    private int position;

    public int Number { get; } = number;

    public bool AtEnd
    {
        get
        {
            SkipSpaces();
            return position == text.Length;
        }
    }

    public bool NextIs(string token) => !AtEnd && string.CompareOrdinal(text, position, token, 0, token.Length) == 0;

    public bool Take(string token)
    {
        if (!NextIs(token))
        {
            return false;
        }

        position += token.Length;
        return true;
    }

    /// <summary>Takes a token that must stand here.</summary>
    public void Expect(string token)
    {
        if (!Take(token))
        {
            throw Error($"'{token}' expected at '{Rest}'");
        }
    }

    /// <summary>A run of characters up to a space or punctuation.</summary>
    public string Word()
    {
        SkipSpaces();
        var start = position;
        while (position < text.Length && !char.IsWhiteSpace(text[position]) && "\"()[],:=".IndexOf(text[position]) < 0)
        {
            position++;
        }

        return position > start ? text[start..position] : throw Error($"a word expected at '{Rest}'");
    }

    public string Quoted()
    {
        Expect("\"");
        var characters = new StringBuilder();
        while (position < text.Length && text[position] != '"')
        {
            var character = text[position++];
            if (character == '\\' && position < text.Length)
            {
                character = Escaped(text[position++]);
            }

            characters.Append(character);
        }

        Expect("\"");
        return characters.ToString();
    }

    public void ExpectEnd()
    {
        if (!AtEnd)
        {
            throw Error($"end of line expected at '{Rest}'");
        }
    }

    public FormatException Error(string message, Exception? cause = null) => new($"line {Number}: {message}", cause);

    private string Rest => text[position..];

    private void SkipSpaces()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }

    private char Escaped(char letter)
    {
        switch (letter)
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case '"' or '\\':
                return letter;
            case 'u' when position + 4 <= text.Length && ushort.TryParse(text.Substring(position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                position += 4;
                return (char)code;
            default:
                throw Error($"unknown escape '\\{letter}'");
        }
    }
}
