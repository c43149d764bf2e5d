namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// How a row becomes CPU code for one class of element types; <paramref name="Name"/> is a member name in <paramref name="Form"/>'s type.
/// </summary>
public sealed record CpuEmission(CpuForm Form, string Name)
{
    /// <summary>Whether the operator runs on tiles of memory instead of registers.</summary>
    public bool IsTile => Form is CpuForm.Primitive or CpuForm.OwnTile or CpuForm.TileReduction or CpuForm.OrderedReduction;
}
