using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>Which instructions on known inputs the build may execute: pure calls, and the IL operations that make, read and change objects it owns.</summary>
internal sealed class Foldability(PurityAnalysis purity, KnownInputs inputs, Function source, bool isEnabled)
{
    /// <summary>The class the compiler puts its helpers in, those of collection expressions among them.</summary>
    public const string CompilerHelpers = "<PrivateImplementationDetails>";

    private readonly Dictionary<string, PurityVerdict> verdicts = [];
    private readonly SlotUses slots = new(source);
    private readonly HashSet<Site> vouched = AtBuildCall.Functions(source);

    /// <summary>Whether a whole store into a local begins it anew, since no address of it outlives the statement.</summary>
    public bool HasSeparateLives(Slot slot) => slots.HasSeparateLives(slot);

    /// <summary>How the build may execute an instruction, or null when it may not.</summary>
    public FoldPlan? Plan(Instruction instruction, BuildProgram program)
    {
        if (!isEnabled || instruction.Prefixes.Volatile || IsOpen(instruction))
        {
            return null;
        }

        switch (instruction.Code)
        {
            case Code.Call when IsInlineArrayHelper(instruction.Method!):
                return FoldPlan.Pure;
            case Code.Call when IsFalseAssertion(instruction):
                return null;
            case Code.Ldftn or Code.Newobj when vouched.Contains(instruction.Site):
                return FoldPlan.Pure with { HoldsCode = true };
            case Code.Newobj when instruction.Inputs.Count == 2 && program.NodeOf(instruction.Inputs[1]) is { Instruction: { Code: Code.Ldftn } target }:
                return FoldPlan.Pure with { HoldsCode = Verdict(target.Method!).Effect == Effect.MutatesArguments };
            case Code.Call or Code.Callvirt or Code.Newobj:
                return PlanCall(instruction, program);
            case Code.Ldftn:
                var method = (instruction.Operand as StaticDelegate)?.Target ?? instruction.Method!;
                var verdict = Verdict(method);
                return verdict.Effect == Effect.Impure ? null : FoldPlan.Pure with { HoldsCode = instruction.Operand is StaticDelegate && verdict.Effect == Effect.MutatesArguments };
            case Code.Stelem_Any or Code.Stelem_Ref or (>= Code.Stelem_I and <= Code.Stelem_R8) or Code.Stfld:
            case Code.Initobj or Code.Stobj or Code.Stind_Ref or Code.Stind_I or (>= Code.Stind_I1 and <= Code.Stind_R8):
                return FoldPlan.Pure with { Writes = Extent.Receiver };
            case Code.Box when purity.OfMaking((TypeReference)instruction.Operand!).Effect == Effect.Impure:
                return null;
            case Code.Newarr when ((TypeReference)instruction.Operand!).IsValueType && purity.OfMaking((TypeReference)instruction.Operand!).Effect == Effect.Impure:
                return null;
            case Code.Newarr or Code.Ldlen or Code.Ldelem_Any or Code.Ldelem_Ref or (>= Code.Ldelem_I1 and <= Code.Ldelem_R8):
            case Code.Ldelema or Code.Ldobj or Code.Ldind_Ref or (>= Code.Ldind_I1 and <= Code.Ldind_R8):
            case Code.Ldtoken or Code.Box or Code.Unbox_Any or Code.Unbox or Code.Castclass or Code.Isinst or Code.Ldfld or Code.Ldflda:
                return FoldPlan.Pure;
            case Code.Ldsflda:
                return ((FieldReference)instruction.Operand!).Resolve() is { RVA: not 0 } ? FoldPlan.Pure : null;
            case Code.Ldsfld when instruction.Operand is CachedArray:
                return FoldPlan.Pure with { IsFixed = true };
            case Code.Ldsfld:
                return IsConstant((FieldReference)instruction.Operand!) ? FoldPlan.Pure with { IsFixed = true } : null;
            case Code.Ldloca or Code.Ldloc:
                return instruction.Operand is Slot { IsPinned: true } ? null : FoldPlan.Pure;
            case Code.Stloc:
                return instruction.Operand is Slot { IsPinned: true } ? null : FoldPlan.Pure with { Writes = Extent.Local };
            case Code.Conv_I or Code.Conv_U or Code.Conv_I8 or Code.Conv_U8 or Code.Add or Code.Sub when instruction.Inputs.Any(input => input.Type is { } type && IsView(type)):
                // A pointer writes to memory that nothing here knows of.
                return null;
            case (>= Code.Add and <= Code.Conv_U8) or Code.Conv_R_Un or (>= Code.Conv_Ovf_I1_Un and <= Code.Conv_Ovf_U_Un) or (>= Code.Conv_Ovf_I1 and <= Code.Conv_Ovf_U8):
            case (>= Code.Conv_U2 and <= Code.Conv_Ovf_U) or (>= Code.Add_Ovf and <= Code.Sub_Ovf_Un) or Code.Conv_U or Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un:
                // On literals alone the engine has done what it can: the rest throws or depends on the machine.
                return instruction.Code is Code.Conv_I or Code.Conv_U || instruction.Inputs.Any(input => input is not Constant) ? FoldPlan.Pure : null;
            default:
                return null;
        }
    }

