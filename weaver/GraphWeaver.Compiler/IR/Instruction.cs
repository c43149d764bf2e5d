using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR;

/// <summary>
/// One operation. <see cref="Code"/> is the IL operation in its long form, so lifting and emitting are almost the identity; only the
/// evaluation stack and promoted locals are gone. Four codes read differently from IL:
/// <c>ldloc</c>, <c>stloc</c> and <c>ldloca</c> with a <see cref="Slot"/> operand work on that memory slot, <c>ldloca</c> with an
/// input and no operand is the address of a read-only copy of the input, and <c>dup</c> is its input, an object, once that is known not to be null:
/// else it throws as a call on null does.
/// </summary>
public sealed class Instruction(Code code, object? operand, TypeReference? type, IEnumerable<Value> inputs) : Value(type)
{
    public Code Code { get; set; } = code;

    /// <summary>A type, method, field, call site, <see cref="Slot"/>, <see cref="StaticDelegate"/> or <see cref="CachedArray"/>, as the code demands.</summary>
    public object? Operand { get; set; } = operand;

    public List<Value> Inputs { get; } = [.. inputs];

    public Prefixes Prefixes { get; set; } = Prefixes.None;

    /// <summary>The source range it came from.</summary>
    public SequencePoint? Location { get; set; }

    /// <summary>Other source ranges that run with it, before its own: a debugger can stop at each.</summary>
    public IReadOnlyList<SequencePoint> LinesBefore { get; init; } = [];

    /// <summary>Where it came from; copies made by unrolling and inlining share it.</summary>
    public Site Site { get; set; }

    public MethodReference? Method => Operand as MethodReference;

    public bool IsCall => Code is Code.Call or Code.Callvirt or Code.Newobj;

    public bool IsAddressOfValue => Code == Code.Ldloca && Operand is null;

    public Instruction CopyWith(IEnumerable<Value> inputs) =>
        new(Code, Operand, Type, inputs) { Prefixes = Prefixes, Location = Location, Site = Site, Variable = Variable };
}

/// <summary>The IL prefixes an instruction carries.</summary>
public sealed record Prefixes(bool Volatile = false, bool Tail = false, bool Readonly = false, byte? Unaligned = null, TypeReference? Constrained = null)
{
    public static readonly Prefixes None = new();
}

/// <summary>A local whose address is taken: it stays memory.</summary>
public sealed class Slot(string name, TypeReference type, bool isPinned = false)
{
    public string Name { get; } = name;

    public TypeReference Type { get; } = type;

    public bool IsPinned { get; } = isPinned;

    /// <summary>Whether it is a variable of the user's, under its name.</summary>
    public bool IsOfUser { get; set; }
}
