using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits the question that a kernel's method asks between its guard and its loop, where devices are: whether a device takes the work. It costs the
/// read of a static where no backend is on, and of a kernel so small that no device could pay off some products of numbers more. What runs on the CPU after all finds the host's elements good: a kernel that has no form for a device
/// brings back what others have left there.
/// </summary>
internal sealed class DeviceOffer
{
    private readonly KernelFrame frame;
    private readonly DeviceMembers members;
    private readonly MethodDefinition? method;

    /// <param name="frame">The kernel's method.</param>
    /// <param name="container">Where the form for a device goes.</param>
    /// <param name="isOverSpace">Whether it is the method for tensors of any layout.</param>
    public DeviceOffer(KernelFrame frame, TypeDefinition container, bool isOverSpace)
    {
        this.frame = frame;
        members = new DeviceMembers(frame.Members.References);
        method = DeviceForm.Exists(frame.Graph)
            ? DeviceKernelEmitter.Emit(container, frame.Graph, members, isOverSpace, frame.Code.Method.Name + "OnDevice")
            : null;
    }

    /// <summary>Emits, before anything else, that the kernel writes tensors, wherever it runs: of those no copies stay on a device.</summary>
    public void EmitForget()
    {
        int[] written = [.. frame.Graph.Destinations.Select(destination => destination.Input).Where(input => frame.Graph.Inputs[input].Kind == InputKind.Tensor)];
        if (written.Length == 0)
        {
            return;
        }

        Instruction otherwise = StageCode.Label();
        frame.Code.On(OpCodes.Ldsfld, members.IsOn).Branch(OpCodes.Brfalse, otherwise);
        foreach (int input in written)
        {
            frame.Code.Load(frame.Inputs[input]).Call(members.Forget);
        }

        frame.Code.Mark(otherwise);
    }

    /// <summary>Emits the question; goes to <paramref name="done"/> where a device has done the work, with each reduction's value in the place of the first chunk's.</summary>
    public void Emit(IKernelGuard guard, IReadOnlyList<VariableDefinition?> results, Instruction done)
    {
        StageCode code = frame.Code;
        Instruction otherwise = StageCode.Label();
        code.On(OpCodes.Ldsfld, members.IsOn).Branch(OpCodes.Brfalse, otherwise);
        if (method is null)
        {
            code.Call(members.Synchronize);
        }
        else
        {
            EmitMayPay(guard, otherwise);
            foreach (int input in Enumerable.Range(0, frame.Inputs.Count).Where(input => !frame.Graph.Inputs[input].IsOfViews))
            {
                if (frame.Graph.Inputs[input].Kind == InputKind.Product)
                {
                    frame.Products.EmitOperands(input);
                }
                else
                {
                    code.Load(frame.Inputs[input]);
                }
            }

            for (int output = 0; output < results.Count; output++)
            {
                if (results[output] is { } result)
                {
                    code.Load(result);
                }
                else
                {
                    code.LoadAddress(frame.State).On(OpCodes.Ldflda, frame.Kernel.Outputs[output]);
                }
            }

            guard.EmitLength();
            guard.EmitReach();
            code.Call(method).Branch(OpCodes.Brtrue, done);
        }

        code.Mark(otherwise);
    }

    /// <summary>Emits whether so much work may pay off at all; of several products it is not asked.</summary>
    private void EmitMayPay(IKernelGuard guard, Instruction otherwise)
    {
        KernelGraph graph = frame.Graph;
        int bytes = graph.Tensors.Sum(input => graph.Inputs[input].Type.Size()) + graph.Outputs.Sum(output => graph.Nodes[output].ResultType.Size());
        int[] products = [.. graph.Products];
        if (products.Length > 1)
        {
            return;
        }

        if (products.Length == 1)
        {
            frame.Products.EmitOperands(products[0]);
        }

        guard.EmitLength();
        frame.Code.Number(graph.Cost).Number(bytes)
            .Call(products.Length == 1 ? members.ProductMayPay(graph.Inputs[products[0]].Type) : members.MayPay)
            .Branch(OpCodes.Brfalse, otherwise);
    }
}
