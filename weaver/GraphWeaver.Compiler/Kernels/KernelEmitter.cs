using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// Turns a kernel graph into a method <c>static bool name(inputs..., out outputs...)</c> and the structure that computes. The method asks
/// its guard before anything is written, allocates the results, runs the structure over all elements and hands the results out. False
/// means that nothing observable happened (a null, empty, non-dense or differently shaped input, or an operator about to throw): the
/// caller runs the original instructions.
/// </summary>
public static class KernelEmitter
{
    /// <summary>
    /// Adds the method and its structure to <paramref name="container"/>, a non-generic class of <paramref name="module"/>. Parameters
    /// are the graph's inputs in order (<c>Tensor&lt;T&gt;</c> or <c>T</c>), then its outputs (<c>out Tensor&lt;T&gt;</c>, or <c>out
    /// T</c> of a reduction), which are null or default after false.
    /// </summary>
    public static MethodDefinition Emit(ModuleDefinition module, TypeDefinition container, KernelGraph graph, string name)
    {
        var references = new RuntimeReferences(module);
        var members = new KernelMembers(references);
        var kernel = new KernelTypeEmitter(graph, members, name + "Kernel");
        container.NestedTypes.Add(kernel.Emit());

        var method = new MethodDefinition(
            name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, references.Boolean);
        container.Methods.Add(method);
        var code = new StageCode(method);
        ParameterDefinition[] inputs = kernel.Inputs.Select((field, index) =>
            Parameter(method, "input" + index, field.FieldType, ParameterAttributes.None)).ToArray();
        ParameterDefinition[] outputs = graph.Outputs.Select((node, index) =>
            Parameter(
                method, "output" + index, new ByReferenceType(OutputType(graph.Nodes[node], references)),
                ParameterAttributes.Out)).ToArray();

        foreach (ParameterDefinition output in outputs)
        {
            code.Load(output).On(OpCodes.Initobj, ((ByReferenceType)output.ParameterType).ElementType);
        }

        Instruction giveUp = StageCode.Label();
        int first = Enumerable.Range(0, inputs.Length).First(index => graph.Inputs[index].IsTensor);
        TypeReference firstElement = references.Element(graph.Inputs[first].Type);
        EmitGuard(code, graph, inputs, first, members, giveUp);

        method.Body.InitLocals = true;
        VariableDefinition state = code.Local(kernel.Type);
        for (int index = 0; index < inputs.Length; index++)
        {
            code.LoadAddress(state).Load(inputs[index]).On(OpCodes.Stfld, kernel.Inputs[index]);
        }

        for (int index = 0; index < outputs.Length; index++)
        {
            KernelNode node = graph.Nodes[graph.Outputs[index]];
            if (!node.IsReduction)
            {
                code.LoadAddress(state).Load(inputs[first]).Call(members.Allocate(firstElement, references.Element(node.ResultType)))
                    .On(OpCodes.Stfld, kernel.Outputs[index]);
            }
        }

        VariableDefinition length = code.Local(references.IntPtr);
        code.Load(inputs[first]).Call(members.Length(firstElement)).Store(length);
        code.LoadAddress(state).Load(length).Number(graph.Cost).Call(members.Run(kernel.Type)).Branch(OpCodes.Brfalse, giveUp);
        for (int index = 0; index < outputs.Length; index++)
        {
            EmitResult(code, graph.Nodes[graph.Outputs[index]], outputs[index], kernel.Outputs[index]);
        }

        code.Number(1).Emit(OpCodes.Ret);
        code.Mark(giveUp).Number(0).Emit(OpCodes.Ret);
        return code.Finish(optimise: false);

        void EmitResult(StageCode code, KernelNode node, ParameterDefinition output, FieldDefinition field)
        {
            if (node.IsReduction)
            {
                TypeReference element = references.Element(node.ElementType);
                code.Load(output).LoadAddress(state).On(OpCodes.Ldflda, field).Load(length);
                code.Load(length).Number(graph.Cost).Call(members.ChunkCount());
                code.Call(members.ReduceChunks(node.Row.Members[0] + "OfChunks", element)).On(OpCodes.Stobj, element);
            }
            else
            {
                code.Load(output).LoadAddress(state).On(OpCodes.Ldfld, field).Emit(OpCodes.Stind_Ref);
            }
        }
    }

    private static void EmitGuard(
        StageCode code, KernelGraph graph, ParameterDefinition[] inputs, int first, KernelMembers members, Instruction giveUp)
    {
        TypeReference firstElement = members.References.Element(graph.Inputs[first].Type);
        code.Load(inputs[first]).Call(members.IsReady(firstElement)).Branch(OpCodes.Brfalse, giveUp);
        for (int index = first + 1; index < inputs.Length; index++)
        {
            if (graph.Inputs[index].IsTensor)
            {
                code.Load(inputs[index]).Load(inputs[first]);
                code.Call(
                    members.HasShapeOf(members.References.Element(graph.Inputs[index].Type), firstElement)).Branch(OpCodes.Brfalse, giveUp);
            }
        }
    }

    private static TypeReference OutputType(KernelNode node, RuntimeReferences references) => node.IsReduction
        ? references.Element(node.ElementType)
        : references.Tensor(references.Element(node.ResultType));

    private static ParameterDefinition Parameter(MethodDefinition method, string name, TypeReference type, ParameterAttributes attributes)
    {
        var parameter = new ParameterDefinition(name, attributes, type);
        method.Parameters.Add(parameter);
        return parameter;
    }
}
