using GraphWeaver.ILGPU.Kernels;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>When <see cref="Backend.Auto"/> takes a device.</summary>
[Collection("GraphMode")]
public sealed class CostTests
{
    [Fact]
    public void A_small_kernel_does_not_even_look_for_a_device()
    {
        Backend before = GraphMode.Backend;
        try
        {
            Assert.True(DeviceCall.MayPay(16, 1, 8));
            GraphMode.Backend = Backend.Auto;
            Assert.False(DeviceCall.MayPay(16, 1, 8));
            Assert.True(DeviceCall.MayPay(1 << 24, 1, 8));
            Assert.True(DeviceCall.MayPay(1 << 20, 1000, 8));
        }
        finally
        {
            GraphMode.Backend = before;
        }
    }

    [Fact]
    public void A_loop_saves_up_for_its_upload_and_a_new_session_begins_anew()
    {
        var session = new DeviceSession();
        Assert.True(session.Affords(typeof(int), gain: 3, price: 3));
        Assert.False(session.Affords(typeof(long), gain: 1, price: 3));
        Assert.False(session.Affords(typeof(short), gain: 1, price: 3));
        Assert.False(session.Affords(typeof(long), gain: 1, price: 3));
        session.BringHome();
        Assert.True(session.Affords(typeof(long), gain: 1, price: 3));
        session.Close();
        Assert.False(session.Affords(typeof(long), gain: 1, price: 3));
    }

    [Fact]
    public void A_kernel_saves_up_for_its_compilation_and_its_time_is_learnt_behind_the_first_run()
    {
        var record = new KernelRecord();
        Assert.False(record.Affords(gain: 0.04, price: 0.1));
        Assert.False(record.Affords(gain: 0.04, price: 0.1));
        Assert.True(record.Affords(gain: 0.04, price: 0.1));
        record.Add(100, 10);
        Assert.Null(record.SecondsOfWork);
        record.Add(5, 10);
        record.Add(6, 10);
        Assert.Equal(0.5, record.SecondsOfWork);
        Assert.True(record.WantsTime);
        record.Add(7, 10);
        Assert.False(record.WantsTime);
    }
}
