using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Operations of one block that run as kernels or, when a guard fails, as their original instructions. Every component is one kernel: its
/// operations are linked by tensors they share, whose shapes broadcast together whenever eager accepts them.
/// </summary>
internal sealed record Region(BasicBlock Block, IReadOnlyList<IReadOnlyList<TensorOperation>> Components)
{
    public IEnumerable<TensorOperation> Operations => Components.SelectMany(component => component);
}
