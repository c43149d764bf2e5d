using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>
/// One IL instruction in long form: <c>ldarg.0</c> is <c>ldarg</c>, <c>ldc.i4.s 5</c> is <c>ldc.i4 5</c>, short branches are long.
/// A read view: the Cecil body is not changed, because the original body stays in the program.
/// </summary>
internal readonly struct CanonicalInstruction(Code code, object? operand)
{
    public Code Code { get; } = code;

    public object? Operand { get; } = operand;

    public static CanonicalInstruction From(Mono.Cecil.Cil.Instruction il, MethodBody body)
    {
        var code = il.OpCode.Code;
        switch (code)
        {
            case >= Code.Ldarg_0 and <= Code.Ldarg_3:
                return new(Code.Ldarg, ArgumentIndex(body, code - Code.Ldarg_0));
            case >= Code.Ldloc_0 and <= Code.Ldloc_3:
                return new(Code.Ldloc, body.Variables[code - Code.Ldloc_0]);
            case >= Code.Stloc_0 and <= Code.Stloc_3:
                return new(Code.Stloc, body.Variables[code - Code.Stloc_0]);
            case Code.Ldarg or Code.Ldarg_S:
                return new(Code.Ldarg, ArgumentIndex(body, (ParameterDefinition)il.Operand));
            case Code.Ldarga or Code.Ldarga_S:
                return new(Code.Ldarga, ArgumentIndex(body, (ParameterDefinition)il.Operand));
            case Code.Starg or Code.Starg_S:
                return new(Code.Starg, ArgumentIndex(body, (ParameterDefinition)il.Operand));
            case Code.Ldloc_S:
                return new(Code.Ldloc, il.Operand);
            case Code.Ldloca_S:
                return new(Code.Ldloca, il.Operand);
            case Code.Stloc_S:
                return new(Code.Stloc, il.Operand);
            case >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8:
                return new(Code.Ldc_I4, code - Code.Ldc_I4_0);
            case Code.Ldc_I4_S:
                return new(Code.Ldc_I4, (int)(sbyte)il.Operand);
            case >= Code.Br_S and <= Code.Blt_Un_S:
                return new(code - Code.Br_S + Code.Br, il.Operand);
            case Code.Leave_S:
                return new(Code.Leave, il.Operand);
            default:
                return new(code, il.Operand);
        }
    }

    public bool EndsBlock => Code is (>= Code.Br and <= Code.Switch) or Code.Ret or Code.Throw or Code.Rethrow or Code.Jmp
        or Code.Leave or Code.Endfinally or Code.Endfilter;

    /// <summary>Index 0 is <c>this</c> in an instance method.</summary>
    private static int ArgumentIndex(MethodBody body, ParameterDefinition parameter) =>
        parameter == body.ThisParameter ? 0 : parameter.Index + (body.Method.HasThis ? 1 : 0);

    private static int ArgumentIndex(MethodBody body, int index) => index;
}