    public string WhyNot(Instruction call, BuildProgram program) => VerdictOn(call, program) is { Effect: Effect.Impure } verdict
        ? verdict.Reason
        : "what it changes is also changed at run time, or on some paths only";

    public bool IsMutable(TypeReference? type) => type is not null && StackTypes.KindOf(type) switch
    {
        StackKind.Reference or StackKind.Structure => !purity.IsImmutable(type),
        StackKind.ByReference => true,
        _ => false,
    };

    /// <summary>Spans and references live on the stack of one slice.</summary>
    public bool IsView(TypeReference? type) => type is not null && SlotUses.IsReference(type);

    /// <summary>An assertion known to fail: it would end the process that executes it, as it ends the program.</summary>
    public static bool IsFalseAssertion(Instruction call) => IsAssertion(call) && call.Inputs[0] is Constant { Literal: 0 };

    public static bool IsAssertion(Instruction call) =>
        call.Method is { Name: "Assert", DeclaringType.FullName: "System.Diagnostics.Debug" or "System.Diagnostics.Trace" } && call.Inputs.Count > 0;

    private FoldPlan? PlanCall(Instruction call, BuildProgram program)
    {
        var verdict = VerdictOn(call, program);
        if (verdict.Effect == Effect.Impure)
        {
            return null;
        }

        var method = call.Method!;
        var isOwnBusiness = KeepsNothing(method);
        var dependsOnContents = IsView(call.Type) && !LeadsToOnePlace(method);
        return new FoldPlan
        {
            Writes = isOwnBusiness ? Extent.Receiver : verdict.Effect == Effect.MutatesArguments || WritesTensor(method) ? Extent.Everything : Extent.Nothing,
            Keeps = !isOwnBusiness,
            CallsCode = !isOwnBusiness,
            IsFresh = method.Name == "GetEnumerator" || (call.Code == Code.Newobj && IsView(call.Type)) || dependsOnContents,
            DependsOnContents = dependsOnContents,
            HoldsCode = verdict.Effect == Effect.MutatesArguments && method.ReturnType.Resolve() is { IsInterface: true },
            IsPartOfReceiver = method is { Name: "get_Item", HasThis: true } && method.DeclaringType.Namespace.StartsWith("System", StringComparison.Ordinal),
            IsFixed = method is { Name: "get_InvariantCulture", DeclaringType.FullName: "System.Globalization.CultureInfo" },
            MayAliasStatics = verdict.MayAliasStatics,
        };
    }

    /// <summary>The verdict by what is known of the inputs; where that is not enough, they are executed to know more.</summary>
    private PurityVerdict VerdictOn(Instruction call, BuildProgram program)
    {
        var verdict = Verdict(call, inputs.Of(call, program));
        if (verdict.Effect != Effect.Impure)
        {
            return verdict;
        }

        var pending = call.Inputs.Select(program.NodeOf).OfType<BuildNode>().SelectMany(WithBoxed).Where(node => node is { State: BuildState.Pending, IsLocal: false }).ToList();
        if (pending.Count == 0 || !purity.DependsOnInputs(call.Method!))
        {
            return verdict;
        }

        program.Execute(pending);
        return Verdict(call, inputs.Of(call, program));

        IEnumerable<BuildNode> WithBoxed(BuildNode node) => node.Instruction.Code == Code.Box || node.Instruction.IsAddressOfValue ? node.Inputs.Append(node) : [node];
    }

