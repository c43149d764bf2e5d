using GraphWeaver.Compiler.Operators;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Builds references by name to what generated code uses, scoped to the assemblies a user's module is compiled against (reference
/// assemblies, never System.Private.CoreLib). An assembly reference the module lacks is added; one it has is used with the version it
/// has.
/// </summary>
internal sealed class RuntimeReferences(ModuleDefinition module)
{
    private const string FrameworkToken = "b03f5f7f11d50a3a";
    private const string OpenToken = "cc7b13ffcd2ddd51";

    private readonly Dictionary<string, TypeReference> types = new(StringComparer.Ordinal);

    public TypeReference Void => module.TypeSystem.Void;

    public TypeReference Boolean => module.TypeSystem.Boolean;

    public TypeReference Int32 => module.TypeSystem.Int32;

    public TypeReference Object => module.TypeSystem.Object;

    public TypeReference IntPtr => module.TypeSystem.IntPtr;

    public TypeReference ValueType => Type("System.Runtime", FrameworkToken, "System", "ValueType", isValueType: false);

    /// <summary>The static class of vector operations of a width in bits.</summary>
    public TypeReference VectorOperations(int width) =>
        Type("System.Runtime.Intrinsics", OpenToken, "System.Runtime.Intrinsics", "Vector" + width, isValueType: false);

    public TypeReference Vector(int width, TypeReference element) =>
        Generic(Type("System.Runtime.Intrinsics", OpenToken, "System.Runtime.Intrinsics", $"Vector{width}`1", isValueType: true), element);

    public TypeReference TensorPrimitives =>
        Type("System.Numerics.Tensors", OpenToken, "System.Numerics.Tensors", "TensorPrimitives", isValueType: false);

    public TypeReference Tensor(TypeReference element) =>
        Generic(Type("System.Numerics.Tensors", OpenToken, "System.Numerics.Tensors", "Tensor`1", isValueType: false), element);

    public TypeReference TensorSpan(TypeReference element) =>
        Generic(Type("System.Numerics.Tensors", OpenToken, "System.Numerics.Tensors", "TensorSpan`1", isValueType: true), element);

    public TypeReference ReadOnlyTensorSpan(TypeReference element) =>
        Generic(Type("System.Numerics.Tensors", OpenToken, "System.Numerics.Tensors", "ReadOnlyTensorSpan`1", isValueType: true), element);

    /// <summary>The range of a tensor's dimension.</summary>
    public TypeReference Range => Type("System.Numerics.Tensors", OpenToken, "System.Buffers", "NRange", isValueType: true);

    /// <summary>The constructor of the attribute that makes a structure a <c>ref struct</c>.</summary>
    public MethodReference MakesByRefLike => new(
        ".ctor", Void, Type("System.Runtime", FrameworkToken, "System.Runtime.CompilerServices", "IsByRefLikeAttribute", isValueType: false)) { HasThis = true };

    public TypeReference Span(TypeReference element) =>
        Generic(Type("System.Runtime", FrameworkToken, "System", "Span`1", isValueType: true), element);

    public TypeReference ReadOnlySpan(TypeReference element) =>
        Generic(Type("System.Runtime", FrameworkToken, "System", "ReadOnlySpan`1", isValueType: true), element);

    public TypeReference Partials(TypeReference element) => Generic(Support("KernelPartials`1", isValueType: true), element);

    /// <summary>A type of <c>GraphWeaver.Kernels</c>.</summary>
    public TypeReference Support(string name, bool isValueType = false) =>
        Type(OperatorTable.RuntimeAssembly, null, "GraphWeaver.Kernels", name, isValueType);

    /// <summary>A type of <c>GraphWeaver.ILGPU.Kernels</c>.</summary>
    public TypeReference Device(string name, bool isValueType = false) =>
        Type(Devices.DeviceTarget.Assembly, null, "GraphWeaver.ILGPU.Kernels", name, isValueType);

    /// <summary>A type of <c>GraphWeaver.ILGPU.Kernels.Products</c>.</summary>
    public TypeReference DeviceProduct(string name) =>
        Type(Devices.DeviceTarget.Assembly, null, "GraphWeaver.ILGPU.Kernels.Products", name, isValueType: false);

    /// <summary>The framework type of an element.</summary>
    public TypeReference Element(ElementType type) => type switch
    {
        ElementType.Single => module.TypeSystem.Single,
        ElementType.Double => module.TypeSystem.Double,
        ElementType.Half => Type("System.Runtime", FrameworkToken, "System", "Half", isValueType: true),
        ElementType.SByte => module.TypeSystem.SByte,
        ElementType.Byte => module.TypeSystem.Byte,
        ElementType.Int16 => module.TypeSystem.Int16,
        ElementType.UInt16 => module.TypeSystem.UInt16,
        ElementType.Int32 => module.TypeSystem.Int32,
        ElementType.UInt32 => module.TypeSystem.UInt32,
        ElementType.Int64 => module.TypeSystem.Int64,
        ElementType.UInt64 => module.TypeSystem.UInt64,
        ElementType.NativeInteger => module.TypeSystem.IntPtr,
        _ => module.TypeSystem.Boolean,
    };

    /// <summary>The conversion <c>(Half)float</c>: IL has no constants of type Half.</summary>
    public MethodReference HalfFromSingle => new("op_Explicit", Element(ElementType.Half), Element(ElementType.Half))
    {
        Parameters = { new ParameterDefinition(module.TypeSystem.Single) },
    };

    public GenericInstanceType Generic(TypeReference type, TypeReference argument) => new(type) { GenericArguments = { argument } };

    private TypeReference Type(string assembly, string? token, string @namespace, string name, bool isValueType)
    {
        if (!types.TryGetValue(name, out TypeReference? type))
        {
            type = new TypeReference(@namespace, name, module, Scope(assembly, token), isValueType);
            if (name.EndsWith("`1", StringComparison.Ordinal))
            {
                type.GenericParameters.Add(new GenericParameter("T", type));
            }

            types.Add(name, type);
        }

        return type;
    }

    private AssemblyNameReference Scope(string assembly, string? token)
    {
        AssemblyNameReference? reference = module.AssemblyReferences.FirstOrDefault(candidate => candidate.Name == assembly);
        if (reference is null)
        {
            reference = new AssemblyNameReference(assembly, token is null ? new Version(0, 0, 0, 0) : FrameworkVersion());
            if (token is not null)
            {
                reference.PublicKeyToken = Enumerable.Range(0, 8).Select(index =>
                    Convert.ToByte(token.Substring(index * 2, 2), 16)).ToArray();
            }

            module.AssemblyReferences.Add(reference);
        }

        return reference;
    }

    private Version FrameworkVersion() =>
        module.AssemblyReferences.FirstOrDefault(reference => reference.Name == "System.Runtime")?.Version ?? new Version(10, 0, 0, 0);
}
