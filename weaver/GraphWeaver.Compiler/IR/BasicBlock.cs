using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR;

/// <summary>A straight run of instructions with one entry and one exit.</summary>
public sealed class BasicBlock
{
    /// <summary>The innermost <c>try</c>, handler or filter the block lies in.</summary>
    public Scope? Scope { get; set; }

    public List<Phi> Phis { get; } = [];

    public List<Instruction> Instructions { get; } = [];

    public Terminator Terminator { get; set; } = null!;

    public IReadOnlyList<BasicBlock> Successors => Terminator.Targets;

    /// <summary>Whether exceptions alone lead here.</summary>
    public bool IsHandlerEntry => Scope is HandlerScope or FilterScope && Scope.Entry == this;

    /// <summary>The exception the evaluation stack holds where the block begins.</summary>
    public CaughtException? Caught => !IsHandlerEntry ? null : Scope is FilterScope filter ? filter.Caught : ((HandlerScope)Scope!).Caught;
}

/// <summary>
/// How a block ends: <c>br</c> (one target), a conditional branch (taken target, then fall-through), <c>switch</c> (cases, then default),
/// <c>ret</c>, <c>throw</c> or <c>rethrow</c>; <c>leave</c> (one target) goes out of scopes, running the <c>finally</c>s between;
/// <c>endfinally</c> and <c>endfilter</c> go where the exception or the <c>leave</c> wants.
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
