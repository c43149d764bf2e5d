using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.ILGPU.Kernels;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Copies that stay on a device, used against their rules: kernels see what kernels write, and a copy has one owner until nobody reads it.</summary>
[Collection("GraphMode")]
public sealed class ResidentMisuseTests
{
    private const string Source = """
        public static class Program
        {
            [Resident] private static Tensor<float> changing = Tensor.Create<float>(new float[] { 1, 2, 3, 4 });
            [Graph] public static Tensor<float> Grown(Tensor<float> x, [Resident] Tensor<float> w) { w += x; return w * x; }
            [Graph] public static Tensor<float> Doubled([Resident] Tensor<float> v, [Resident] Tensor<float> w) => v * 2f + w;
            [Graph] public static Tensor<float> Ranges(Tensor<float> x, [Resident] Tensor<float> w) { var a = w + x; w[1..3] = x[0..2] * 2f; return w * a; }
            [Graph] public static Tensor<float> Assigned(Tensor<float> x, [Resident] Tensor<float> w) { w = w * x; w = w + 1f; return w; }
            [Graph] public static Tensor<float> Changing(Tensor<float> x) { var y = x * changing; changing = y + 1f; return y * changing; }
            [Graph] public static Tensor<float> Read(Tensor<float> x, [Resident] Tensor<float> w) => x * w;
            [Graph] public static Tensor<float> Part(Tensor<float> x, [Resident] Tensor<float> w) => x[1..3] * w[1..3] + w[0..2];
        }
        """;

    private static readonly Lazy<WovenProgram> program = new(() => new WovenProgram(Source, OptimizationLevel.Release));

    [Theory]
    [InlineData("Grown")]
    [InlineData("Doubled")]
    [InlineData("Ranges")]
    [InlineData("Assigned")]
    [InlineData("Read")]
    [InlineData("Part")]
    public void Kernels_see_what_kernels_write(string method)
    {
        program.Value.AssertSame("Program", method, () => [Floats(1), Floats(5)]);
        program.Value.AssertSame("Program", method, () => Twice(Floats(3)));
        program.Value.AssertSame("Program", method, () => [Floats(1), Floats(5).Slice(0..4)]);
        AssertSameOverTime();

        static object?[] Twice(Tensor<float> both) => [both, both];

        void AssertSameOverTime()
        {
            (Tensor<float> x, Tensor<float> w) = (Floats(2), Floats(7));
            (Tensor<float> otherX, Tensor<float> otherW) = (Floats(2), Floats(7));
            foreach (string each in new[] { "Read", method, "Read", method, "Read" })
            {
                Assert.Equal(program.Value.Unwoven.Call("Program", each, x, w), program.Value.Woven.Call("Program", each, otherX, otherW));
            }
        }
    }

    [Fact]
    public void A_kernel_that_writes_on_the_cpu_is_seen_too()
    {
        (Tensor<float> x, Tensor<float> w) = (Floats(2), Floats(7));
        var type = program.Value.Woven.Assembly.GetType("Program")!;
        Backend before = GraphMode.Backend;
        type.GetMethod("Read")!.Invoke(null, [x, w]);
        try
        {
            // A small kernel, which does not pay.
            GraphMode.Backend = Backend.Auto;
            type.GetMethod("Grown")!.Invoke(null, [x, w]);
        }
        finally
        {
            GraphMode.Backend = before;
        }

        Assert.Equal([18f, 33f, 52f, 75f], (Tensor<float>)type.GetMethod("Read")!.Invoke(null, [x, w])!);
    }

    [Fact]
    public void A_field_that_changes_is_no_resident() => program.Value.AssertSame("Program", "Changing", () => [Floats(2)]);

    [Fact]
    public void A_copy_that_is_given_up_has_one_owner()
    {
        const int Length = 10_007;
        Grow();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        DeviceBlock[] blocks = [.. Enumerable.Range(0, 6).Select(_ => Devices.Current!.Memory.Take(Length * sizeof(float)))];
        Assert.Equal(blocks.Length, blocks.Distinct().Count());
        Array.ForEach(blocks, Devices.Current!.Memory.Give);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Grow()
        {
            Tensor<float> both = Workloads.Numbers<float>(1, 0, 1, Length);
            DeviceCall.Keep(both);
            DeviceCall.Forget(both);
            DeviceCall call = DeviceCall.Begin();
            call.Read(both);
            call.Read(both);
            call.Overwrite(1, isRead: true);
            Assert.True(call.Run(new DeviceLifeTests.Doubling(), Length, 1));
            DeviceCall.Synchronize();
            Assert.Equal(Workloads.Numbers<float>(1, 0, 1, Length) * 2f, both);
        }
    }

    [Fact]
    public void The_copy_of_a_tensor_that_is_written_is_memory_for_others()
    {
        const long Bytes = 20_011 * sizeof(float);
        DeviceMemory memory = Devices.Current!.Memory;
        DeviceBlock block = memory.Take(Bytes);
        memory.Give(block);
        LendAndWrite();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        DeviceBlock[] taken = [memory.Take(Bytes), memory.Take(Bytes)];
        Assert.Contains(block, taken);
        Array.ForEach(taken, memory.Give);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void LendAndWrite()
        {
            Tensor<float> w = Workloads.Numbers<float>(1, 0, 1, 20_011);
            DeviceCall.Keep(w);
            DeviceStream stream = Devices.Current!.Open()!;
            Resident.Of(w)!.Lend(new DeviceTensorOf<float>(w), Devices.Current, stream);
            Devices.Current.Close(stream);
            Resident.Forget(w);
            Assert.Null(Resident.Of(w));
        }
    }

    [Fact]
    public void A_copy_is_kept_until_its_readers_have_ended()
    {
        DeviceMemory memory = Devices.Current!.Memory;
        DeviceStream stream = Devices.Current.Open()!;
        (DeviceBlock first, WeakReference tensor) = Lend(stream, 30_011);
        Lend(stream, 5);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        DeviceBlock taken = memory.Take(first.Bytes);
        Assert.NotSame(first, taken);
        memory.Give(taken);
        Devices.Current.Close(stream);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.False(tensor.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (DeviceBlock, WeakReference) Lend(DeviceStream stream, int length)
        {
            Tensor<float> w = Workloads.Numbers<float>(1, 0, 1, length);
            DeviceCall.Keep(w);
            var copy = new DeviceTensorOf<float>(w);
            Resident.Of(w)!.Lend(copy, Devices.Current!, stream);
            if (length > 5)
            {
                // As if it had been lent by an earlier call: its pin is gone.
                stream.Wait();
                Resident.Of(w)!.Lend(copy, Devices.Current!, stream);
            }

            return (copy.Block!, new WeakReference(w));
        }
    }

    private static Tensor<float> Floats(float first) => Tensor.Create([first, first + 1, first + 2, first + 3]);
}
