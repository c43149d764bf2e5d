using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.UnitTests.IR;
using Microsoft.CodeAnalysis;
using Mono.Cecil.Cil;

namespace GraphWeaver.UnitTests.Lifting;

/// <summary>Which locals of a body with handlers stay memory, and what the lifter makes of branches that C# does not write.</summary>
public sealed class HandlerLiftingTests
{
    private readonly IrModule ir = new();

    [Theory]
    [InlineData("", "var x = a; try { a = Next(x); } catch { Effect(x); }")]
    [InlineData("", "var x = 0; try { x = Next(a); } finally { Effect(a); } return x;")]
    [InlineData("", "var sum = 0; foreach (var y in Items) { sum += y; } return sum;")]
    [InlineData("", "int x; try { x = Next(a); } catch { x = 2; } return x;")]
    [InlineData("", "for (var i = 0; i < a; i++) { try { Effect(i); } catch { Effect(-i); } }")]
    [InlineData("x", "var x = 0; try { x = Next(a); Effect(x); } catch { Effect(x); }")]
    [InlineData("x", "var x = 0; try { x = 1; Effect(a); x = 2; } catch { } return x;")]
    [InlineData("x", "var x = 0; try { Effect(a); } finally { x = Next(a); } return x;")]
    [InlineData("x", "var x = 0; while (Next(x) > 0) { try { Effect(a); } finally { x++; } }")]
    [InlineData("x", "var x = 0; try { try { x = Next(a); } finally { Effect(2); } } catch { Effect(x); }")]
    [InlineData("x", "var x = 0; try { Effect(a); } catch when ((x = Next(1)) > 0) { Effect(x); }")]
    [InlineData("a", "try { a = Next(a); Effect(a); } catch { } return a;")]
    public void A_local_stays_memory_only_where_an_exception_carries_it(string memory, string code)
    {
        var source = "public static class P { static int[] array; static System.Collections.Generic.IEnumerable<int> Items => array; static int Next(int x) => x; static void Effect(int x) { } "
            + $"public static int M(int a) {{ {code}{(code.Contains("return") ? "" : " return 0;")} }} }}";
        using var module = CecilModules.Read(CSharpCompiler.Compile(source, OptimizationLevel.Debug));
        var function = Lifter.Lift(module.GetType("P").Methods.Single(method => method.Name == "M"));
        Verifier.Check(function, "lift");
        Assert.Equal(memory, string.Join(" ", function.Slots.Select(slot => slot.Name).Where(name => name is "a" or "x" or "sum" or "i")));
    }

    [Fact]
    public void A_leave_to_the_start_of_its_own_try_is_a_jump_inside()
    {
        var function = Lift((il, next) =>
        {
            var start = il.Create(OpCodes.Leave, next);
            start.Operand = start;
            return [start];
        });
        Assert.Equal(Code.Br, function.Blocks.Single(block => block.Scope is TryScope).Terminator.Code);
    }

    [Fact]
    public void A_return_from_within_a_try_is_not_lifted() =>
        Assert.Throws<NotLiftedException>(() => Lift((il, _) => [il.Create(OpCodes.Ret)]));

    [Fact]
    public void A_branch_out_of_a_try_that_is_no_leave_is_not_lifted() =>
        Assert.Throws<NotLiftedException>(() => Lift((il, next) => [il.Create(OpCodes.Br, next)]));

    [Fact]
    public void A_branch_into_the_middle_of_a_try_is_not_lifted() => Assert.Throws<NotLiftedException>(() => Lift(
        (il, next) => [il.Create(OpCodes.Nop), il.Create(OpCodes.Leave, next)],
        (il, body) => [il.Create(OpCodes.Ldc_I4_0), il.Create(OpCodes.Brtrue, body[1])]));

    [Fact]
    public void A_branch_into_a_handler_is_not_lifted() => Assert.Throws<NotLiftedException>(() => Lift(
        (il, next) => [il.Create(OpCodes.Nop), il.Create(OpCodes.Leave, next)],
        (il, body) => [il.Create(OpCodes.Ldc_I4_0), il.Create(OpCodes.Brtrue, body[^1])]));

    [Fact]
    public void A_try_entered_with_a_value_on_the_stack_is_not_lifted() => Assert.Throws<NotLiftedException>(() => Lift(
        (il, next) => [il.Create(OpCodes.Pop), il.Create(OpCodes.Leave, next)],
        (il, _) => [il.Create(OpCodes.Ldc_I4_0)]));

    /// <summary>Lifts what stands before a <c>try</c>, its body, and an empty <c>finally</c>; <c>next</c> is the <c>ret</c> behind, the last of the body passed on is the handler.</summary>
    private Function Lift(Func<ILProcessor, Mono.Cecil.Cil.Instruction, Mono.Cecil.Cil.Instruction[]> guarded, Func<ILProcessor, Mono.Cecil.Cil.Instruction[], Mono.Cecil.Cil.Instruction[]>? before = null)
    {
        var method = ir.Module.GetType("Host").Methods.Single(candidate => candidate.Name == "Method");
        method.Body = new MethodBody(method);
        var il = method.Body.GetILProcessor();
        var next = il.Create(OpCodes.Ret);
        var handler = il.Create(OpCodes.Endfinally);
        var body = guarded(il, next);
        foreach (var instruction in (before?.Invoke(il, [.. body, handler]) ?? []).Concat(body).Append(handler).Append(next))
        {
            il.Append(instruction);
        }

        method.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally) { TryStart = body[0], TryEnd = handler, HandlerStart = handler, HandlerEnd = next });
        var function = Lifter.Lift(method);
        Verifier.Check(function, "lift");
        return function;
    }
}
