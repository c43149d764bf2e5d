using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// What the inputs of a call are, as far as the instructions right before it tell: literals, boxes, typed variables and results.
/// Reads backwards within one straight run and stops at the first thing it does not know; a place jumped to ends the run.
/// </summary>
internal sealed class InputReader(MethodReference method, MethodDefinition definition, IAssemblyBodies bodies)
{
    private readonly HashSet<Instruction> targets =
    [
        .. definition.Body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            Instruction target => [target],
            Instruction[] many => many,
            _ => Array.Empty<Instruction>(),
        }),
        .. definition.Body.ExceptionHandlers.SelectMany(handler => new[] { handler.HandlerStart, handler.FilterStart }).Where(start => start is not null),
    ];

    /// <summary>One entry for each input of the call, the receiver first; a constructor's new object is not an input.</summary>
    public IReadOnlyList<KnownInput> Before(Instruction call, MethodReference callee)
    {
        var count = callee.Parameters.Count + (callee.HasThis && call.OpCode.Code != Code.Newobj ? 1 : 0);
        var inputs = Enumerable.Repeat(KnownInput.Unknown, count).ToArray();
        var next = call;
        var at = call.Previous;
        if (at?.OpCode.OpCodeType == OpCodeType.Prefix)
        {
            next = at;
            at = at.Previous;
        }

        for (var i = count - 1; i >= 0 && at is not null && !targets.Contains(call) && !targets.Contains(next); i--)
        {
            inputs[i] = Read(at, out var first);
            if (first is null)
            {
                break;
            }

            next = first;
            at = first.Previous;
        }

        return inputs;
    }

    /// <param name="at">The instruction that pushes the value.</param>
    /// <param name="first">Where the code that makes the value begins, or null when that is not seen.</param>
    private KnownInput Read(Instruction at, out Instruction? first)
    {
        first = Start(at);
        switch (at.OpCode.Code)
        {
            case Code.Ldstr:
                return Exact(definition.Module.TypeSystem.String, at.Operand);
            case Code.Ldnull:
                return new KnownInput(null, IsNull: true);
            case Code.Ldc_I4_M1:
                return Number(-1);
            case >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8:
                return Number(at.OpCode.Code - Code.Ldc_I4_0);
            case Code.Ldc_I4 or Code.Ldc_I4_S:
                return Number(Convert.ToInt32(at.Operand));
            case Code.Ldc_I8 or Code.Ldc_R4 or Code.Ldc_R8:
                return new KnownInput(null, Literal: at.Operand);
            case Code.Ldarg_0 when definition.HasThis:
                return Of(method.DeclaringType);
            case Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
                var index = at.OpCode.Code - Code.Ldarg_0 - (definition.HasThis ? 1 : 0);
                return index < definition.Parameters.Count ? Of(definition.Parameters[index].ParameterType) : KnownInput.Unknown;
            case Code.Ldarg or Code.Ldarg_S or Code.Ldarga or Code.Ldarga_S:
                return Of(((ParameterDefinition)at.Operand).ParameterType);
            case >= Code.Ldloc_0 and <= Code.Ldloc_3:
                return Of(definition.Body.Variables[at.OpCode.Code - Code.Ldloc_0].VariableType);
            case Code.Ldloc or Code.Ldloc_S or Code.Ldloca or Code.Ldloca_S:
                return Of(((VariableDefinition)at.Operand).VariableType);
            case Code.Ldsfld or Code.Ldsflda:
                return Of(TypeOf((FieldReference)at.Operand));
            case Code.Ldfld or Code.Ldflda:
                return Of(TypeOf((FieldReference)at.Operand));
            case Code.Box:
                return Exact(Closing.Close((TypeReference)at.Operand, method), targets.Contains(at) ? null : Read(at.Previous, out _).Literal);
            case Code.Call or Code.Callvirt:
                return Of(ResultOf((MethodReference)at.Operand));
            case Code.Newobj:
                return Exact(Closing.Close(((MethodReference)at.Operand).DeclaringType, method));
            case Code.Newarr:
                return Exact(new ArrayType(Closing.Close((TypeReference)at.Operand, method)));
            case Code.Castclass:
                return Of((TypeReference)at.Operand);
            default:
                return KnownInput.Unknown;
        }
    }

    /// <summary>Where the code that pushes the value on top of the stack after an instruction begins, within one straight run; else null.</summary>
    private Instruction? Start(Instruction at)
    {
        var wanted = 1;
        for (var instruction = at; instruction is not null; instruction = instruction.Previous)
        {
            if (instruction.OpCode.FlowControl is not (FlowControl.Next or FlowControl.Call or FlowControl.Meta) || (Pushes(instruction) > wanted && instruction.OpCode.Code != Code.Dup))
            {
                return null;
            }

            wanted += Pops(instruction) - Pushes(instruction);
            var isPrefixed = instruction.Previous?.OpCode.OpCodeType == OpCodeType.Prefix;
            if (wanted == 0 && !isPrefixed)
            {
                return instruction;
            }

            if (targets.Contains(instruction))
            {
                return null;
            }
        }

        return null;
    }

    private static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => ((MethodReference)instruction.Operand).ReturnType.FullName == "System.Void" ? 0 : 1,
        _ => 1,
    };

    private static int Pops(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Varpop when instruction.Operand is MethodReference callee =>
            callee.Parameters.Count + (callee.HasThis && instruction.OpCode.Code != Code.Newobj ? 1 : 0),
        StackBehaviour.PopAll or StackBehaviour.Varpop => int.MaxValue / 2,
        _ => 3,
    };

    private KnownInput Of(TypeReference type)
    {
        var closed = Closing.Close(type is ByReferenceType reference ? reference.ElementType : type, method);
        return closed is GenericParameter ? KnownInput.Unknown
            : new KnownInput(closed, closed is ArrayType || closed.IsValueType || bodies.Find(closed) is { IsSealed: true } or { IsValueType: true });
    }

    private static TypeReference TypeOf(FieldReference field) =>
        field.FieldType.ContainsGenericParameter ? Closing.Close(field.FieldType, field.DeclaringType) : field.FieldType;

    private static TypeReference ResultOf(MethodReference callee) =>
        callee.ReturnType.ContainsGenericParameter ? Closing.Close(callee.ReturnType, callee) : callee.ReturnType;

    private KnownInput Number(int value) => new(null, Literal: value);

    private static KnownInput Exact(TypeReference type, object? literal = null) => new(type, IsExact: true, literal);
}
