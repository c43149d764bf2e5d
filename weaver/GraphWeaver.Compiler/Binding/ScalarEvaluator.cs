using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Interprets arithmetic, conversions and comparisons on literals in the engine, exactly as the running machine would. What could throw
/// there (division by zero, overflow checks) and what depends on the machine (native integers) is left alone.
/// </summary>
internal static class ScalarEvaluator
{
    /// <summary>The result, or null when the instruction is not one of these or its operands are not literals.</summary>
    public static Constant? Evaluate(Instruction instruction, IReadOnlyList<Value> inputs)
    {
        if (instruction.Type is null || inputs.Count is 0 or > 2 || inputs.Any(input => input is not Constant { Literal: not null }))
        {
            return null;
        }

        var left = ((Constant)inputs[0]).Literal!;
        var result = inputs.Count == 1 ? Unary(instruction.Code, left) : Binary(instruction.Code, left, ((Constant)inputs[1]).Literal!);
        return result is null ? null : new Constant(result, instruction.Type);
    }

    /// <summary>Whether a conditional branch is taken, or null when its operands do not tell.</summary>
    public static bool? IsTaken(Code code, IReadOnlyList<Value> inputs)
    {
        if (inputs.Any(input => input is not Constant constant || constant.Literal == Constant.Zero))
        {
            return null;
        }

        var left = ((Constant)inputs[0]).Literal;
        if (code is Code.Brtrue or Code.Brfalse)
        {
            bool? isSet = left switch { null => false, int number => number != 0, long number => number != 0, string => true, _ => null };
            return isSet is null ? null : isSet == (code == Code.Brtrue);
        }

        var right = ((Constant)inputs[1]).Literal;
        if (left is null || right is null)
        {
            return left is null && right is null ? code switch { Code.Beq => true, Code.Bne_Un => false, _ => null } : null;
        }

        return code switch
        {
            Code.Beq => Truth(Binary(Code.Ceq, left, right)),
            Code.Bne_Un => Not(Binary(Code.Ceq, left, right)),
            Code.Bgt => Truth(Binary(Code.Cgt, left, right)),
            Code.Bgt_Un => Truth(Binary(Code.Cgt_Un, left, right)),
            Code.Blt => Truth(Binary(Code.Clt, left, right)),
            Code.Blt_Un => Truth(Binary(Code.Clt_Un, left, right)),

            // With floats, "greater or equal" is false for NaN, which is "not (less or unordered)"; the .un forms are the reverse.
            Code.Bge => Not(Binary(IsFloat(left) ? Code.Clt_Un : Code.Clt, left, right)),
            Code.Bge_Un => Not(Binary(IsFloat(left) ? Code.Clt : Code.Clt_Un, left, right)),
            Code.Ble => Not(Binary(IsFloat(left) ? Code.Cgt_Un : Code.Cgt, left, right)),
            Code.Ble_Un => Not(Binary(IsFloat(left) ? Code.Cgt : Code.Cgt_Un, left, right)),
            _ => null,
        };
    }

    private static bool IsFloat(object literal) => literal is float or double;

    private static bool? Truth(object? flag) => flag is int number ? number != 0 : null;

    private static bool? Not(object? flag) => flag is int number ? number == 0 : null;

    private static object? Unary(Code code, object value) => (code, value) switch
    {
        (Code.Neg, int x) => unchecked(-x),
        (Code.Neg, long x) => unchecked(-x),
        (Code.Neg, float x) => -x,
        (Code.Neg, double x) => -x,
        (Code.Not, int x) => ~x,
        (Code.Not, long x) => ~x,
        (Code.Conv_I1, int x) => (int)unchecked((sbyte)x),
        (Code.Conv_U1, int x) => (int)unchecked((byte)x),
        (Code.Conv_I2, int x) => (int)unchecked((short)x),
        (Code.Conv_U2, int x) => (int)unchecked((ushort)x),
        (Code.Conv_I4 or Code.Conv_U4, int x) => x,
        (Code.Conv_I4 or Code.Conv_U4, long x) => unchecked((int)x),
        (Code.Conv_I8, int x) => (long)x,
        (Code.Conv_U8, int x) => (long)unchecked((uint)x),
        (Code.Conv_I8 or Code.Conv_U8, long x) => x,
        (Code.Conv_R4, int x) => (float)x,
        (Code.Conv_R4, long x) => (float)x,
        (Code.Conv_R4, float x) => x,
        (Code.Conv_R4, double x) => (float)x,
        (Code.Conv_R8, int x) => (double)x,
        (Code.Conv_R8, long x) => (double)x,
        (Code.Conv_R8, float x) => (double)x,
        (Code.Conv_R8, double x) => x,

