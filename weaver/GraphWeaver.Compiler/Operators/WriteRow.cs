namespace GraphWeaver.Compiler.Operators;

/// <summary>One kind of call that copies a tensor's elements into another's memory; arguments are counted with the receiver, which is the first.</summary>
/// <param name="Member">The member's name; of <c>Tensor</c>, or of a tensor or span itself where <paramref name="IsMember"/> says so.</param>
/// <param name="IsMember">Whether the member is the tensor's or span's own.</param>
/// <param name="Source">The argument read.</param>
/// <param name="Destination">The argument written.</param>
/// <param name="Ranges">The argument that names a part of the destination; null where all of it is written.</param>
/// <param name="Summary">One line for the documentation.</param>
public sealed record WriteRow(string Member, bool IsMember, int Source, int Destination, int? Ranges, string Summary);
