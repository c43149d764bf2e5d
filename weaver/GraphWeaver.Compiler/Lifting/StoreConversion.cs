using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>What a store to a local or argument does to the value besides storing it: narrow integers truncate, native ones extend, floats round.</summary>
internal static class StoreConversion
{
    /// <summary>The conversion a store of <paramref name="value"/> in a place of <paramref name="type"/> implies, or null when it changes nothing.</summary>
    public static Code? For(Value value, TypeReference type)
    {
        var target = StackTypes.Underlying(type);
        var valueKind = StackTypes.KindOf(value.Type!);
        Code? conversion = target.MetadataType switch
        {
            MetadataType.Boolean or MetadataType.Byte => Code.Conv_U1,
            MetadataType.SByte => Code.Conv_I1,
            MetadataType.Char or MetadataType.UInt16 => Code.Conv_U2,
            MetadataType.Int16 => Code.Conv_I2,
            _ when StackTypes.KindOf(target) == valueKind => null,
            MetadataType.Int32 or MetadataType.UInt32 when valueKind == StackKind.NativeInt => Code.Conv_I4,
            MetadataType.IntPtr or MetadataType.UIntPtr when valueKind == StackKind.Int32 => Code.Conv_I,
            MetadataType.Single => Code.Conv_R4,
            MetadataType.Double => Code.Conv_R8,
            _ => null,
        };
        return IsNarrowAlready(value, target) ? null : conversion;
    }

    private static bool IsNarrowAlready(Value value, TypeReference target) => value is Constant { Literal: int literal }
        ? target.MetadataType switch
        {
            MetadataType.Boolean or MetadataType.Byte => literal is >= 0 and <= byte.MaxValue,
            MetadataType.SByte => literal is >= sbyte.MinValue and <= sbyte.MaxValue,
            MetadataType.Char or MetadataType.UInt16 => literal is >= 0 and <= char.MaxValue,
            MetadataType.Int16 => literal is >= short.MinValue and <= short.MaxValue,
            _ => false,
        }
        : StackTypes.Underlying(value.Type!) is var type && (type.MetadataType == target.MetadataType
            || (type.MetadataType == MetadataType.Boolean && target.MetadataType == MetadataType.Byte));
}
