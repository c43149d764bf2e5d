namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>The element that a device's code works on: which of all it is, and where each tensor has it.</summary>
internal abstract class DevicePosition
{
    /// <summary>Computes once what every load and store needs.</summary>
    public abstract void EmitStart();

    /// <summary>Pushes the element's number in row-major order: its place in a dense result.</summary>
    public abstract void LoadIndex();

    /// <summary>Pushes the element's place in an input.</summary>
    public abstract void LoadPlace(int input);
}