    private PurityVerdict Verdict(Instruction call, IReadOnlyList<KnownInput> known)
    {
        var key = $"{call.Code} {call.Method!.FullName} {KnownInputs.Key(known)}";
        if (!verdicts.TryGetValue(key, out var verdict))
        {
            verdicts[key] = verdict = AtBuildCall.Is(call) ? new PurityVerdict(Effect.MutatesArguments, "vouched for by Graph.AtBuild") : purity.Of(call.Method, known);
        }

        return verdict;
    }

    /// <summary>Writes its receiver, a structure, and nothing the receiver refers to; and takes no reference to what it is given.</summary>
    private static bool KeepsNothing(MethodReference method) =>
        method.DeclaringType.FullName == "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler"
        || (method.Name is "MoveNext" or "Dispose" && method.DeclaringType is { IsNested: true, IsValueType: true } enumerator
            && enumerator.Name.StartsWith("Enumerator", StringComparison.Ordinal)
            && enumerator.DeclaringType.FullName.StartsWith("System.Collections.", StringComparison.Ordinal));

    /// <summary>Finds the place by its arguments alone, whatever the objects they are or point to hold: the same place whenever it is asked.</summary>
    private static bool LeadsToOnePlace(MethodReference method) =>
        method.DeclaringType is ArrayType || method.DeclaringType.Namespace == "System.Numerics.Tensors"
        || method.DeclaringType.GetElementType().FullName is "System.Span`1" or "System.ReadOnlySpan`1" or "System.String"
            or "System.Runtime.InteropServices.MemoryMarshal" or "System.Runtime.CompilerServices.Unsafe" or "System.Runtime.CompilerServices.RuntimeHelpers" or CompilerHelpers
        || (method.DeclaringType.FullName == "System.MemoryExtensions" && method.Name == "AsSpan")
        || method.DeclaringType.FullName == "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler";

    /// <summary>A static field that is the same on every machine and at every time, and whose type's initializer nobody sees run.</summary>
    private bool IsConstant(FieldReference reference)
    {
        if (reference.Resolve() is not { IsInitOnly: true } field)
        {
            return false;
        }

        if (PurityAnalysis.IsVouchedFor(reference))
        {
            return true;
        }

        if (!purity.IsImmutable(field.FieldType))
        {
            return false;
        }

        var type = field.DeclaringType;
        return field.Module == source.Module
            ? type.Methods.FirstOrDefault(method => method is { IsConstructor: true, IsStatic: true }) is not { } initializer || Verdict(initializer).Effect == Effect.Pure
            : type.FullName is "System.String" or "System.Guid" or "System.Decimal" or "System.TimeSpan" or "System.DateTime" or "System.DateTimeOffset";
    }

    /// <summary>The tensor library's destination overloads and compound operators.</summary>
    private static bool WritesTensor(MethodReference method) =>
        method.DeclaringType.Namespace == "System.Numerics.Tensors"
        && (method.Name.EndsWith("Assignment", StringComparison.Ordinal)
            || method.Parameters.Any(parameter => parameter.ParameterType is ByReferenceType { ElementType.Name: "TensorSpan`1" } or { Name: "TensorSpan`1" }));

    private static bool IsInlineArrayHelper(MethodReference method) =>
        method.DeclaringType.FullName == CompilerHelpers && method.Name is ("InlineArrayElementRef" or "InlineArrayFirstElementRef" or "InlineArrayAsSpan" or "InlineArrayAsReadOnlySpan");

    private PurityVerdict Verdict(MethodReference method)
    {
        if (!verdicts.TryGetValue(method.FullName, out var verdict))
        {
            verdicts[method.FullName] = verdict = purity.Of(method);
        }

        return verdict;
    }

    /// <summary>Code of a generic method or type: what it does depends on arguments the build does not have.</summary>
    private static bool IsOpen(Instruction instruction) =>
        instruction.Type is { ContainsGenericParameter: true }
        || instruction.Prefixes.Constrained is { ContainsGenericParameter: true }
        || instruction.Operand switch
        {
            MethodReference method => IsOpen(method),
            StaticDelegate made => IsOpen(made.Target) || made.Cache.DeclaringType.ContainsGenericParameter,
            TypeReference type => type.ContainsGenericParameter,
            FieldReference field => field.DeclaringType.ContainsGenericParameter,
            Slot slot => slot.Type.ContainsGenericParameter,
            _ => false,
        };

    private static bool IsOpen(MethodReference method) => method.DeclaringType.ContainsGenericParameter
        || (method is GenericInstanceMethod instance && instance.GenericArguments.Any(argument => argument.ContainsGenericParameter));
}
