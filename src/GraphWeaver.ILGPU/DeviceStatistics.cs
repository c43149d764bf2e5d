namespace GraphWeaver.ILGPU;

/// <summary>What a device has done for this program so far.</summary>
public sealed class DeviceStatistics
{
    private long kernels;
    private long uploads;
    private long uploadedBytes;
    private long downloads;
    private long downloadedBytes;

    /// <summary>Kernels launched.</summary>
    public long Kernels => Interlocked.Read(ref kernels);

    /// <summary>Tensors copied to the device.</summary>
    public long Uploads => Interlocked.Read(ref uploads);

    /// <summary>Bytes copied to the device.</summary>
    public long UploadedBytes => Interlocked.Read(ref uploadedBytes);

    /// <summary>Tensors copied from the device.</summary>
    public long Downloads => Interlocked.Read(ref downloads);

    /// <summary>Bytes copied from the device.</summary>
    public long DownloadedBytes => Interlocked.Read(ref downloadedBytes);

    /// <inheritdoc/>
    public override string ToString() => $"{Kernels} kernels, {Uploads} uploads ({UploadedBytes} bytes), {Downloads} downloads ({DownloadedBytes} bytes)";

    internal void CountKernel() => Interlocked.Increment(ref kernels);

    internal void CountUpload(long bytes)
    {
        Interlocked.Increment(ref uploads);
        Interlocked.Add(ref uploadedBytes, bytes);
    }

    internal void CountDownload(long bytes)
    {
        Interlocked.Increment(ref downloads);
        Interlocked.Add(ref downloadedBytes, bytes);
    }
}
