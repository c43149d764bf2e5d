using GraphWeaver.Compiler.Operators;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// References to the methods generated code calls: the vector operations, the tile operators and the kernel support of the runtime
/// assembly.
/// </summary>
internal sealed partial class KernelMembers(RuntimeReferences references)
{
    private delegate (TypeReference Result, TypeReference[] Parameters) Signature(IReadOnlyList<TypeReference> arguments);

    public RuntimeReferences References => references;

    public MethodReference IsHardwareAccelerated(int width) =>
        Plain(references.VectorOperations(width), "get_IsHardwareAccelerated", references.Boolean);

    /// <summary><c>VectorN&lt;T&gt; VectorN.Create&lt;T&gt;(T)</c>.</summary>
    public MethodReference Broadcast(int width, TypeReference element) => Generic(
        references.VectorOperations(width), "Create", [element], arguments => (references.Vector(width, arguments[0]), [arguments[0]]));

    /// <summary><c>VectorN&lt;T&gt; VectorN.Name&lt;T&gt;(VectorN&lt;T&gt;...)</c>.</summary>
    public MethodReference VectorOperation(int width, string name, TypeReference element, int operands) => Generic(
        references.VectorOperations(width), name, [element], arguments =>
            (references.Vector(width, arguments[0]), Enumerable.Repeat(references.Vector(width, arguments[0]), operands).ToArray()));

    /// <summary><c>VectorN&lt;T&gt; VectorN.Name(VectorN&lt;T&gt;)</c>, an overload for the element type.</summary>
    public MethodReference VectorOverload(int width, string name, TypeReference element) =>
        Plain(references.VectorOperations(width), name, references.Vector(width, element), references.Vector(width, element));

    /// <summary><c>VectorN&lt;T&gt; VectorN.Name(VectorN&lt;T&gt;, int)</c>.</summary>
    public MethodReference VectorShift(int width, string name, TypeReference element) => Plain(
        references.VectorOperations(width), name, references.Vector(width, element), references.Vector(width, element), references.Int32);

    public MethodReference VectorMath(int width, string name, TypeReference element, int operands) => Plain(
        references.Support("VectorMath"), name, references.Vector(width, element),
        Enumerable.Repeat(references.Vector(width, element), operands).ToArray());

    /// <summary>
    /// A tile operator: <c>void Name&lt;T&gt;(operands, Span&lt;TResult&gt;)</c>, of TensorPrimitives or of the runtime assembly.
    /// </summary>
    public MethodReference TileOperation(KernelNode node, IReadOnlyList<bool> operandIsTensor)
    {
        TypeReference element = references.Element(node.ElementType);
        TypeReference result = references.Element(node.ResultType);
        TypeReference[] arguments = node.Row.Result == ResultType.Converted ? [element, result] : [element];
        TypeReference owner = node.Emission.Form == CpuForm.Primitive ? references.TensorPrimitives : references.Support("KernelTiles");
        return Generic(owner, node.Emission.Name, arguments, generic => (references.Void,
        [
            .. TileOperands(node, operandIsTensor, generic[0]),
            references.Span(node.Row.Result switch { ResultType.Same => generic[0], ResultType.Converted => generic[1], _ => result }),
        ]));
    }

    /// <summary><c>bool KernelChecks.Name&lt;T&gt;(operands)</c>.</summary>
    public MethodReference TileCheck(KernelNode node, string name, IReadOnlyList<bool> operandIsTensor) => Generic(
        references.Support("KernelChecks"), name,
        node.Row.Result == ResultType.Converted ? [references.Element(node.ElementType), references.Element(node.ResultType)] : [references.Element(node.ElementType)],
        generic => (references.Boolean, TileOperands(node, operandIsTensor, generic[0])));

    public MethodReference ReadSpan(TypeReference element) => Generic(references.Support("KernelGuard"), "Input", [element],
        arguments => (references.ReadOnlySpan(arguments[0]), [new ByReferenceType(arguments[0]), references.IntPtr]));

    public MethodReference WriteSpan(TypeReference element) => Generic(references.Support("KernelGuard"), "Output", [element],
        arguments => (references.Span(arguments[0]), [new ByReferenceType(arguments[0]), references.IntPtr]));

    public MethodReference Data(TypeReference element, InputKind kind) => Generic(references.Support("KernelGuard"), "Data", [element],
        arguments => (new ByReferenceType(arguments[0]), [InputType(arguments[0], kind)]));

    public MethodReference Shape(TypeReference element, InputKind kind) => Generic(references.Support("KernelGuard"), "Shape", [element],
        arguments => (references.ReadOnlySpan(references.IntPtr), [InputType(arguments[0], kind)]));

