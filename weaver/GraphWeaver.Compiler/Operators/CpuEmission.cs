namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// How a row becomes CPU code for one class of element types; <paramref name="Name"/> is a member name in <paramref name="Form"/>'s type.
/// </summary>
public sealed record CpuEmission(CpuForm Form, string Name)
{
    /// <summary>
    /// The structure of <c>GraphWeaver.Kernels</c>, generic in the element type, that a <see cref="CpuForm.Fold"/> advances; null where that is
    /// one value of the element type.
    /// </summary>
    public string? State { get; init; }

    /// <summary>Whether the operator runs on tiles of memory instead of registers.</summary>
    public bool IsTile => Form is CpuForm.Primitive or CpuForm.OwnTile or CpuForm.TileReduction or CpuForm.OrderedReduction or CpuForm.Fold;

    /// <summary>Whether the bits depend on the order of the elements and are to be eager's, so that the kernel is one chunk.</summary>
    public bool IsInOrder => Form == CpuForm.OrderedReduction || IsOrderedFold;

    /// <summary>Whether a <see cref="CpuForm.Fold"/> is a yes or no that may be known before the last element.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Whether a <see cref="CpuForm.Fold"/> takes the elements one after the other.</summary>
    public bool IsOrderedFold { get; init; }
}
