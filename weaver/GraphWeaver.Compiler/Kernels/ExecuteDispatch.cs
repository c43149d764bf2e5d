using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Emits <c>IKernel.Execute</c>: a jump to the form of the method that the kernel's tensors allow, so that only the code of forms that run is ever
/// compiled.
/// </summary>
internal static class ExecuteDispatch
{
    public static MethodDefinition Emit(
        KernelGraph graph, KernelMembers members, KernelTypeEmitter kernel, IReadOnlyDictionary<ExecuteForm, MethodDefinition> forms)
    {
        const MethodAttributes Implementation = MethodAttributes.Public | MethodAttributes.Final | MethodAttributes.Virtual
            | MethodAttributes.HideBySig | MethodAttributes.NewSlot;
        var code = new StageCode(new MethodDefinition("Execute", Implementation, members.References.Boolean));
        ParameterDefinition[] parameters =
            [code.Parameter(members.References.Int32), code.Parameter(members.References.IntPtr), code.Parameter(members.References.IntPtr)];
        Instruction overRows = StageCode.Label();
        Instruction overSpace = StageCode.Label();
        if (forms.TryGetValue(ExecuteForm.Flat, out MethodDefinition? flat))
        {
            code.LoadThis().On(OpCodes.Ldfld, kernel.Space).Native(0).Emit(OpCodes.Conv_U).Branch(OpCodes.Bne_Un, overRows);
            EmitCall(flat);
            code.Mark(overRows);
        }

        code.LoadThis().On(OpCodes.Ldfld, kernel.Space).Call(members.HasEvenRows(graph.IsByRow)).Branch(OpCodes.Brfalse, overSpace);
        EmitCall(forms[ExecuteForm.EvenRows]);
        code.Mark(overSpace);
        EmitCall(forms[ExecuteForm.Space]);
        return code.Finish(optimise: true);

        void EmitCall(MethodDefinition form)
        {
            code.LoadThis();
            foreach (ParameterDefinition parameter in parameters)
            {
                code.Load(parameter);
            }

            code.Call(form).Emit(OpCodes.Ret);
        }
    }
}
