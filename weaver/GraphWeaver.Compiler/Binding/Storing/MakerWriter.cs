using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>
/// Writes the body of a method that makes a graph of parts: each object in a local of its own, in an order where everything is there when it
/// is needed; structures are put together in place. Nothing made is kept, so every call gives objects of its own.
/// </summary>
internal sealed class MakerWriter(MethodDefinition maker, StoredTypes types, StoringLibrary library, FieldAccess fields, Blobs blobs)
{
    private readonly ModuleDefinition module = maker.Module;
    private readonly ILProcessor il = maker.Body.GetILProcessor();
    private readonly Dictionary<StoredPart, VariableDefinition> locals = [];
    private readonly Dictionary<(string Type, int Depth), VariableDefinition> temporaries = [];
    private int depth;

    /// <summary>Makes the graph and returns the only root, or all of them in an <c>object[]</c>.</summary>
    public void Write(IReadOnlyList<StoredPart> roots, IReadOnlyList<TypeReference> places, IReadOnlyList<MakingOrder.Step> order)
    {
        maker.Body.InitLocals = true;
        foreach (var step in order)
        {
            if (step.IsFilling)
            {
                Fill(step.Part);
            }
            else if (!IsTakenOut(step.Part))
            {
                Make(step.Part);
            }
        }

        if (roots.Count == 1)
        {
            PushRoot(roots[0], places[0]);
        }
        else
        {
            il.Emit(OpCodes.Ldc_I4, roots.Count);
            il.Emit(OpCodes.Newarr, module.TypeSystem.Object);
            for (var i = 0; i < roots.Count; i++)
            {
                il.Emit(OpCodes.Dup);
                il.Emit(OpCodes.Ldc_I4, i);
                Push(roots[i]);
                il.Emit(OpCodes.Stelem_Ref);
            }
        }

        il.Emit(OpCodes.Ret);

        // A box that holds no object is no other's part, so nobody asks for it.
        bool IsTakenOut(StoredPart part) => order.Count == 1 && roots.Count == 1 && part == roots[0] && part.Kind == StoredKind.Box && places[0].IsValueType;
    }

    /// <summary>A root is described as a reference; a place of a structure's type takes it out of its box.</summary>
    private void PushRoot(StoredPart root, TypeReference place)
    {
        if (!place.IsValueType)
        {
            Push(root);
        }
        else if (place is GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable)
        {
            if (root.Kind == StoredKind.Null)
            {
                PushZero(place);
            }
            else
            {
                Push(root.Parts[0]);
                il.Emit(OpCodes.Call, library.Close("NewNullable", [nullable.GenericArguments[0]]));
            }
        }
        else
        {
            Push(root.Parts[0]);
        }
    }

    private void Make(StoredPart part)
    {
        switch (part.Kind)
        {
            case StoredKind.Made:
                part.Parts.ToList().ForEach(Push);
                var create = library.Close(part.Create!, Arguments(part));
                il.Emit(OpCodes.Call, create);
                Keep(part, StoringLibrary.ResultOf(create));
                break;
            case StoredKind.Box:
                Push(part.Parts[0]);
                il.Emit(OpCodes.Box, types.Find(part.Type!));
                Keep(part, module.TypeSystem.Object);
                break;
            case StoredKind.Object:
                PushType(types.Find(part.Type!)!);
                il.Emit(OpCodes.Call, Framework("System.Runtime.CompilerServices.RuntimeHelpers", "GetUninitializedObject", module.TypeSystem.Object, SystemType()));
                il.Emit(OpCodes.Castclass, types.Find(part.Type!));
                Keep(part, types.Find(part.Type!)!);
                break;
            default:
                var array = (ArrayType)types.Find(part.Type!)!;
                NewArray(array, part.Lengths);
                if (part.Bytes.Any(value => value != 0))
                {
                    il.Emit(OpCodes.Dup);
                    il.Emit(OpCodes.Ldtoken, blobs.Field(part.Bytes));
                    il.Emit(OpCodes.Call, Framework("System.Runtime.CompilerServices.RuntimeHelpers", "InitializeArray", module.TypeSystem.Void, Type("System.Array"), Type("System.RuntimeFieldHandle")));
                }

                Keep(part, array);
                break;
        }
    }

