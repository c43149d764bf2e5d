using System.Text;

namespace GraphWeaver.Evaluator;

/// <summary>What user code writes to the console, kept up to a limit. A thread left running may write at any time.</summary>
internal sealed class CapturedConsole(int limit) : TextWriter
{
    private readonly StringBuilder text = new();
    private bool cut;

    public override Encoding Encoding => Encoding.Unicode;

    /// <summary>Gives user code this console, whatever an earlier slice did to it, and forgets what was written.</summary>
    public void Begin()
    {
        lock (text)
        {
            text.Clear();
            cut = false;
        }

        Console.SetOut(this);
        Console.SetError(this);
        Console.SetIn(TextReader.Null);
    }

    /// <summary>What was written since <see cref="Begin"/>, or null when nothing was.</summary>
    public string? End()
    {
        lock (text)
        {
            return text.Length == 0 ? null : cut ? text + "... (cut)" : text.ToString();
        }
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (text)
        {
            var room = limit - text.Length;
            cut |= buffer.Length > room;
            text.Append(buffer[..Math.Min(buffer.Length, room)]);
        }
    }
}
