using GraphWeaver.Compiler.Operators;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>References to what kernels for a device call: all of it is in GraphWeaver.ILGPU, so that a user's assembly names nothing of ILGPU's.</summary>
internal sealed class DeviceMembers(RuntimeReferences references)
{
    public RuntimeReferences References => references;

    /// <summary>The interface of a kernel's structure.</summary>
    public TypeReference Kernel => references.Device("IDeviceKernel");

    /// <summary>The same of a kernel over a space.</summary>
    public TypeReference SpaceKernel => references.Device("IDeviceSpaceKernel");

    /// <summary>The same of a kernel that works row by row.</summary>
    public TypeReference RowKernel => references.Device("IDeviceRowKernel");

    /// <summary>The same of a kernel with reductions over all elements.</summary>
    public TypeReference Reduction(TypeReference state) => references.Generic(references.Device("IDeviceReduction`1"), state);

    /// <summary>The same of a kernel that goes on with a product.</summary>
    public TypeReference Epilogue(ElementType product) => references.Generic(references.Device("IDeviceEpilogue`1"), references.Element(product));

    public TypeReference Call => references.Device("DeviceCall");

    public TypeReference Space => references.Device("DeviceSpace", isValueType: true);

    public TypeReference Place => references.Device("DevicePlace", isValueType: true);

    public TypeReference Access => references.Device("DeviceAccess", isValueType: true);

    /// <summary><c>static bool DeviceSwitch.IsOn</c>, of the runtime.</summary>
    public FieldReference IsOn => new("IsOn", references.Boolean, references.Support("DeviceSwitch"));

    /// <summary><c>static DeviceCall DeviceCall.Begin()</c>.</summary>
    public MethodReference Begin => Plain(Call, "Begin", Call, isStatic: true);

    /// <summary><c>static bool DeviceCall.MayPay(nint, int, int)</c>.</summary>
    public MethodReference MayPay => Plain(Call, "MayPay", references.Boolean, isStatic: true, references.IntPtr, references.Int32, references.Int32);

    /// <summary><c>static bool DeviceCall.ProductMayPay&lt;T&gt;(Tensor&lt;T&gt;, Tensor&lt;T&gt;, nint, int, int)</c>.</summary>
    public MethodReference ProductMayPay(ElementType type)
    {
        GenericInstanceMethod method = Generic("ProductMayPay", references.Element(type), element =>
            (references.Boolean, [references.Tensor(element), references.Tensor(element), references.IntPtr, references.Int32, references.Int32]));
        method.ElementMethod.HasThis = false;
        return method;
    }

    /// <summary><c>static void DeviceCall.Synchronize()</c>.</summary>
    public MethodReference Synchronize => Plain(Call, "Synchronize", references.Void, isStatic: true);

    /// <summary><c>static void DeviceCall.Discard(object)</c>.</summary>
    public MethodReference Discard => Plain(Call, "Discard", references.Void, isStatic: true, references.Object);

    /// <summary><c>static void DeviceCall.Keep(object)</c>.</summary>
    public MethodReference Keep => Plain(Call, "Keep", references.Void, isStatic: true, references.Object);

    /// <summary><c>static void DeviceCall.Forget(object)</c>.</summary>
    public MethodReference Forget => Plain(Call, "Forget", references.Void, isStatic: true, references.Object);

    /// <summary><c>void DeviceCall.Overwrite(int, bool)</c>.</summary>
    public MethodReference Overwrite => Plain(Call, "Overwrite", references.Void, isStatic: false, references.Int32, references.Boolean);

    /// <summary><c>void DeviceCall.Over(ref KernelSpace)</c>.</summary>
    public MethodReference Over => OverSpace("Over");

    /// <summary><c>void DeviceCall.OverRows(ref KernelSpace)</c>.</summary>
    public MethodReference OverRows => OverSpace("OverRows");

