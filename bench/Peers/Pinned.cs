using System.Runtime.InteropServices;

namespace GraphWeaver.Benchmarks.Peers;

/// <summary>Arrays held in place for native code.</summary>
internal sealed class Pinned : IDisposable
{
    private readonly GCHandle[] handles;

    public Pinned(IEnumerable<Array> arrays)
    {
        handles = [.. arrays.Select(array => GCHandle.Alloc(array, GCHandleType.Pinned))];
        Addresses = [.. handles.Select(handle => handle.AddrOfPinnedObject())];
    }

    /// <summary>The addresses of the arrays' first elements.</summary>
    public nint[] Addresses { get; }

    public void Dispose()
    {
        foreach (GCHandle handle in handles)
        {
            handle.Free();
        }
    }
}
