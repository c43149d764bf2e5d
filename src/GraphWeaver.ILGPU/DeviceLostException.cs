namespace GraphWeaver.ILGPU;

/// <summary>
/// A device has failed for good while results of kernels were there alone: they cannot be had any more. The tensors they belong to hold what they held before those kernels, or for some of them the
/// results; nothing else is harmed. Every later kernel runs on the CPU, until <see cref="Accelerators.Release"/> has devices looked for again.
/// </summary>
public sealed class DeviceLostException : Exception
{
    /// <summary>A loss without a reason.</summary>
    public DeviceLostException()
    {
    }

    /// <summary>A loss.</summary>
    public DeviceLostException(string message)
        : base(message)
    {
    }

    /// <summary>A loss, with what the driver said.</summary>
    public DeviceLostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
