using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>Which instructions on known inputs the build may execute: pure calls, and the IL operations that make, read and change objects it owns.</summary>
internal sealed class Foldability(PurityAnalysis purity, Function source, bool isEnabled)
{
    /// <summary>The class the compiler puts its helpers in, those of collection expressions among them.</summary>
    public const string CompilerHelpers = "<PrivateImplementationDetails>";

    private readonly Dictionary<string, PurityVerdict> verdicts = [];

    /// <summary>Locals that are only ever written and read through their address, as the inline arrays of collection expressions are.</summary>
    private readonly HashSet<Slot> addressedOnly =
    [
        .. source.Slots.Where(slot => !slot.IsPinned && source.Instructions.All(instruction => instruction.Operand != slot || instruction.Code == Code.Ldloca)),
    ];

    public bool Allows(Instruction instruction, out bool mutates)
    {
        mutates = false;
        if (!isEnabled || instruction.Prefixes.Volatile || instruction.Prefixes.Constrained is not null || IsOpen(instruction))
        {
            return false;
        }

        switch (instruction.Code)
        {
            case Code.Call when IsInlineArrayHelper(instruction.Method!):
                return true;
            case Code.Call when IsFalseAssertion(instruction):
                return false;
            case Code.Call or Code.Callvirt or Code.Newobj:
                var verdict = Verdict(instruction.Method!);
                mutates = verdict.Effect == Effect.MutatesArguments || WritesTensor(instruction.Method!);
                return verdict.Effect != Effect.Impure;
            case Code.Stelem_Any or Code.Stelem_Ref or (>= Code.Stelem_I and <= Code.Stelem_R8):
                mutates = true;
                return true;
            case Code.Newarr or Code.Ldlen or Code.Ldelem_Any or Code.Ldelem_Ref or (>= Code.Ldelem_I1 and <= Code.Ldelem_R8):
            case Code.Ldelema or Code.Ldobj or Code.Ldind_Ref or (>= Code.Ldind_I1 and <= Code.Ldind_R8):
            case Code.Ldtoken or Code.Box or Code.Unbox_Any or Code.Castclass or Code.Isinst or Code.Ldfld:
                return true;
            case Code.Ldloca:
                return instruction.IsAddressOfValue || instruction.Operand is Slot slot && addressedOnly.Contains(slot);
            case Code.Initobj or Code.Stobj or Code.Stind_Ref or Code.Stind_I or (>= Code.Stind_I1 and <= Code.Stind_R8):
                mutates = true;
                return true;
            case (>= Code.Add and <= Code.Conv_U8) or Code.Conv_R_Un or (>= Code.Conv_Ovf_I1_Un and <= Code.Conv_Ovf_U_Un) or (>= Code.Conv_Ovf_I1 and <= Code.Conv_Ovf_U8):
            case (>= Code.Conv_U2 and <= Code.Conv_Ovf_U) or (>= Code.Add_Ovf and <= Code.Sub_Ovf_Un) or Code.Conv_U or Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un:
                // On literals alone the engine has done what it can: the rest throws or depends on the machine.
                return instruction.Code is Code.Conv_I or Code.Conv_U || instruction.Inputs.Any(input => input is not Constant);
            default:
                return false;
        }
    }

    public string WhyNot(Instruction call) => Verdict(call.Method!).Reason;

    public bool IsMutable(TypeReference? type) => type is not null && StackTypes.KindOf(type) switch
    {
        StackKind.Reference or StackKind.Structure => !purity.IsImmutable(type),
        StackKind.ByReference => true,
        _ => false,
    };

    /// <summary>Spans and references live on the stack of one slice.</summary>
    public bool IsView(TypeReference? type) => type is not null
        && (type.IsByReference || (type.IsValueType && type.Resolve() is { } definition
            && definition.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.IsByRefLikeAttribute")));

    /// <summary>The tensor library's destination overloads and compound operators.</summary>
    private static bool WritesTensor(MethodReference method) =>
        method.DeclaringType.Namespace == "System.Numerics.Tensors"
        && (method.Name.EndsWith("Assignment", StringComparison.Ordinal)
            || method.Parameters.Any(parameter => parameter.ParameterType is ByReferenceType { ElementType.Name: "TensorSpan`1" } or { Name: "TensorSpan`1" }));

    /// <summary>An assertion known to fail: it would end the process that executes it, as it ends the program.</summary>
    public static bool IsFalseAssertion(Instruction call) => IsAssertion(call) && call.Inputs[0] is Constant { Literal: 0 };

    public static bool IsAssertion(Instruction call) =>
        call.Method is { Name: "Assert", DeclaringType.FullName: "System.Diagnostics.Debug" } && call.Inputs.Count > 0;

    private static bool IsInlineArrayHelper(MethodReference method) =>
        method.DeclaringType.FullName == CompilerHelpers && method.Name is ("InlineArrayElementRef" or "InlineArrayFirstElementRef" or "InlineArrayAsSpan" or "InlineArrayAsReadOnlySpan");

    private PurityVerdict Verdict(MethodReference method)
    {
        if (!verdicts.TryGetValue(method.FullName, out var verdict))
        {
            verdicts[method.FullName] = verdict = AtBuildCall.Is(method) ? new PurityVerdict(Effect.MutatesArguments, "vouched for by Graph.AtBuild") : purity.Of(method);
        }

        return verdict;
    }

    /// <summary>Code of a generic method or type: what it does depends on arguments the build does not have.</summary>
    private static bool IsOpen(Instruction instruction) =>
        instruction.Type is { ContainsGenericParameter: true }
        || instruction.Operand switch
        {
            MethodReference method => method.DeclaringType.ContainsGenericParameter
                || (method is GenericInstanceMethod instance && instance.GenericArguments.Any(argument => argument.ContainsGenericParameter)),
            TypeReference type => type.ContainsGenericParameter,
            FieldReference field => field.DeclaringType.ContainsGenericParameter,
            _ => false,
        };
}
