using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits the views of a tensor as steps on its layout: no element moves and no object is made. A step that eager would refuse, or that no layout
/// holds, gives up.
/// </summary>
internal sealed class ViewEmitter(KernelFrame frame)
{
    private readonly KernelMembers members = frame.Members;
    private readonly StageCode code = frame.Code;
    private VariableDefinition? numbers;

    /// <summary>Turns the layout of a tensor in a local into that of its views.</summary>
    public void Emit(IEnumerable<KernelView> views, VariableDefinition layout)
    {
        foreach (KernelView view in views)
        {
            switch (view.Method)
            {
                case "Slice" or "SliceFrom":
                    EmitSlice(view, layout);
                    break;
                case "Reshape" or "PermuteDimensions" or "Broadcast":
                    EmitListed(view, layout);
                    break;
                default:
                    code.LoadAddress(layout);
                    view.Operands.ToList().ForEach(operand => code.Load(frame.Inputs[operand]));
                    code.Call(members.OfLayout(view.Method, [.. view.Operands.Select(_ => members.References.Int32)])).Branch(OpCodes.Brfalse, frame.GiveUp);
                    break;
            }
        }
    }

    private void EmitSlice(KernelView view, VariableDefinition layout)
    {
        code.LoadAddress(layout).Number(view.Operands.Count).Call(members.OfLayout("HasRank", members.References.Int32)).Branch(OpCodes.Brfalse, frame.GiveUp);
        for (int dimension = 0; dimension < view.Operands.Count; dimension++)
        {
            ParameterDefinition operand = frame.Inputs[view.Operands[dimension]];
            code.LoadAddress(layout).Number(dimension).Load(operand);
            code.Call(members.OfLayout(view.Method, members.References.Int32, operand.ParameterType)).Branch(OpCodes.Brfalse, frame.GiveUp);
        }
    }

    private void EmitListed(KernelView view, VariableDefinition layout)
    {
        numbers ??= code.Local(members.Numbers);
        code.LoadAddress(numbers).Call(members.ClearNumbers);
        foreach (int operand in view.Operands)
        {
            code.LoadAddress(numbers).Load(frame.Inputs[operand]);
            if (frame.Graph.Inputs[operand].Kind == InputKind.Dimension)
            {
                code.Emit(OpCodes.Conv_I);
            }

            code.Call(members.AddNumber);
        }

        code.LoadAddress(layout).LoadAddress(numbers).Call(members.OfLayout(view.Method, new ByReferenceType(members.Numbers))).Branch(OpCodes.Brfalse, frame.GiveUp);
    }
}
