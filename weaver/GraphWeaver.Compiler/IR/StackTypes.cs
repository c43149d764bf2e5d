using Mono.Cecil;

namespace GraphWeaver.Compiler.IR;

/// <summary>What the evaluation stack distinguishes (ECMA-335 I.12.1, III.1.1), with float and double apart as RyuJIT keeps them.</summary>
public enum StackKind
{
    Int32,
    Int64,
    NativeInt,
    Float32,
    Float64,
    ByReference,
    Reference,
    Structure,
}

/// <summary>From IL types to what the evaluation stack makes of them.</summary>
public static class StackTypes
{
    public static StackKind KindOf(TypeReference type)
    {
        type = Underlying(type);
        switch (type.MetadataType)
        {
            case MetadataType.Boolean or MetadataType.Char or MetadataType.SByte or MetadataType.Byte or MetadataType.Int16
                or MetadataType.UInt16 or MetadataType.Int32 or MetadataType.UInt32:
                return StackKind.Int32;
            case MetadataType.Int64 or MetadataType.UInt64:
                return StackKind.Int64;
            case MetadataType.IntPtr or MetadataType.UIntPtr or MetadataType.Pointer or MetadataType.FunctionPointer:
                return StackKind.NativeInt;
            case MetadataType.Single:
                return StackKind.Float32;
            case MetadataType.Double:
                return StackKind.Float64;
            case MetadataType.ByReference:
                return StackKind.ByReference;
            default:
                return type.IsGenericParameter || type.IsValueType ? StackKind.Structure : StackKind.Reference;
        }
    }

    /// <summary>An enumeration's integer type; modifiers and pinning taken off; anything else as it is.</summary>
    public static TypeReference Underlying(TypeReference type)
    {
        while (type is IModifierType or PinnedType or SentinelType)
        {
            type = ((TypeSpecification)type).ElementType;
        }

        if (type.MetadataType == MetadataType.ValueType && type.Resolve() is { IsEnum: true } definition)
        {
            return definition.Fields.First(field => !field.IsStatic).FieldType;
        }

        return type;
    }

    /// <summary>The type of a local that holds a value of <paramref name="type"/> as the stack does: without truncation.</summary>
    public static TypeReference LocalType(TypeReference type, ModuleDefinition module) => KindOf(type) switch
    {
        StackKind.Int32 => module.TypeSystem.Int32,
        StackKind.NativeInt when Underlying(type).MetadataType is MetadataType.IntPtr or MetadataType.UIntPtr => module.TypeSystem.IntPtr,
        _ => type,
    };

    public static bool IsVoid(TypeReference type) => Underlying(type).MetadataType == MetadataType.Void;

    /// <summary>Whether two types name the same thing, by full name and scope-free: references to one type differ in object identity.</summary>
    public static bool Same(TypeReference left, TypeReference right) => ReferenceEquals(left, right) || left.FullName == right.FullName;
}
