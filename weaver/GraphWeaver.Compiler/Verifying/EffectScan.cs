using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Verifying;

/// <summary>
/// Reads a lifted body for effects that cannot be saved and put back. Strategy: a value is <em>foreign</em> when it may lead to
/// mutable memory that is neither kept around the call nor made in it: parameters without a shape, statics, fields of other objects, and what comes of
/// them. Reading what is foreign is free; a write whose target may be foreign, and an effect that is not memory, is an obstacle. Once
/// something foreign is stored anywhere, everything read from memory counts as foreign.
/// </summary>
internal sealed class EffectScan(Function function, PurityAnalysis purity)
{
    private static readonly string[] MachineFacts =
        ["culture", "time zone", "operating system", "depends on the processor", "size of a pointer", "differs in meaning between versions", "reads the environment"];

    private readonly HashSet<Value> foreign = [];
    private readonly HashSet<Slot> foreignSlots = [];
    private readonly Dictionary<string, FieldReference> fields = [];
    private readonly HashSet<string> assigned = [];
    private readonly Dictionary<Instruction, PurityVerdict> verdicts = [];
    private bool isForeignStored;

    /// <summary>The fields of <c>this</c> that the body reads or writes and that have a shape.</summary>
    public IEnumerable<KeptPlace> Fields() => fields.Values
        .Select(touched => (Field: touched, Shape: ValueShape.Of(touched.FieldType)!, IsAssigned: assigned.Contains(touched.FullName)))
        .Where(known => known.Shape.HasContents || known.IsAssigned)
        .Select(known => new KeptPlace($"field '{MethodNames.OfField(known.Field) ?? known.Field.Name}'", known.Field.FieldType, known.Shape, null, known.Field, known.IsAssigned));

    /// <summary>The first effect that cannot be taken back, in words; null where there is none.</summary>
    public string? Run()
    {
        FindForeign();
        return function.Instructions.Select(Obstacle).FirstOrDefault(obstacle => obstacle is not null);
    }

    private void FindForeign()
    {
        foreach (var argument in function.Arguments.Where(argument => IsMutable(argument.Type) && !IsKept(argument)))
        {
            foreign.Add(argument);
        }

        bool changed;
        do
        {
            changed = false;
            foreach (var block in function.Blocks)
            {
                foreach (var phi in block.Phis.Where(phi => phi.Operands.Any(operand => foreign.Contains(operand.Value))))
                {
                    changed |= foreign.Add(phi);
                }

                foreach (var instruction in block.Instructions)
                {
                    changed |= Follow(instruction);
                }
            }
        }
        while (changed);
    }

    private bool IsKept(Argument argument)
    {
        var position = argument.Index - (function.Method.HasThis ? 1 : 0);
        return position >= 0 && Verifiability.IsKept(function.Method.Parameters[position]);
    }

    /// <summary>
    /// Whether a field of <c>this</c> has a shape and can be named where the bodies are compared. What a lambda captures, itself or by way of
    /// <c>this</c>, is shared with calls of it on other threads, as under <c>Parallel.For</c>: it cannot be put back.
    /// </summary>
    private bool IsKept(FieldReference field) =>
        ValueShape.Of(field.FieldType) is not null && field.DeclaringType.Resolve() == function.Method.DeclaringType && !MethodNames.IsLambdaOrLocalFunction(function.Method);

    /// <summary>Spreads what is foreign over one instruction; tells whether anything new came of it.</summary>
    private bool Follow(Instruction instruction)
    {
        var changed = false;
        if (Stored(instruction) is { } stored && foreign.Contains(stored))
        {
            if (instruction.Operand is Slot slot)
            {
                changed |= foreignSlots.Add(slot);
            }
            else
            {
                changed |= !isForeignStored;
                isForeignStored = true;
            }
        }

        return IsMutable(instruction.Type) && IsForeign(instruction) ? foreign.Add(instruction) || changed : changed;
    }

    private bool IsForeign(Instruction instruction) => instruction.Code switch
    {
        Code.Ldsfld => instruction.Operand is FieldReference field && !EffectAnalysis.IsLambdaCache(field),
        Code.Ldsflda => ((FieldReference)instruction.Operand!).Resolve() is not { RVA: not 0 },
        Code.Ldloc or Code.Ldloca when instruction.Operand is Slot slot => foreignSlots.Contains(slot) || isForeignStored,
        Code.Ldfld or Code.Ldflda when IsThis(instruction.Inputs[0]) => isForeignStored || !IsKept(FieldOf(instruction)),
        Code.Ldfld or Code.Ldflda or Code.Ldobj or Code.Ldelema or Code.Ldelem_Any or Code.Ldelem_Ref or Code.Ldind_Ref => isForeignStored || instruction.Inputs.Any(foreign.Contains),
        Code.Call or Code.Callvirt when BackingField(instruction) is { } field => isForeignStored || !IsKept(field),
        Code.Call when OperatorTable.Find(instruction.Method!) is { MayKeepReferences: false } match => match.Destination is { } written && foreign.Contains(instruction.Inputs[written]),
        Code.Call or Code.Callvirt or Code.Newobj => instruction.Inputs.Any(foreign.Contains) || (instruction.IsCall && Verdict(instruction).MayAliasStatics),
        _ => instruction.Inputs.Any(foreign.Contains),
    };

