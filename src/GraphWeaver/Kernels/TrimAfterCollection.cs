using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

/// <summary>
/// Trims a store after garbage collections, and does not keep it alive: an object nobody holds, whose finalizer registers it again. Once it is
/// old, that is after each collection of the oldest generation.
/// </summary>
internal sealed class TrimAfterCollection
{
    // A handle and no WeakReference: that is finalized along with this, and then leads nowhere.
    private readonly GCHandle store;

    private TrimAfterCollection(ITrimmed store) => this.store = GCHandle.Alloc(store, GCHandleType.Weak);

    ~TrimAfterCollection()
    {
        if (store.Target is not ITrimmed target)
        {
            store.Free();
            return;
        }

        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        target.Trim(all: memory.MemoryLoadBytes >= memory.HighMemoryLoadThresholdBytes);
        GC.ReRegisterForFinalize(this);
    }

    internal static void Start(ITrimmed store) => _ = new TrimAfterCollection(store);
}
