using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// A call recognised as a table operator whose tensor operands are known: a <c>Tensor&lt;T&gt;</c> itself, or the tensor that a span argument
/// was made from just for this call.
/// </summary>
internal sealed class TensorOperation
{
    private TensorOperation(Instruction call, OperatorMatch match, IReadOnlyList<Value> operands, IReadOnlyList<Instruction> conversions)
    {
        Call = call;
        Match = match;
        Operands = operands;
        Conversions = conversions;
    }

    public Instruction Call { get; }

    public OperatorMatch Match { get; }

    /// <summary>Tensors and scalars in parameter order.</summary>
    public IReadOnlyList<Value> Operands { get; }

    /// <summary>The conversions of tensors to spans, and the taking of their addresses, that the call's arguments go through.</summary>
    public IReadOnlyList<Instruction> Conversions { get; }

    public bool IsReduction => Match.Row.Kind == OperatorKind.Reduction;

    public IEnumerable<Value> TensorOperands => Operands.Where((_, index) => Match.Roles[index] != OperandRole.Scalar);

    /// <summary>The operation a call is, or null when it is none that a kernel can hold.</summary>
    public static TensorOperation? Recognise(Instruction instruction)
    {
        if (instruction.Code != Code.Call || OperatorTable.Find(instruction.Method!) is not { Row.Kind: not OperatorKind.Contraction } match)
        {
            return null;
        }

        var operands = new List<Value>();
        var conversions = new List<Instruction>();
        for (var i = 0; i < instruction.Inputs.Count; i++)
        {
            if (match.Roles[i] != OperandRole.TensorSpan)
            {
                operands.Add(instruction.Inputs[i]);
            }
            else if (instruction.Inputs[i] is Instruction { IsAddressOfValue: true } address && address.Inputs[0] is Instruction conversion && IsConversion(conversion))
            {
                operands.Add(conversion.Inputs[0]);
                conversions.Add(conversion);
                conversions.Add(address);
            }
            else
            {
                return null;
            }
        }

        return new TensorOperation(instruction, match, operands, conversions);
    }

    private static bool IsConversion(Instruction instruction) =>
        instruction is { Code: Code.Call, Method: { Name: "op_Implicit" } method }
        && method.DeclaringType.GetElementType().FullName == OperatorTable.TensorType + "`1"
        && method.Parameters[0].ParameterType.GetElementType().FullName == OperatorTable.TensorType + "`1";
}
