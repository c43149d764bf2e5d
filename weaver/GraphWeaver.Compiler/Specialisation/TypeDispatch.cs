using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>
/// Puts the way to the specialised siblings in front of a generic function: <c>if (typeof(T) == typeof(float)) return sibling(arguments);</c>,
/// written as C# writes it, so that the JIT folds the test for value types and no other branch is left. On the branch taken, the open and the
/// closed type are one; arguments change their static type without a copy: references by a cast, everything else by
/// <c>Unsafe.As</c> on its address, spans included. A branch not taken is valid for every type argument and touches nothing.
/// </summary>
internal sealed class TypeDispatch
{
    private readonly Function function;
    private readonly ModuleDefinition module;
    private readonly TypeReference systemType;
    private readonly TypeReference typeHandle;

    private TypeDispatch(Function function)
    {
        this.function = function;
        module = function.Module;
        systemType = new TypeReference("System", "Type", module, module.TypeSystem.CoreLibrary);
        typeHandle = new TypeReference("System", "RuntimeTypeHandle", module, module.TypeSystem.CoreLibrary, valueType: true);
    }

    /// <summary>Adds the branch to one sibling; what the function did before is what happens otherwise.</summary>
    public static void Add(Function function, Instantiation instantiation, MethodDefinition sibling) => new TypeDispatch(function).AddBranch(instantiation, sibling);

    private void AddBranch(Instantiation instantiation, MethodDefinition sibling)
    {
        var otherwise = function.Entry;
        var next = CallOf(instantiation, sibling);
        function.Blocks.Insert(0, next);
        foreach (var (parameter, argument) in instantiation.Bindings.Reverse())
        {
            var test = new BasicBlock();
            var isSame = Append(test, Code.Call, TypeMember("op_Equality", module.TypeSystem.Boolean, systemType, systemType), TypeOf(test, parameter), TypeOf(test, argument));
            test.Terminator = new Terminator(Code.Brtrue, [isSame], [next, otherwise]);
            function.Blocks.Insert(0, test);
            next = test;
        }
    }

    private BasicBlock CallOf(Instantiation instantiation, MethodDefinition sibling)
    {
        var block = new BasicBlock();
        var arguments = function.Arguments.Select(argument => Retyped(block, argument, argument.Type!, ClosedType(argument.Type!, instantiation))).ToList();
        var call = Append(block, Code.Call, Closing.On(sibling, instantiation.Reference.DeclaringType), [.. arguments]);
        block.Terminator = call.Type is null
            ? new Terminator(Code.Ret, [], [])
            : new Terminator(Code.Ret, [Retyped(block, call, call.Type, function.Method.ReturnType)], []);
        return block;
    }

    private static TypeReference ClosedType(TypeReference open, Instantiation instantiation) => instantiation.Close(open);

    private Value Retyped(BasicBlock block, Value value, TypeReference from, TypeReference to)
    {
        (from, to) = (Bare(from), Bare(to));
        if (StackTypes.Same(from, to))
        {
            return value;
        }

        if (from is ByReferenceType reference)
        {
            return Append(block, Code.Call, UnsafeAs(reference.ElementType, ((ByReferenceType)to).ElementType), value);
        }

        switch (StackTypes.KindOf(from.IsGenericParameter ? from : to))
        {
            case StackKind.NativeInt:
                return value;
            case StackKind.Reference:
                return Append(block, Code.Castclass, to, value);
            default:
                var address = new Instruction(Code.Ldloca, null, new ByReferenceType(from), [value]);
                block.Instructions.Add(address);
                var retyped = Append(block, Code.Call, UnsafeAs(from, to), address);
                return Append(block, Code.Ldobj, to, retyped);
        }
    }

    private static TypeReference Bare(TypeReference type) => type is IModifierType modified ? Bare(modified.ElementType) : type;

    private Value TypeOf(BasicBlock block, TypeReference type) =>
        Append(block, Code.Call, TypeMember("GetTypeFromHandle", systemType, typeHandle), Append(block, Code.Ldtoken, type));

    private Instruction Append(BasicBlock block, Code code, object operand, params Value[] inputs)
    {
        TypeReference? type = operand switch
        {
            MethodReference method => Signatures.ReturnType(method),
            _ when code == Code.Ldtoken => typeHandle,
            var other => (TypeReference)other,
        };
        var instruction = new Instruction(code, operand, StackTypes.IsVoid(type) ? null : type, inputs);
        block.Instructions.Add(instruction);
        return instruction;
    }

    private MethodReference TypeMember(string name, TypeReference result, params TypeReference[] parameters)
    {
        var member = new MethodReference(name, result, systemType);
        parameters.ToList().ForEach(parameter => member.Parameters.Add(new ParameterDefinition(parameter)));
        return member;
    }

    private GenericInstanceMethod UnsafeAs(TypeReference from, TypeReference to)
    {
        var type = new TypeReference("System.Runtime.CompilerServices", "Unsafe", module, module.TypeSystem.CoreLibrary);
        var member = new MethodReference("As", module.TypeSystem.Void, type);
        member.GenericParameters.Add(new GenericParameter("TFrom", member));
        member.GenericParameters.Add(new GenericParameter("TTo", member));
        member.Parameters.Add(new ParameterDefinition(new ByReferenceType(member.GenericParameters[0])));
        member.ReturnType = new ByReferenceType(member.GenericParameters[1]);
        return new GenericInstanceMethod(member) { GenericArguments = { from, to } };
    }
}
