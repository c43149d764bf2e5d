using System.Text;

namespace GraphWeaver.Compiler.Evaluation;

/// <summary>One worker's answer to one request: a result, or why there is none.</summary>
internal sealed class WorkerReply
{
    public required Outcome Outcome { get; init; }

    /// <summary>The whole frame, by which two workers are compared; empty when there is none.</summary>
    public byte[] Frame { get; init; } = [];

    public int Step { get; init; } = -1;

    public string? Reason { get; init; }

    public string? ExceptionType { get; init; }

    public string? Console { get; init; }

    /// <summary>Where the described values begin in <see cref="Frame"/>.</summary>
    private int ValuesOffset { get; init; }

    public static WorkerReply Parse(byte[] frame)
    {
        using var reader = new BinaryReader(new MemoryStream(frame), Encoding.UTF8);
        reader.ReadByte();
        var status = (ReplyStatus)reader.ReadByte();
        var step = reader.ReadInt32();
        var console = reader.ReadText();
        if (status == ReplyStatus.Completed)
        {
            return new WorkerReply
            {
                Outcome = Outcome.Completed,
                Frame = frame,
                Console = console,
                ValuesOffset = (int)reader.BaseStream.Position,
            };
        }

        var type = reader.ReadText();
        return new WorkerReply
        {
            Outcome = status switch
            {
                ReplyStatus.Threw => Outcome.Threw,
                ReplyStatus.OutOfMemory => Outcome.OutOfMemory,
                _ => Outcome.Crashed,
            },
            Frame = frame,
            Step = step,
            Console = console,
            ExceptionType = type,
            Reason = $"{type}: {reader.ReadText()}",
        };
    }

    /// <summary>The described values, numbered as <paramref name="handles"/> says.</summary>
    public IReadOnlyList<BuildValue> Values(Func<int, int> handles)
    {
        using var reader = new BinaryReader(new MemoryStream(Frame), Encoding.UTF8);
        reader.BaseStream.Position = ValuesOffset;
        var values = new BuildValue[reader.ReadInt32()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadValue(handles(i));
        }

        var parts = reader.ReadDescription();
        var described = reader.ReadInt32();
        for (var i = 0; i < described; i++)
        {
            var root = reader.ReadInt32();
            values[i].Content = root < 0 ? null : parts[root];
            values[i].Obstacle = reader.ReadText();
            values[i].Reading = parts;
        }

        return values;
    }
}