    /// <summary><c>DeviceSpace DeviceCall.Space</c>.</summary>
    public MethodReference SpaceOfCall => Plain(Call, "get_Space", Space, isStatic: false);

    /// <summary><c>DeviceAccess DeviceCall.Access(int)</c>.</summary>
    public MethodReference AccessOfCall => Plain(Call, "Access", Access, isStatic: false, references.Int32);

    /// <summary><c>DevicePlace DeviceSpace.PlaceOf(int)</c>.</summary>
    public MethodReference PlaceOf => Plain(Space, "PlaceOf", Place, isStatic: false, references.Int32);

    /// <summary><c>int DeviceAccess.Along(int, int)</c>.</summary>
    public MethodReference Along => Plain(Access, "Along", references.Int32, isStatic: false, references.Int32, references.Int32);

    /// <summary><c>int DeviceAccess.At(DevicePlace)</c>.</summary>
    public MethodReference At => Plain(Access, "At", references.Int32, isStatic: false, Place);

    /// <summary><c>void DeviceCall.Read&lt;T&gt;(Tensor&lt;T&gt;)</c>.</summary>
    public MethodReference Read(ElementType type) => Generic("Read", references.Element(type), element => (references.Void, [references.Tensor(element)]));

    /// <summary><c>void DeviceCall.ReadOver&lt;T&gt;(Tensor&lt;T&gt;, ref KernelAccess)</c>.</summary>
    public MethodReference ReadOver(ElementType type) => Generic("ReadOver", references.Element(type), element =>
        (references.Void, [references.Tensor(element), new ByReferenceType(references.Support("KernelAccess", isValueType: true))]));

    /// <summary><c>void DeviceCall.ReadSpan&lt;T&gt;(ref T, nint)</c>.</summary>
    public MethodReference ReadSpan(ElementType type) => Generic("ReadSpan", references.Element(type), element => (references.Void, [new ByReferenceType(element), references.IntPtr]));

    /// <summary><c>void DeviceCall.ReadSpanOver&lt;T&gt;(ref T, ref KernelAccess)</c>.</summary>
    public MethodReference ReadSpanOver(ElementType type) => Generic("ReadSpanOver", references.Element(type), element =>
        (references.Void, [new ByReferenceType(element), new ByReferenceType(references.Support("KernelAccess", isValueType: true))]));

    /// <summary><c>void DeviceCall.Write&lt;T&gt;(Tensor&lt;T&gt;)</c>.</summary>
    public MethodReference Write(ElementType type) => Generic("Write", references.Element(type), element => (references.Void, [references.Tensor(element)]));

    /// <summary><c>bool DeviceCall.Run&lt;TKernel&gt;(TKernel, nint, int)</c>.</summary>
    public MethodReference Run(TypeReference kernel) =>
        Generic("Run", kernel, argument => (references.Boolean, [argument, references.IntPtr, references.Int32]));

    /// <summary><c>bool DeviceCall.RunOver&lt;TKernel&gt;(TKernel, nint, int)</c>.</summary>
    public MethodReference RunOver(TypeReference kernel) =>
        Generic("RunOver", kernel, argument => (references.Boolean, [argument, references.IntPtr, references.Int32]));

    /// <summary><c>bool DeviceCall.RunRows&lt;TKernel&gt;(TKernel, nint, int)</c>.</summary>
    public MethodReference RunRows(TypeReference kernel) =>
        Generic("RunRows", kernel, argument => (references.Boolean, [argument, references.IntPtr, references.Int32]));

    /// <summary><c>bool DeviceCall.Reduce&lt;TState, TKernel&gt;(TKernel, nint, int, out TState)</c>.</summary>
    public MethodReference Reduce(TypeReference state, TypeReference kernel)
    {
        MethodReference method = Plain(Call, "Reduce", references.Boolean, isStatic: false);
        method.GenericParameters.Add(new GenericParameter(method));
        method.GenericParameters.Add(new GenericParameter(method));
        foreach (TypeReference type in new[] { method.GenericParameters[1], references.IntPtr, references.Int32, new ByReferenceType(method.GenericParameters[0]) })
        {
            method.Parameters.Add(new ParameterDefinition(type));
        }

        return new GenericInstanceMethod(method) { GenericArguments = { state, kernel } };
    }

