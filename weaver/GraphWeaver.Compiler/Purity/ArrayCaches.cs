using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// The static fields C# keeps arrays of constants in that are only looked at through a span and that no data of the assembly can be, those of native
/// integers and strings among them. Whether two spans are over one array can be asked, and unsafe code can write through one: so such an array is a
/// constant only where the tensor library alone gets the span, which does neither and keeps none.
/// </summary>
internal static class ArrayCaches
{
    /// <summary>A field that only a compiler can name.</summary>
    public static bool IsCache(FieldReference field) => field.DeclaringType.Name == "<PrivateImplementationDetails>" && field.FieldType is ArrayType;

    /// <summary>Whether a call only reads what the spans it is given are over, and keeps none of them.</summary>
    public static bool KeepsNoSpan(MethodReference called) => called.Name != ".ctor" && OperatorTable.AssemblyOf(called.DeclaringType) == OperatorTable.TensorAssembly;

    /// <summary>Whether an instruction loads or stores a cache whose span, the last argument but for literals, goes straight to such a call.</summary>
    public static bool IsAccess(Instruction instruction)
    {
        if (instruction.Operand is not FieldReference field || !IsCache(field))
        {
            return false;
        }

        var made = instruction switch
        {
            { OpCode.Code: Code.Stsfld } => instruction.Next,
            { OpCode.Code: Code.Ldsfld, Next: { OpCode.Code: Code.Dup, Next: { OpCode.Code: Code.Brtrue or Code.Brtrue_S, Operand: Instruction target } } } => target,
            _ => null,
        };
        if (made is not { OpCode.Code: Code.Newobj, Operand: MethodReference { DeclaringType.Name: "ReadOnlySpan`1" } })
        {
            return false;
        }

        var (user, behind) = (made.Next, 0);
        while (user?.OpCode.Code is Code.Ldc_I4 or Code.Ldc_I4_S or (>= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8))
        {
            (user, behind) = (user.Next, behind + 1);
        }

        return user is { OpCode.Code: Code.Call or Code.Callvirt, Operand: MethodReference called } && KeepsNoSpan(called) && called.Parameters.Count > behind;
    }
}
