using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>
/// IL to SSA. Strategy: cut the body into blocks; walk them in reverse post-order with a symbolic evaluation stack, where every operation
/// becomes an instruction over the values it pops and constants and duplicates vanish; locals, arguments and stack positions that cross
/// block borders are variables of <see cref="SsaBuilder"/>; a local or argument whose address is taken, or that an exception carries
/// (<see cref="ExceptionalVariables"/>), is a memory <see cref="Slot"/>.
/// Holds before: any body Roslyn or another compiler emits. Holds after: the verifier accepts the function, whose instructions stand in
/// program order, or <see cref="NotLiftedException"/> says what is not lifted. The Cecil body is only read.
/// </summary>
public sealed class Lifter
{
    private readonly MethodDefinition method;
    private readonly MethodBody body;
    private readonly Function function;
    private readonly ResultTypes resultTypes;
    private readonly ControlFlowReader reader;
    private readonly SsaBuilder ssa;
    private readonly Dictionary<object, Slot> slots = [];
    private readonly List<StackPosition> stackPositions = [];
    private readonly Dictionary<int, Argument> arguments = [];
    private readonly Dictionary<BasicBlock, TypeReference?[]> entryStacks = [];
    private readonly List<Value> stack = [];
    private Prefixes prefixes = Prefixes.None;
    private SequencePoint? location;

    private Lifter(MethodDefinition method)
    {
        this.method = method;
        body = method.Body;
        function = new Function(method);
        resultTypes = new ResultTypes(method.Module);
        reader = new ControlFlowReader(body);
        ssa = new SsaBuilder(function, reader.Flow) { InitialValue = InitialValue, TypeOf = TypeOfVariable, NameOf = NameOfVariable };
    }

    /// <summary>Lifts a body.</summary>
    /// <exception cref="NotLiftedException">The body holds a construct that is not lifted.</exception>
    public static Function Lift(MethodDefinition method) => new Lifter(method).Run();

    private Function Run()
    {
        CreateArguments();
        FindSlots();
        var filled = new HashSet<BasicBlock>();
        foreach (var block in reader.Flow.ReversePostOrder)
        {
            function.Blocks.Add(block);
            if (reader.Flow.Sources(block).All(filled.Contains))
            {
                ssa.Seal(block);
            }

            LiftBlock(block);
            filled.Add(block);
            foreach (var successor in block.Successors)
            {
                EnterWith(successor);
                if (filled.Contains(successor) && reader.Flow.Sources(successor).All(filled.Contains))
                {
                    ssa.Seal(successor);
                }
            }
        }

        ssa.Finish();
        return function;
    }

    private void CreateArguments()
    {
        var offset = 0;
        if (method.HasThis)
        {
            offset = 1;
            TypeReference self = method.DeclaringType.HasGenericParameters ? SelfInstance(method.DeclaringType) : method.DeclaringType;
            AddArgument(0, "this", method.DeclaringType.IsValueType ? new ByReferenceType(self) : self);
        }

        foreach (var parameter in method.Parameters)
        {
            AddArgument(parameter.Index + offset, parameter.Name, parameter.ParameterType);
        }
    }

    private static GenericInstanceType SelfInstance(TypeDefinition type)
    {
        var instance = new GenericInstanceType(type);
        foreach (var parameter in type.GenericParameters)
        {
            instance.GenericArguments.Add(parameter);
        }

        return instance;
    }

    private void AddArgument(int index, string name, TypeReference type)
    {
        var argument = new Argument(index, name, type);
        function.Arguments.Add(argument);
        arguments[index] = argument;
    }

    /// <summary>Locals and arguments whose address is taken, that are pinned or that an exception carries stay memory.</summary>
    private void FindSlots()
    {
        foreach (var il in body.Instructions.Select(il => CanonicalInstruction.From(il, body)).Where(il => il.Code is Code.Ldloca or Code.Ldarga))
        {
            MakeSlot(VariableOf(il));
        }

        body.Variables.Where(variable => variable.VariableType is PinnedType).ToList().ForEach(MakeSlot);
        var carried = ExceptionalVariables.Find(reader.Flow, Accesses);
        function.Arguments.Where(carried.Contains).ToList().ForEach(MakeSlot);
        body.Variables.Where(carried.Contains).ToList().ForEach(MakeSlot);
    }

