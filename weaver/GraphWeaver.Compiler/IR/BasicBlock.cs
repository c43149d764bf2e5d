using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR;

/// <summary>A straight run of instructions with one entry and one exit.</summary>
public sealed class BasicBlock
{
    public List<Phi> Phis { get; } = [];

    public List<Instruction> Instructions { get; } = [];

    public Terminator Terminator { get; set; } = null!;

    public IReadOnlyList<BasicBlock> Successors => Terminator.Targets;
}

/// <summary>
/// How a block ends: <c>br</c> (one target), a conditional branch (taken target, then fall-through), <c>switch</c> (cases, then default),
/// <c>ret</c> or <c>throw</c>.
/// </summary>
public sealed class Terminator(Code code, IEnumerable<Value> inputs, IEnumerable<BasicBlock> targets)
{
    public Code Code { get; } = code;

    public List<Value> Inputs { get; } = [.. inputs];

    public List<BasicBlock> Targets { get; } = [.. targets];

    public SequencePoint? Location { get; set; }

    public int Offset { get; set; } = -1;

    public bool IsConditional => Targets.Count > 1;

    public static Terminator Jump(BasicBlock target) => new(Code.Br, [], [target]);

    public Terminator CopyWith(IEnumerable<Value> inputs, IEnumerable<BasicBlock> targets) =>
        new(Code, inputs, targets) { Location = Location, Offset = Offset };
}
