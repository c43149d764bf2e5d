using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Makes one instruction of what C# writes for an array of constants that is only looked at through a span and that no data of the assembly can be
/// (<see cref="CacheDiamond"/>): <c>Tensor.Create(values, new nint[] { 2, 3 })</c>. Only where the tensor library alone gets the span
/// (<see cref="ArrayCaches"/>).
/// Holds after: each such diamond is <c>ldsfld</c> of a <see cref="CachedArray"/>, a constant for binding and still the cached array where it remains.
/// </summary>
internal static class CachedArrays
{
    public static void Run(Function function)
    {
        var diamonds = function.Blocks.Select(CacheDiamond.At).OfType<CacheDiamond>().Where(diamond => ArrayCaches.IsCache(diamond.Cache)).ToList();
        if (diamonds.Count == 0)
        {
            return;
        }

        var replacements = new Dictionary<Value, Value>();
        var gone = new HashSet<BasicBlock>();
        var users = new Users(function);
        foreach (var diamond in diamonds)
        {
            if (IsSeenByTensorsOnly(diamond, users) && Read(diamond) is { } kept)
            {
                var (load, made) = (diamond.Load, diamond.Made);
                diamond.Collapse(new Instruction(Code.Ldsfld, kept, made.Type, []) { Location = load.Location ?? made.Location, Site = load.Site }, replacements);
                gone.Add(diamond.Maker);
            }
        }

        function.Blocks.RemoveAll(gone.Contains);
        function.ReplaceUses(replacements);
    }

    private static bool IsSeenByTensorsOnly(CacheDiamond diamond, Users users) =>
        diamond.Join.Phis.Where(phi => phi.OperandFrom(diamond.Maker) == diamond.Made).ToList() is [var held]
        && held.Operands.Count == 2 && held.OperandFrom(diamond.Block) == diamond.Load
        && users.Of(diamond.Load).All(use => use.User == held || use.User == diamond.Block.Terminator)
        && users.Of(diamond.Made).All(use => use.User == held || (use.User is Instruction inside && diamond.Maker.Instructions.Contains(inside)))
        && users.Of(held).All(use => use.User is Instruction { Code: Code.Newobj, Method.DeclaringType.Name: "ReadOnlySpan`1" } span && users.Of(span).All(seen => KeepsNoSpan(seen.User)));

    private static bool KeepsNoSpan(object user) => user is Instruction { Code: Code.Call or Code.Callvirt, Method: { } called } && ArrayCaches.KeepsNoSpan(called);

    private static CachedArray? Read(CacheDiamond diamond)
    {
        if (diamond.Made is not { Code: Code.Newarr, Operand: TypeReference type, Inputs: [Constant { Literal: int length }] })
        {
            return null;
        }

        var elements = new List<CachedElement>();
        foreach (var instruction in diamond.Maker.Instructions.Take(diamond.Maker.Instructions.Count - 1).Where(instruction => instruction != diamond.Made && !IsConversion(instruction)))
        {
            if (Element(instruction, diamond.Made) is not { } element)
            {
                return null;
            }

            elements.Add(element);
        }

        return new CachedArray(diamond.Cache, type, length, elements);
    }

    private static CachedElement? Element(Instruction store, Instruction array) => store is { Code: Code.Stelem_I or Code.Stelem_Ref or Code.Stelem_Any, Inputs: [var target, Constant { Literal: int index }, var value] } && target == array
        ? value switch
        {
            Constant { Literal: string } text => new CachedElement(index, text, null),
            Instruction { Inputs: [Constant number] } conversion when IsConversion(conversion) => new CachedElement(index, number, conversion.Code),
            _ => null,
        }
        : null;

    /// <summary>Of an integer to a native one.</summary>
    private static bool IsConversion(Instruction instruction) => instruction is { Code: Code.Conv_I or Code.Conv_U, Inputs: [Constant { Literal: int or long }] };
}