    private void MakeSlot(object variable)
    {
        if (slots.ContainsKey(variable))
        {
            return;
        }

        Slot slot;
        if (variable is Argument argument)
        {
            slot = new Slot(argument.Name, argument.Type!) { IsOfUser = true };
            reader.Flow.ReversePostOrder[0].Instructions.Add(new Instruction(Code.Stloc, slot, null, [argument]));
        }
        else
        {
            var local = (VariableDefinition)variable;
            var name = NameOfVariable(local);
            var pinned = local.VariableType as PinnedType;
            slot = new Slot(name ?? $"V_{local.Index}", pinned?.ElementType ?? local.VariableType, pinned is not null) { IsOfUser = name is not null };
        }

        slots[variable] = slot;
        function.Slots.Add(slot);
    }

    private object VariableOf(CanonicalInstruction il) => il.Operand is int index ? arguments[index] : il.Operand!;

    private IEnumerable<VariableAccess> Accesses(BasicBlock block)
    {
        var (start, end) = reader.RangeOf(block);
        return Enumerable.Range(start, end - start)
            .Select(index => CanonicalInstruction.From(body.Instructions[index], body))
            .Where(il => il.Code is Code.Ldloc or Code.Stloc or Code.Ldarg or Code.Starg)
            .Select(il => new VariableAccess(VariableOf(il), il.Code is Code.Stloc or Code.Starg));
    }

    /// <summary>
    /// Notes what the stack holds where control enters <paramref name="block"/>. The types are those of the first edge seen, enough to
    /// type what is computed from them; the phis themselves are typed from all edges at the end.
    /// </summary>
    private void EnterWith(BasicBlock block)
    {
        if (!entryStacks.TryGetValue(block, out var known))
        {
            entryStacks[block] = [.. stack.Select(value => value.Type)];
        }
        else if (known.Length != stack.Count)
        {
            throw new NotLiftedException("the evaluation stack differs in depth where paths meet", location);
        }
    }

    private void LiftBlock(BasicBlock block)
    {
        stack.Clear();
        var entryTypes = entryStacks.TryGetValue(block, out var known) ? known : [];
        for (var i = 0; i < entryTypes.Length; i++)
        {
            var value = ssa.Read(PositionAt(i), block);
            value.Type ??= entryTypes[i];
            stack.Add(value);
        }

        if (block.Scope is TryScope guarded && guarded.Entry == block && stack.Count > 0)
        {
            throw new NotLiftedException("a try that is entered with values on the evaluation stack", location);
        }

        if (block.Caught is { } caught)
        {
            stack.Add(caught);
        }

        var (start, end) = reader.RangeOf(block);
        for (var i = start; i < end; i++)
        {
            var il = body.Instructions[i];
            location = method.DebugInformation.GetSequencePoint(il) is { } point ? (point.IsHidden ? null : point) : location;
            LiftInstruction(il, block);
        }

        for (var i = 0; i < stack.Count; i++)
        {
            ssa.Write(PositionAt(i), block, stack[i]);
        }
    }

    private void LiftInstruction(IlInstruction il, BasicBlock block)
    {
        var canonical = CanonicalInstruction.From(il, body);
        switch (canonical.Code)
        {
            case Code.Nop or Code.Break:
                break;
            case Code.Volatile:
                prefixes = prefixes with { Volatile = true };
                break;
            case Code.Tail:
                prefixes = prefixes with { Tail = true };
                break;
            case Code.Readonly:
                prefixes = prefixes with { Readonly = true };
                break;
            case Code.Unaligned:
                prefixes = prefixes with { Unaligned = Convert.ToByte(il.Operand) };
                break;
            case Code.Constrained:
                prefixes = prefixes with { Constrained = (TypeReference)il.Operand };
                break;
            case Code.Ldarg or Code.Ldloc:
                Load(VariableOf(canonical), il, block);
                break;
            case Code.Starg or Code.Stloc:
                Store(VariableOf(canonical), il, block);
                break;
            case Code.Ldarga or Code.Ldloca:
                var slot = slots[VariableOf(canonical)];
                Append(Code.Ldloca, slot, new ByReferenceType(slot.Type), [], il, block);
                break;
            case Code.Ldc_I4:
                stack.Add(new Constant((int)canonical.Operand!, method.Module.TypeSystem.Int32));
                break;
            case Code.Ldc_I8:
                stack.Add(new Constant((long)canonical.Operand!, method.Module.TypeSystem.Int64));
                break;
            case Code.Ldc_R4:
                stack.Add(new Constant((float)canonical.Operand!, method.Module.TypeSystem.Single));
                break;
            case Code.Ldc_R8:
                stack.Add(new Constant((double)canonical.Operand!, method.Module.TypeSystem.Double));
                break;
            case Code.Ldstr:
                stack.Add(new Constant((string)canonical.Operand!, method.Module.TypeSystem.String));
                break;
            case Code.Ldnull:
                stack.Add(new Constant(null, method.Module.TypeSystem.Object));
                break;
            case Code.Dup:
                stack.Add(stack[stack.Count - 1]);
                break;
            case Code.Pop:
                Pop(1);
                break;
            case Code.Jmp or Code.Arglist:
                throw new NotLiftedException("unmanaged memory (variable arguments)", location);
            default:
                if (canonical.EndsBlock)
                {
                    End(canonical.Code, il, block.Terminator);
                }
                else
                {
                    Append(canonical.Code, canonical.Operand, null, Pop(StackEffect.PopCount(il)), il, block);
                }

                break;
        }
    }

