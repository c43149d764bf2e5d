using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Passes;

/// <summary>What code of one type may name, as the runtime checks it: private members are those of a type for itself and what is nested in it.</summary>
internal static class Accessibility
{
    /// <summary>Whether a method's body can stand in a method of another type: each type it names can be named there, and each member reached, by an accessor if need be.</summary>
    /// <param name="method">The method whose body that is, its type arguments put in.</param>
    /// <param name="called">The method as the call names it.</param>
    /// <param name="from">The type of the other method.</param>
    public static bool CanStandIn(MethodDefinition method, MethodReference called, TypeDefinition from) =>
        method.DeclaringType == from
        || (AllowsType(called.DeclaringType, from) && method.Body.Instructions.All(il =>
            il.Operand is not MemberReference member || Allows(member, from) || (HasAccessor(il.OpCode.Code) && NamesAccessibleTypes(member, from) && NamesAccessibleTypes(member, method.DeclaringType))));

    /// <summary>Whether an accessor can do what an instruction does.</summary>
    public static bool HasAccessor(Code code) =>
        code is Code.Ldfld or Code.Ldflda or Code.Stfld or Code.Ldsfld or Code.Ldsflda or Code.Stsfld or Code.Call or Code.Callvirt or Code.Newobj;

    public static bool Allows(MemberReference member, TypeDefinition from) => member switch
    {
        TypeReference type => AllowsType(type, from),
        MethodReference method => NamesAccessibleTypes(method, from) && (method.Resolve() is not { } definition
            || AllowsMember(definition.IsPrivate || definition.IsCompilerControlled, definition.IsFamily || definition.IsFamilyAndAssembly || (definition.IsFamilyOrAssembly && definition.Module != from.Module), definition.DeclaringType, from)),
        FieldReference field => NamesAccessibleTypes(field, from) && (field.Resolve() is not { } definition
            || AllowsMember(definition.IsPrivate || definition.IsCompilerControlled, definition.IsFamily || definition.IsFamilyAndAssembly || (definition.IsFamilyOrAssembly && definition.Module != from.Module), definition.DeclaringType, from)),
        _ => false,
    };

    private static bool NamesAccessibleTypes(MemberReference member, TypeDefinition from) =>
        member is not TypeReference
        && AllowsType(member.DeclaringType, from)
        && (member is not GenericInstanceMethod generic || generic.GenericArguments.All(argument => AllowsType(argument, from)));

    private static bool AllowsMember(bool isPrivate, bool isProtected, TypeDefinition owner, TypeDefinition from) =>
        isPrivate ? IsWithin(from, owner) : !isProtected || IsWithin(from, owner) || DerivesFrom(from, owner);

    private static bool AllowsType(TypeReference type, TypeDefinition from)
    {
        switch (type)
        {
            case GenericParameter:
                return true;
            case GenericInstanceType generic when !generic.GenericArguments.All(argument => AllowsType(argument, from)):
                return false;
            case FunctionPointerType:
                return false;
            case TypeSpecification specification:
                return AllowsType(specification.ElementType, from);
        }

        for (var definition = type.Resolve(); definition?.DeclaringType is { } outer; definition = outer)
        {
            if (!AllowsMember(definition.IsNestedPrivate, definition.IsNestedFamily || definition.IsNestedFamilyAndAssembly || (definition.IsNestedFamilyOrAssembly && definition.Module != from.Module), outer, from))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWithin(TypeDefinition type, TypeDefinition outer)
    {
        for (var current = type; current is not null; current = current.DeclaringType)
        {
            if (current == outer)
            {
                return true;
            }
        }

        return false;
    }

    private static bool DerivesFrom(TypeDefinition type, TypeDefinition ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType?.Resolve())
        {
            if (current == ancestor)
            {
                return true;
            }
        }

        return false;
    }
}
