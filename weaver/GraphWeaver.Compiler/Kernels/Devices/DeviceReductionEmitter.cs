using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels.Devices;

/// <summary>
/// Emits what a kernel with reductions over all elements does on a device: <c>TState Start()</c>, which changes nothing, <c>TState Element(int)</c>, which computes one
/// element, stores what is given out at it and gives what is reduced, and <c>TState Combine(TState, TState)</c>.
/// </summary>
internal sealed class DeviceReductionEmitter(KernelGraph graph, DeviceMembers members, DeviceKernelType type)
{
    private readonly TypeDefinition state = type.State!;

    public IEnumerable<MethodDefinition> Emit() => [EmitStart(), EmitElement(), EmitCombine()];

    /// <summary>A fold starts from the default value.</summary>
    private MethodDefinition EmitStart()
    {
        StageCode code = type.Implementation("Start", state);
        return EmitState(code, type.Reductions.Where(reduction => !IsFold(reduction)), reduction => code.Identity(Node(reduction), members.References));
    }

    private MethodDefinition EmitElement()
    {
        StageCode code = type.Implementation("Element", state);
        ParameterDefinition index = code.Parameter(members.References.Int32);
        var position = new NumberedPosition(members, type, code, () => code.Load(index));
        position.EmitStart();
        var element = new DeviceElementCode(graph, members, type, code, [], position);
        foreach (KernelValue operand in type.Reductions.SelectMany(reduction => Node(reduction).Operands))
        {
            element.Emit(operand);
        }

        element.EmitResults();
        return EmitState(code, type.Reductions, reduction =>
        {
            foreach (KernelValue operand in Node(reduction).Operands)
            {
                element.Load(operand);
            }

            if (IsFold(reduction))
            {
                code.Load(index).Call(members.OfElement(Node(reduction)));
            }
        });
    }

    private MethodDefinition EmitCombine()
    {
        StageCode code = type.Implementation("Combine", state);
        ParameterDefinition x = code.Parameter(state);
        ParameterDefinition y = code.Parameter(state);
        return EmitState(code, type.Reductions, reduction =>
        {
            FieldDefinition field = Field(reduction);
            code.Load(x).On(OpCodes.Ldfld, field).Load(y).On(OpCodes.Ldfld, field).Call(members.Accumulate(Node(reduction)));
        });
    }

    private MethodDefinition EmitState(StageCode code, IEnumerable<int> reductions, Action<int> loadReduction)
    {
        VariableDefinition result = code.Local(state);
        foreach (int reduction in reductions)
        {
            code.LoadAddress(result);
            loadReduction(reduction);
            code.On(OpCodes.Stfld, Field(reduction));
        }

        code.Load(result).Emit(OpCodes.Ret);
        return code.Finish(optimise: false);
    }

    private bool IsFold(int reduction) => Node(reduction).Emission.Form == CpuForm.Fold;

    private KernelNode Node(int reduction) => graph.Nodes[graph.Outputs[reduction]];

    private FieldDefinition Field(int reduction) => state.Fields[type.Reductions.ToList().IndexOf(reduction)];
}
