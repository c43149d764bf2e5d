using GraphWeaver.ILGPU.Kernels;

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
}
