namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// Elements of a tensor that a kernel has written: all of a dense tensor's, or those that a kernel's coordinates reach. Only these are brought
/// back: what lies between them may be another thread's.
/// </summary>
/// <param name="Shape">The lengths of the coordinates; null where all elements of a dense tensor are meant.</param>
/// <param name="Access">Where the elements are.</param>
internal readonly record struct WrittenElements(DeviceShape? Shape, DeviceAccess Access)
{
    /// <summary>All elements of a dense tensor.</summary>
    public static WrittenElements All => default;

    /// <summary>Copies these elements from one memory to another where they are at the same places.</summary>
    public unsafe void Copy(byte* source, byte* target, int elementSize)
    {
        DeviceShape shape = Shape!.Value;
        for (int first = 0; first < shape.First; first++)
        {
            for (int second = 0; second < shape.Second; second++)
            {
                for (int third = 0; third < shape.Third; third++)
                {
                    long row = ((long)Access.Offset + ((long)first * Access.First) + ((long)second * Access.Second) + ((long)third * Access.Third)) * elementSize;
                    if (Access.Last == 1)
                    {
                        long bytes = (long)shape.Last * elementSize;
                        Buffer.MemoryCopy(source + row, target + row, bytes, bytes);
                        continue;
                    }

                    for (int last = 0; last < shape.Last; last++)
                    {
                        long place = row + ((long)last * Access.Last * elementSize);
                        Buffer.MemoryCopy(source + place, target + place, elementSize, elementSize);
                    }
                }
            }
        }
    }
}
