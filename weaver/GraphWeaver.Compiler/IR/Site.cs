using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR;

/// <summary>
/// A place in source: the method whose body an instruction was lifted from, and its IL offset there. Copies made by unrolling share it, and so do
/// those made by inlining one helper twice. The default is that of an instruction made by a pass, which stands nowhere in source.
/// </summary>
public readonly record struct Site(MethodDefinition? Method, int Offset)
{
    /// <summary>The last statement that begins at or before it: what the compiler gives no line belongs to the statement before it.</summary>
    public SequencePoint? PointBefore
    {
        get
        {
            var offset = Offset;
            return Method?.DebugInformation.SequencePoints.LastOrDefault(point => !point.IsHidden && point.Offset <= offset);
        }
    }
}
