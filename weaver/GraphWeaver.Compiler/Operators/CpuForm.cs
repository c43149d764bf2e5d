namespace GraphWeaver.Compiler.Operators;

/// <summary>The ways an operator is emitted. N is 512, 256 or 128, chosen when the program runs.</summary>
public enum CpuForm
{
    /// <summary><c>VectorN.Name&lt;T&gt;(operands)</c>.</summary>
    Vector,

    /// <summary><c>VectorN.Name(operands)</c>: overloads per element type instead of a generic method.</summary>
    VectorOverload,

    /// <summary><c>VectorN.Name&lt;T&gt;(x, 1)</c>.</summary>
    VectorThenOne,

    /// <summary><c>VectorN.Name&lt;T&gt;(1, x)</c>.</summary>
    VectorAfterOne,

    /// <summary><c>VectorN.Name(x, int)</c>.</summary>
    VectorShift,

    /// <summary><c>GraphWeaver.Kernels.VectorMath.Name(x)</c>.</summary>
    VectorMath,

    /// <summary><c>TensorPrimitives.Name(spans)</c> on tiles that stay in cache.</summary>
    Primitive,

    /// <summary>
    /// <c>GraphWeaver.Kernels.KernelTiles.Name(spans)</c> on tiles: no vector form and no TensorPrimitives method exists.
    /// </summary>
    OwnTile,

    /// <summary>A reduction: lanes are accumulated with <c>VectorN.Name&lt;T&gt;</c>.</summary>
    Accumulate,

    /// <summary>Made of other rows: see <see cref="OperatorRow.Lowering"/>.</summary>
    Lowered,

    /// <summary>A reduction: tiles go into a running value with <c>GraphWeaver.Kernels.KernelReductions.Name(T, span)</c>.</summary>
    TileReduction,

    /// <summary>A <see cref="TileReduction"/> whose bits depend on the order of the elements: the kernel is one chunk.</summary>
    OrderedReduction,

    /// <summary>
    /// A reduction whose state is more than one element: <c>GraphWeaver.Kernels.KernelFolds.Name(ref state, spans)</c> advances a chunk's state by a tile.
    /// </summary>
    Fold,

    /// <summary>A library call, not part of any kernel.</summary>
    Call,
}
