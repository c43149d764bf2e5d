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
        return [.. Producers(call, callee.Parameters.Count + (callee.HasThis && call.OpCode.Code != Code.Newobj ? 1 : 0))
            .Select(producer => producer is null ? KnownInput.Unknown : Made(producer))];
    }

    /// <summary>What is known of an instruction's only operand.</summary>
    public KnownInput Operand(Instruction consumer) => Producers(consumer, 1)[0] is { } producer ? Made(producer) : KnownInput.Unknown;

    /// <summary>The instruction that makes each of the operands of an instruction; null where that is not seen.</summary>
    public IReadOnlyList<Instruction?> Producers(Instruction consumer, int count)
    {
        var producers = new Instruction?[count];
        var next = consumer;
        var at = consumer.Previous;
        if (at?.OpCode.OpCodeType == OpCodeType.Prefix)
        {
            next = at;
            at = at.Previous;
        }

        for (var i = count - 1; i >= 0 && at is not null; i--)
        {
            var first = CachedLambda(next);
            if (first is null)
            {
                if (targets.Contains(next))
                {
                    break;
                }

                producers[i] = Producer(at);
                first = Start(at);
            }

            if (first is null)
            {
                break;
            }

            next = first;
            at = first.Previous;
        }

        return producers;
    }

    /// <summary>The parameter a short instruction loads.</summary>
    public static ParameterDefinition? Parameter(Instruction at, MethodDefinition definition)
    {
        var index = at.OpCode.Code - Code.Ldarg_0 - (definition.HasThis ? 1 : 0);
        return index >= 0 && index < definition.Parameters.Count ? definition.Parameters[index] : null;
    }

    /// <summary>The variable an instruction loads, or stores to.</summary>
    public static VariableDefinition? Variable(Instruction? at, MethodDefinition definition, bool isStore) => at?.OpCode.Code switch
    {
        >= Code.Ldloc_0 and <= Code.Ldloc_3 and var code when !isStore => definition.Body.Variables[code - Code.Ldloc_0],
        >= Code.Stloc_0 and <= Code.Stloc_3 and var code when isStore => definition.Body.Variables[code - Code.Stloc_0],
        Code.Ldloc or Code.Ldloc_S when !isStore => (VariableDefinition)at.Operand,
        Code.Stloc or Code.Stloc_S when isStore => (VariableDefinition)at.Operand,
        _ => null,
    };

    private KnownInput Made(Instruction at)
    {
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
                return Parameter(at, definition) is { } parameter ? Of(parameter.ParameterType) : KnownInput.Unknown;
            case Code.Ldarg or Code.Ldarg_S or Code.Ldarga or Code.Ldarga_S:
                return Of(((ParameterDefinition)at.Operand).ParameterType);
            case >= Code.Ldloc_0 and <= Code.Ldloc_3:
                return Of(Variable(at, definition, isStore: false)!.VariableType);
            case Code.Ldloc or Code.Ldloc_S or Code.Ldloca or Code.Ldloca_S:
                return Of(((VariableDefinition)at.Operand).VariableType);
            case Code.Ldsfld or Code.Ldsflda:
                return Of(TypeOf((FieldReference)at.Operand));
            case Code.Ldfld or Code.Ldflda:
                return Of(TypeOf((FieldReference)at.Operand));
            case Code.Box:
                var isNumber = at.Previous is not null && !targets.Contains(at);
                return Exact(Closing.Close((TypeReference)at.Operand, method), isNumber ? Made(at.Previous!).Literal : null);
            case Code.Call or Code.Callvirt:
                var result = ResultOf((MethodReference)at.Operand);
                return IsVoid(result) ? KnownInput.Unknown : Of(result);
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

    /// <summary>The instruction that makes the value on top of the stack after an instruction, within one straight run; else null.</summary>
    private Instruction? Producer(Instruction at)
    {
        var depth = 0;
        for (var instruction = at; instruction is not null && instruction.OpCode.FlowControl is FlowControl.Next or FlowControl.Call or FlowControl.Meta; instruction = instruction.Previous)
        {
            var pushes = Pushes(instruction);
            if (depth < pushes && instruction.OpCode.Code != Code.Dup)
            {
                return instruction;
            }

            depth = depth < pushes ? 0 : depth - pushes + Pops(instruction);
            if (targets.Contains(instruction))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>
    /// Where the code begins that makes a lambda once and jumps to the place after it ever after; null when it is not that.
    /// </summary>
    private Instruction? CachedLambda(Instruction next)
    {
        if (next.Previous is not { OpCode.Code: Code.Stsfld, Operand: FieldReference cache } || !EffectAnalysis.IsLambdaCache(cache)
            || definition.Body.Instructions.Count(instruction => instruction.Operand == next) != 1)
        {
            return null;
        }

        for (var at = next.Previous.Previous; at is not null; at = at.Previous)
        {
            if (at is { OpCode.Code: Code.Ldsfld, Operand: FieldReference field } && field.FullName == cache.FullName)
            {
                return at.Next?.Next?.Operand == next ? at : null;
            }
        }

        return null;
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
        StackBehaviour.Varpush => instruction.Operand is MethodReference callee && !IsVoid(callee.ReturnType) ? 1 : 0,
        _ => 1,
    };

    /// <summary>The setter of an <c>init</c> property returns a marked void.</summary>
    private static bool IsVoid(TypeReference type) => (type is RequiredModifierType marked ? marked.ElementType : type).FullName == "System.Void";

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
