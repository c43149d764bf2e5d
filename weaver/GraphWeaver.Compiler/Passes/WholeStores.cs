using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Writes stores through the address of a whole local as stores to the local: <c>initobj</c>, and a constructor called on the address, as
/// Roslyn does for structures. Only then is it plain where a local begins anew.
/// Holds after: no <c>initobj</c> on the address of a slot, and no constructor call on one whose arguments do not use the slot.
/// </summary>
internal static class WholeStores
{
    public static void Run(Function function)
    {
        var uses = function.CountUses();
        foreach (var block in function.Blocks)
        {
            var rewritten = new List<Instruction>();
            foreach (var instruction in block.Instructions)
            {
                if (instruction.Inputs.Count > 0 && instruction.Inputs[0] is Instruction { Code: Code.Ldloca, Operand: Slot slot } address && uses[address] == 1 && rewritten.Contains(address))
                {
                    if (instruction.Code == Code.Initobj && StackTypes.Same((TypeReference)instruction.Operand!, slot.Type))
                    {
                        rewritten.Remove(address);
                        rewritten.Add(Store(slot, Constants.Default(slot.Type, function.Module), instruction));
                        continue;
                    }

                    if (IsConstructor(instruction, slot) && !rewritten.Skip(rewritten.IndexOf(address) + 1).Any(between => between.Operand == slot))
                    {
                        rewritten.Remove(address);
                        var made = new Instruction(Code.Newobj, instruction.Operand, slot.Type, instruction.Inputs.Skip(1)) { Location = instruction.Location, Site = instruction.Site };
                        rewritten.Add(made);
                        rewritten.Add(Store(slot, made, instruction));
                        continue;
                    }
                }

                rewritten.Add(instruction);
            }

            block.Instructions.Clear();
            block.Instructions.AddRange(rewritten);
        }
    }

    private static Instruction Store(Slot slot, Value value, Instruction original) =>
        new(Code.Stloc, slot, null, [value]) { Location = original.Location, Site = original.Site };

    private static bool IsConstructor(Instruction call, Slot slot) =>
        call.Code == Code.Call && call.Method is { Name: ".ctor", HasThis: true } constructor && StackTypes.Same(constructor.DeclaringType, slot.Type);
}
