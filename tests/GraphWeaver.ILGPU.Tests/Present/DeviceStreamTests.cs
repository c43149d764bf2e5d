using GraphWeaver.ILGPU.Kernels;
using global::ILGPU;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Copies between host and device: each way gives the same bytes back, whatever the garbage collector moves and other threads copy meanwhile.</summary>
[Collection("GraphMode")]
public sealed class DeviceStreamTests
{
    [Theory]
    [InlineData(false, 5)]
    [InlineData(false, StagingBuffer.PartBytes + 77)]
    [InlineData(true, StagingBuffer.PartBytes)]
    [InlineData(true, StagingBuffer.PartBytes + 1)]
    [InlineData(true, (5 * StagingBuffer.PartBytes) + 123)]
    public void What_is_brought_there_comes_back(bool isStaged, int bytes)
    {
        Device device = Devices.Current!;
        DeviceStream stream = Stream(device, isStaged);
        for (int round = 0; round < 2; round++)
        {
            byte[] given = Bytes(round, bytes);
            DeviceBlock block = stream.Take(bytes);
            stream.Upload(given.AsMemory().Pin(), block, bytes);
            byte[] got = Download(stream, block, bytes);
            stream.Give(block);
            stream.Wait();
            Assert.True(given.AsSpan().SequenceEqual(got));
        }
    }

    [Fact]
    public void What_is_brought_to_a_block_that_was_given_up_follows_its_kernels()
    {
        const int Length = 1 << 20;
        Device device = Devices.Current!;
        if (GraphMode.Backend == Backend.Simulator)
        {
            // Which launches no kernel before the last one has ended.
            return;
        }

        DeviceStream stream = Stream(device, isStaged: true);
        int bytes = Length * sizeof(float);
        DeviceBlock source = stream.Take(bytes);
        DeviceBlock target = stream.Take(bytes);
        stream.Upload(new byte[bytes].AsMemory().Pin(), source, bytes);
        Assert.True(device.TryLaunch(stream, new Slow(source.View<float>(bytes), target.View<float>(bytes)), Length));
        stream.Give(source);
        Assert.Same(source, stream.Take(bytes));
        stream.Upload(Bytes(1, bytes).AsMemory().Pin(), source, bytes);
        Assert.False(Download(stream, target, bytes).AsSpan().ContainsAnyExcept((byte)0));
        stream.Give(source);
        stream.Give(target);
        stream.Wait();
    }

    [Fact]
    public void Memory_stays_where_it_is_until_it_is_copied() => Parallel.For(0, 4, thread =>
    {
        Device device = Devices.Current!;
        DeviceStream stream = device.Open()!;
        for (int round = 0; round < 20; round++)
        {
            var blocks = new DeviceBlock[8];
            for (int index = 0; index < blocks.Length; index++)
            {
                blocks[index] = stream.Take(10_000);
                stream.Upload(Bytes((thread * 100) + index, 10_000).AsMemory().Pin(), blocks[index], 10_000);
            }

            if (round % 5 == 0)
            {
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            }

            for (int index = 0; index < blocks.Length; index++)
            {
                Assert.True(Bytes((thread * 100) + index, 10_000).AsSpan().SequenceEqual(Download(stream, blocks[index], 10_000)));
                stream.Give(blocks[index]);
            }

            stream.Wait();
        }

        device.Close(stream);
    });

    private static DeviceStream Stream(Device device, bool isStaged)
    {
        DeviceStream own = device.Open()!;
        device.Close(own);
        return new DeviceStream(own.Queue.Accelerator, device.Memory, isStaged);
    }

    private static byte[] Bytes(int seed, int count)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static unsafe byte[] Download(DeviceStream stream, DeviceBlock block, int bytes)
    {
        byte[] got = new byte[bytes];
        fixed (byte* host = got)
        {
            stream.Download(block, host, bytes);
        }

        return got;
    }

    internal readonly struct Slow(ArrayView<float> source, ArrayView<float> target) : IDeviceKernel
    {
        private readonly DeviceView<float> source = new(source);
        private readonly DeviceView<float> target = new(target);

        public void Bind(DeviceCall call)
        {
        }

        public void Execute(int index)
        {
            float value = 0;
            for (int turn = 0; turn < 500; turn++)
            {
                value = (value * 0.5f) + source.Get((index + turn) & ((1 << 20) - 1));
            }

            target.Set(index, value);
        }
    }
}