    /// <summary>The mutable value a store puts into memory.</summary>
    private static Value? Stored(Instruction instruction) => instruction.Code switch
    {
        Code.Stloc or Code.Stfld or Code.Stobj or Code.Stind_Ref or Code.Stelem_Ref or Code.Stelem_Any => instruction.Inputs[instruction.Inputs.Count - 1],
        Code.Call or Code.Callvirt when IsSetter(instruction) => instruction.Inputs[1],
        _ => null,
    };

    private string? Obstacle(Instruction instruction)
    {
        if (instruction.Prefixes.Volatile)
        {
            return "it reads or writes memory shared between threads";
        }

        switch (instruction.Code)
        {
            case Code.Stsfld when !EffectAnalysis.IsLambdaCache((FieldReference)instruction.Operand!):
                return $"it writes the static field {UserNames.Of((FieldReference)instruction.Operand!)}";
            case Code.Ldfld or Code.Ldflda when IsThis(instruction.Inputs[0]):
                return Touch(FieldOf(instruction), isWrite: instruction.Code == Code.Ldflda);
            case Code.Stfld when IsThis(instruction.Inputs[0]):
                return Touch(FieldOf(instruction), isWrite: true);
            case Code.Stfld or Code.Stobj or Code.Initobj or Code.Stelem_Any or Code.Stelem_Ref or Code.Cpobj or Code.Stind_I:
            case (>= Code.Stelem_I and <= Code.Stelem_R8) or (>= Code.Stind_Ref and <= Code.Stind_R8):
                return foreign.Contains(instruction.Inputs[0]) && !IsLocal(instruction.Inputs[0]) ? Writes(instruction.Inputs[0]) : null;
            case Code.Calli or Code.Cpblk or Code.Initblk or Code.Mkrefany or Code.Refanyval:
                return "it runs code or writes memory that is not known";
            case Code.Ldftn or Code.Ldvirtftn:
                return purity.Of(instruction.Method!) is { Effect: Effect.Impure } verdict ? verdict.Reason : null;
            case Code.Call or Code.Callvirt or Code.Newobj:
                return ObstacleInCall(instruction);
            default:
                return null;
        }
    }

    private string? ObstacleInCall(Instruction call)
    {
        if (OperatorTable.Find(call.Method!) is { } match)
        {
            return match.Destination is { } written && foreign.Contains(call.Inputs[written]) ? Writes(call.Inputs[written]) : null;
        }

        if (BackingField(call) is { } field)
        {
            return Touch(field, IsSetter(call));
        }

        var verdict = Verdict(call);
        return verdict.Effect switch
        {
            Effect.Impure => verdict.Reason,
            Effect.MutatesArguments when Targets(call).FirstOrDefault(foreign.Contains) is { } target => Writes(target),
            _ => null,
        };
    }

    /// <summary>What a call may write to: in the tensor library its destination, else everything mutable it is given.</summary>
    private IEnumerable<Value> Targets(Instruction call)
    {
        var method = call.Method!;
        if (ChangesReceiverAlone(call.Prefixes.Constrained ?? method.DeclaringType, method))
        {
            return call.Inputs.Take(1).Where(receiver => !IsLocal(receiver));
        }

        var mutable = call.Inputs.Where(input => IsMutable(input.Type));
        if (method.DeclaringType.Namespace != "System.Numerics.Tensors")
        {
            return mutable;
        }

        var receivers = method.HasThis && call.Code != Code.Newobj ? 1 : 0;
        var destinations = call.Inputs.Where((_, index) => index >= receivers && IsDestination(Signatures.ParameterType(method, index - receivers))).ToList();
        return destinations.Count > 0 ? [.. destinations, .. call.Inputs.Take(receivers)] : mutable.Take(1);
    }

    /// <summary>Writers of text and the framework's enumerators: structures that change themselves and nothing they refer to.</summary>
    private static bool ChangesReceiverAlone(TypeReference receiver, MethodReference method) =>
        receiver.FullName == "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler"
        || (method.Name is "MoveNext" or "Dispose" or "get_Current" && receiver is { IsNested: true, IsValueType: true } && receiver.Name.StartsWith("Enumerator", StringComparison.Ordinal)
            && receiver.DeclaringType.FullName.StartsWith("System.Collections.", StringComparison.Ordinal));

