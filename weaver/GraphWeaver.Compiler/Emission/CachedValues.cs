using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;

namespace GraphWeaver.Compiler.Emission;

/// <summary>
/// The IL of a value the compiler caches, as the compiler wrote it: load the cache and, where that is null, make the value and store it, so that it is made
/// once however often it is wanted. Holds after: the value is on the stack where <c>end</c> is to stand.
/// </summary>
internal static class CachedValues
{
    public static IEnumerable<IlInstruction> Load(StaticDelegate kept, IlInstruction end) => Load(
        kept.Cache,
        [
            kept.Receiver is null ? IlInstruction.Create(OpCodes.Ldnull) : IlInstruction.Create(OpCodes.Ldsfld, kept.Receiver),
            IlInstruction.Create(OpCodes.Ldftn, kept.Target),
            IlInstruction.Create(OpCodes.Newobj, kept.Constructor),
        ],
        end);

    public static IEnumerable<IlInstruction> Load(CachedArray kept, IlInstruction end) => Load(
        kept.Cache,
        [
            IlInstruction.Create(OpCodes.Ldc_I4, kept.Length),
            IlInstruction.Create(OpCodes.Newarr, kept.ElementType),
            .. kept.Elements.SelectMany(element => Put(element, kept)),
        ],
        end);

    private static IEnumerable<IlInstruction> Load(Mono.Cecil.FieldReference cache, IEnumerable<IlInstruction> making, IlInstruction end) =>
    [
        IlInstruction.Create(OpCodes.Ldsfld, cache),
        IlInstruction.Create(OpCodes.Dup),
        IlInstruction.Create(OpCodes.Brtrue, end),
        IlInstruction.Create(OpCodes.Pop),
        .. making,
        IlInstruction.Create(OpCodes.Dup),
        IlInstruction.Create(OpCodes.Stsfld, cache),
    ];

    private static IEnumerable<IlInstruction> Put(CachedElement element, CachedArray array)
    {
        yield return IlInstruction.Create(OpCodes.Dup);
        yield return IlInstruction.Create(OpCodes.Ldc_I4, element.Index);
        yield return element.Value.Literal switch
        {
            int number => IlInstruction.Create(OpCodes.Ldc_I4, number),
            long number => IlInstruction.Create(OpCodes.Ldc_I8, number),
            var text => IlInstruction.Create(OpCodes.Ldstr, (string)text!),
        };
        if (element.Conversion is { } conversion)
        {
            yield return IlInstruction.Create(IlOpCodes.Of(conversion));
        }

        yield return IlInstruction.Create(OpCodes.Stelem_Any, array.ElementType);
    }
}
