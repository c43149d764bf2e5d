using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Which kernels have a form for a device: all operators and types have one, and no operator may give up midway. All others stay on the CPU.
/// </summary>
internal static class DeviceForm
{
    public static bool Exists(KernelGraph graph) =>
        graph.Nodes.All(node => (node.IsReduction || IsOfDevice(node.ResultType)) && node.Row.IsOfDevice(node.ElementType) && (node.Row.CheckFor(node.ElementType) is null || node.Row.ChecksNumbers)
            && !(node.IsReduction && graph.IsByRow))
        && graph.Inputs.All(input => input.IsOfViews || IsProduct(input) || (input.Kind is InputKind.Tensor or InputKind.Span or InputKind.ReadOnlySpan or InputKind.Scalar && IsOfDevice(input.Type)));

    private static bool IsProduct(KernelInput input) => input.Kind == InputKind.Product && input.Product!.IsOfDevice(input.Type);

    private static bool IsOfDevice(ElementType type) => type is ElementType.Single or ElementType.Double or ElementType.Boolean || type.IsSignedInteger() || type.IsUnsignedInteger();
}
