using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.Compiler.Specialisation;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Which instructions can neither throw, nor write, nor be seen to run: they may be moved among others of the kind and table operators, and
/// dropped when unused. Reading a static of a type whose initializer can be seen to run is none of them.
/// </summary>
internal static class Transparency
{
    private static readonly HashSet<string> calculations =
    [
        "op_Explicit", "op_Implicit", "op_Addition", "op_Subtraction", "op_Multiply", "op_Division", "op_UnaryNegation",
        "op_Equality", "op_Inequality", "op_LessThan", "op_LessThanOrEqual", "op_GreaterThan", "op_GreaterThanOrEqual",
    ];

    public static bool IsTransparent(Instruction instruction, MethodDefinition method)
    {
        if (instruction.Prefixes.Volatile)
        {
            return false;
        }

        switch (instruction.Code)
        {
            case Code.Add or Code.Sub or Code.Mul or Code.And or Code.Or or Code.Xor or Code.Shl or Code.Shr or Code.Shr_Un or Code.Neg or Code.Not:
            case Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un:
            case >= Code.Conv_I1 and <= Code.Conv_U8:
            case Code.Conv_R_Un or Code.Conv_U2 or Code.Conv_U1 or Code.Conv_I or Code.Conv_U:
            case Code.Ldloc or Code.Ldloca or Code.Isinst or Code.Ldtoken or Code.Ldftn or Code.Sizeof:
                return true;
            case Code.Div or Code.Rem:
                return StackTypes.KindOf(instruction.Inputs[0].Type!) is StackKind.Float32 or StackKind.Float64;
            case Code.Ldfld:
                return IsThere(instruction.Inputs[0], method) || StackTypes.KindOf(instruction.Inputs[0].Type!) == StackKind.Structure;
            case Code.Newobj:
                return IsDelegateOfObject(instruction, method) || IndexArithmetic.IsTotal(instruction);
            case Code.Dup:
                return IsThere(instruction.Inputs[0], method);
            case Code.Ldsfld when instruction.Operand is CachedArray:
                return true;
            case Code.Ldsfld:
                return HasNoObservableInitializer((FieldReference)instruction.Operand!, method);
            case Code.Call:
                return IndexArithmetic.IsTotal(instruction) || IsCalculationInHalf(instruction.Method!);
            default:
                return false;
        }
    }

    /// <summary>Half has no instructions: what other numbers do by one is a call of an operator, or of the maker of a stored literal. To decimal it may throw.</summary>
    private static bool IsCalculationInHalf(MethodReference method) => ElementTypes.From(method.DeclaringType) == ElementType.Half
        ? calculations.Contains(method.Name) && method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType).All(type => ElementTypes.From(type) is not null)
        : GeneratedTypes.Owns(method) && method.Parameters.Count == 0 && ElementTypes.From(method.ReturnType) == ElementType.Half;

    /// <summary>A delegate is made without a sign where its receiver is there: on null, an instance method throws.</summary>
    private static bool IsDelegateOfObject(Instruction made, MethodDefinition method) =>
        made.Inputs.Count == 2 && made.Inputs[1] is Instruction { Code: Code.Ldftn } code && (code.Method is { HasThis: false } || IsThere(made.Inputs[0], method));

    /// <summary>A receiver that is the method's own <c>this</c> is not null in anything a C# compiler emits; nor is a local's address.</summary>
    private static bool IsThere(Value value, MethodDefinition method) =>
        (value is Argument argument && ClosedBody.IsReceiver(argument, method)) || NonNull.Is(value) || value is Instruction { Code: Code.Ldloca };

    /// <summary>
    /// Reading a static may run its type's initializer. A precise one of the method's own type has run, which of a generic type holds for one
    /// instance only; any other runs when it is first read, so it must be one that only makes arrays and tensors.
    /// </summary>
    private static bool HasNoObservableInitializer(FieldReference field, MethodDefinition method) =>
        field.Resolve()?.DeclaringType is { } type
        && ((type == method.DeclaringType && !type.IsBeforeFieldInit && !type.HasGenericParameters)
            || type.Methods.Where(candidate => candidate.IsConstructor && candidate.IsStatic).All(OnlyMakesData));

    private static bool OnlyMakesData(MethodDefinition initializer) => initializer.HasBody && initializer.Body.Instructions.All(il => il.OpCode.Code switch
    {
        Code.Call => il.Operand is MethodReference callee && (GeneratedTypes.Owns(callee) || IsMakerOfData(callee.DeclaringType)),
        Code.Callvirt or Code.Calli or Code.Newobj or Code.Throw or Code.Ldsfld or Code.Ldsflda => false,
        _ => true,
    });

    private static bool IsMakerOfData(TypeReference type) =>
        type.Namespace == "System.Numerics.Tensors"
        || type.FullName is "System.Runtime.CompilerServices.RuntimeHelpers" or "<PrivateImplementationDetails>"
        || type.GetElementType().FullName is "System.Span`1" or "System.ReadOnlySpan`1";
}
