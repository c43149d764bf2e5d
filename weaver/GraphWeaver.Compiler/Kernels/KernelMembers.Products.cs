using GraphWeaver.Compiler.Operators;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>References to the products a kernel makes itself, and to what is asked of them.</summary>
internal sealed partial class KernelMembers
{
    /// <summary><c>ReadOnlySpan&lt;nint&gt; KernelProducts.Shape(ref KernelLayout)</c>.</summary>
    public MethodReference ProductShape => Plain(Products, "Shape", references.ReadOnlySpan(references.IntPtr), new ByReferenceType(Layout));

    /// <summary><c>nint KernelProducts.Length(ref KernelLayout)</c>.</summary>
    public MethodReference ProductLength => Plain(Products, "Length", references.IntPtr, new ByReferenceType(Layout));

    /// <summary><c>nint KernelProducts.Lowest(ref KernelAccess)</c>.</summary>
    public MethodReference Lowest => Plain(Products, "Lowest", references.IntPtr, new ByReferenceType(Access));

    /// <summary><c>nint KernelProducts.Highest(ref KernelAccess)</c>.</summary>
    public MethodReference Highest => Plain(Products, "Highest", references.IntPtr, new ByReferenceType(Access));

    private TypeReference Products => references.Support("KernelProducts");

    /// <summary><c>MemberProduct&lt;T&gt;</c>, the structure that holds the arguments of a product.</summary>
    public GenericInstanceType ProductType(KernelInput product) =>
        references.Generic(references.Support(product.Product!.Members[0] + "Product`1", isValueType: true), references.Element(product.Type));

    /// <summary>The constructor of that structure.</summary>
    public MethodReference MakeProduct(KernelInput product)
    {
        GenericInstanceType type = ProductType(product);
        var constructor = new MethodReference(".ctor", references.Void, type) { HasThis = true };
        AddParameters(constructor, Arguments(product.Product!, type.ElementType.GenericParameters[0]));
        return constructor;
    }

    /// <summary>The types of the parameters of a product.</summary>
    public TypeReference[] Arguments(OperatorRow product, TypeReference element) => Enumerable.Range(0, product.OperandCount)
        .Select(position => product.IsNumber(position) ? references.Int32 : references.Tensor(element)).ToArray();

    /// <summary><c>bool KernelProducts.TryGetLayout&lt;T, TProduct&gt;(ref TProduct, out KernelLayout)</c>.</summary>
    public MethodReference TryGetProductLayout(KernelInput product) => OfProduct("TryGetLayout", product, [],
        arguments => (references.Boolean, [new ByReferenceType(arguments[1]), new ByReferenceType(Layout)]));

    /// <summary><c>bool KernelProducts.HasShape&lt;T, TProduct&gt;(ref TProduct, ReadOnlySpan&lt;nint&gt;)</c>.</summary>
    public MethodReference HasProductShape(KernelInput product) => OfProduct("HasShape", product, [],
        arguments => (references.Boolean, [new ByReferenceType(arguments[1]), references.ReadOnlySpan(references.IntPtr)]));

    /// <summary><c>bool KernelProducts.IsApart&lt;T, TProduct, TOther&gt;(ref TProduct, ref TOther, nint lowest, nint highest)</c>.</summary>
    public MethodReference IsApart(KernelInput product, TypeReference other) => OfProduct("IsApart", product, [other],
        arguments => (references.Boolean, [new ByReferenceType(arguments[1]), new ByReferenceType(arguments[2]), references.IntPtr, references.IntPtr]));

    /// <summary><c>void KernelProducts.Compute&lt;T, TProduct&gt;(ref TProduct, Tensor&lt;T&gt;)</c>.</summary>
    public MethodReference ComputeProduct(KernelInput product) => OfProduct("Compute", product, [],
        arguments => (references.Void, [new ByReferenceType(arguments[1]), references.Tensor(arguments[0])]));

    /// <summary><c>bool KernelProducts.Run&lt;T, TProduct, TKernel&gt;(ref TProduct, Tensor&lt;T&gt;, ref TKernel, int)</c>.</summary>
    public MethodReference RunProduct(KernelInput product, TypeReference kernel) => OfProduct("Run", product, [kernel],
        arguments => (references.Boolean,
            [new ByReferenceType(arguments[1]), references.Tensor(arguments[0]), new ByReferenceType(arguments[2]), references.Int32]));

    /// <summary><c>Tensor&lt;T&gt; KernelProducts.PooledMember&lt;T&gt;(arguments)</c>.</summary>
    public MethodReference PooledProduct(OperatorRow product, TypeReference element) => Generic(Products, "Pooled" + product.Members[0], [element],
        arguments => (references.Tensor(arguments[0]), Arguments(product, arguments[0])));

    private MethodReference OfProduct(string name, KernelInput product, TypeReference[] others, Signature signature) =>
        Generic(Products, name, [references.Element(product.Type), ProductType(product), .. others], signature);
}