    public MethodReference Length(TypeReference element, InputKind kind) => Generic(references.Support("KernelGuard"), "Length", [element],
        arguments => (references.IntPtr, [InputType(arguments[0], kind)]));

    public MethodReference IsReady(TypeReference element, InputKind kind) => Generic(references.Support("KernelGuard"), "IsReady", [element],
        arguments => (references.Boolean, [InputType(arguments[0], kind)]));

    public MethodReference HasShape(TypeReference element, InputKind kind) => Generic(references.Support("KernelGuard"), "HasShape", [element],
        arguments => (references.Boolean, [InputType(arguments[0], kind), references.ReadOnlySpan(references.IntPtr)]));

    /// <summary><c>bool KernelGuard.AreApart&lt;T1, T2&gt;(ref T1, ref T2, nint)</c>, or the same for <c>AreApartOrEqual</c>.</summary>
    public MethodReference AreApart(TypeReference first, TypeReference second, bool orEqual) => Generic(
        references.Support("KernelGuard"), orEqual ? "AreApartOrEqual" : "AreApart", [first, second],
        arguments => (references.Boolean, [new ByReferenceType(arguments[0]), new ByReferenceType(arguments[1]), references.IntPtr]));

    public MethodReference Allocate(TypeReference result) => Generic(
        references.Support("KernelGuard"), "Allocate", [result],
        arguments => (references.Tensor(arguments[0]), [references.ReadOnlySpan(references.IntPtr)]));

    public MethodReference Reuse(TypeReference result) => Generic(
        references.Support("KernelGuard"), "Reuse", [result],
        arguments => (references.Tensor(arguments[0]), [references.Tensor(arguments[0]), references.ReadOnlySpan(references.IntPtr)]));

    public MethodReference Rent(TypeReference element) => Generic(references.Support("TensorPool"), "Rent", [element],
        arguments => (references.Tensor(arguments[0]), [references.ReadOnlySpan(references.IntPtr)]));

    public MethodReference Return(TypeReference element) => Generic(references.Support("TensorPool"), "Return", [element],
        arguments => (references.Void, [references.Tensor(arguments[0])]));

    /// <summary>The type of a kernel's parameter.</summary>
    public TypeReference InputType(TypeReference element, InputKind kind) => kind switch
    {
        InputKind.Scalar => element,
        InputKind.Tensor => references.Tensor(element),
        InputKind.Span => new ByReferenceType(references.TensorSpan(element)),
        InputKind.Range => references.Range,
        InputKind.Number => references.IntPtr,
        InputKind.Dimension => references.Int32,
        _ => new ByReferenceType(references.ReadOnlyTensorSpan(element)),
    };

    /// <summary><c>bool KernelRunner.Run&lt;TKernel&gt;(ref TKernel, nint, int)</c>.</summary>
    public MethodReference Run(TypeReference kernel) => Generic(references.Support("KernelRunner"), "Run", [kernel],
        arguments => (references.Boolean, [new ByReferenceType(arguments[0]), references.IntPtr, references.Int32]));

    public MethodReference ChunkCount() =>
        Plain(references.Support("KernelRunner"), "ChunkCount", references.Int32, references.IntPtr, references.Int32);

    /// <summary><c>VectorM&lt;T&gt; VectorN.Name&lt;T&gt;(VectorN&lt;T&gt;)</c>, M being half of N.</summary>
    public MethodReference VectorHalf(int width, string name, TypeReference element) => Generic(
        references.VectorOperations(width), name, [element], arguments => (references.Vector(width / 2, arguments[0]), [references.Vector(width, arguments[0])]));

    /// <summary><c>Vector128&lt;T&gt; KernelReductions.Beyond&lt;T&gt;(Vector128&lt;T&gt;, int bytes)</c>.</summary>
    public MethodReference LanesBeyond(TypeReference element) => Generic(
        references.Support("KernelReductions"), "Beyond", [element],
        arguments => (references.Vector(128, arguments[0]), [references.Vector(128, arguments[0]), references.Int32]));

    /// <summary><c>TVector KernelReductions.MaskFrom&lt;TVector&gt;(nint)</c>.</summary>
    public MethodReference MaskFrom(TypeReference vector) => Generic(
        references.Support("KernelReductions"), "MaskFrom", [vector], arguments => (arguments[0], [references.IntPtr]));