    /// <summary><c>void DeviceCall.Multiply&lt;T&gt;(Tensor&lt;T&gt;, Tensor&lt;T&gt;)</c>.</summary>
    public MethodReference Multiply(ElementType type) =>
        Generic("Multiply", references.Element(type), element => (references.Void, [references.Tensor(element), references.Tensor(element)]));

    /// <summary><c>bool DeviceCall.RunSingleProduct&lt;TKernel&gt;(TKernel, nint, int)</c>, or the same for double.</summary>
    public MethodReference RunProduct(ElementType type, TypeReference kernel) =>
        Generic($"Run{type}Product", kernel, argument => (references.Boolean, [argument, references.IntPtr, references.Int32]));

    /// <summary><c>static Tensor&lt;T&gt; DeviceMatMul.MatMul(Tensor&lt;T&gt;, Tensor&lt;T&gt;)</c>, or the same into a tensor of the pool.</summary>
    public MethodReference MatMul(string name, ElementType type)
    {
        TypeReference tensor = references.Tensor(references.Element(type));
        return Plain(Products, name, tensor, isStatic: true, tensor, tensor);
    }

    /// <summary>Whether a method is one of those.</summary>
    public bool IsMatMul(MethodReference method) => method.DeclaringType.FullName == Products.FullName;

    private TypeReference Products => references.DeviceProduct("DeviceMatMul");

    /// <summary>The type of a view of elements.</summary>
    public TypeReference View(ElementType type) => type == ElementType.Boolean
        ? references.Device("DeviceMask", isValueType: true)
        : references.Generic(ViewDefinition, references.Element(type));

    /// <summary><c>DeviceView&lt;T&gt; DeviceCall.View&lt;T&gt;(int)</c>, or the same for a mask.</summary>
    public MethodReference ViewOfCall(ElementType type) => type == ElementType.Boolean
        ? Plain(Call, "Mask", View(type), isStatic: false, references.Int32)
        : Generic("View", references.Element(type), element => (references.Generic(ViewDefinition, element), [references.Int32]));

    /// <summary><c>T DeviceView&lt;T&gt;.Get(int)</c>.</summary>
    public MethodReference Get(ElementType type) => Plain(View(type), "Get", OfView(type), isStatic: false, references.Int32);

    /// <summary><c>void DeviceView&lt;T&gt;.Set(int, T)</c>.</summary>
    public MethodReference Set(ElementType type) => Plain(View(type), "Set", references.Void, isStatic: false, references.Int32, OfView(type));

    /// <summary><c>void DeviceView&lt;T&gt;.SetByFirst(int, T)</c>.</summary>
    public MethodReference SetByFirst(ElementType type) => Plain(View(type), "SetByFirst", references.Void, isStatic: false, references.Int32, OfView(type));

    /// <summary><c>int DeviceGroups.FirstOfThread()</c>.</summary>
    public MethodReference FirstOfThread => Plain(references.Device("DeviceGroups"), "FirstOfThread", references.Int32, isStatic: true);

    /// <summary><c>int DeviceGroups.ThreadsOfGroup()</c>.</summary>
    public MethodReference ThreadsOfGroup => Plain(references.Device("DeviceGroups"), "ThreadsOfGroup", references.Int32, isStatic: true);

    /// <summary><c>T DeviceGroups.Name(T)</c>: what the threads of a group have come to, together.</summary>
    public MethodReference ReduceGroup(KernelNode reduction) =>
        Plain(references.Device("DeviceGroups"), reduction.Emission.Name, references.Element(reduction.ElementType), isStatic: true, references.Element(reduction.ElementType));

