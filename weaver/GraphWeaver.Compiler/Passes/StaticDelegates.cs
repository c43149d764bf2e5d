using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Makes one instruction of what the compiler writes for a delegate that it caches (<see cref="CacheDiamond"/>).
/// Holds after: each such diamond is <c>ldftn</c> of a <see cref="StaticDelegate"/>, and the block that made the delegate is gone.
/// </summary>
internal static class StaticDelegates
{
    public static void Run(Function function)
    {
        var replacements = new Dictionary<Value, Value>();
        var gone = new HashSet<BasicBlock>();
        foreach (var diamond in function.Blocks.Select(CacheDiamond.At).OfType<CacheDiamond>())
        {
            if (Read(diamond) is { } kept)
            {
                var (load, made) = (diamond.Load, diamond.Made);
                diamond.Collapse(new Instruction(Code.Ldftn, kept, made.Type, []) { Location = made.Location ?? load.Location, Site = made.Site }, replacements);
                gone.Add(diamond.Maker);
            }
        }

        function.Blocks.RemoveAll(gone.Contains);
        function.ReplaceUses(replacements);
    }

    private static StaticDelegate? Read(CacheDiamond diamond)
    {
        var (maker, made) = (diamond.Maker, diamond.Made);
        var target = maker.Instructions.FirstOrDefault(instruction => instruction.Code == Code.Ldftn);
        var receiver = maker.Instructions.FirstOrDefault(instruction => instruction.Code == Code.Ldsfld);
        var isWhole = IsCache(diamond.Cache) && made.Code == Code.Newobj && target?.Operand is MethodReference && made.Inputs.Count == 2 && made.Inputs[1] == target
            && (receiver is null ? made.Inputs[0] is Constant { Literal: null } : made.Inputs[0] == receiver)
            && maker.Instructions.Count == (receiver is null ? 3 : 4);
        return isWhole ? new StaticDelegate(diamond.Cache, receiver?.Operand as FieldReference, target!.Method!, made.Method!) : null;
    }

    /// <summary>Fields that only a compiler can name.</summary>
    private static bool IsCache(FieldReference field) =>
        field.Name.StartsWith("<", StringComparison.Ordinal) && field.DeclaringType.Name.StartsWith("<>", StringComparison.Ordinal);
}
