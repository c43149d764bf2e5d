using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// Page-locked memory between a tensor and a device: two halves, each with a stream, so that the device copies one while the CPU copies the other. A half is filled again when its stream has
/// done. Made once for a <see cref="DeviceStream"/>, since locking pages is slow; freed with the accelerator.
/// </summary>
internal sealed class StagingBuffer(Accelerator accelerator)
{
    /// <summary>The size of a half.</summary>
    public const int PartBytes = 1 << 20;

    private readonly AcceleratorStream[] streams = [accelerator.CreateStream(), accelerator.CreateStream()];
    private readonly PageLockedArray1D<byte>[] halves = [accelerator.AllocatePageLocked1D<byte>(PartBytes), accelerator.AllocatePageLocked1D<byte>(PartBytes)];

    /// <summary>Copies memory to a device; all is there when it returns.</summary>
    public unsafe void Upload(byte* host, ArrayView<byte> target)
    {
        int half = 0;
        for (long place = 0; place < target.Length; place += PartBytes)
        {
            int bytes = (int)Math.Min(PartBytes, target.Length - place);
            streams[half].Synchronize();
            new ReadOnlySpan<byte>(host + place, bytes).CopyTo(halves[half].Span);
            target.SubView(place, bytes).CopyFromCPUUnsafeAsync(streams[half], ref halves[half].Span[0], bytes);
            half ^= 1;
        }

        streams[0].Synchronize();
        streams[1].Synchronize();
    }

    /// <summary>Copies from a device, which has nothing to do with that memory any more; all is there when it returns.</summary>
    public unsafe void Download(ArrayView<byte> source, byte* host)
    {
        for (long place = -PartBytes; place < source.Length; place += PartBytes)
        {
            long next = place + PartBytes;
            if (next < source.Length)
            {
                int half = HalfOf(next);
                int bytes = (int)Math.Min(PartBytes, source.Length - next);
                source.SubView(next, bytes).CopyToCPUUnsafeAsync(streams[half], ref halves[half].Span[0], bytes);
            }

            if (place >= 0)
            {
                int half = HalfOf(place);
                streams[half].Synchronize();
                var target = new Span<byte>(host + place, (int)Math.Min(PartBytes, source.Length - place));
                halves[half].Span[..target.Length].CopyTo(target);
            }
        }
    }

    private static int HalfOf(long place) => (int)(place / PartBytes) & 1;
}