    /// <summary><c>T DeviceGroups.Mean(T, int)</c>.</summary>
    public MethodReference Mean(KernelNode reduction) => Plain(
        references.Device("DeviceGroups"), "Mean", references.Element(reduction.ElementType), isStatic: true, references.Element(reduction.ElementType), references.Int32);

    /// <summary>The type of what a reduction over all elements has come to.</summary>
    public TypeReference StateOf(KernelNode reduction)
    {
        TypeReference element = references.Element(reduction.ElementType);
        return reduction.Emission.State is { } state
            ? references.Generic(references.Device($"DeviceFold{state.Substring("Kernel".Length)}`1", isValueType: true), element)
            : element;
    }

    /// <summary><c>TState DeviceOperators.Name(TState, TState)</c>, or of a fold <c>DeviceFolds.Name</c>: two parts of a reduction.</summary>
    public MethodReference Accumulate(KernelNode reduction)
    {
        TypeReference state = StateOf(reduction);
        return Plain(references.Device(reduction.Emission.Form == CpuForm.Fold ? "DeviceFolds" : "DeviceOperators"), reduction.Emission.Name, state, isStatic: true, state, state);
    }

    /// <summary><c>TState DeviceFolds.NameOf(operands, int index)</c>: one element of a fold.</summary>
    public MethodReference OfElement(KernelNode fold) => Plain(
        references.Device("DeviceFolds"), fold.Emission.Name + "Of", StateOf(fold), isStatic: true,
        [.. fold.Operands.Select(_ => references.Element(fold.ElementType)), references.Int32]);

    /// <summary><c>KernelState&lt;T&gt; DeviceFolds.NameOnHost(TState)</c>: what the host goes on with.</summary>
    public MethodReference OnHost(KernelNode fold) => Plain(
        references.Device("DeviceFolds"), fold.Emission.Name + "OnHost", new KernelMembers(references).State(fold), isStatic: true, StateOf(fold));

    /// <summary><c>TResult DeviceOperators.Name(operands)</c>; of a conversion <c>NameToType</c>.</summary>
    public MethodReference Operator(KernelNode node) => Plain(
        references.Device("DeviceOperators"), node.Row.DeviceMethod(node.ResultType), references.Element(node.ResultType), isStatic: true,
        [.. Enumerable.Range(0, node.Operands.Count).Select(position => references.Element(node.Row.OperandType(position, node.ElementType)))]);

    private TypeReference ViewDefinition => references.Device("DeviceView`1", isValueType: true);

    private TypeReference OfView(ElementType type) => type == ElementType.Boolean ? references.Boolean : ViewDefinition.GenericParameters[0];

    private MethodReference OverSpace(string name) =>
        Plain(Call, name, references.Void, isStatic: false, new ByReferenceType(references.Support("KernelSpace", isValueType: true)));

    private static MethodReference Plain(TypeReference owner, string name, TypeReference result, bool isStatic, params TypeReference[] parameters)
    {
        var method = new MethodReference(name, result, owner) { HasThis = !isStatic };
        foreach (TypeReference parameter in parameters)
        {
            method.Parameters.Add(new ParameterDefinition(parameter));
        }

        return method;
    }

    private GenericInstanceMethod Generic(string name, TypeReference argument, Func<TypeReference, (TypeReference Result, TypeReference[] Parameters)> signature)
    {
        MethodReference method = Plain(Call, name, references.Void, isStatic: false);
        var parameter = new GenericParameter(method);
        method.GenericParameters.Add(parameter);
        (method.ReturnType, TypeReference[] parameters) = signature(parameter);
        foreach (TypeReference type in parameters)
        {
            method.Parameters.Add(new ParameterDefinition(type));
        }

        return new GenericInstanceMethod(method) { GenericArguments = { argument } };
    }
}
