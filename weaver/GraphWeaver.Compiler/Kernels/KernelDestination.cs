namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// A kernel's writing of a node into the memory of one of its inputs. That memory must share nothing with the other inputs' and
/// destinations', except that it may be exactly the memory of an input in <paramref name="MayEqual"/>: the program reads those for the last
/// time before it writes here.
/// </summary>
/// <param name="Input">The index of the tensor input written to.</param>
/// <param name="Node">The index of the node written.</param>
/// <param name="MayEqual">Indices of tensor inputs of the same element type.</param>
public sealed record KernelDestination(int Input, int Node, IReadOnlyList<int> MayEqual)
{
    public override string ToString() => $"%in{Input} <- %{Node}" + string.Concat(MayEqual.Select(input => $" may be %in{input}"));
}
