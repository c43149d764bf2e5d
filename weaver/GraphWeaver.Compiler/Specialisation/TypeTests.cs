using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>
/// Decides <c>typeof(T) == typeof(float)</c> where both types are known, as the JIT does: no code need be executed in the build for it. Looks for
/// the one form compilers write; what stands in for it leaves the same on the stack, at the same places.
/// </summary>
internal static class TypeTests
{
    private const int Length = 5;

    public static void Decide(MethodBody body)
    {
        HashSet<IlInstruction> targets =
        [
            .. body.Instructions.Select(il => il.Operand).OfType<IlInstruction>(),
            .. body.Instructions.Select(il => il.Operand).OfType<IlInstruction[]>().SelectMany(several => several),
        ];
        for (var i = 0; i + Length <= body.Instructions.Count; i++)
        {
            var test = body.Instructions.Skip(i).Take(Length).ToList();
            if (Read(test) is { } isTrue && !test.Skip(1).Any(targets.Contains))
            {
                foreach (var il in test)
                {
                    (il.OpCode, il.Operand) = (OpCodes.Nop, null);
                }

                test[Length - 1].OpCode = isTrue ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0;
            }
        }
    }

    private static bool? Read(List<IlInstruction> test)
    {
        var isTest = TokenOf(test[0]) is not null && IsTypeOf(test[1]) && TokenOf(test[2]) is not null && IsTypeOf(test[3])
            && test[4] is { OpCode.Code: Code.Call, Operand: MethodReference { Name: "op_Equality" or "op_Inequality", DeclaringType.FullName: "System.Type" } };
        return isTest && AreSame(TokenOf(test[0])!, TokenOf(test[2])!) is { } areSame ? areSame == (((MethodReference)test[4].Operand).Name == "op_Equality") : null;
    }

    private static TypeReference? TokenOf(IlInstruction il) => il is { OpCode.Code: Code.Ldtoken, Operand: TypeReference { ContainsGenericParameter: false } type } ? type : null;

    private static bool IsTypeOf(IlInstruction il) =>
        il is { OpCode.Code: Code.Call, Operand: MethodReference { Name: "GetTypeFromHandle", DeclaringType.FullName: "System.Type" } };

    /// <summary>Types of one name are the same where the name's assembly is; otherwise only the running program knows.</summary>
    private static bool? AreSame(TypeReference left, TypeReference right) =>
        !StackTypes.Same(left, right) ? false : left.GetElementType().Scope?.Name == right.GetElementType().Scope?.Name ? true : null;
}
