using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Reads a value itself where it is read through the address of a copy: a structure's inlined method has such an address for its <c>this</c>.
/// A field of a value is read without a doubt whether there is one.
/// </summary>
internal static class DirectReads
{
    public static void Run(Function function)
    {
        var replacements = new Dictionary<Value, Value>();
        foreach (var block in function.Blocks)
        {
            foreach (var read in block.Instructions.Where(read => !read.Prefixes.Volatile && read.Inputs.Count == 1 && read.Inputs[0] is Instruction { IsAddressOfValue: true }).ToList())
            {
                var value = ((Instruction)read.Inputs[0]).Inputs[0];
                if (read.Code == Code.Ldfld)
                {
                    read.Inputs[0] = value;
                }
                else if (read.Code == Code.Ldobj && StackTypes.Same((Mono.Cecil.TypeReference)read.Operand!, value.Type!))
                {
                    replacements[read] = value;
                    block.Instructions.Remove(read);
                }
            }
        }

        function.ReplaceUses(replacements);
    }
}
