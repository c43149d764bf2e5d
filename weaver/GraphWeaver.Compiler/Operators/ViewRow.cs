namespace GraphWeaver.Compiler.Operators;

/// <summary>One kind of view: the library's members that make it and the <c>GraphWeaver.Kernels.KernelLayout</c> method that does the same to a layout.</summary>
/// <param name="Name">Unique among the views; the name of the layout's method.</param>
/// <param name="Members">Member names; of <c>Tensor</c>, or of a tensor or span itself where <paramref name="IsMember"/> says so.</param>
/// <param name="Operands">What the members take beside the tensor.</param>
/// <param name="IsMember">Whether the members are those of the tensor or span.</param>
/// <param name="IsCopy">Whether eager copies the elements, so that later writes to the tensor are not seen.</param>
/// <param name="Summary">One line for the documentation.</param>
public sealed record ViewRow(string Name, IReadOnlyList<string> Members, ViewOperands Operands, bool IsMember, bool IsCopy, string Summary);
