using System.Numerics.Tensors;

namespace GraphWeaver;

/// <summary>
/// What <see cref="Tensor"/> lacks, in its naming style. The operations work by themselves; woven methods call the same code.
/// </summary>
/// <remarks>
/// Tensors of any layout are taken: dense, sliced, transposed, broadcast, empty. Results are new dense tensors. A dimension below 0 counts from
/// the last one, -1. Large tensors are worked on by up to <see cref="GraphMode.MaxThreads"/> threads; results do not depend on their number. Where
/// an operation sums or calls a function of its own, <see cref="Half"/> is computed in <see cref="float"/> and rounded once.
/// </remarks>
public static partial class TensorMath;
