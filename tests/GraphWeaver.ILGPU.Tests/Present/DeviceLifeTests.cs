using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.ILGPU.Kernels;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Devices that are given back, that fail, and that are lost: an accelerator that was disposed of behind the backend's back answers nothing any more.</summary>
[Collection("GraphMode")]
public sealed class DeviceLifeTests : IDisposable
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Chain(Tensor<float> x) { var y = x * 0.5f + 1f; return TensorMath.SoftMax(y); }
            [Graph] public static Tensor<float> Constant(Tensor<float> x) { var w = Tensor.Create<float>(new float[] { 4, 3 }); return x * w; }
        }
        """;

    private static readonly Lazy<WovenProgram> program = new(() => new WovenProgram(Source, OptimizationLevel.Release));

    public void Dispose()
    {
        Accelerators.Release();
        DeviceLog.Forget();
    }

    [Fact]
    public void What_was_given_back_is_found_again()
    {
        for (int round = 0; round < 3; round++)
        {
            Device device = Devices.Current!;
            program.Value.AssertSame("Program", "Constant", () => [Tensor.Create([1f, 2f])]);
            Assert.Equal(2, device.Statistics.Kernels);
            Accelerators.Release();
            Accelerators.Release();
            Assert.Null(device.Open());
            Assert.NotSame(device, Devices.Current);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Empty(Accelerators.Messages);
    }

    [Fact]
    public void A_device_given_back_ends_with_its_last_session()
    {
        Tensor<float> x = Tensor.Create([1f, 2f]);
        Tensor<float> y = Tensor.Create([0f, 0f]);
        Device device = Devices.Current!;
        Assert.True(Run(x, y));
        Accelerators.Release();
        Assert.Null(device.Open());
        DeviceCall.Synchronize();
        Assert.Equal([2f, 4f], y);
        Assert.Empty(Accelerators.Messages);
    }

    [Fact]
    public void Results_that_are_lost_are_said_to_be_and_the_cpu_goes_on()
    {
        Tensor<float> x = Tensor.Create([1f, 2f]);
        Tensor<float> y = Tensor.Create([7f, 7f]);
        Assert.True(Run(x, y));
        Lose();
        DeviceLostException exception = Assert.Throws<DeviceLostException>(DeviceCall.Synchronize);
        Assert.NotNull(exception.InnerException);
        Assert.Equal([7f, 7f], y);
        DeviceCall.Synchronize();
        AssertOnCpu();
        Accelerators.Release();
        Assert.True(Run(x, y));
        DeviceCall.Synchronize();
        Assert.Equal([2f, 4f], y);
    }

    [Fact]
    public void The_next_kernel_says_so_too()
    {
        Tensor<float> y = Tensor.Create([7f, 7f]);
        Assert.True(Run(Tensor.Create([1f, 2f]), y));
        Lose();
        Assert.Throws<DeviceLostException>(() => Run(Tensor.Create([1f, 2f]), Tensor.Create([0f, 0f])));
        Assert.Equal([7f, 7f], y);
        AssertOnCpu();
    }

    [Fact]
    public void Where_nothing_is_lost_nothing_is_thrown()
    {
        Lose();
        AssertOnCpu();
    }

    [Fact]
    public void A_lost_device_does_not_hold_tensors()
    {
        WeakReference elements = RunAndLose();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(elements.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference RunAndLose()
        {
            float[] elements = [1f, 2f];
            Assert.True(Run(Tensor.Create(elements), Tensor.Create([7f, 7f])));
            Lose();
            Assert.Throws<DeviceLostException>(DeviceCall.Synchronize);
            return new WeakReference(elements);
        }
    }

    [Fact]
    public void What_fails_behind_the_end_is_no_lost_device()
    {
        Device device = Devices.Current!;
        Accelerators.Release();
        device.Fail(new InvalidOperationException("The accelerator was disposed of."), null);
        Assert.Null(device.Loss);
        Assert.Empty(Accelerators.Messages);
        Assert.NotNull(Devices.Current);
    }

    [Fact]
    public void A_kernel_that_fails_is_no_lost_device()
    {
        DeviceCall call = DeviceCall.Begin();
        call.Read(Tensor.Create([1f, 2f]));
        Assert.False(call.Run(new Refusing(), 2, 1));
        Assert.Null(Devices.Current!.Loss);
        Assert.Contains("the CPU goes on", Assert.Single(Accelerators.Messages));
        Assert.True(Run(Tensor.Create([1f, 2f]), Tensor.Create([0f, 0f])));
        DeviceCall.Synchronize();
    }

    [Fact]
    public void As_long_as_results_lie_on_a_device_kernels_ask()
    {
        Backend before = GraphMode.Backend;
        Tensor<float> x = Tensor.Create([1f, 2f]);
        Tensor<float> y = Tensor.Create([0f, 0f]);
        Assert.True(Run(x, y));
        try
        {
            GraphMode.Backend = Backend.Cpu;
            Assert.True(GraphWeaver.Kernels.DeviceSwitch.IsOn);
            Assert.False(Run(y, x));
            Assert.Equal([2f, 4f], y);
            Assert.False(GraphWeaver.Kernels.DeviceSwitch.IsOn);
        }
        finally
        {
            GraphMode.Backend = before;
        }
    }

    private static bool Run(Tensor<float> x, Tensor<float> y)
    {
        DeviceCall call = DeviceCall.Begin();
        call.Read(x);
        call.Write(y);
        return call.Run(new Doubling(), x.FlattenedLength, 1);
    }

    private static void Lose()
    {
        Device device = Devices.Current!;
        DeviceStream stream = device.Open()!;
        device.Close(stream);
        stream.Queue.Accelerator.Dispose();
    }

    private static void AssertOnCpu()
    {
        // The first one may be the one that notices, and says so.
        Assert.Equal([4f, 6f], (Tensor<float>)program.Value.Woven.Assembly.GetType("Program")!.GetMethod("Constant")!.Invoke(null, [Tensor.Create([1f, 2f])])!);
        program.Value.AssertSame("Program", "Constant", () => [Tensor.Create([1f, 2f])]);
        Assert.Null(Accelerators.Current);
        Assert.False(GraphWeaver.Kernels.DeviceSwitch.IsOn);
        Assert.Contains("is lost", Assert.Single(Accelerators.Messages));
    }

    internal struct Doubling : IDeviceKernel
    {
        private DeviceView<float> source;
        private DeviceView<float> target;

        public void Bind(DeviceCall call) => (source, target) = (call.View<float>(0), call.View<float>(1));

        public readonly void Execute(int index) => target.Set(index, source.Get(index) + source.Get(index));
    }

    internal struct Refusing : IDeviceKernel
    {
        public readonly void Bind(DeviceCall call) => throw new InvalidOperationException("Not this one.");

        public readonly void Execute(int index)
        {
        }
    }
}
