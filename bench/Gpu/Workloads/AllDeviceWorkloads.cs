namespace GraphWeaver.Benchmarks.Gpu.Workloads;

/// <summary>The workloads, in the order in which they run.</summary>
internal static class AllDeviceWorkloads
{
    public static IReadOnlyList<DeviceWorkload> List { get; } =
    [
        new DeviceGelu(),
        new DeviceBlackScholes(),
        new DeviceSoftMax(),
        new DeviceLayerNorm(),
        new DeviceMlp("mlp", [8, 8, 8], [[3, 256, 256, 256], [3, 2000, 1000, 500], [3, 30000, 2000, 2000]]),
        new DeviceMlp("mlp_batch", [64, 256, 1024], [[128, 128, 128, 128], [512, 512, 512, 512], [1024, 1024, 1024, 1024]]),
        new DeviceJacobi(),
    ];
}
