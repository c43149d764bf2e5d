using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>References to the members of the space a kernel runs over where its tensors are not all dense and of one shape.</summary>
internal sealed partial class KernelMembers
{
    public TypeReference Space => references.Support("KernelSpace", isValueType: true);

    public TypeReference Access => references.Support("KernelAccess", isValueType: true);

    public TypeReference Tile => references.Support("KernelTile", isValueType: true);

    public TypeReference Layout => references.Support("KernelLayout", isValueType: true);

    /// <summary><c>bool KernelSpace.Include(ref KernelLayout)</c>.</summary>
    public MethodReference Include => OfSpace("Include", references.Boolean, new ByReferenceType(Layout));

    /// <summary><c>bool KernelSpace.Close()</c>.</summary>
    public MethodReference Close => OfSpace("Close", references.Boolean);

    /// <summary><c>bool KernelSpace.HasShapeOf(ref KernelSpace)</c>.</summary>
    public MethodReference HasShapeOf => OfSpace("HasShapeOf", references.Boolean, new ByReferenceType(Space));

    /// <summary><c>bool KernelSpace.CanWrite(ref KernelLayout)</c>.</summary>
    public MethodReference CanWrite => OfSpace("CanWrite", references.Boolean, new ByReferenceType(Layout));

    /// <summary><c>bool KernelSpace.IsLast(int dimension)</c>.</summary>
    public MethodReference IsLast => OfSpace("IsLast", references.Boolean, references.Int32);

    /// <summary><c>bool KernelSpace.IsRow(ref KernelLayout)</c>.</summary>
    public MethodReference IsRow => OfSpace("IsRow", references.Boolean, new ByReferenceType(Layout));

    /// <summary><c>void KernelSpace.Reach(ref KernelLayout, out KernelAccess)</c>.</summary>
    public MethodReference Reach => OfSpace("Reach", references.Void, new ByReferenceType(Layout), new ByReferenceType(Access));

    /// <summary><c>void KernelSpace.Settle(ref KernelAccess, bool isByRow)</c>.</summary>
    public MethodReference Settle => OfSpace("Settle", references.Void, new ByReferenceType(Access), references.Boolean);

    /// <summary><c>ReadOnlySpan&lt;nint&gt; KernelSpace.Shape</c>.</summary>
    public MethodReference SpaceShape => OfSpace("get_Shape", references.ReadOnlySpan(references.IntPtr));

    /// <summary><c>nint KernelSpace.Length</c>.</summary>
    public MethodReference SpaceLength => OfSpace("get_Length", references.IntPtr);

    /// <summary><c>nint KernelSpace.RowLength</c>.</summary>
    public MethodReference RowLength => OfSpace("get_RowLength", references.IntPtr);

    /// <summary><c>bool KernelSpace.HasEvenRows</c>, or the same for <c>HasEvenColumns</c>.</summary>
    public MethodReference HasEvenRows(bool isByRow) => OfSpace(isByRow ? "get_HasEvenRows" : "get_HasEvenColumns", references.Boolean);

    /// <summary><c>nint KernelSpace.Columns</c>.</summary>
    public MethodReference Columns => OfSpace("get_Columns", references.IntPtr);

    /// <summary><c>nint KernelSpace.RowStride(ref KernelAccess)</c>.</summary>
    public MethodReference RowStride => OfSpace("RowStride", references.IntPtr, new ByReferenceType(Access));

    /// <summary><c>nint KernelSpace.RowPlace(ref KernelAccess, nint row)</c>.</summary>
    public MethodReference RowPlace => OfSpace("RowPlace", references.IntPtr, new ByReferenceType(Access), references.IntPtr);

    /// <summary><c>nint KernelSpace.Rows</c>.</summary>
    public MethodReference Rows => OfSpace("get_Rows", references.IntPtr);

    /// <summary><c>void KernelSpace.Seek(ref KernelTile, nint position)</c>.</summary>
    public MethodReference SeekTile => OfSpace("Seek", references.Void, new ByReferenceType(Tile), references.IntPtr);

    /// <summary><c>nint KernelSpace.Count(ref KernelTile, nint remaining, nint size, bool isTiled)</c>.</summary>
    public MethodReference CountTile =>
        OfSpace("Count", references.IntPtr, new ByReferenceType(Tile), references.IntPtr, references.IntPtr, references.Boolean);

    /// <summary><c>void KernelSpace.Advance(ref KernelTile, nint count, nint position)</c>.</summary>
    public MethodReference AdvanceTile => OfSpace("Advance", references.Void, new ByReferenceType(Tile), references.IntPtr, references.IntPtr);

    /// <summary><c>void* KernelRows.Rent(nint bytes)</c>.</summary>
    public MethodReference RentRows => Plain(references.Support("KernelRows"), "Rent", references.IntPtr, references.IntPtr);

    /// <summary><c>void KernelRows.Return(void*)</c>.</summary>
    public MethodReference ReturnRows => Plain(references.Support("KernelRows"), "Return", references.Void, references.IntPtr);

    /// <summary><c>bool KernelLayout.TryGet&lt;T&gt;(tensor, out KernelLayout)</c>.</summary>
    public MethodReference TryGetLayout(TypeReference element, InputKind kind) => Generic(Layout, "TryGet", [element],
        arguments => (references.Boolean, [InputType(arguments[0], kind), new ByReferenceType(Layout)]));

