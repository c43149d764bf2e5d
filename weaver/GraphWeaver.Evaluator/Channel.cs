using System.Text;

namespace GraphWeaver.Evaluator;

/// <summary>Frames in and out. Writing is safe from any thread; one thread reads.</summary>
internal sealed class Channel(Stream input, Stream output)
{
    private readonly Lock writing = new();

    /// <summary>The next frame, or null when the engine has closed the pipe or is gone.</summary>
    public byte[]? Receive()
    {
        try
        {
            var length = new byte[sizeof(int)];
            if (input.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
            {
                return null;
            }

            var frame = new byte[BitConverter.ToInt32(length)];
            return input.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) < frame.Length ? null : frame;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Send(Action<BinaryWriter> write)
    {
        using var frame = new MemoryStream();
        using var writer = new BinaryWriter(frame, Encoding.UTF8);
        writer.Write(0);
        write(writer);
        writer.Flush();
        frame.Position = 0;
        writer.Write((int)frame.Length - sizeof(int));
        writer.Flush();
        lock (writing)
        {
            output.Write(frame.GetBuffer(), 0, (int)frame.Length);
            output.Flush();
        }
    }
}