    private void Load(object variable, IlInstruction il, BasicBlock block)
    {
        if (slots.TryGetValue(variable, out var slot))
        {
            Append(Code.Ldloc, slot, slot.Type, [], il, block);
        }
        else
        {
            stack.Add(ssa.Read(variable, block));
        }
    }

    private void Store(object variable, IlInstruction il, BasicBlock block)
    {
        var value = Pop(1)[0];
        if (slots.TryGetValue(variable, out var slot))
        {
            Append(Code.Stloc, slot, null, [value], il, block);
        }
        else
        {
            ssa.Write(variable, block, Coerce(value, TypeOfVariable(variable)!, il, block));
        }
    }

    /// <summary>A store to a narrower local truncates, and one to a wider local extends: promoted locals must do so in the open.</summary>
    private Value Coerce(Value value, TypeReference type, IlInstruction il, BasicBlock block)
    {
        if (StoreConversion.For(value, type) is not { } conversion)
        {
            return value;
        }

        Append(conversion, null, StackTypes.Underlying(type), [value], il, block);
        return Pop(1)[0];
    }

    private void Append(Code code, object? operand, TypeReference? type, IReadOnlyList<Value> inputs, IlInstruction il, BasicBlock block)
    {
        type ??= resultTypes.Of(code, operand, inputs);
        var instruction = new Instruction(code, operand, type, inputs) { Prefixes = prefixes, Location = location, Offset = il.Offset };
        prefixes = Prefixes.None;
        block.Instructions.Add(instruction);
        if (type is not null)
        {
            stack.Add(instruction);
        }
    }

    private void End(Code code, IlInstruction il, Terminator terminator)
    {
        if (code == Code.Leave)
        {
            stack.Clear();
        }

        terminator.Inputs.AddRange(Pop(code == Code.Ret ? (StackTypes.IsVoid(method.ReturnType) ? 0 : 1) : StackEffect.PopCount(il)));
        terminator.Location = location;
        terminator.Offset = il.Offset;
    }

    private List<Value> Pop(int count)
    {
        if (count > stack.Count)
        {
            throw new NotLiftedException("the evaluation stack underflows", location);
        }

        var values = stack.GetRange(stack.Count - count, count);
        stack.RemoveRange(stack.Count - count, count);
        return values;
    }

    private StackPosition PositionAt(int index)
    {
        while (stackPositions.Count <= index)
        {
            stackPositions.Add(new StackPosition());
        }

        return stackPositions[index];
    }

    private Value InitialValue(object variable) => variable switch
    {
        Argument argument => argument,
        VariableDefinition local => Constants.Default(local.VariableType, method.Module),
        _ => throw new NotLiftedException("the evaluation stack is read before it is written"),
    };

    private static TypeReference? TypeOfVariable(object variable) => variable switch
    {
        Argument argument => argument.Type,
        VariableDefinition local => local.VariableType,
        _ => null,
    };

    private string? NameOfVariable(object variable) => variable switch
    {
        Argument argument => argument.Name,
        VariableDefinition local => method.DebugInformation.TryGetName(local, out var name) ? name : null,
        _ => null,
    };

    /// <summary>One position of the evaluation stack, as a variable that crosses block borders.</summary>
    private sealed class StackPosition;
}
