using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>The type an IL operation leaves on the evaluation stack (ECMA-335 III).</summary>
internal sealed class ResultTypes(ModuleDefinition module)
{
    /// <summary>The result type, or null when the operation leaves nothing.</summary>
    public TypeReference? Of(Code code, object? operand, IReadOnlyList<Value> inputs)
    {
        var types = module.TypeSystem;
        switch (code)
        {
            case Code.Call or Code.Callvirt:
                var returnType = Signatures.ReturnType((MethodReference)operand!);
                return StackTypes.IsVoid(returnType) ? null : returnType;
            case Code.Newobj:
                return ((MethodReference)operand!).DeclaringType;
            case Code.Calli:
                return StackTypes.IsVoid(((CallSite)operand!).ReturnType) ? null : ((CallSite)operand).ReturnType;
            case Code.Add or Code.Sub or Code.Mul or Code.Div or Code.Div_Un or Code.Rem or Code.Rem_Un or Code.And or Code.Or or Code.Xor
                or Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un or Code.Mul_Ovf or Code.Mul_Ovf_Un:
                return Arithmetic(code, inputs[0].Type!, inputs[1].Type!);
            case Code.Shl or Code.Shr or Code.Shr_Un or Code.Neg or Code.Not:
                return StackTypes.LocalType(inputs[0].Type!, module);
            case Code.Ckfinite:
                return inputs[0].Type;
            case Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un:
                return types.Boolean;
            case Code.Conv_I1 or Code.Conv_Ovf_I1 or Code.Conv_Ovf_I1_Un or Code.Ldind_I1 or Code.Ldelem_I1:
                return types.SByte;
            case Code.Conv_U1 or Code.Conv_Ovf_U1 or Code.Conv_Ovf_U1_Un or Code.Ldind_U1 or Code.Ldelem_U1:
                return types.Byte;
            case Code.Conv_I2 or Code.Conv_Ovf_I2 or Code.Conv_Ovf_I2_Un or Code.Ldind_I2 or Code.Ldelem_I2:
                return types.Int16;
            case Code.Conv_U2 or Code.Conv_Ovf_U2 or Code.Conv_Ovf_U2_Un or Code.Ldind_U2 or Code.Ldelem_U2:
                return types.UInt16;
            case Code.Conv_I4 or Code.Conv_Ovf_I4 or Code.Conv_Ovf_I4_Un or Code.Ldind_I4 or Code.Ldelem_I4:
                return types.Int32;
            case Code.Conv_U4 or Code.Conv_Ovf_U4 or Code.Conv_Ovf_U4_Un or Code.Ldind_U4 or Code.Ldelem_U4 or Code.Sizeof:
                return types.UInt32;
            case Code.Conv_I8 or Code.Conv_Ovf_I8 or Code.Conv_Ovf_I8_Un or Code.Ldind_I8 or Code.Ldelem_I8:
                return types.Int64;
            case Code.Conv_U8 or Code.Conv_Ovf_U8 or Code.Conv_Ovf_U8_Un:
                return types.UInt64;
            case Code.Conv_I or Code.Conv_Ovf_I or Code.Conv_Ovf_I_Un or Code.Ldind_I or Code.Ldelem_I or Code.Ldftn or Code.Ldvirtftn:
                return types.IntPtr;
            case Code.Conv_U or Code.Conv_Ovf_U or Code.Conv_Ovf_U_Un or Code.Ldlen:
                return types.UIntPtr;
            case Code.Localloc:
                return types.IntPtr;
            case Code.Conv_R4 or Code.Ldind_R4 or Code.Ldelem_R4:
                return types.Single;
            case Code.Conv_R8 or Code.Conv_R_Un or Code.Ldind_R8 or Code.Ldelem_R8:
                return types.Double;
            case Code.Ldind_Ref:
                return inputs[0].Type is ByReferenceType { ElementType: var element } && StackTypes.KindOf(element) == StackKind.Reference
                    ? element
                    : types.Object;
            case Code.Ldelem_Ref:
                return inputs[0].Type is ArrayType { ElementType: var item } && StackTypes.KindOf(item) == StackKind.Reference ? item : types.Object;
            case Code.Ldobj or Code.Ldelem_Any or Code.Unbox_Any or Code.Castclass:
                return (TypeReference)operand!;
            case Code.Isinst:
                // A value type tested by isinst leaves its box.
                return StackTypes.KindOf((TypeReference)operand!) == StackKind.Reference ? (TypeReference)operand! : types.Object;
            case Code.Box:
                return types.Object;
            case Code.Unbox or Code.Ldelema or Code.Refanyval:
                return new ByReferenceType((TypeReference)operand!);
            case Code.Ldfld or Code.Ldsfld:
                return Signatures.FieldType((FieldReference)operand!);
            case Code.Ldflda:
                var field = Signatures.FieldType((FieldReference)operand!);
                return inputs[0].Type is { } owner && StackTypes.KindOf(owner) == StackKind.NativeInt ? new PointerType(field) : new ByReferenceType(field);
            case Code.Ldsflda:
                return new ByReferenceType(Signatures.FieldType((FieldReference)operand!));
            case Code.Newarr:
                return new ArrayType((TypeReference)operand!);
            case Code.Ldtoken:
                return CoreType(operand is TypeReference ? "RuntimeTypeHandle" : operand is FieldReference ? "RuntimeFieldHandle" : "RuntimeMethodHandle");
            case Code.Mkrefany:
                return CoreType("TypedReference");
            case Code.Refanytype:
                return CoreType("RuntimeTypeHandle");
            case Code.Arglist:
                return CoreType("RuntimeArgumentHandle");
            default:
                return null;
        }
    }

    private TypeReference CoreType(string name) => new(nameof(System), name, module, module.TypeSystem.CoreLibrary, valueType: true);

    private TypeReference Arithmetic(Code code, TypeReference left, TypeReference right)
    {
        var types = module.TypeSystem;
        var (leftKind, rightKind) = (StackTypes.KindOf(left), StackTypes.KindOf(right));
        if (leftKind == StackKind.ByReference || rightKind == StackKind.ByReference)
        {
            return leftKind == rightKind ? types.IntPtr : leftKind == StackKind.ByReference ? left : right;
        }

        if (leftKind == StackKind.NativeInt || rightKind == StackKind.NativeInt)
        {
            return leftKind != StackKind.NativeInt ? right : left.IsPointer || rightKind != StackKind.NativeInt ? left : right.IsPointer ? right : left;
        }

        if (leftKind == StackKind.Float64 || rightKind == StackKind.Float64)
        {
            return types.Double;
        }

        // Two booleans give a boolean under and, or, xor: branches on them then read as the source does.
        return code is Code.And or Code.Or or Code.Xor && left.MetadataType == MetadataType.Boolean && right.MetadataType == MetadataType.Boolean
            ? left
            : StackTypes.LocalType(left, module);
    }
}