    public TypeReference Numbers => references.Support("KernelNumbers", isValueType: true);

    /// <summary><c>void KernelNumbers.Clear()</c>.</summary>
    public MethodReference ClearNumbers => Of(Numbers, "Clear", references.Void);

    /// <summary><c>void KernelNumbers.Add(nint)</c>.</summary>
    public MethodReference AddNumber => Of(Numbers, "Add", references.Void, references.IntPtr);

    /// <summary><c>bool KernelLayout.Name(operands)</c>: a view.</summary>
    public MethodReference OfLayout(string name, params TypeReference[] operands) => Of(Layout, name, references.Boolean, operands);

    /// <summary><c>ref T KernelSpace.Read&lt;T&gt;(ref T, ref KernelAccess, ref KernelTile, nint count, ref T buffer)</c>.</summary>
    public MethodReference ReadTile(TypeReference element) => OnSpace("Read", element, arguments => (new ByReferenceType(arguments[0]),
        [new ByReferenceType(arguments[0]), new ByReferenceType(Access), new ByReferenceType(Tile), references.IntPtr, new ByReferenceType(arguments[0])]));

    /// <summary><c>ref T KernelSpace.Target&lt;T&gt;(ref T, ref KernelAccess, ref KernelTile, ref T buffer)</c>.</summary>
    public MethodReference TargetTile(TypeReference element) => OnSpace("Target", element, arguments => (new ByReferenceType(arguments[0]),
        [new ByReferenceType(arguments[0]), new ByReferenceType(Access), new ByReferenceType(Tile), new ByReferenceType(arguments[0])]));

    /// <summary><c>void KernelSpace.Write&lt;T&gt;(ref T, ref KernelAccess, ref KernelTile, nint count, ref T elements)</c>.</summary>
    public MethodReference WriteTile(TypeReference element) => OnSpace("Write", element, arguments => (references.Void,
        [new ByReferenceType(arguments[0]), new ByReferenceType(Access), new ByReferenceType(Tile), references.IntPtr, new ByReferenceType(arguments[0])]));

    /// <summary><c>void KernelRows.Fill&lt;T&gt;(T value, ref T first, nint count)</c>.</summary>
    public MethodReference FillTile(TypeReference element) => Generic(references.Support("KernelRows"), "Fill", [element],
        arguments => (references.Void, [arguments[0], new ByReferenceType(arguments[0]), references.IntPtr]));

    /// <summary><c>T KernelRows.Name&lt;T&gt;(T reduced, nint length)</c>.</summary>
    public MethodReference FinishRow(string name, TypeReference element) => Generic(references.Support("KernelRows"), name, [element],
        arguments => (arguments[0], [arguments[0], references.IntPtr]));

    /// <summary><c>Tensor&lt;T&gt; KernelRows.Allocate&lt;T&gt;(ref KernelSpace, bool keepDimensions)</c>.</summary>
    public MethodReference AllocateRows(TypeReference element) => Generic(references.Support("KernelRows"), "Allocate", [element],
        arguments => (references.Tensor(arguments[0]), [new ByReferenceType(Space), references.Boolean]));

    /// <summary><c>bool KernelRunner.RunRows&lt;TKernel&gt;(ref TKernel, nint, int)</c>.</summary>
    public MethodReference RunRows(TypeReference kernel) => Generic(references.Support("KernelRunner"), "RunRows", [kernel],
        arguments => (references.Boolean, [new ByReferenceType(arguments[0]), references.IntPtr, references.Int32]));

    /// <summary><c>int KernelRows.Cost(ref KernelSpace, int)</c>.</summary>
    public MethodReference RowCost => Plain(references.Support("KernelRows"), "Cost", references.Int32, new ByReferenceType(Space), references.Int32);

    /// <summary><c>int KernelRunner.RowChunkCount(nint, int)</c>.</summary>
    public MethodReference RowChunkCount =>
        Plain(references.Support("KernelRunner"), "RowChunkCount", references.Int32, references.IntPtr, references.Int32);

    /// <summary><c>bool KernelSpace.AreApart&lt;T1, T2&gt;(ref T1, ref KernelAccess, ref T2, ref KernelAccess)</c>, or the same for <c>AreApartOrEqual</c>.</summary>
    public MethodReference AreApartInSpace(TypeReference first, TypeReference second, bool orEqual) => Generic(
        Space, orEqual ? "AreApartOrEqual" : "AreApart", [first, second], arguments => (references.Boolean,
            [new ByReferenceType(arguments[0]), new ByReferenceType(Access), new ByReferenceType(arguments[1]), new ByReferenceType(Access)]));

    private MethodReference OfSpace(string name, TypeReference result, params TypeReference[] parameters) => Of(Space, name, result, parameters);

    private static MethodReference Of(TypeReference type, string name, TypeReference result, params TypeReference[] parameters)
    {
        MethodReference method = Plain(type, name, result, parameters);
        method.HasThis = true;
        return method;
    }

    private GenericInstanceMethod OnSpace(string name, TypeReference element, Signature signature)
    {
        GenericInstanceMethod method = Generic(Space, name, [element], signature);
        method.ElementMethod.HasThis = true;
        return method;
    }
}
