using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Specialisation;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.DifferentialTests.Generics;

/// <summary>Closed copies of generic bodies, as other passes may ask for them.</summary>
public sealed class ClosedBodyTests
{
    private const string Source = """
        using System.Numerics;
        public static class Helpers
        {
            public static Tensor<T> Scale<T>(Tensor<T> x, T a) where T : struct, INumber<T>
            {
                var b = a * T.CreateChecked(2) + T.One;
                if (typeof(T) == typeof(double)) { b = T.Abs(b); }
                return x * b;
            }
            public static Tensor<float> Use(Tensor<float> x) => Scale(x, 2f);
        }
        public class Box<T> where T : struct, INumber<T>
        {
            private T value = T.One;
            public T Add<U>(T more, U other) where U : struct, INumber<U> { value += more + T.CreateChecked(other); return value; }
            public static long Use(Box<long> box) => box.Add(3L, 2.5);
        }
        """;

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void A_copy_names_no_parameter_and_calls_operators_by_their_IL(OptimizationLevel optimization)
    {
        using var module = CecilModules.Read(CSharpCompiler.Compile(Source, optimization));
        var copy = ClosedBody.Clone(Called(module, "Helpers", "Scale"));
        var codes = copy.Body.Instructions.Select(il => il.OpCode.Code).ToList();

        Assert.Equal(["System.Numerics.Tensors.Tensor`1<System.Single>", "System.Single"], copy.Parameters.Select(parameter => parameter.ParameterType.FullName));
        Assert.DoesNotContain(Code.Constrained, codes);
        Assert.DoesNotContain(copy.Body.Instructions, il => il.Operand is MemberReference { ContainsGenericParameter: true } and not MethodReference);
        Assert.Contains(Code.Mul, codes);
        Assert.Contains(Code.Add, codes);
        Assert.Contains(Code.Conv_R4, codes);
        Assert.Contains(Code.Ldc_I4_0, codes);
        Assert.DoesNotContain(Code.Ldtoken, codes);
        Assert.NotEmpty(copy.DebugInformation.SequencePoints);
        Assert.DoesNotContain(copy, copy.DeclaringType.Methods);
        Assert.NotEmpty(Lifter.Lift(copy).Blocks);
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void In_a_generic_type_the_receiver_is_the_first_parameter(OptimizationLevel optimization)
    {
        using var module = CecilModules.Read(CSharpCompiler.Compile(Source, optimization));
        var copy = ClosedBody.Clone(Called(module, "Box`1", "Add"));

        Assert.True(copy.IsStatic);
        Assert.Equal(["Box`1<System.Int64>", "System.Int64", "System.Double"], copy.Parameters.Select(parameter => parameter.ParameterType.FullName));
        Assert.Contains(copy.Body.Instructions, il => il.Operand is FieldReference { DeclaringType.FullName: "Box`1<System.Int64>" });
        Assert.Contains(copy.Body.Instructions, il => il.OpCode.Code == Code.Conv_Ovf_I8);
        var function = Lifter.Lift(copy);
        Assert.True(ClosedBody.IsReceiver(function.Arguments[0], copy));
        Assert.False(ClosedBody.IsReceiver(function.Arguments[1], copy));
    }

    private static MethodReference Called(ModuleDefinition module, string type, string name) => module.GetType(type).Methods.Single(method => method.Name == "Use")
        .Body.Instructions.Select(il => il.Operand).OfType<GenericInstanceMethod>().Single(method => method.Name == name);
}
