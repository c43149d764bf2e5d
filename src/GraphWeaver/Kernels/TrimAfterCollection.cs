namespace GraphWeaver.Kernels;

/// <summary>
/// Trims a store after garbage collections, and does not keep it alive: an object nobody holds, whose finalizer registers it again. Once it is
/// old, that is after each collection of the oldest generation.
/// </summary>
internal sealed class TrimAfterCollection
{
    private readonly WeakReference<ITrimmed> store;

    private TrimAfterCollection(ITrimmed store) => this.store = new WeakReference<ITrimmed>(store);

    ~TrimAfterCollection()
    {
        if (store.TryGetTarget(out ITrimmed? target))
        {
            GCMemoryInfo memory = GC.GetGCMemoryInfo();
            target.Trim(all: memory.MemoryLoadBytes >= memory.HighMemoryLoadThresholdBytes);
            GC.ReRegisterForFinalize(this);
        }
    }

    internal static void Start(ITrimmed store) => _ = new TrimAfterCollection(store);
}
