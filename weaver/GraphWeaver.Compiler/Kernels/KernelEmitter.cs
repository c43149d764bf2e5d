using GraphWeaver.Compiler.Kernels.Devices;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Turns a kernel graph into a method <c>static bool name(inputs..., out outputs...)</c> and the structure that computes. The method asks
/// its guard before anything is written, allocates the results, runs the structure over all elements and hands the results out. False
/// means that nothing observable happened (a null or empty input, shapes that do not fit together, a destination that shares memory in a way
/// the graph does not allow, or an operator about to throw): the caller runs the original instructions. Tensors that are all dense and of one
/// shape, which is the common case, have a method of their own, whose guard is a short compare chain; it hands everything else to one that makes a
/// <c>KernelSpace</c>.
/// </summary>
public sealed class KernelEmitter
{
    private readonly KernelFrame frame;
    private readonly KernelGraph graph;
    private readonly KernelMembers members;
    private readonly StageCode code;
    private readonly IKernelGuard guard;
    private readonly DeviceOffer? device;

    private KernelEmitter(KernelFrame frame, IKernelGuard guard, DeviceOffer? device)
    {
        this.frame = frame;
        this.guard = guard;
        this.device = device;
        graph = frame.Graph;
        members = frame.Members;
        code = frame.Code;
    }

    /// <summary>
    /// Adds the method and its structure to <paramref name="container"/>, a non-generic class of <paramref name="module"/>. Parameters
    /// are the graph's inputs in order (<c>Tensor&lt;T&gt;</c>, a reference to a span of one, <c>T</c>, or for a product all of its arguments), then its spares
    /// (<c>Tensor&lt;T&gt;</c> or null), then its outputs (<c>out Tensor&lt;T&gt;</c>, or <c>out T</c> of a reduction), which are null or
    /// default after false.
    /// </summary>
    /// <param name="module">The user's module.</param>
    /// <param name="container">The class of kernels.</param>
    /// <param name="graph">The kernel.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="hasDevices">Whether the kernel offers itself to a device before it runs.</param>
    public static MethodDefinition Emit(ModuleDefinition module, TypeDefinition container, KernelGraph graph, string name, bool hasDevices = false)
    {
        var members = new KernelMembers(new RuntimeReferences(module));
        var kernel = new KernelTypeEmitter(graph, members, name + "Kernel");
        container.NestedTypes.Add(kernel.Emit());
        bool needsSpace = graph.IsByRow || graph.HasViews;
        var overSpace = new KernelFrame(graph, members, kernel, needsSpace ? name : name + "OverSpace");
        MethodDefinition method = new KernelEmitter(overSpace, new SpaceGuard(overSpace), Offer(overSpace, isOverSpace: true)).EmitMethod();
        container.Methods.Add(method);
        if (!needsSpace)
        {
            var flat = new KernelFrame(graph, members, kernel, name);
            method = new KernelEmitter(flat, new FlatGuard(flat, method), Offer(flat, isOverSpace: false)).EmitMethod();
            container.Methods.Add(method);
        }

        return method;

        DeviceOffer? Offer(KernelFrame frame, bool isOverSpace) => hasDevices ? new DeviceOffer(frame, container, isOverSpace) : null;
    }

    private MethodDefinition EmitMethod()
    {
        foreach (ParameterDefinition output in frame.Outputs)
        {
            code.Load(output).On(OpCodes.Initobj, ((ByReferenceType)output.ParameterType).ElementType);
        }

        code.LoadAddress(frame.State).On(OpCodes.Initobj, frame.Kernel.Type);
        device?.EmitForget();
        frame.Products.EmitArguments();
        guard.EmitShapes();
        if (graph.LongestLength is { } longest)
        {
            guard.EmitLength();
            code.Native(longest).Branch(OpCodes.Bgt, frame.GiveUp);
        }

        EmitInputs();
        foreach (KernelDestination destination in graph.Destinations)
        {
            IEnumerable<int> earlier = graph.Destinations.TakeWhile(other => other != destination).Select(other => other.Input);
            foreach (int other in frame.Tensors.Where(index => index != destination.Input).Except(earlier))
            {
                guard.EmitApart(destination, other);
            }

            frame.Products.EmitApart(destination, guard, frame.State, frame.GiveUp);
        }

        VariableDefinition?[] results = EmitResults();
        Instruction done = StageCode.Label();
        VariableDefinition? chunks = results.Contains(null) ? code.Local(members.References.Int32) : null;
        if (device is not null)
        {
            if (chunks is not null)
            {
                code.Number(1).Store(chunks);
            }

            device.Emit(guard, results, done);
        }

        if (frame.Products.IsEmpty)
        {
            guard.EmitRun();
        }
        else
        {
            frame.Products.EmitMemory(frame.State, guard, results);
            frame.Products.EmitRun(frame.State, frame.GiveUp);
        }

        if (chunks is not null)
        {
            guard.EmitChunkCount();
            code.Store(chunks);
        }

        code.Mark(done);
        foreach (int index in Enumerable.Range(0, results.Length).Where(index => results[index] is null))
        {
            EmitReduced(graph.Nodes[graph.Outputs[index]], frame.Outputs[index], frame.Kernel.Outputs[index], chunks!);
        }

        foreach (int index in Enumerable.Range(0, results.Length).Where(index => results[index] is not null))
        {
            code.Load(frame.Outputs[index]).Load(results[index]!).Emit(OpCodes.Stind_Ref);
        }

        code.Number(1).Emit(OpCodes.Ret);
        code.Mark(frame.GiveUp).Number(0).Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }

    private void EmitInputs()
    {
        foreach (int index in Enumerable.Range(0, frame.Inputs.Count).Except(graph.Products).Where(index => !graph.Inputs[index].IsOfViews))
        {
            KernelInput input = graph.Inputs[index];
            code.LoadAddress(frame.State).Load(frame.Inputs[index]);
            if (input.IsTensor)
            {
                code.Call(members.Data(frame.Element(index), input.Kind));
            }

            code.On(OpCodes.Stfld, frame.Kernel.Inputs[index]);
        }
    }

    /// <summary>Allocates the tensors given out, or takes their spares; null for what is a reduction.</summary>
    private VariableDefinition?[] EmitResults()
    {
        var results = new VariableDefinition?[frame.Outputs.Count];
        for (int index = 0; index < frame.Outputs.Count; index++)
        {
            KernelNode node = graph.Nodes[graph.Outputs[index]];
            if (!node.IsReduction)
            {
                TypeReference element = members.References.Element(node.ResultType);
                VariableDefinition result = results[index] = code.Local(members.References.Tensor(element));
                if (graph.Pooled.Contains(index) && graph.ShapeOf(KernelValue.Node(graph.Outputs[index])) == KernelShape.Elements)
                {
                    guard.EmitShape();
                    code.Call(members.Rent(element));
                }
                else
                {
                    guard.EmitAllocation(graph.Outputs[index], frame.Spare(index));
                }

                code.Store(result);
                code.LoadAddress(frame.State).Load(result).Call(members.Data(element, InputKind.Tensor)).On(OpCodes.Stfld, frame.Kernel.Outputs[index]);
            }
        }

        return results;
    }

    private void EmitReduced(KernelNode node, ParameterDefinition output, FieldDefinition partials, VariableDefinition chunks)
    {
        code.Load(output).LoadAddress(frame.State).On(OpCodes.Ldflda, partials);
        guard.EmitLength();
        code.Load(chunks).Call(members.ReduceChunks(node)).On(OpCodes.Stobj, members.References.Element(node.ResultType));
    }
}
