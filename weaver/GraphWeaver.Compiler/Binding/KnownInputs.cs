using GraphWeaver.Compiler.Binding.Storing;
using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>What the build knows of the inputs of a call: types, as exact as they are known by now, and literals.</summary>
internal sealed class KnownInputs(StoredTypes types)
{
    public IReadOnlyList<KnownInput> Of(Instruction call, BuildProgram program)
    {
        var inputs = call.Inputs.Select(input => Of(input, program)).ToList();
        if (call.Prefixes.Constrained is { } receiver && inputs.Count > 0 && inputs[0].Type is null)
        {
            inputs[0] = new KnownInput(receiver, IsExact(receiver));
        }

        return inputs;
    }

    /// <summary>By what two calls of one method are told apart.</summary>
    public static string Key(IEnumerable<KnownInput> inputs) => string.Join(
        "|",
        inputs.Select(input => $"{input.Type?.FullName} {input.IsExact} {(input.Literal is string text ? text.Length + ":" + text : input.Literal)} {input.IsNull} {input.IsInvariant}"));

    private KnownInput Of(Value value, BuildProgram program)
    {
        if (program.Literal(value) is Constant constant)
        {
            return Of(constant);
        }

        if (program.NodeOf(value) is not { } node)
        {
            return new KnownInput(value.Type, value.Type is not null && IsExact(value.Type));
        }

        var made = node.Instruction;
        switch (made.Code)
        {
            case Code.Box:
                return Of(made.Inputs[0], program) with { Type = (TypeReference)made.Operand!, IsExact = true };
            case Code.Newobj when made.Type is not null:
                return new KnownInput(made.Type, IsExact: true, IsInvariant: IsInvariantHandler(made, program));
            case Code.Ldloca when made.IsAddressOfValue:
                return Of(made.Inputs[0], program);
            case Code.Ldloca when node.Life is { } life:
                return program.WholeStore(life) is { } store
                    ? Of(store.Inputs[0], program) with { Type = life.Slot.Type, IsExact = IsExact(life.Slot.Type), Literal = null, IsNull = false }
                    : new KnownInput(life.Slot.Type, IsExact(life.Slot.Type));
        }

        if (node is { State: BuildState.Done, Value: { Kind: not ValueKind.Null, Type: { } name } } && StackTypes.KindOf(made.Type!) == StackKind.Reference && types.Find(name) is { } exact)
        {
            return new KnownInput(exact, IsExact: true);
        }

        return new KnownInput(Pointed(made.Type), made.Type is not null && IsExact(Pointed(made.Type)!));
    }

    private static KnownInput Of(Constant constant) => constant.Literal switch
    {
        null => new KnownInput(null, IsNull: true),
        string => new KnownInput(constant.Type, IsExact: true, Literal: constant.Literal),
        _ when constant.Literal == Constant.Zero => new KnownInput(constant.Type, IsExact(constant.Type!)),
        var literal => new KnownInput(constant.Type, IsExact: true, Literal: literal),
    };

    private static bool IsInvariantHandler(Instruction made, BuildProgram program) =>
        made.Type!.FullName == "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler"
        && made.Inputs.Count > 2
        && program.NodeOf(made.Inputs[2])?.Instruction is { Method: { Name: "get_InvariantCulture", DeclaringType.FullName: "System.Globalization.CultureInfo" } };

    private static TypeReference? Pointed(TypeReference? type) => type is ByReferenceType reference ? reference.ElementType : type;

    private static bool IsExact(TypeReference type) => type is ArrayType { ElementType.IsValueType: true } || (type is not ArrayType && (type.IsValueType || type.Resolve() is { IsSealed: true }));
}
