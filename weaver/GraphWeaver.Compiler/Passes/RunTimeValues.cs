using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.Compiler.Purity;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Which values surely depend on run-time data, told before binding: parameters, mutable statics, caught exceptions, and whatever is computed
/// from them, put into a local or an object of the method's, or merged with them. Flow-insensitive and only ever used to choose: a call that
/// nothing says this of may be one the build executes whole.
/// </summary>
internal sealed class RunTimeValues
{
    private readonly PurityAnalysis purity;
    private readonly HashSet<object> found = [];

    public RunTimeValues(Function function, PurityAnalysis purity)
    {
        this.purity = purity;
        found.UnionWith(function.Arguments);
        found.UnionWith(function.Blocks.Select(block => block.Caught).OfType<CaughtException>());
        int before;
        do
        {
            before = found.Count;
            foreach (var block in function.Blocks)
            {
                found.UnionWith(block.Phis.Where(phi => phi.Operands.Any(operand => found.Contains(operand.Value))));
                block.Instructions.ForEach(Follow);
            }
        }
        while (found.Count > before);
    }

    public bool Contains(Value value) => found.Contains(value);

    private void Follow(Instruction instruction)
    {
        var depends = instruction.Inputs.Any(found.Contains)
            || (instruction is { Code: Code.Ldloc or Code.Ldloca, Operand: Slot slot } && found.Contains(slot))
            || (instruction is { Code: Code.Ldsfld or Code.Ldsflda, Operand: FieldReference field } && IsReadAtRunTime(field));
        if (!depends)
        {
            return;
        }

        if (instruction.Type is not null)
        {
            found.Add(instruction);
        }

        switch (instruction.Code)
        {
            case Code.Stloc:
                found.Add(instruction.Operand!);
                break;
            case Code.Stfld or Code.Stobj or Code.Stind_Ref or (>= Code.Stind_I1 and <= Code.Stind_R8):
            case Code.Stelem_Any or Code.Stelem_Ref or (>= Code.Stelem_I and <= Code.Stelem_R8):
                Reach(instruction.Inputs[0]);
                break;
            case Code.Call or Code.Callvirt or Code.Newobj when OperatorTable.Find(instruction.Method!) is null:
                instruction.Inputs.Where((input, index) => (index == 0 && instruction.Method!.HasThis && instruction.Code != Code.Newobj) || input.Type is ByReferenceType).ToList().ForEach(Reach);
                break;
        }
    }

    /// <summary>Run-time data goes into what a value is or points to.</summary>
    private void Reach(Value target)
    {
        if (target is Constant)
        {
            return;
        }

        found.Add(target);
        switch (target)
        {
            case Instruction { Code: Code.Ldloca, Operand: Slot slot }:
                found.Add(slot);
                break;
            case Instruction { Code: Code.Ldelema or Code.Ldflda or Code.Castclass } part:
                Reach(part.Inputs[0]);
                break;
        }
    }

    private bool IsReadAtRunTime(FieldReference field) =>
        !PurityAnalysis.IsVouchedFor(field) && !(field.Resolve() is { IsInitOnly: true, FieldType: { } type } && purity.IsImmutable(type)) && field.Resolve() is not { RVA: not 0 };
}
