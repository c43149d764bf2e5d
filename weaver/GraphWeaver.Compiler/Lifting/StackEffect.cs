using Mono.Cecil;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>How many values an IL instruction takes from the evaluation stack.</summary>
internal static class StackEffect
{
    public static int PopCount(IlInstruction il)
    {
        switch (il.OpCode.StackBehaviourPop)
        {
            case StackBehaviour.Pop0 or StackBehaviour.PopAll:
                return 0;
            case StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref:
                return 1;
            case StackBehaviour.Varpop:
                var signature = (IMethodSignature)il.Operand;
                var receiver = signature.HasThis && !signature.ExplicitThis && il.OpCode.Code != Code.Newobj ? 1 : 0;
                return signature.Parameters.Count + receiver + (il.OpCode.Code == Code.Calli ? 1 : 0);
            case StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8 or StackBehaviour.Popref_popi_popr4
                or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref or StackBehaviour.Popi_popi_popi:
                return 3;
            default:
                return il.OpCode.Code == Code.Stelem_Any ? 3 : 2;
        }
    }
}
