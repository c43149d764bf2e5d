namespace GraphWeaver.Evaluator;

/// <summary>Hands frames from the thread that reads the pipe to the thread that runs user code.</summary>
internal sealed class Mailbox
{
    private readonly Queue<byte[]> frames = new();

    public void Put(byte[] frame)
    {
        lock (frames)
        {
            frames.Enqueue(frame);
            Monitor.Pulse(frames);
        }
    }

    public byte[] Take()
    {
        lock (frames)
        {
            while (frames.Count == 0)
            {
                Monitor.Wait(frames);
            }

            return frames.Dequeue();
        }
    }
}