        // Out of range these saturate or not depending on the machine; in range they are exact.
        (Code.Conv_I4, double x) when x > int.MinValue - 1.0 && x < int.MaxValue + 1.0 => (int)x,
        (Code.Conv_I4, float x) when x > int.MinValue - 1.0 && x < int.MaxValue + 1.0 => (int)x,
        _ => null,
    };

    private static object? Binary(Code code, object left, object right) => (left, right) switch
    {
        (int x, int y) => OnInt32(code, x, y),
        (long x, long y) => OnInt64(code, x, y),
        (long x, int y) when code is Code.Shl or Code.Shr or Code.Shr_Un && y is >= 0 and < 64 => code switch
        {
            Code.Shl => x << y,
            Code.Shr => x >> y,
            _ => (object)unchecked((long)((ulong)x >> y)),
        },
        (float x, float y) => OnFloat(code, x, y, static value => (float)value),
        (double x, double y) => OnFloat(code, x, y, static value => value),
        _ => null,
    };

    private static object? OnInt32(Code code, int x, int y) => unchecked(code switch
    {
        Code.Add => x + y,
        Code.Sub => x - y,
        Code.Mul => x * y,
        Code.Div when y is not (0 or -1) => x / y,
        Code.Rem when y is not (0 or -1) => x % y,
        Code.Div_Un when y != 0 => (int)((uint)x / (uint)y),
        Code.Rem_Un when y != 0 => (int)((uint)x % (uint)y),
        Code.And => x & y,
        Code.Or => x | y,
        Code.Xor => x ^ y,
        Code.Shl when y is >= 0 and < 32 => x << y,
        Code.Shr when y is >= 0 and < 32 => x >> y,
        Code.Shr_Un when y is >= 0 and < 32 => (int)((uint)x >> y),
        Code.Ceq => x == y ? 1 : 0,
        Code.Cgt => x > y ? 1 : 0,
        Code.Cgt_Un => (uint)x > (uint)y ? 1 : 0,
        Code.Clt => x < y ? 1 : 0,
        Code.Clt_Un => (uint)x < (uint)y ? 1 : 0,
        _ => (object?)null,
    });

    private static object? OnInt64(Code code, long x, long y) => unchecked(code switch
    {
        Code.Add => x + y,
        Code.Sub => x - y,
        Code.Mul => x * y,
        Code.Div when y is not (0 or -1) => x / y,
        Code.Rem when y is not (0 or -1) => x % y,
        Code.And => x & y,
        Code.Or => x | y,
        Code.Xor => x ^ y,
        Code.Ceq => x == y ? 1 : 0,
        Code.Cgt => x > y ? 1 : 0,
        Code.Cgt_Un => (ulong)x > (ulong)y ? 1 : 0,
        Code.Clt => x < y ? 1 : 0,
        Code.Clt_Un => (ulong)x < (ulong)y ? 1 : 0,
        _ => (object?)null,
    });

    /// <summary>
    /// Float operations done in double and rounded once are the float operations (double has more than twice the bits, plus two), for
    /// + - * and /; comparisons are exact. A NaN result is left to the machine, since its sign and payload are the machine's.
    /// </summary>
    private static object? OnFloat(Code code, double x, double y, Func<double, object> round)
    {
        switch (code)
        {
            case Code.Add:
                return Number(x + y);
            case Code.Sub:
                return Number(x - y);
            case Code.Mul:
                return Number(x * y);
            case Code.Div:
                return Number(x / y);
        }

        var unordered = double.IsNaN(x) || double.IsNaN(y);
        return code switch
        {
            Code.Ceq => x == y ? 1 : 0,
            Code.Cgt => x > y ? 1 : 0,
            Code.Cgt_Un => x > y || unordered ? 1 : 0,
            Code.Clt => x < y ? 1 : 0,
            Code.Clt_Un => x < y || unordered ? 1 : 0,
            _ => null,
        };

        object? Number(double value) => double.IsNaN(value) ? null : round(value);
    }
}
