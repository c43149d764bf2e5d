using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>
/// Calls through a constraint on a type that is now known: an operator of a primitive number becomes the IL operation that its implementation
/// is (<see cref="PrimitiveOperators"/>), any other member the accessible method that implements it, so that binding and the operator table
/// see what they know. What has no such method keeps its constraint, which is as right on a known type as on a parameter.
/// </summary>
internal static class KnownReceivers
{
    public static void MakePlain(MethodBody body)
    {
        for (var i = 0; i + 1 < body.Instructions.Count; i++)
        {
            if (body.Instructions[i] is { OpCode.Code: Code.Constrained, Operand: TypeReference receiver } prefix
                && body.Instructions[i + 1] is { OpCode.Code: Code.Call or Code.Callvirt, Operand: MethodReference member } call)
            {
                MakePlain(body, prefix, receiver, call, member);
            }
        }
    }

    private static void MakePlain(MethodBody body, IlInstruction prefix, TypeReference receiver, IlInstruction call, MethodReference member)
    {
        if (PrimitiveOperators.Of(member, receiver) is { } operation)
        {
            // The prefix may be the target of a branch, and so stays as a place.
            (prefix.OpCode, prefix.Operand) = (OpCodes.Nop, null);
            var first = operation.FirstOrDefault() ?? IlInstruction.Create(OpCodes.Nop);
            (call.OpCode, call.Operand) = (first.OpCode, first.Operand);
            var place = body.Instructions.IndexOf(call) + 1;
            foreach (var il in operation.Skip(1))
            {
                il.Offset = -1;
                body.Instructions.Insert(place++, il);
            }
        }
        else if (Implementation(member, receiver, body.Method.Module) is { } method)
        {
            (prefix.OpCode, prefix.Operand) = (OpCodes.Nop, null);
            (call.OpCode, call.Operand) = (OpCodes.Call, method);
        }
    }

    /// <summary>The method that a value type implements a member with, or null where that cannot be named here.</summary>
    private static MethodReference? Implementation(MethodReference member, TypeReference receiver, ModuleDefinition module)
    {
        if (!receiver.IsValueType || receiver.Resolve() is not { IsEnum: false } definition)
        {
            return null;
        }

        var candidates = definition.Methods
            .Where(method => method.IsPublic && method.Name == member.Name && method.HasThis == member.HasThis && Matches(method, member, receiver))
            .ToList();
        var isExplicit = definition.Methods.Any(method => method.Name.EndsWith("." + member.Name, StringComparison.Ordinal) && method.Overrides.Any(overridden =>
            overridden.Name == member.Name && overridden.Parameters.Count == member.Parameters.Count
            && overridden.DeclaringType.GetElementType().FullName == member.DeclaringType.GetElementType().FullName));
        if (isExplicit || candidates.Count != 1)
        {
            return null;
        }

        var element = Closing.On(module.ImportReference(candidates[0]), receiver);
        if (member is not GenericInstanceMethod generic)
        {
            return element;
        }

        var instance = new GenericInstanceMethod(element);
        generic.GenericArguments.ToList().ForEach(instance.GenericArguments.Add);
        return instance;
    }

    private static bool Matches(MethodDefinition method, MethodReference member, TypeReference receiver)
    {
        if (method.Parameters.Count != member.Parameters.Count || method.GenericParameters.Count != member.GetElementMethod().GenericParameters.Count)
        {
            return false;
        }

        var closed = Closing.On(method, receiver);
        return method.HasGenericParameters
            || (IsSame(Signatures.ReturnType(closed), Signatures.ReturnType(member))
                && Enumerable.Range(0, method.Parameters.Count).All(index => IsSame(Signatures.ParameterType(closed, index), Signatures.ParameterType(member, index))));
    }

    private static bool IsSame(TypeReference left, TypeReference right) => !left.ContainsGenericParameter && StackTypes.Same(left, right);
}
