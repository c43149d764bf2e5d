using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Tells writes to objects and locals that the method itself makes from writes to what it was given. Only the object itself is
/// looked at, never what it refers to, so a collection counts by the members that change nothing but itself.
/// </summary>
internal sealed class Freshness(MethodDefinition method, InputReader inputs, ImmutableTypes immutable, IAssemblyBodies bodies)
{
    private const int DeepestVariables = 4;

    /// <summary>Whether a store to a field or an element, or through an address, writes what the method made.</summary>
    public bool IsOwn(Instruction store)
    {
        var operands = inputs.Producers(store, store.OpCode.Code is Code.Stfld or Code.Stobj or (>= Code.Stind_Ref and <= Code.Stind_R8) or Code.Stind_I ? 2 : 3);
        return IsFresh(operands[0], DeepestVariables);
    }

    /// <summary>Whether a call that changes its receiver changes nothing but an object or local of the method's.</summary>
    /// <param name="call">The call.</param>
    /// <param name="callee">What it calls.</param>
    /// <param name="receiver">The receiver's type where the call is constrained to one.</param>
    public bool IsOwn(Instruction call, MethodReference callee, TypeReference? receiver) =>
        callee.HasThis
        && call.OpCode.Code is Code.Call or Code.Callvirt
        && (ChangesOnlyItself(callee, (receiver ?? callee.DeclaringType).GetElementType()) || IsPlainSetter(callee))
        && inputs.Producers(call, callee.Parameters.Count + 1)[0] is { } made
        && IsFresh(made, DeepestVariables);

    /// <summary>The setter of an automatic property, which object initializers call.</summary>
    private bool IsPlainSetter(MethodReference callee) =>
        bodies.Find(callee) is { IsSetter: true, IsVirtual: false } setter && EffectAnalysis.IsGenerated(setter);

    private bool ChangesOnlyItself(MethodReference callee, TypeReference owner)
    {
        var outer = owner.DeclaringType ?? owner;
        return (outer.Namespace == "System.Collections.Generic" || owner.FullName is "System.Text.StringBuilder" or "System.Random" or "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler")
            && callee.Parameters.All(parameter => parameter.ParameterType is GenericParameter || immutable.Contains(parameter.ParameterType)
                || parameter.ParameterType is GenericInstanceType { ElementType.FullName: "System.ReadOnlySpan`1" });
    }

    private bool IsFresh(Instruction? value, int depth)
    {
        if (value is null || depth == 0)
        {
            return false;
        }

        switch (value.OpCode.Code)
        {
            case Code.Newobj or Code.Newarr or Code.Ldloca or Code.Ldloca_S:
                return value.Operand is not VariableDefinition { VariableType.IsByReference: true };
            case Code.Ldelema:
                return IsFresh(inputs.Producers(value, 2)[0], depth);
            case Code.Ldflda:
                return IsFresh(inputs.Producers(value, 1)[0], depth);
            case Code.Call or Code.Callvirt:
                var callee = (MethodReference)value.Operand;
                return callee.Name == "<Clone>$"
                    || callee is { Name: "ToArray" or "ToList" or "ToDictionary" or "ToHashSet", DeclaringType.FullName: "System.Linq.Enumerable" }
                    || (callee.DeclaringType.FullName == "System.Text.StringBuilder" && callee.ReturnType.FullName == "System.Text.StringBuilder"
                        && IsFresh(inputs.Producers(value, callee.Parameters.Count + 1)[0], depth - 1));
            default:
                return InputReader.Variable(value, method, isStore: false) is { VariableType.IsByReference: false } variable && IsAlwaysFresh(variable, depth - 1);
        }
    }

    private bool IsAlwaysFresh(VariableDefinition variable, int depth)
    {
        var stores = method.Body.Instructions.Where(instruction => InputReader.Variable(instruction, method, isStore: true) == variable).ToList();
        return stores.Count > 0
            && !method.Body.Instructions.Any(instruction => instruction.OpCode.Code is Code.Ldloca or Code.Ldloca_S && instruction.Operand == variable)
            && stores.All(store => inputs.Producers(store, 1)[0] is { } value && (value.OpCode.Code == Code.Ldnull || IsFresh(value, depth)));
    }
}
