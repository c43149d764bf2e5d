using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Has elements moved by the runtime's <c>KernelMoves</c> instead of the library: the member of the same name and signature, with the same answers.
/// Before: what is left of such calls is what no kernel has taken as a view. After: none of them is the library's.
/// </summary>
internal static class MovementCalls
{
    /// <summary>The number of calls replaced.</summary>
    public static int Run(Function function)
    {
        var calls = function.Instructions.Where(instruction => instruction.Code == Code.Call && OperatorTable.Find(instruction.Method!) is { Row.Kind: OperatorKind.Move }).ToList();
        if (calls.Count > 0)
        {
            var type = new RuntimeReferences(function.Module).Support("KernelMoves");
            calls.ForEach(call => call.Operand = Moved((GenericInstanceMethod)call.Operand!, type));
        }

        return calls.Count;
    }

    private static GenericInstanceMethod Moved(GenericInstanceMethod method, TypeReference type)
    {
        // The signature is the element method's own, in which !!0 stands for the type of the elements whoever declares it.
        var moved = new MethodReference(method.Name, method.ElementMethod.ReturnType, type);
        moved.GenericParameters.Add(new GenericParameter("T", moved));
        method.ElementMethod.Parameters.ToList().ForEach(parameter => moved.Parameters.Add(new ParameterDefinition(parameter.ParameterType)));
        return new GenericInstanceMethod(moved) { GenericArguments = { method.GenericArguments[0] } };
    }
}
