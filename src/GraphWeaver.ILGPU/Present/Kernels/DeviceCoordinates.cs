using GraphWeaver.Kernels;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// A kernel's space as a device has it: four dimensions at most. Dimensions over which every tensor goes on evenly are one, which is what nearly all spaces
/// come to; a space of more is refused, and one that reaches further than a device's integers.
/// </summary>
internal sealed class DeviceCoordinates
{
    private const int MaxRank = 4;

    private DeviceCoordinates(DeviceShape shape)
    {
        Shape = shape;
        Space = new DeviceSpace { Last = DeviceDivisor.Of(shape.Last), Third = DeviceDivisor.Of(shape.Third), Second = DeviceDivisor.Of(shape.Second) };
    }

    private DeviceCoordinates() => IsRefused = true;

    /// <summary>Whether there are too many dimensions.</summary>
    public bool IsRefused { get; }

    public DeviceShape Shape { get; }

    public DeviceSpace Space { get; }

    /// <summary>The number of rows, which are of the last dimension.</summary>
    public int Rows => (int)(Shape.Length / Shape.Last);

    /// <summary>Whether there are two dimensions at most.</summary>
    public bool IsPlane => Shape is { First: 1, Second: 1 };

    /// <summary>The coordinates of a space, and in the slots the way to each tensor.</summary>
    /// <param name="space">The space.</param>
    /// <param name="slots">The tensors that are reached over it.</param>
    /// <param name="isByRow">Whether the last coordinate is the last dimension of the shape alone.</param>
    public static DeviceCoordinates Of(ref readonly KernelSpace space, List<DeviceSlot> slots, bool isByRow)
    {
        ReadOnlySpan<nint> lengths = space.Dimensions;
        var joined = new List<(int Last, nint Length)>();
        for (int dimension = 0; dimension < lengths.Length; dimension++)
        {
            nint length = lengths[dimension];
            bool isRow = isByRow && space.RowLength > 1 && dimension == lengths.Length - 1;
            if (joined.Count > 0 && !isRow && slots.TrueForAll(slot => slot.Access.Strides[dimension - 1] == slot.Access.Strides[dimension] * length))
            {
                joined[^1] = (dimension, joined[^1].Length * length);
            }
            else
            {
                joined.Add((dimension, length));
            }
        }

        // The space leaves lengths of 1 out.
        if (isByRow && space.RowLength == 1)
        {
            joined.Add((-1, 1));
        }

        if (joined.Count > MaxRank || slots.Exists(slot => slot.Access.Highest > int.MaxValue))
        {
            return new DeviceCoordinates();
        }

        while (joined.Count < MaxRank)
        {
            joined.Insert(0, (-1, 1));
        }

        for (int index = 0; index < slots.Count; index++)
        {
            DeviceSlot slot = slots[index];
            slots[index] = slot with
            {
                Place = new DeviceAccess
                {
                    Offset = (int)slot.Access.Offset,
                    First = Stride(slot, joined[0].Last),
                    Second = Stride(slot, joined[1].Last),
                    Third = Stride(slot, joined[2].Last),
                    Last = Stride(slot, joined[3].Last),
                },
            };
        }

        return new DeviceCoordinates(new DeviceShape((int)joined[0].Length, (int)joined[1].Length, (int)joined[2].Length, (int)joined[3].Length));

        static int Stride(DeviceSlot slot, int dimension) => dimension < 0 ? 0 : (int)slot.Access.Strides[dimension];
    }
}
