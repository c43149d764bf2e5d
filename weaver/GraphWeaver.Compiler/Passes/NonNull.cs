using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// References known not to be null. A call that was inlined leaves the check of its receiver behind: <c>dup</c> of the reference, which throws
/// what the call threw where it is null and is the reference otherwise.
/// </summary>
internal static class NonNull
{
    public static Instruction Check(Value receiver, Instruction call) => new(Code.Dup, null, receiver.Type, [receiver]) { Location = call.Location, Site = call.Site };

    public static bool IsCheck(Instruction instruction) => instruction.Code == Code.Dup;

    /// <summary>Whether an instruction throws where its reference is null, and is else a read that cannot be seen.</summary>
    public static bool IsReadOfObject(Instruction instruction) =>
        IsCheck(instruction) || (instruction is { Code: Code.Ldfld, Prefixes.Volatile: false } && StackTypes.KindOf(instruction.Inputs[0].Type!) == StackKind.Reference);

    /// <summary>Whether a value can be seen not to be null, whatever the method it is in.</summary>
    public static bool Is(Value value) => value is Instruction { Code: Code.Newobj or Code.Newarr or Code.Dup } or Constant { Literal: string };
}
