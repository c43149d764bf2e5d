using System.Numerics.Tensors;
using GraphWeaver.ILGPU.Kernels;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>The states of a tensor with a copy on a device.</summary>
[Collection("GraphMode")]
public sealed class DeviceTensorTests
{
    [Fact]
    public void Only_what_was_written_is_brought_back()
    {
        Device device = Devices.Current!;
        Tensor<int> tensor = Tensor.Create([0, 1, 2, 3, 4, 5], [2, 3]);
        DeviceStream stream = device.Open()!;
        var copied = new DeviceTensorOf<int>(tensor);
        copied.Upload(device, stream);
        stream.Wait();

        // Another thread writes to the first and the last column, a kernel to the one between.
        tensor[0, 0] = 70;
        tensor[1, 2] = 80;
        tensor[0, 1] = -1;
        copied.Written.Add(new WrittenElements(new DeviceShape(1, 1, 1, 2), new DeviceAccess { Offset = 1, Last = 3 }));
        copied.Download(device, stream);
        copied.Release(stream);
        device.Close(stream);
        Assert.Equal([70, 1, 2, 3, 4, 80], tensor);
    }

    [Fact]
    public void Memory_given_up_is_taken_again()
    {
        Device device = Devices.Current!;
        DeviceBlock first = device.Memory.Take(1000);
        device.Memory.Give(first);
        Assert.Same(first, device.Memory.Take(1001));
        device.Memory.GiveLater(first);
        Assert.Same(first, device.Memory.Take(1002));
        DeviceStream stream = device.Open()!;
        stream.Give(first);
        Assert.Same(first, stream.Take(1003));
        stream.Give(first);
        Assert.NotSame(first, device.Memory.Take(1004));
        device.Close(stream);
        Assert.Same(first, device.Memory.Take(1005));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(65536)]
    [InlineData(641)]
    [InlineData(int.MaxValue)]
    public void A_divisor_divides(int divisor)
    {
        DeviceDivisor by = DeviceDivisor.Of(divisor);
        foreach (int number in new[] { 0, 1, divisor - 1, divisor, 12345678, 2 * (divisor / 2), int.MaxValue - 1, int.MaxValue })
        {
            Assert.Equal(number / divisor, by.Quotient(number));
        }
    }
}
