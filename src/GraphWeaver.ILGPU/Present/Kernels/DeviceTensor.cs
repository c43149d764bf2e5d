using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// A tensor that has a copy on a device. Three states: no copy yet; the copy is as the host's elements are; or kernels have written the copy and the
/// host's elements are old, until they are brought back.
/// </summary>
internal abstract class DeviceTensor(object tensor, int elementSize, long length)
{
    /// <summary>The tensor, which this keeps alive.</summary>
    public object Tensor { get; } = tensor;

    /// <summary>The elements from the first to the last.</summary>
    public long Length { get; } = length;

    /// <summary>The bytes from the first element to behind the last.</summary>
    public long Bytes { get; } = length * elementSize;

    /// <summary>The copy's memory; null where there is no copy.</summary>
    public DeviceBlock? Block { get; private set; }

    /// <summary>What of the copy kernels have written since it was brought back.</summary>
    public List<WrittenElements> Written { get; } = [];

    /// <summary>The host's elements, as bytes.</summary>
    protected abstract ref byte Host { get; }

    /// <summary>Whether the host's elements share memory with another tensor's.</summary>
    public bool Overlaps(DeviceTensor other)
    {
        nint distance = Unsafe.ByteOffset(ref Host, ref other.Host);
        return distance < Bytes && -distance < other.Bytes;
    }

    /// <summary>Makes room for the copy, without the elements.</summary>
    public void Allocate(DeviceStream stream) => Block ??= stream.Take(Bytes);

    /// <summary>Takes memory that has the elements, and is somebody else's.</summary>
    public void Borrow(DeviceBlock block) => Block = block;

    /// <summary>Makes the copy, where there is none.</summary>
    public void Upload(Device device, DeviceStream stream)
    {
        if (Block is null)
        {
            Block = stream.Take(Bytes);
            stream.Upload(Pin(), Block, Bytes);
            device.Statistics.CountUpload(Bytes);
        }
    }

    /// <summary>Brings back what kernels have written.</summary>
    public unsafe void Download(Device device, DeviceStream stream)
    {
        if (Written.Count == 0)
        {
            return;
        }

        if (Written.Any(written => written.Shape is null))
        {
            fixed (byte* host = &Host)
            {
                stream.Download(Block!, host, Bytes);
            }
        }
        else
        {
            byte* copy = (byte*)NativeMemory.Alloc((nuint)Bytes);
            try
            {
                stream.Download(Block!, copy, Bytes);
                fixed (byte* host = &Host)
                {
                    foreach (WrittenElements written in Written)
                    {
                        written.Copy(copy, host, elementSize);
                    }
                }
            }
            finally
            {
                NativeMemory.Free(copy);
            }
        }

        device.Statistics.CountDownload(Bytes);
        Written.Clear();
    }

    /// <summary>Gives the copy up, and with it what kernels have written.</summary>
    public void Release(DeviceStream stream)
    {
        if (Block is { } block)
        {
            stream.Give(block);
        }

        Block = null;
        Written.Clear();
    }

    /// <summary>Holds the host's elements where they are.</summary>
    protected abstract MemoryHandle Pin();
}