    /// <summary><c>T Vector128.ToScalar&lt;T&gt;(Vector128&lt;T&gt;)</c>.</summary>
    public MethodReference FirstLane(TypeReference element) => Generic(
        references.VectorOperations(128), "ToScalar", [element], arguments => (arguments[0], [references.Vector(128, arguments[0])]));

    /// <summary><c>T KernelReductions.Name&lt;T&gt;(T running, ReadOnlySpan&lt;T&gt; tile)</c>.</summary>
    public MethodReference ReduceTile(KernelNode node) => Generic(
        references.Support("KernelReductions"), node.Emission.Name, [references.Element(node.ElementType)],
        arguments => (arguments[0], [arguments[0], references.ReadOnlySpan(arguments[0])]));

    /// <summary>The type of what a chunk of a reduction comes to.</summary>
    public TypeReference State(KernelNode reduction) => State(reduction, references.Element(reduction.ElementType));

    /// <summary><c>TState KernelFolds.NameStart&lt;T&gt;(nint start)</c>.</summary>
    public MethodReference FoldStart(KernelNode node) => Generic(
        references.Support("KernelFolds"), node.Emission.Name + "Start", [references.Element(node.ElementType)],
        generic => (State(node, generic[0]), [references.IntPtr]));

    /// <summary><c>void KernelFolds.Name&lt;T&gt;(ref TState, operands)</c>.</summary>
    public MethodReference Fold(KernelNode node, IReadOnlyList<bool> operandIsTensor) => Generic(
        references.Support("KernelFolds"), node.Emission.Name, [references.Element(node.ElementType)],
        generic => (references.Void, [new ByReferenceType(State(node, generic[0])), .. TileOperands(node, operandIsTensor, generic[0])]));

    /// <summary><c>bool KernelFolds.NameIsDecided&lt;T&gt;(ref TState)</c>.</summary>
    public MethodReference IsDecided(KernelNode node) => Generic(
        references.Support("KernelFolds"), node.Emission.Name + "IsDecided", [references.Element(node.ElementType)],
        generic => (references.Boolean, [new ByReferenceType(State(node, generic[0]))]));

    /// <summary><c>TResult NameOfChunks&lt;T&gt;(ref KernelPartials&lt;TState&gt;, nint length, int chunks)</c> of KernelReductions or KernelFolds.</summary>
    public MethodReference ReduceChunks(KernelNode node) => Generic(
        references.Support(node.Emission.State is null ? "KernelReductions" : "KernelFolds"),
        (node.Row.Members.Count > 0 ? node.Row.Members[0] : node.Row.Name) + "OfChunks", [references.Element(node.ElementType)],
        generic => (
            node.Row.Result == ResultType.Same ? generic[0] : references.Element(node.ResultType),
            [new ByReferenceType(references.Partials(State(node, generic[0]))), references.IntPtr, references.Int32]));

    public MethodReference StorePartial(TypeReference element) => Generic(references.Support("KernelReductions"), "Store", [element],
        arguments => (references.Void, [new ByReferenceType(references.Partials(arguments[0])), references.Int32, arguments[0]]));

    private TypeReference State(KernelNode reduction, TypeReference element) =>
        reduction.Emission.State is { } state ? references.Generic(references.Support(state + "`1", isValueType: true), element) : element;

    private TypeReference[] TileOperands(KernelNode node, IReadOnlyList<bool> operandIsTensor, TypeReference element) =>
        operandIsTensor.Select((isTensor, position) =>
        {
            TypeReference operand = node.Row.OwnOperandType(position) is { } own ? references.Element(own) : element;
            return isTensor ? references.ReadOnlySpan(operand) : operand;
        }).ToArray();

    private static MethodReference Plain(TypeReference owner, string name, TypeReference result, params TypeReference[] parameters)
    {
        var method = new MethodReference(name, result, owner);
        AddParameters(method, parameters);
        return method;
    }

    private static GenericInstanceMethod Generic(TypeReference owner, string name, TypeReference[] typeArguments, Signature signature)
    {
        var method = new MethodReference(name, owner.Module.TypeSystem.Void, owner);
        foreach (TypeReference _ in typeArguments)
        {
            method.GenericParameters.Add(new GenericParameter(method));
        }

        (method.ReturnType, TypeReference[] parameters) = signature(method.GenericParameters.ToArray());
        AddParameters(method, parameters);
        var instance = new GenericInstanceMethod(method);
        foreach (TypeReference argument in typeArguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance;
    }

    private static void AddParameters(MethodReference method, TypeReference[] parameters)
    {
        foreach (TypeReference parameter in parameters)
        {
            method.Parameters.Add(new ParameterDefinition(parameter));
        }
    }
}
