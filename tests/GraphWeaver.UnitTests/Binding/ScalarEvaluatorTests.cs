using System.Reflection.Emit;
using GraphWeaver.Compiler.Binding;
using GraphWeaver.Compiler.IR;
using GraphWeaver.UnitTests.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;
using OpCode = System.Reflection.Emit.OpCode;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace GraphWeaver.UnitTests.Binding;

/// <summary>Whatever the evaluator answers is, bit by bit, what the running machine computes; and it answers wherever the machine's answer is sure.</summary>
public sealed class ScalarEvaluatorTests
{
    private static readonly object[] Int32s = [0, 1, -1, 2, 7, -8, 31, 32, 127, 128, 255, 256, 32767, 32768, -32769, 65535, 65536, int.MaxValue, int.MinValue, 16777217];

    private static readonly object[] Int64s =
        [0L, 1L, -1L, 5L, 63L, 255L, int.MaxValue + 1L, int.MinValue - 1L, uint.MaxValue + 0L, long.MaxValue, long.MinValue, 9007199254740993L, 16777217L];

    private static readonly object[] Singles =
    [
        0f, -0f, 1f, -1f, 0.1f, 1.5f, -2.5f, 3e38f, 1e-45f, 1e-38f, 16777216f, 2147483520f, -2147483648f, 2147483648f,
        float.Epsilon, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    private static readonly object[] Doubles =
    [
        0d, -0d, 1d, -1d, 0.1, 1.5, -2.5, 1e300, 5e-324, 1e-310, 3.4028235677973366e38, 1.401298464324817e-45, 7.006492321624085e-46, 0.1f + 1e-9,
        2147483647.5, -2147483648.9, 2147483648d, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    private static readonly object[] Values = [.. Int32s, .. Int64s, .. Singles, .. Doubles];

    private readonly IrModule ir = new();

    [Theory]
    [InlineData(Code.Add, "int long float double")]
    [InlineData(Code.Sub, "int long float double")]
    [InlineData(Code.Mul, "int long float double")]
    [InlineData(Code.Div, "int long float double")]
    [InlineData(Code.Rem, "int long")]
    [InlineData(Code.Div_Un, "int")]
    [InlineData(Code.Rem_Un, "int")]
    [InlineData(Code.And, "int long")]
    [InlineData(Code.Or, "int long")]
    [InlineData(Code.Xor, "int long")]
    [InlineData(Code.Shl, "int long")]
    [InlineData(Code.Shr, "int long")]
    [InlineData(Code.Shr_Un, "int long")]
    [InlineData(Code.Ceq, "int long float double")]
    [InlineData(Code.Cgt, "int long float double")]
    [InlineData(Code.Cgt_Un, "int long float double")]
    [InlineData(Code.Clt, "int long float double")]
    [InlineData(Code.Clt_Un, "int long float double")]
    public void A_binary_operation_gives_what_the_machine_gives(Code code, string kinds)
    {
        var isShift = code is Code.Shl or Code.Shr or Code.Shr_Un;
        foreach (var left in Values)
        {
            foreach (var right in isShift ? Int32s : Values.Where(value => value.GetType() == left.GetType()))
            {
                var known = Evaluate(code, left, right);
                if (!kinds.Split(' ').Contains(Keyword(left)) || IsUnsure(code, left, right))
                {
                    Assert.True(known is null, $"{code} {left} {right} is answered");
                    continue;
                }

                Assert.True(known is not null || IsNaN(Machine(code, left, right)), $"{code} {left} {right} is not answered");
                if (known is not null)
                {
                    AssertSameBits(Machine(code, left, right), known, $"{code} {left} {right}");
                }
            }
        }
    }

    [Theory]
    [InlineData(Code.Neg, "int long float double")]
    [InlineData(Code.Not, "int long")]
    [InlineData(Code.Conv_I1, "int")]
    [InlineData(Code.Conv_U1, "int")]
    [InlineData(Code.Conv_I2, "int")]
    [InlineData(Code.Conv_U2, "int")]
    [InlineData(Code.Conv_I4, "int long float double")]
    [InlineData(Code.Conv_U4, "int long")]
    [InlineData(Code.Conv_I8, "int long")]
    [InlineData(Code.Conv_U8, "int long")]
    [InlineData(Code.Conv_R4, "int long float double")]
    [InlineData(Code.Conv_R8, "int long float double")]
    public void A_unary_operation_gives_what_the_machine_gives(Code code, string kinds)
    {
        foreach (var value in Values)
        {
            var known = Evaluate(code, value);
            if (!kinds.Split(' ').Contains(Keyword(value)) || (code == Code.Conv_I4 && value is float or double && !IsInRange(Convert.ToDouble(value))))
            {
                Assert.True(known is null, $"{code} {value} is answered");
                continue;
            }

            Assert.True(known is not null || IsNaN(value), $"{code} {value} is not answered");
            if (known is not null)
            {
                AssertSameBits(Machine(code, value), known, $"{code} {value}");
            }
        }
    }

    [Fact]
    public void Float_arithmetic_by_way_of_double_is_float_arithmetic()
    {
        var random = new Random(5);
        foreach (var code in new[] { Code.Add, Code.Sub, Code.Mul, Code.Div })
        {
            var machine = Binary<float>(code);
            for (var i = 0; i < 20_000; i++)
            {
                var left = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
                var right = i % 2 == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : left * (1 + (random.NextSingle() / 1000));
                var expected = machine(left, right);
                var known = Evaluate(code, left, right);
                Assert.Equal(float.IsNaN(expected), known is null);
                if (known is not null)
                {
                    AssertSameBits(expected, known, $"{code} {left:R} {right:R}");
                }
            }
        }
    }

    [Theory]
    [InlineData(Code.Beq)]
    [InlineData(Code.Bne_Un)]
    [InlineData(Code.Bgt)]
    [InlineData(Code.Bgt_Un)]
    [InlineData(Code.Bge)]
    [InlineData(Code.Bge_Un)]
    [InlineData(Code.Blt)]
    [InlineData(Code.Blt_Un)]
    [InlineData(Code.Ble)]
    [InlineData(Code.Ble_Un)]
    public void A_comparing_branch_goes_where_the_machine_goes(Code code)
    {
        foreach (var left in Values)
        {
            foreach (var right in Values.Where(value => value.GetType() == left.GetType()))
            {
                Assert.True(Branch(code, left, right) == ScalarEvaluator.IsTaken(code, [Constant(left), Constant(right)]), $"{code} {left} {right}");
            }
        }
    }

    [Fact]
    public void A_branch_on_truth_goes_where_the_machine_goes()
    {
        foreach (var value in Int32s.Concat(Int64s))
        {
            Assert.Equal(Branch(Code.Brtrue, value), ScalarEvaluator.IsTaken(Code.Brtrue, [Constant(value)]));
            Assert.Equal(Branch(Code.Brfalse, value), ScalarEvaluator.IsTaken(Code.Brfalse, [Constant(value)]));
        }

        Assert.True(ScalarEvaluator.IsTaken(Code.Brtrue, [Constant("")]));
        Assert.False(ScalarEvaluator.IsTaken(Code.Brtrue, [Constant(null)]));
        Assert.True(ScalarEvaluator.IsTaken(Code.Beq, [Constant(null), Constant(null)]));
        Assert.False(ScalarEvaluator.IsTaken(Code.Bne_Un, [Constant(null), Constant(null)]));
    }

    [Fact]
    public void A_branch_on_what_is_not_known_is_not_decided()
    {
        var argument = new Argument(0, "x", ir.Module.TypeSystem.Int32);
        Assert.Null(ScalarEvaluator.IsTaken(Code.Brtrue, [argument]));
        Assert.Null(ScalarEvaluator.IsTaken(Code.Beq, [Constant(1), argument]));
        Assert.Null(ScalarEvaluator.IsTaken(Code.Beq, [Constant("a"), Constant("a")]));
        Assert.Null(ScalarEvaluator.IsTaken(Code.Beq, [Constant("a"), Constant(null)]));
        Assert.Null(ScalarEvaluator.IsTaken(Code.Brtrue, [Constant(GraphWeaver.Compiler.IR.Constant.Zero)]));
    }

    private static bool IsUnsure(Code code, object left, object right) => code switch
    {
        Code.Div or Code.Rem when left is int or long => Convert.ToInt64(right) is 0 or -1,
        Code.Div_Un or Code.Rem_Un => Convert.ToInt64(right) == 0,
        Code.Shl or Code.Shr or Code.Shr_Un => (int)right < 0 || (int)right >= (left is int ? 32 : 64),
        _ => false,
    };

    private static bool IsInRange(double value) => value is > int.MinValue - 1.0 and < int.MaxValue + 1.0;

    private static bool IsNaN(object value) => value is double.NaN or float.NaN;

    private object? Evaluate(Code code, params object[] inputs) =>
        ScalarEvaluator.Evaluate(new Instruction(code, null, ir.Module.TypeSystem.Object, []), [.. inputs.Select(Constant)])?.Literal;

    private Constant Constant(object? literal) => new(literal, ir.Module.TypeSystem.Object);

    private static void AssertSameBits(object expected, object actual, string what)
    {
        Assert.True(expected.GetType() == actual.GetType(), $"{what}: {actual.GetType()} for {expected.GetType()}");
        Assert.True(Bits(expected) == Bits(actual), $"{what}: {actual} for {expected}");
    }

    private static long Bits(object value) => value switch
    {
        float number => BitConverter.SingleToInt32Bits(number),
        double number => BitConverter.DoubleToInt64Bits(number),
        _ => Convert.ToInt64(value),
    };

    private static string Keyword(object value) => value switch { int => "int", long => "long", float => "float", _ => "double" };

    private static object Machine(Code code, params object[] inputs)
    {
        var result = code switch
        {
            Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un => typeof(int),
            >= Code.Conv_I1 and <= Code.Conv_I4 or Code.Conv_U4 or Code.Conv_U1 or Code.Conv_U2 => typeof(int),
            Code.Conv_I8 or Code.Conv_U8 => typeof(long),
            Code.Conv_R4 => typeof(float),
            Code.Conv_R8 => typeof(double),
            _ => inputs[0].GetType(),
        };
        return Method(result, [.. inputs.Select(input => input.GetType())], il => il.Emit(Operation(code))).Invoke(null, inputs)!;
    }

    private static Func<T, T, T> Binary<T>(Code code) =>
        Method(typeof(T), [typeof(T), typeof(T)], il => il.Emit(Operation(code))).CreateDelegate<Func<T, T, T>>();

    private static bool Branch(Code code, params object[] inputs) => (bool)Method(typeof(bool), [.. inputs.Select(input => input.GetType())], il =>
    {
        var taken = il.DefineLabel();
        il.Emit(Operation(code), taken);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(taken);
        il.Emit(OpCodes.Ldc_I4_1);
    }).Invoke(null, inputs)!;

    private static DynamicMethod Method(Type result, Type[] parameters, Action<ILGenerator> body)
    {
        var method = new DynamicMethod("", result, parameters);
        var il = method.GetILGenerator();
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg, (short)i);
        }

        body(il);
        il.Emit(OpCodes.Ret);
        return method;
    }

    private static OpCode Operation(Code code) => (OpCode)typeof(OpCodes).GetField(code.ToString())!.GetValue(null)!;
}
