using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>A construct the lifter does not take; the method stays as it is (GW1006).</summary>
public sealed class NotLiftedException(string reason, SequencePoint? location = null) : Exception(reason)
{
    public SequencePoint? Location { get; } = location;
}
