using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// The one method a call reaches, where that is certain: no dispatch, a sealed class or method, a receiver whose class is known, or a delegate
/// that the method itself has made.
/// </summary>
/// <param name="Called">What is called: a definition, or the closed reference of a generic method or of a method of a generic type.</param>
/// <param name="Method">Its definition.</param>
/// <param name="Arguments">What it is given, its receiver first; null for the receiver of a lambda that captures nothing, which it never looks at.</param>
/// <param name="ChecksReceiver">Whether the call throws where its receiver is null, before anything of the method runs.</param>
internal sealed record CallTarget(MethodReference Called, MethodDefinition Method, IReadOnlyList<Value?> Arguments, bool ChecksReceiver)
{
    /// <summary>The target of a call within the module, or null where it is not certain, of open type arguments or elsewhere.</summary>
    public static CallTarget? Of(Instruction call, ModuleDefinition module)
    {
        if (call is { Code: Code.Callvirt, Method: { Name: "Invoke", HasThis: true } } && call.Inputs[0] is Instruction made)
        {
            return OfDelegate(made, call, module);
        }

        if (call.Code is not (Code.Call or Code.Callvirt) || IsOpen(call.Method!) || call.Method!.Resolve() is not { } called || called.Module != module)
        {
            return null;
        }

        if (IsGeneric(called))
        {
            return OfGeneric(call, called);
        }

        if (call.Prefixes.Constrained is { } constrained)
        {
            // Where a structure has no method of its own, it is boxed and its base's is called.
            return constrained is TypeDefinition { IsValueType: true, HasGenericParameters: false } structure && Implementation(structure, called) is { } own && own.DeclaringType == structure
                ? new CallTarget(own, own, call.Inputs, ChecksReceiver: false)
                : null;
        }

        if (call.Code == Code.Call)
        {
            return new CallTarget(called, called, call.Inputs, ChecksReceiver: false);
        }

        var target = !called.IsVirtual || (called.IsFinal && !called.DeclaringType.IsInterface) ? called
            : ExactClass(call.Inputs[0]) is { } exact ? Implementation(exact, called)
            : call.Inputs[0].Type is TypeDefinition { IsValueType: false, HasGenericParameters: false } known && Implementation(known, called) is { IsFinal: true } final ? final
            : null;
        return target is null ? null : new CallTarget(target, target, call.Inputs, ChecksReceiver: !NonNull.Is(call.Inputs[0]));
    }

    /// <summary>A delegate of one method, made of code that is named where it is made; its creation has seen to a null receiver.</summary>
    private static CallTarget? OfDelegate(Instruction made, Instruction call, ModuleDefinition module)
    {
        var (reference, receiver) = made switch
        {
            { Code: Code.Ldftn, Operand: StaticDelegate kept } => (kept.Target, null),
            { Code: Code.Newobj, Inputs: [var target, Instruction { Code: Code.Ldftn, Operand: MethodReference code }] } => (code, target),
            _ => (null, null),
        };
        if (reference is null || IsOpen(reference) || reference.Resolve() is not { } method || method.Module != module || (!method.IsStatic && method.DeclaringType.IsValueType))
        {
            return null;
        }

        var arguments = call.Inputs.Skip(1).ToList();
        var called = IsGeneric(method) ? reference : method;
        return (method.IsStatic ? method.Parameters.Count - arguments.Count : 1) switch
        {
            0 => new CallTarget(called, method, arguments, ChecksReceiver: false),
            1 => new CallTarget(called, method, [receiver, .. arguments], ChecksReceiver: false),
            _ => null,
        };
    }

    /// <summary>A generic call dispatches nowhere, or to the one method there is for its slot: that of a class nothing derives from, or of the class that was made.</summary>
    private static CallTarget? OfGeneric(Instruction call, MethodDefinition called)
    {
        var isCertain = call.Prefixes.Constrained is null
            && (call.Code == Code.Call || !called.IsVirtual || (!called.DeclaringType.IsInterface && (called.IsFinal || called.DeclaringType.IsSealed || IsMade(call.Inputs[0], called.DeclaringType))));
        return isCertain ? new CallTarget(call.Method!, called, call.Inputs, ChecksReceiver: call.Code == Code.Callvirt && !NonNull.Is(call.Inputs[0])) : null;
    }

    private static bool IsMade(Value value, TypeDefinition type) => value switch
    {
        Instruction check when NonNull.IsCheck(check) => IsMade(check.Inputs[0], type),
        Instruction { Code: Code.Newobj } made => made.Type!.GetElementType() == type,
        _ => false,
    };

