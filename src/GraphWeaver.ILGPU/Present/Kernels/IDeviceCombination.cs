namespace GraphWeaver.ILGPU.Kernels;

/// <summary>An operator that puts two values together, as a type, so that there is code for each.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal interface IDeviceCombination<T>
    where T : unmanaged
{
    /// <summary>What two values come to.</summary>
    public T Combine(T x, T y);
}
