using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Evaluator.Storing;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Runs slices over the handle table and describes what they made. A completed slice adds its outputs to the table; any other
/// adds nothing, and the engine resets the worker before it goes on.
/// </summary>
internal sealed class SliceRunner
{
    private readonly Settings settings;
    private readonly Surroundings surroundings;
    private readonly CapturedConsole console;
    private readonly AssemblyFiles files;
    private readonly byte[] userImage;
    private UserContext context;
    private HandleTable handles = new();
    private volatile int[] progress = [-1];

    public SliceRunner(Settings settings, Surroundings surroundings)
    {
        this.settings = settings;
        this.surroundings = surroundings;
        console = new CapturedConsole(settings.OutputLimit);
        files = new AssemblyFiles(settings);
        userImage = File.ReadAllBytes(settings.AssemblyPath);
        context = NewContext();
    }

    public int Progress => Volatile.Read(ref progress[0]);

    public void Reset()
    {
        context = NewContext();
        handles = new HandleTable();
    }

    public void Execute(BinaryReader request, Channel channel)
    {
        var describe = request.ReadBoolean();
        var probe = request.ReadInt32();
        var imageLength = request.ReadInt32();
        var image = imageLength == 0 ? null : request.ReadBytes(imageLength);
        var type = request.ReadText();
        var method = request.ReadText();
        var inputs = Array.ConvertAll(request.ReadNumbers(), handle => handles[handle]);
        var outputs = new object?[request.ReadInt32()];
        surroundings.Begin();
        console.Begin();
        progress = [-1];
        var failure = inputs.Contains(HandleTable.Absent)
            ? new InvalidOperationException("it uses a value of Graph.AtBuild that cannot be brought into the second worker")
            : Call(probe, image, type, method, inputs, outputs);
        if (failure is not null)
        {
            SendFailure(channel, failure);
            return;
        }

        var first = handles.Count;
        Array.ForEach(outputs, handles.Add);
        SendValues(channel, describe ? [.. Enumerable.Range(first, outputs.Length)] : [], isWhole: false);
    }

    /// <summary>Runs a slice with another current directory.</summary>
    public void ExecuteIn(string directory, BinaryReader request, Channel channel)
    {
        var before = Environment.CurrentDirectory;
        try
        {
            if (directory.Length > 0)
            {
                Environment.CurrentDirectory = directory;
            }

            Execute(request, channel);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    /// <summary>Sends the values from a handle on in a form that another process can take over.</summary>
    public void Pack(int first, Channel channel) => channel.Send(writer =>
    {
        writer.Write((byte)Reply.Packed);
        writer.Write(handles.Count - first);
        for (var handle = first; handle < handles.Count; handle++)
        {
            var packed = PackedValue.Pack(handles[handle], settings.PayloadLimit);
            writer.Write(packed?.Length ?? -1);
            writer.Write(packed ?? []);
        }
    });

    public void Unpack(BinaryReader request)
    {
        for (var count = request.ReadInt32(); count > 0; count--)
        {
            var length = request.ReadInt32();
            handles.Add(length < 0 ? HandleTable.Absent : PackedValue.Unpack(request.ReadBytes(length), context));
        }
    }

    public void Read(BinaryReader request, Channel channel)
    {
        surroundings.Begin();
        console.Begin();
        progress = [-1];
        SendValues(channel, request.ReadNumbers(), isWhole: true);
    }

    private Exception? Call(int probe, byte[]? image, string type, string method, object?[] inputs, object?[] outputs)
    {
        try
        {
            context.Bind(probe, image, type, method)(inputs, outputs, progress);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private UserContext NewContext() =>
        new(files, Path.GetFileNameWithoutExtension(settings.AssemblyPath), userImage);

    private void SendFailure(Channel channel, Exception exception)
    {
        var message = Failure.Message(exception);
        channel.Send(writer =>
        {
            writer.Write((byte)Reply.Result);
            writer.Write((byte)Failure.Status(exception));
            writer.Write(Progress);
            writer.WriteText(console.End());
            writer.WriteText(exception.GetType().FullName);
            writer.WriteText(message);
        });
    }

    private void SendValues(Channel channel, int[] described, bool isWhole)
    {
        try
        {
            channel.Send(writer =>
            {
                writer.Write((byte)Reply.Result);
                writer.Write((byte)ReplyStatus.Completed);
                writer.Write(Progress);
                writer.WriteText(console.End());
                var values = new ValueWriter(writer, settings.PayloadLimit);
                writer.Write(described.Length);
                Array.ForEach(described, handle => values.Write(handles[handle], handles.Identity(handle)));
                values.WriteDescriptions(isWhole ? Array.ConvertAll(described, handle => handles[handle]) : [], new ReachableStatics(context.Assemblies));
            });
        }
        catch (OutOfMemoryException exception)
        {
            SendFailure(channel, exception);
        }
    }
}
