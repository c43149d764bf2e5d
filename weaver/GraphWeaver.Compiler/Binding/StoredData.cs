using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Build-time arrays and tensors, stored as data of the assembly. Each gets one method that makes a fresh copy: an object the program could
/// change is new on every call, as it was unwoven. Equal data is stored once.
/// </summary>
internal sealed class StoredData(ModuleDefinition module)
{
    private readonly Dictionary<string, FieldDefinition> blobs = [];
    private readonly Dictionary<string, MethodDefinition> makers = [];
    private TypeDefinition? container;

    /// <summary>
    /// Vectors and dense tensors of primitives. Not empty ones, which the framework shares between callers; not elements of an enum, whose
    /// arrays say so when asked.
    /// </summary>
    public bool CanStore(BuildValue? value) => value switch
    {
        { Kind: ValueKind.Array } => value.Bytes.Length > 0 && value.Lengths.Count == 1 && ElementType(value) is { } element && element.FullName == value.Type!.FullName,
        { Kind: ValueKind.Tensor, IsDense: true } => value.Bytes.Length > 0 && ElementType(value) is not null,
        _ => false,
    };

    /// <summary>An instruction that makes a fresh copy of the value where <paramref name="original"/> made it.</summary>
    public Instruction Load(BuildValue value, Instruction original)
    {
        var type = original.Type is { } declared && (declared.IsArray || declared is GenericInstanceType) ? declared : module.TypeSystem.Object;
        var key = $"{value.Kind} {value.ElementKind} {type.FullName} {string.Join(",", value.Lengths)} {Convert.ToBase64String(value.Bytes)}";
        if (!makers.TryGetValue(key, out var maker))
        {
            makers[key] = maker = AddMaker(value, type);
        }

        return new Instruction(Code.Call, maker, type, []) { Location = original.Location, Offset = original.Offset };
    }

