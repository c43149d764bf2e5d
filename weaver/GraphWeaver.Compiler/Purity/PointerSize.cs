using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// The size of a type whose fields are addresses or native integers is a fact of the machine; of a type parameter it is not known. All
/// other sizes are the same everywhere.
/// </summary>
internal static class PointerSize
{
    public static bool Shows(TypeReference type, IAssemblyBodies bodies) => Shows(type, bodies, []);

    /// <summary>Whether a conversion to a native integer is of a wider value, and not the index of an array, which is never that large.</summary>
    public static bool Shows(Instruction conversion, InputReader inputs) =>
        conversion.Next?.OpCode.Code is not (Code.Newarr or Code.Ldelema or (>= Code.Ldelem_I1 and <= Code.Ldelem_Ref) or Code.Ldelem_Any)
        && inputs.Operand(conversion) is { Type.FullName: "System.Int64" or "System.UInt64" } or { Literal: long };

    private static bool Shows(TypeReference type, IAssemblyBodies bodies, HashSet<string> seen)
    {
        if (!seen.Add(type.FullName) || type.IsPrimitive)
        {
            return Numerals.IsNative(type.FullName);
        }

        return type is GenericParameter || !type.IsValueType || bodies.Find(type) is not { } definition
            || definition.Fields.Where(field => !field.IsStatic).Any(field => Shows(Closing.Close(field.FieldType, type), bodies, seen));
    }
}
