using System.Diagnostics;
using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.ILGPU.Kernels;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Where the device cannot, the CPU does, with one line and never an exception.</summary>
[Collection("GraphMode")]
public sealed class FallbackTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Chain(Tensor<float> x) => x * 0.5f + 1f;
            [Graph] public static Tensor<Half> Halves(Tensor<Half> x) => x + x * x;
            [Graph] public static Tensor<int> Checked(Tensor<int> x, Tensor<int> y) => x / y + x;
            [Graph] public static Tensor<float> Mixed(Tensor<float> x) { var y = x * 2f; var z = Tensor.ConvertChecked<int, float>(Tensor.ConvertChecked<float, int>(y)); return TensorMath.SoftMax(z + y); }
        }
        """;

    private static readonly Lazy<WovenProgram> program = new(() => new WovenProgram(Source, OptimizationLevel.Release));

    [Theory]
    [InlineData(Backend.Cuda)]
    [InlineData(Backend.Auto)]
    public void Without_a_device_the_cpu_works(Backend backend)
    {
        if (Accelerators.Find().Count > 0)
        {
            return;
        }

        Backend before = GraphMode.Backend;
        try
        {
            GraphMode.Backend = backend;
            var chain = program.Value.Woven.Assembly.GetType("Program")!.GetMethod("Chain")!;
            Assert.Equal([1.5f, 2f], (Tensor<float>)chain.Invoke(null, [Tensor.Create([1f, 2f])])!);
            Assert.Null(Accelerators.Current);
            Assert.Equal(backend == Backend.Cuda ? 1 : 0, Accelerators.Messages.Count(message => message.Contains("no Cuda device")));
        }
        finally
        {
            GraphMode.Backend = before;
            DeviceLog.Forget();
        }
    }

    [Fact]
    public void An_unknown_name_in_the_environment_is_told_once_and_counts_as_auto()
    {
        const string Variable = "GRAPHWEAVER_BACKEND";
        (Backend before, string? name) = (GraphMode.Backend, Environment.GetEnvironmentVariable(Variable));
        try
        {
            Environment.SetEnvironmentVariable(Variable, "vulkan");
            for (int time = 0; time < 2; time++)
            {
                GraphMode.Backend = Backend.Auto;
                _ = Accelerators.Current;
                GraphMode.Backend = before;
                _ = Accelerators.Current;
            }

            Assert.Single(Accelerators.Messages, message => message.Contains("'vulkan', which is none of auto, cpu, cuda, opencl, simulator"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, name);
            GraphMode.Backend = before;
            DeviceLog.Forget();
        }
    }

    [Fact]
    public void A_kernel_that_does_not_compile_is_told_once_and_others_go_on()
    {
        var call = DeviceCall.Begin();
        Tensor<float> x = Tensor.Create([1f, 2f]);
        call.Read(x);
        Assert.False(call.Run(new Throwing(), 2, 1));
        Assert.False(Again(x).Run(new Throwing(), 2, 1));
        Assert.Single(Accelerators.Messages, message => message.Contains(nameof(Throwing)));
        DeviceLog.Forget();
        long before = Accelerators.Current!.Statistics.Kernels;
        program.Value.AssertSame("Program", "Chain", () => [Tensor.Create([1f, 2f])]);
        Assert.Equal(before + 2, Accelerators.Current!.Statistics.Kernels);

        static DeviceCall Again(Tensor<float> x)
        {
            DeviceCall call = DeviceCall.Begin();
            call.Read(x);
            return call;
        }
    }

    [Fact]
    public void A_kernel_that_the_driver_refuses_is_told_once_and_not_traced()
    {
        if (GraphMode.Backend != Backend.OpenCL)
        {
            return;
        }

        using var trace = new StringWriter();
        using var listener = new TextWriterTraceListener(trace);
        Trace.Listeners.Add(listener);
        try
        {
            DeviceCall call = DeviceCall.Begin();
            call.Read(Tensor.Create([1f, 2f]));
            Assert.False(call.Run(new Undeclared(), 2, 1));
        }
        finally
        {
            Trace.Listeners.Remove(listener);
        }

        Assert.Empty(trace.ToString());
        Assert.Single(Accelerators.Messages, message => message.Contains(nameof(Undeclared)));
        DeviceLog.Forget();
    }

    [Fact]
    public void A_kernel_without_a_form_for_devices_stays()
    {
        long before = Accelerators.Current!.Statistics.Kernels;
        program.Value.AssertSame("Program", "Halves", () => [Tensor.Create([(Half)1f, (Half)2f])]);
        program.Value.AssertSame("Program", "Checked", () => [Tensor.Create([1, 2]), Tensor.Create([1, 0])]);
        Assert.Equal(before, Accelerators.Current!.Statistics.Kernels);
    }

    [Fact]
    public void The_cpu_goes_on_with_what_a_device_has_begun()
    {
        Tensor<float> x = Tensor.Create([1f, 2f, 3f]);
        object?[] results = [.. new[] { program.Value.Unwoven, program.Value.Woven }.Select(loaded => loaded.Assembly.GetType("Program")!.GetMethod("Mixed")!.Invoke(null, [x]))];
        Closeness.AssertClose([results[0]], [results[1]], 8);
    }

    private struct Undeclared : IDeviceKernel
    {
        private DeviceView<float> view;

        public void Bind(DeviceCall call) => view = call.View<float>(0);

        // ILGPU makes this a call of a function that OpenCL does not have.
        public readonly void Execute(int index) => view.Set(index, MathF.Cbrt(view.Get(index)));
    }

    private struct Throwing : IDeviceKernel
    {
        private DeviceView<float> view;

        public void Bind(DeviceCall call) => view = call.View<float>(0);

        public readonly void Execute(int index)
        {
            if (view.Get(index) > 0)
            {
                throw new InvalidOperationException("No device can do this.");
            }
        }
    }
}
