using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR;

/// <summary>
/// One operation. <see cref="Code"/> is the IL operation in its long form, so lifting and emitting are almost the identity; only the
/// evaluation stack and promoted locals are gone. Three codes read differently from IL:
/// <c>ldloc</c>, <c>stloc</c> and <c>ldloca</c> with a <see cref="Slot"/> operand work on that memory slot, and <c>ldloca</c> with an
/// input and no operand is the address of a read-only copy of the input.
/// </summary>
public sealed class Instruction(Code code, object? operand, TypeReference? type, IEnumerable<Value> inputs) : Value(type)
{
    public Code Code { get; set; } = code;

    /// <summary>A type, method, field, call site or <see cref="Slot"/>, as the code demands.</summary>
    public object? Operand { get; set; } = operand;

    public List<Value> Inputs { get; } = [.. inputs];

    public Prefixes Prefixes { get; init; } = Prefixes.None;

    /// <summary>The source range it came from.</summary>
    public SequencePoint? Location { get; set; }

    /// <summary>The IL offset it came from; copies made by unrolling share it, so it names the site in source. -1 when made by a pass.</summary>
    public int Offset { get; set; } = -1;

    public MethodReference? Method => Operand as MethodReference;

    public bool IsCall => Code is Code.Call or Code.Callvirt or Code.Newobj;

    public bool IsAddressOfValue => Code == Code.Ldloca && Operand is null;

    public Instruction CopyWith(IEnumerable<Value> inputs) =>
        new(Code, Operand, Type, inputs) { Prefixes = Prefixes, Location = Location, Offset = Offset, Variable = Variable };
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
    public bool IsOfUser { get; init; }
}
