namespace GraphWeaver.Kernels;

/// <content>
/// Rows that begin at even distances in every tensor and lie side by side in memory: what most kernels over a space have, and what takes no more
/// than an addition per tensor to go on to the next. A row is the last dimension for a kernel that works row by row, else what all
/// tensors go on evenly over.
/// </content>
public partial struct KernelSpace
{
    /// <summary>Whether the rows of the last dimension are such rows, once every access is settled.</summary>
    public readonly bool HasEvenRows => !isGathered && (outer == 0 || (outer == 1 && columns == RowLength));

    /// <summary>Whether <see cref="Columns"/> makes such rows, once every access is settled.</summary>
    public readonly bool HasEvenColumns => !isGathered && outer <= 1;

    /// <summary>The number of elements over which every tensor goes on evenly.</summary>
    public readonly nint Columns => columns;

    /// <summary>The distance of neighbouring rows in a tensor, in elements; of no meaning where there is one row.</summary>
    public readonly nint RowStride(ref readonly KernelAccess access) => outer == 0 ? RowLength : access.Strides[0];

    /// <summary>The place of a row in a tensor, in elements from the tensor's first.</summary>
    public readonly nint RowPlace(ref readonly KernelAccess access, nint row) => access.Offset + (row * RowStride(in access));
}
