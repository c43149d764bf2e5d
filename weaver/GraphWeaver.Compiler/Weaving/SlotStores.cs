using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>What a memory slot holds where it is read, for messages: the store before it in its block, or the only one there is.</summary>
internal sealed class SlotStores(Function function)
{
    public Instruction? Before(Instruction read)
    {
        var block = function.Blocks.FirstOrDefault(candidate => candidate.Instructions.Contains(read));
        var before = block?.Instructions.Take(block.Instructions.IndexOf(read)).LastOrDefault(IsStore);
        var stores = before is null ? function.Instructions.Where(IsStore).Take(2).ToList() : [before];
        return stores.Count == 1 ? stores[0] : null;

        bool IsStore(Instruction instruction) => instruction.Code == Code.Stloc && instruction.Operand == read.Operand;
    }
}
