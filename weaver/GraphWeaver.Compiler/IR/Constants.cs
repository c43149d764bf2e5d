using Mono.Cecil;

namespace GraphWeaver.Compiler.IR;

/// <summary>Makes constants.</summary>
public static class Constants
{
    /// <summary>The zero-initialised value of a type.</summary>
    public static Constant Default(TypeReference type, ModuleDefinition module) => StackTypes.KindOf(type) switch
    {
        StackKind.Int32 => new Constant(0, type),
        StackKind.Int64 => new Constant(0L, type),
        StackKind.Float32 => new Constant(0f, type),
        StackKind.Float64 => new Constant(0d, type),
        StackKind.Reference => new Constant(null, type),
        _ => new Constant(Constant.Zero, type),
    };
}
