using Mono.Cecil;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>
/// The members of <c>System.Numerics</c>' interfaces that are plain IL on a primitive number: what the framework's own implementation of each
/// does, and nothing where that is more than IL (saturation, the bits of floating point, checked negation). The table's types are the four
/// below; a member of any other type keeps its call.
/// </summary>
internal static class PrimitiveOperators
{
    private static readonly Dictionary<string, OpCode> Plain = new()
    {
        ["op_Addition"] = OpCodes.Add, ["op_Subtraction"] = OpCodes.Sub, ["op_Multiply"] = OpCodes.Mul,
        ["op_Division"] = OpCodes.Div, ["op_CheckedDivision"] = OpCodes.Div, ["op_Modulus"] = OpCodes.Rem,
        ["op_UnaryNegation"] = OpCodes.Neg, ["op_UnaryPlus"] = OpCodes.Nop,
        ["op_Equality"] = OpCodes.Ceq, ["op_LessThan"] = OpCodes.Clt, ["op_GreaterThan"] = OpCodes.Cgt,
    };

    private static readonly Dictionary<string, OpCode> Bits = new()
    {
        ["op_BitwiseAnd"] = OpCodes.And, ["op_BitwiseOr"] = OpCodes.Or, ["op_ExclusiveOr"] = OpCodes.Xor, ["op_OnesComplement"] = OpCodes.Not,
    };

    private static readonly Dictionary<string, OpCode> Shifts = new()
    {
        ["op_LeftShift"] = OpCodes.Shl, ["op_RightShift"] = OpCodes.Shr, ["op_UnsignedRightShift"] = OpCodes.Shr_Un,
    };

    private static readonly Dictionary<string, (OpCode Unchecked, OpCode Checked, bool IsByOne)> Checked = new()
    {
        ["op_CheckedAddition"] = (OpCodes.Add, OpCodes.Add_Ovf, false),
        ["op_CheckedSubtraction"] = (OpCodes.Sub, OpCodes.Sub_Ovf, false),
        ["op_CheckedMultiply"] = (OpCodes.Mul, OpCodes.Mul_Ovf, false),
        ["op_Increment"] = (OpCodes.Add, OpCodes.Add, true),
        ["op_Decrement"] = (OpCodes.Sub, OpCodes.Sub, true),
        ["op_CheckedIncrement"] = (OpCodes.Add, OpCodes.Add_Ovf, true),
        ["op_CheckedDecrement"] = (OpCodes.Sub, OpCodes.Sub_Ovf, true),
    };

    private static readonly Dictionary<string, double> Numbers = new()
    {
        ["get_Zero"] = 0, ["get_AdditiveIdentity"] = 0, ["get_One"] = 1, ["get_MultiplicativeIdentity"] = 1, ["get_NegativeOne"] = -1,
    };

    private static readonly Dictionary<string, (float Single, double Double)> FloatingNumbers = new()
    {
        ["get_E"] = (2.71828183f, Math.E), ["get_Pi"] = (3.14159265f, Math.PI), ["get_Tau"] = (6.283185307f, 6.283185307179586477),
        ["get_NaN"] = (float.NaN, double.NaN), ["get_Epsilon"] = (float.Epsilon, double.Epsilon), ["get_NegativeZero"] = (-0.0f, -0.0d),
        ["get_PositiveInfinity"] = (float.PositiveInfinity, double.PositiveInfinity),
        ["get_NegativeInfinity"] = (float.NegativeInfinity, double.NegativeInfinity),
        ["get_MinValue"] = (float.MinValue, double.MinValue), ["get_MaxValue"] = (float.MaxValue, double.MaxValue),
    };