    private static bool IsGeneric(MethodDefinition method) => method.HasGenericParameters || method.DeclaringType.HasGenericParameters;

    /// <summary>Whether a method is named with type arguments that are not known, or that the runtime makes, as for arrays.</summary>
    private static bool IsOpen(MethodReference method) =>
        method.DeclaringType.ContainsGenericParameter
        || (method is GenericInstanceMethod generic ? generic.GenericArguments.Any(argument => argument.ContainsGenericParameter) : method.HasGenericParameters)
        || method.DeclaringType is TypeSpecification and not GenericInstanceType
        || method.DeclaringType.HasGenericParameters;

    /// <summary>The class a value is of, no derived one, where that is known.</summary>
    private static TypeDefinition? ExactClass(Value value) => value switch
    {
        Instruction check when NonNull.IsCheck(check) => ExactClass(check.Inputs[0]),
        Instruction { Code: Code.Newobj, Type: TypeDefinition { IsValueType: false } made } => made,
        { Type: TypeDefinition { IsValueType: false, IsSealed: true, IsInterface: false, HasGenericParameters: false } known } => known,
        _ => null,
    };

    /// <summary>What a virtual or interface call runs on an object of exactly this type; null where that is abstract, inherited from elsewhere or not plain.</summary>
    private static MethodDefinition? Implementation(TypeDefinition exact, MethodDefinition called)
    {
        if (!called.DeclaringType.IsInterface)
        {
            var slot = SlotOf(called);
            return Bases(exact).SelectMany(type => type.Methods).FirstOrDefault(method => method.IsVirtual && SlotOf(method) == slot) is { IsAbstract: false } found ? found : null;
        }

        // A class that is generic may name the interface too.
        if (Bases(exact).Any(type => type.BaseType is GenericInstanceType))
        {
            return null;
        }

        // The last class that names the interface maps it to what it declares itself, else to what the class that named it before did, and the
        // first of them to what it inherits; what it is mapped to may be overridden again.
        var naming = Bases(exact).Where(type => Names(type, called.DeclaringType)).ToList();
        var own = naming.Concat(Bases(naming.LastOrDefault()).Skip(1)).Select(type => Declared(type, called)).FirstOrDefault(method => method is not null);
        return own is null || own.IsFinal || exact.IsValueType ? own : Implementation(exact, own);
    }

    /// <summary>What a class itself declares for a member of an interface.</summary>
    private static MethodDefinition? Declared(TypeDefinition type, MethodDefinition called) =>
        type.Methods.FirstOrDefault(method => method.Overrides.Any(overridden => overridden.Resolve() == called))
        ?? type.Methods.FirstOrDefault(method => method is { IsVirtual: true, IsPublic: true, IsStatic: false } && HasSameSignature(method, called));

    /// <summary>The method that first declared the slot a virtual one sits in.</summary>
    private static MethodDefinition SlotOf(MethodDefinition method)
    {
        if (method.Overrides.Select(overridden => overridden.Resolve()).FirstOrDefault(overridden => overridden is { DeclaringType.IsInterface: false }) is { } named)
        {
            return SlotOf(named);
        }

        return method.IsNewSlot ? method
            : Bases(method.DeclaringType).Skip(1).SelectMany(type => type.Methods).FirstOrDefault(inherited => inherited.IsVirtual && HasSameSignature(inherited, method)) is { } inherited ? SlotOf(inherited)
            : method;
    }

    private static IEnumerable<TypeDefinition> Bases(TypeDefinition? type)
    {
        for (var current = type; current is not null; current = current.BaseType is { } parent and not GenericInstanceType ? parent.Resolve() : null)
        {
            yield return current;
        }
    }

    private static bool Names(TypeDefinition type, TypeDefinition called) =>
        type.Interfaces.Select(implemented => implemented.InterfaceType).OfType<TypeDefinition>().Any(named => named == called || Names(named, called));

    private static bool HasSameSignature(MethodDefinition left, MethodDefinition right) =>
        left.Name == right.Name
        && left.GenericParameters.Count == right.GenericParameters.Count
        && StackTypes.Same(left.ReturnType, right.ReturnType)
        && left.Parameters.Select(parameter => parameter.ParameterType.FullName).SequenceEqual(right.Parameters.Select(parameter => parameter.ParameterType.FullName));
}
