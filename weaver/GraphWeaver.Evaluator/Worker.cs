using System.Text;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Answers frames until the engine closes the pipe. User code runs on the thread that entered, as it would in a program; a
/// second thread reads the pipe, so that the end of the engine and questions about progress are noticed while user code runs.
/// </summary>
internal sealed class Worker(Channel channel)
{
    private readonly Mailbox mailbox = new();
    private Settings? settings;
    private Watchdog? watchdog;
    private SliceRunner? runner;

    /// <summary>Never returns: the process is killed when the pipe closes.</summary>
    public void Run()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => SayExit("the code called Environment.Exit");
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
            SayExit($"unhandled {unhandled.ExceptionObject.GetType().FullName} on a thread of its own");
        new Thread(ReadPipe) { IsBackground = true, Name = "pipe" }.Start();
        while (true)
        {
            Answer(mailbox.Take());
        }
    }

    private void ReadPipe()
    {
        while (channel.Receive() is { } frame)
        {
            if ((Request)frame[0] == Request.Progress)
            {
                channel.Send(writer =>
                {
                    writer.Write((byte)Reply.Progress);
                    writer.Write(runner?.Progress ?? -1);
                });
            }
            else
            {
                mailbox.Put(frame);
            }
        }

        Watchdog.End();
    }

    private void Answer(byte[] frame)
    {
        using var reader = new BinaryReader(new MemoryStream(frame), Encoding.UTF8);
        switch ((Request)reader.ReadByte())
        {
            case Request.Start:
                settings = Settings.Read(reader);
                watchdog = new Watchdog(settings.EngineProcess);
                runner = new SliceRunner(settings, new Surroundings(settings.Altered));
                channel.Send(writer => writer.Write((byte)Reply.Ready));
                break;
            case Request.Reset:
                runner!.Reset();
                break;
            case Request.Execute:
                runner!.Execute(reader, channel);
                break;
            case Request.Vouch:
                runner!.ExecuteIn(reader.ReadText(), reader, channel);
                break;
            case Request.Pack:
                runner!.Pack(reader.ReadInt32(), channel);
                break;
            case Request.Unpack:
                runner!.Unpack(reader);
                break;
            case Request.Read:
                runner!.Read(reader, channel);
                break;
        }
    }

    private void SayExit(string reason)
    {
        GC.KeepAlive(watchdog);
        channel.Send(writer =>
        {
            writer.Write((byte)Reply.Exiting);
            writer.Write(runner?.Progress ?? -1);
            writer.WriteText(reason);
        });
    }
}
