using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>Which run-time instructions look at what they are given, keep no reference to it and write nothing to it.</summary>
internal static class RunTimeReads
{
    public static bool OnlyReads(Instruction user, Value operand) =>
        user.Code is Code.Ldlen or (>= Code.Ldelem_I1 and <= Code.Ldelem_R8) || IsReadByOperator(user, operand);

    /// <summary>Whether a table operator takes the operand and does not write to it.</summary>
    public static bool IsReadByOperator(Instruction user, Value operand) =>
        user.Code == Code.Call && OperatorTable.Find(user.Method!) is { MayKeepReferences: false } match && (match.Destination is not { } written || user.Inputs[written] != operand);
}