    private void Fill(StoredPart part)
    {
        switch (part.Kind)
        {
            case StoredKind.Made:
                Push(part);
                part.FillParts.ToList().ForEach(Push);
                il.Emit(OpCodes.Call, library.Close(part.Fill!, Arguments(part)));
                break;
            case StoredKind.Object:
                SetFields(part, () => Push(part));
                break;
            case StoredKind.Array:
                FillArray(part, (ArrayType)types.Find(part.Type!)!);
                break;
        }
    }

    private void FillArray(StoredPart part, ArrayType array)
    {
        for (var i = 0; i < part.Parts.Count; i++)
        {
            if (part.Parts[i].Kind is StoredKind.Null or StoredKind.Zero)
            {
                continue;
            }

            Push(part);
            if (array.IsVector)
            {
                il.Emit(OpCodes.Ldc_I4, i);
                Push(part.Parts[i]);
                il.Emit(OpCodes.Stelem_Any, array.ElementType);
                continue;
            }

            Position(i, part.Lengths).ForEach(index => il.Emit(OpCodes.Ldc_I4, index));
            Push(part.Parts[i]);
            var set = new MethodReference("Set", module.TypeSystem.Void, array) { HasThis = true };
            part.Lengths.ToList().ForEach(_ => set.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32)));
            set.Parameters.Add(new ParameterDefinition(array.ElementType));
            il.Emit(OpCodes.Call, set);
        }
    }

    private static List<int> Position(int index, IReadOnlyList<int> lengths)
    {
        var position = new int[lengths.Count];
        for (var dimension = lengths.Count - 1; dimension >= 0; dimension--)
        {
            position[dimension] = index % lengths[dimension];
            index /= lengths[dimension];
        }

        return [.. position];
    }

    private void NewArray(ArrayType array, IReadOnlyList<int> lengths)
    {
        lengths.ToList().ForEach(length => il.Emit(OpCodes.Ldc_I4, length));
        if (array.IsVector)
        {
            il.Emit(OpCodes.Newarr, array.ElementType);
            return;
        }

        var constructor = new MethodReference(".ctor", module.TypeSystem.Void, array) { HasThis = true };
        lengths.ToList().ForEach(_ => constructor.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32)));
        il.Emit(OpCodes.Newobj, constructor);
    }

    private void SetFields(StoredPart part, Action pushOwner)
    {
        for (var i = 0; i < part.Parts.Count; i++)
        {
            if (part.Parts[i].Kind is StoredKind.Null or StoredKind.Zero)
            {
                continue;
            }

            pushOwner();
            if (part.Fields[i].IsWritable)
            {
                Push(part.Parts[i]);
                il.Emit(OpCodes.Stfld, fields.Field(part.Fields[i]));
            }
            else
            {
                il.Emit(OpCodes.Call, fields.Accessor(part.Fields[i], maker.DeclaringType));
                Push(part.Parts[i]);
                il.Emit(OpCodes.Stobj, fields.ClosedType(part.Fields[i]));
            }
        }
    }

    /// <summary>Puts a value on the stack: an object that has been made, or a copy of a value.</summary>
    private void Push(StoredPart part)
    {
        switch (part.Kind)
        {
            case StoredKind.Null:
                il.Emit(OpCodes.Ldnull);
                break;
            case StoredKind.Scalar:
                PushScalar(part);
                break;
            case StoredKind.String:
                il.Emit(OpCodes.Ldstr, part.Text);
                break;
            case StoredKind.Type:
                PushType(types.Find(part.Type!)!);
                break;
            case StoredKind.Zero:
                PushZero(types.Find(part.Type!)!);
                break;
            case StoredKind.Structure:
                PushStructure(part);
                break;
            case StoredKind.MadeStructure:
                part.Parts.ToList().ForEach(Push);
                il.Emit(OpCodes.Call, library.Close(part.Create!, Arguments(part)));
                break;
            default:
                il.Emit(OpCodes.Ldloc, locals[part]);
                break;
        }
    }

    private void PushStructure(StoredPart part)
    {
        depth++;
        var local = Temporary(types.Find(part.Type!)!);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Initobj, local.VariableType);
        SetFields(part, () => il.Emit(OpCodes.Ldloca, local));
        il.Emit(OpCodes.Ldloc, local);
        depth--;
    }

    private void PushZero(TypeReference type)
    {
        depth++;
        var local = Temporary(type);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Initobj, type);
        il.Emit(OpCodes.Ldloc, local);
        depth--;
    }

    private void PushScalar(StoredPart part)
    {
        switch (part.ElementKind)
        {
            case ValueKind.Int64 or ValueKind.UInt64:
                il.Emit(OpCodes.Ldc_I8, part.Bits);
                break;
            case ValueKind.Double:
                il.Emit(OpCodes.Ldc_R8, BitConverter.Int64BitsToDouble(part.Bits));
                break;
            case ValueKind.Single:
                PushSingle(unchecked((int)part.Bits));
                break;
            case ValueKind.IntPtr or ValueKind.UIntPtr:
                il.Emit(OpCodes.Ldc_I4, unchecked((int)part.Bits));
                il.Emit(part.ElementKind == ValueKind.IntPtr ? OpCodes.Conv_I : OpCodes.Conv_U);
                break;
            case ValueKind.SByte:
                il.Emit(OpCodes.Ldc_I4, (int)unchecked((sbyte)part.Bits));
                break;
            case ValueKind.Int16:
                il.Emit(OpCodes.Ldc_I4, unchecked((short)part.Bits));
                break;
            default:
                il.Emit(OpCodes.Ldc_I4, unchecked((int)part.Bits));
                break;
        }
    }

    /// <summary>A literal cannot be trusted to keep the bits of a signalling NaN.</summary>
    private void PushSingle(int bits)
    {
        var value = BitConverter.ToSingle(BitConverter.GetBytes(bits), 0);
        if (!float.IsNaN(value))
        {
            il.Emit(OpCodes.Ldc_R4, value);
            return;
        }

        il.Emit(OpCodes.Ldc_I4, bits);
        il.Emit(OpCodes.Call, Framework("System.BitConverter", "Int32BitsToSingle", module.TypeSystem.Single, module.TypeSystem.Int32));
    }

    private void PushType(TypeReference type)
    {
        il.Emit(OpCodes.Ldtoken, type);
        il.Emit(OpCodes.Call, Framework("System.Type", "GetTypeFromHandle", SystemType(), Type("System.RuntimeTypeHandle")));
    }

    private TypeReference[] Arguments(StoredPart part) => [.. part.Arguments.Select(argument => types.Find(argument)!)];

    private void Keep(StoredPart part, TypeReference type)
    {
        var local = new VariableDefinition(type);
        maker.Body.Variables.Add(local);
        il.Emit(OpCodes.Stloc, local);
        locals[part] = local;
    }

    private VariableDefinition Temporary(TypeReference type)
    {
        if (!temporaries.TryGetValue((type.FullName, depth), out var local))
        {
            temporaries[(type.FullName, depth)] = local = new VariableDefinition(type);
            maker.Body.Variables.Add(local);
        }

        return local;
    }

    private TypeReference SystemType() => Type("System.Type");

    private TypeReference Type(string fullName) => IR.Text.ModuleTypes.Of(module).Find(fullName)!;

    private MethodReference Framework(string type, string name, TypeReference result, params TypeReference[] parameters)
    {
        var method = new MethodReference(name, result, Type(type));
        parameters.ToList().ForEach(parameter => method.Parameters.Add(new ParameterDefinition(parameter)));
        return method;
    }
}