    /// <summary>The instructions that do what the member does on the type, none where it does nothing; null where it is not plain IL.</summary>
    public static IReadOnlyList<IlInstruction>? Of(MethodReference member, TypeReference type)
    {
        if (member.HasThis || !IsOfNumerics(member.DeclaringType) || !IsPrimitive(type.MetadataType))
        {
            return null;
        }

        var isFloat = IsFloat(type.MetadataType);
        if (member is GenericInstanceMethod { GenericArguments: [var from] })
        {
            return Conversion(member.Name, from.MetadataType, type.MetadataType) is { } conversion ? [Make(conversion)] : null;
        }

        if (Plain.TryGetValue(member.Name, out var plain) || (!isFloat && Bits.TryGetValue(member.Name, out plain)))
        {
            return [Make(plain)];
        }

        if (Checked.TryGetValue(member.Name, out var operation))
        {
            var code = Make(isFloat ? operation.Unchecked : operation.Checked);
            return operation.IsByOne ? [Number(1, type), code] : [code];
        }

        if (!isFloat && Shifts.TryGetValue(member.Name, out var shift))
        {
            // The count is taken modulo the width, as C# does.
            return [IlInstruction.Create(OpCodes.Ldc_I4, type.MetadataType == MetadataType.Int32 ? 31 : 63), Make(OpCodes.And), Make(shift)];
        }

        // With NaN no comparison holds: "less or equal" is "not greater", where unordered counts as greater.
        return member.Name switch
        {
            "op_Inequality" => Not(OpCodes.Ceq),
            "op_LessThanOrEqual" => Not(isFloat ? OpCodes.Cgt_Un : OpCodes.Cgt),
            "op_GreaterThanOrEqual" => Not(isFloat ? OpCodes.Clt_Un : OpCodes.Clt),
            _ when Numbers.TryGetValue(member.Name, out var number) => [Number(number, type)],
            _ when isFloat && FloatingNumbers.TryGetValue(member.Name, out var numbers) =>
                [type.MetadataType == MetadataType.Single ? IlInstruction.Create(OpCodes.Ldc_R4, numbers.Single) : IlInstruction.Create(OpCodes.Ldc_R8, numbers.Double)],
            "get_MinValue" => [type.MetadataType == MetadataType.Int32 ? IlInstruction.Create(OpCodes.Ldc_I4, int.MinValue) : IlInstruction.Create(OpCodes.Ldc_I8, long.MinValue)],
            "get_MaxValue" => [type.MetadataType == MetadataType.Int32 ? IlInstruction.Create(OpCodes.Ldc_I4, int.MaxValue) : IlInstruction.Create(OpCodes.Ldc_I8, long.MaxValue)],
            _ => null,
        };
    }

    /// <summary>What <c>T.CreateChecked</c> and its kin are where they are one IL conversion.</summary>
    private static OpCode? Conversion(string name, MetadataType from, MetadataType to)
    {
        if (name is not ("CreateChecked" or "CreateSaturating" or "CreateTruncating") || !IsPrimitive(from))
        {
            return null;
        }

        return (from, to) switch
        {
            _ when from == to => OpCodes.Nop,
            (_, MetadataType.Single) => OpCodes.Conv_R4,
            (_, MetadataType.Double) => OpCodes.Conv_R8,
            (MetadataType.Int32, MetadataType.Int64) => OpCodes.Conv_I8,
            (MetadataType.Int64, MetadataType.Int32) when name == "CreateTruncating" => OpCodes.Conv_I4,
            (_, MetadataType.Int32) when name == "CreateChecked" => OpCodes.Conv_Ovf_I4,
            (_, MetadataType.Int64) when name == "CreateChecked" => OpCodes.Conv_Ovf_I8,
            _ => null,
        };
    }

    private static IReadOnlyList<IlInstruction> Not(OpCode comparison) => [Make(comparison), IlInstruction.Create(OpCodes.Ldc_I4_0), Make(OpCodes.Ceq)];

    private static IlInstruction Number(double value, TypeReference type) => type.MetadataType switch
    {
        MetadataType.Single => IlInstruction.Create(OpCodes.Ldc_R4, (float)value),
        MetadataType.Double => IlInstruction.Create(OpCodes.Ldc_R8, value),
        MetadataType.Int64 => IlInstruction.Create(OpCodes.Ldc_I8, (long)value),
        _ => IlInstruction.Create(OpCodes.Ldc_I4, (int)value),
    };

    private static IlInstruction Make(OpCode code) => IlInstruction.Create(code);

    private static bool IsPrimitive(MetadataType type) => type is MetadataType.Int32 or MetadataType.Int64 || IsFloat(type);

    private static bool IsFloat(MetadataType type) => type is MetadataType.Single or MetadataType.Double;

    private static bool IsOfNumerics(TypeReference type) => type.Namespace == "System.Numerics" && type.GetElementType().Scope is AssemblyNameReference;
}