    private static bool IsDestination(TypeReference type) => (type is TypeSpecification and not GenericInstanceType ? ((TypeSpecification)type).ElementType : type).Name is "Span`1" or "TensorSpan`1";

    /// <summary>
    /// The verdict on a call. What only differs between machines and settings does not differ between two runs one after the other; it is taken from rows
    /// about framework members alone, behind which no other reason hides.
    /// </summary>
    private PurityVerdict Verdict(Instruction call)
    {
        if (!verdicts.TryGetValue(call, out var verdict))
        {
            verdicts[call] = verdict = Judge(call);
        }

        return verdict;
    }

    private PurityVerdict Judge(Instruction call)
    {
        var inputs = call.Inputs.Select(input => input is Constant { Literal: var literal } constant && literal != Constant.Zero
            ? new KnownInput(literal is null ? null : constant.Type, IsExact: true, literal, literal is null)
            : new KnownInput(Pointed(input.Type), IsExact(input))).ToList();
        var verdict = purity.Of(call.Method!, inputs);
        return verdict.Effect == Effect.Impure && !verdict.Reason.Contains(" via ") && IsFramework(call.Method!) && MachineFacts.Any(verdict.Reason.Contains)
            ? new PurityVerdict(Effect.MutatesArguments, verdict.Reason)
            : verdict;
    }

    private static bool IsFramework(MethodReference method) => method.Resolve() is { } definition && Framework.Owns(definition.DeclaringType);

    private static bool IsExact(Value input) => input is Instruction { Code: Code.Newobj or Code.Newarr } || Pointed(input.Type) is { IsValueType: true } or { IsGenericParameter: false } and not ArrayType && Pointed(input.Type)!.Resolve() is { IsSealed: true };

    private static TypeReference? Pointed(TypeReference? type) => type is ByReferenceType reference ? reference.ElementType : type;

    /// <summary>The address of a local: writing there changes the local alone.</summary>
    private static bool IsLocal(Value target) => target is Instruction { Code: Code.Ldloca, Operand: Slot };

    private string? Touch(FieldReference field, bool isWrite)
    {
        if (!IsKept(field))
        {
            return isWrite ? $"it writes field '{MethodNames.OfField(field) ?? field.Name}', which cannot be saved and compared" : null;
        }

        fields[field.FullName] = field;
        if (isWrite)
        {
            assigned.Add(field.FullName);
        }

        return null;
    }

    private string Writes(Value target) => Source(target, []) is { } source ? $"it may write to what {source} leads to" : "it may write to what it was not given";

    /// <summary>Where a foreign value comes from, in the user's words.</summary>
    private string? Source(Value value, HashSet<Value> seen) => !seen.Add(value) || !foreign.Contains(value) ? null : value switch
    {
        Argument { Index: 0 } when function.Method.HasThis => MethodNames.IsLambdaOrLocalFunction(function.Method) ? "a captured variable" : "'this'",
        Argument argument => $"parameter '{argument.Name}'",
        Instruction { Code: Code.Ldsfld or Code.Ldsflda, Operand: FieldReference field } => $"the static field {UserNames.Of(field)}",
        Phi phi => phi.Operands.Select(operand => Source(operand.Value, seen)).FirstOrDefault(source => source is not null),
        Instruction instruction => instruction.Inputs.Select(input => Source(input, seen)).FirstOrDefault(source => source is not null),
        _ => null,
    };

    /// <summary>The field behind an accessor of an automatic property of this very object, which is a field access in all but name.</summary>
    private FieldReference? BackingField(Instruction call)
    {
        if (call.Method is not { HasThis: true, Name: var name } method || call.Code == Code.Newobj || !MethodNames.IsAccessor(method) || !IsThis(call.Inputs[0])
            || method.Resolve() is not { IsVirtual: false } accessor || accessor.DeclaringType != function.Method.DeclaringType || !EffectAnalysis.IsGenerated(accessor))
        {
            return null;
        }

        return accessor.DeclaringType.Fields.FirstOrDefault(field => field.Name == $"<{name.Substring(4)}>k__BackingField");
    }

    private static bool IsSetter(Instruction call) => call.Method!.Name.StartsWith("set_", StringComparison.Ordinal) && call.Inputs.Count == 2;

    private bool IsThis(Value value) => function.Method.HasThis && value is Argument { Index: 0 };

    private static FieldReference FieldOf(Instruction instruction) => (FieldReference)instruction.Operand!;

    private bool IsMutable(TypeReference? type) => type is not null && StackTypes.KindOf(type) switch
    {
        StackKind.Reference or StackKind.Structure => !purity.IsImmutable(type),
        StackKind.ByReference => true,
        _ => false,
    };
}