    private MethodDefinition AddMaker(BuildValue value, TypeReference type)
    {
        container ??= GeneratedTypes.AddStaticClass(module, "Data");
        var element = ElementType(value)!;
        var array = new ArrayType(element);
        var maker = new MethodDefinition($"Make{makers.Count}", MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, type);
        var il = maker.Body.GetILProcessor();
        il.Emit(OpCodes.Ldc_I4, checked((int)value.Lengths.Aggregate(1L, (product, length) => product * length)));
        il.Emit(OpCodes.Newarr, element);
        if (value.Bytes.Length > 0)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldtoken, Blob(value.Bytes));
            il.Emit(OpCodes.Call, InitializeArray());
        }

        if (value.Kind == ValueKind.Tensor)
        {
            EmitLengths(il, value.Lengths);
            il.Emit(OpCodes.Call, CreateTensor(element));
        }

        il.Emit(OpCodes.Ret);
        container.Methods.Add(maker);
        return maker;
    }

    private void EmitLengths(ILProcessor il, IReadOnlyList<long> lengths)
    {
        il.Emit(OpCodes.Ldc_I4, lengths.Count);
        il.Emit(OpCodes.Newarr, module.TypeSystem.IntPtr);
        for (var i = 0; i < lengths.Count; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldc_I8, lengths[i]);
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Stelem_I);
        }

        var span = new GenericInstanceType(new TypeReference("System", "ReadOnlySpan`1", module, module.TypeSystem.CoreLibrary, valueType: true));
        span.ElementType.GenericParameters.Add(new GenericParameter("T", span.ElementType));
        span.GenericArguments.Add(module.TypeSystem.IntPtr);
        var conversion = new MethodReference("op_Implicit", OpenSpan(span.ElementType), span);
        conversion.Parameters.Add(new ParameterDefinition(new ArrayType(span.ElementType.GenericParameters[0])));
        il.Emit(OpCodes.Call, conversion);
    }

    private static GenericInstanceType OpenSpan(TypeReference span)
    {
        var open = new GenericInstanceType(span);
        open.GenericArguments.Add(span.GenericParameters[0]);
        return open;
    }

    /// <summary><c>Tensor.Create&lt;T&gt;(T[], ReadOnlySpan&lt;nint&gt;)</c>: the tensor takes the fresh array as its memory.</summary>
    private GenericInstanceMethod CreateTensor(TypeReference element)
    {
        var library = module.AssemblyReferences.First(reference => reference.Name == "System.Numerics.Tensors");
        var factory = new TypeReference("System.Numerics.Tensors", "Tensor", module, library);
        var tensor = new TypeReference("System.Numerics.Tensors", "Tensor`1", module, library);
        tensor.GenericParameters.Add(new GenericParameter("T", tensor));
        var create = new MethodReference("Create", module.TypeSystem.Void, factory);
        var parameter = new GenericParameter("T", create);
        create.GenericParameters.Add(parameter);
        var result = new GenericInstanceType(tensor);
        result.GenericArguments.Add(parameter);
        create.ReturnType = result;
        create.Parameters.Add(new ParameterDefinition(new ArrayType(parameter)));
        var lengths = new GenericInstanceType(new TypeReference("System", "ReadOnlySpan`1", module, module.TypeSystem.CoreLibrary, valueType: true));
        lengths.GenericArguments.Add(module.TypeSystem.IntPtr);
        create.Parameters.Add(new ParameterDefinition(lengths));
        var closed = new GenericInstanceMethod(create);
        closed.GenericArguments.Add(element);
        return closed;
    }

    private MethodReference InitializeArray()
    {
        var helpers = new TypeReference("System.Runtime.CompilerServices", "RuntimeHelpers", module, module.TypeSystem.CoreLibrary);
        var method = new MethodReference("InitializeArray", module.TypeSystem.Void, helpers);
        method.Parameters.Add(new ParameterDefinition(new TypeReference("System", "Array", module, module.TypeSystem.CoreLibrary)));
        method.Parameters.Add(new ParameterDefinition(new TypeReference("System", "RuntimeFieldHandle", module, module.TypeSystem.CoreLibrary, valueType: true)));
        return method;
    }

    private FieldDefinition Blob(byte[] bytes)
    {
        var key = Convert.ToBase64String(bytes);
        if (!blobs.TryGetValue(key, out var field))
        {
            field = new FieldDefinition($"Blob{blobs.Count}", FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly | FieldAttributes.HasFieldRVA, BlobType(bytes.Length))
            {
                InitialValue = bytes,
            };
            container!.Fields.Add(field);
            blobs[key] = field;
        }

        return field;
    }

    private TypeDefinition BlobType(int size)
    {
        var name = $"Bytes{size}";
        if (container!.NestedTypes.FirstOrDefault(type => type.Name == name) is { } known)
        {
            return known;
        }

        var valueType = new TypeReference("System", "ValueType", module, module.TypeSystem.CoreLibrary);
        var type = new TypeDefinition("", name, TypeAttributes.NestedAssembly | TypeAttributes.ExplicitLayout | TypeAttributes.Sealed | TypeAttributes.AnsiClass, valueType)
        {
            PackingSize = 1,
            ClassSize = size,
        };
        container.NestedTypes.Add(type);
        return type;
    }

    private TypeReference? ElementType(BuildValue value) => value.ElementKind switch
    {
        ValueKind.Boolean => module.TypeSystem.Boolean,
        ValueKind.Char => module.TypeSystem.Char,
        ValueKind.SByte => module.TypeSystem.SByte,
        ValueKind.Byte => module.TypeSystem.Byte,
        ValueKind.Int16 => module.TypeSystem.Int16,
        ValueKind.UInt16 => module.TypeSystem.UInt16,
        ValueKind.Int32 => module.TypeSystem.Int32,
        ValueKind.UInt32 => module.TypeSystem.UInt32,
        ValueKind.Int64 => module.TypeSystem.Int64,
        ValueKind.UInt64 => module.TypeSystem.UInt64,
        ValueKind.Single => module.TypeSystem.Single,
        ValueKind.Double => module.TypeSystem.Double,
        _ => null,
    };
}
