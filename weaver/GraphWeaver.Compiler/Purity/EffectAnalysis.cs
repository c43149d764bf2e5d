using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Reads one method's IL for its effects. Sound without following pointers: statics that can change are never read, so a write
/// reaches only memory the method made or was given; when everything it was given is immutable, the write is its own.
/// Whoever makes a delegate or an object with code of its own answers for that code, so calls through either are free.
/// </summary>
internal sealed class EffectAnalysis(PurityAnalysis purity, IAssemblyBodies bodies, ImmutableTypes immutable, Answers answers)
{
    private const int LongestBody = 4000;
    private Finding? hash;
    private Freshness fresh = null!;
    private bool writes;

    public Finding Read(MethodReference method, MethodDefinition definition)
    {
        var name = UserNames.Of(definition);

        // What a woven method does is what its original body does, whatever the order methods are woven in.
        definition = OriginalBody.Of(definition) ?? definition;
        var failure = definition.Body.Instructions.Count > LongestBody
            ? Finding.Impure($"{name} is longer than what is looked at")
            : FindFailure(method, definition);
        if ((failure ?? hash) is { } found)
        {
            return found.Chain.FirstOrDefault() == name ? found : found.CalledFrom(name);
        }

        return new Finding(writes && immutable.IsGivenMutable(definition) ? Effect.MutatesArguments : Effect.Pure, "its code has no other effect", []);
    }

    /// <summary>The compilers' own caches of delegates and of the object that lambdas without a closure are members of.</summary>
    public static bool IsLambdaCache(FieldReference field) =>
        field.Name.StartsWith("<", StringComparison.Ordinal)
        && field.DeclaringType.Name.StartsWith("<>", StringComparison.Ordinal)
        && !field.DeclaringType.Name.StartsWith("<>o__", StringComparison.Ordinal);

    private Finding? FindFailure(MethodReference method, MethodDefinition definition)
    {
        if (RawMemory.IsUsed(definition))
        {
            return Finding.Impure("uses pointers");
        }

        var trigger = definition.IsStatic || definition.IsConstructor ? Initialise(definition.DeclaringType, definition, isField: false) : null;
        if (trigger is not null)
        {
            return trigger;
        }

        var inputs = new InputReader(method, definition, bodies);
        fresh = new Freshness(definition, inputs, immutable, bodies);
        foreach (var instruction in definition.Body.Instructions)
        {
            if (Look(instruction, method, definition, inputs) is not { } failure)
            {
                continue;
            }

            // What a hash code is made of may differ between runs; that it is one is known to who asks for it.
            if (!failure.IsHash || definition.Name != "GetHashCode")
            {
                return failure with { IsHash = false };
            }

            hash = failure;
        }

        return null;
    }

    private Finding? Look(Instruction instruction, MethodReference method, MethodDefinition definition, InputReader inputs)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Call or Code.Callvirt or Code.Newobj or Code.Ldftn or Code.Ldvirtftn:
                var callee = (MethodReference)instruction.Operand;
                return IsIteratorsOwn(callee, definition) ? null : Call(instruction, callee, method, definition, inputs);
            case Code.Ldsfld or Code.Stsfld when ArrayCaches.IsAccess(instruction):
                return null;
            case Code.Ldsfld or Code.Ldsflda:
                return Load((FieldReference)instruction.Operand, definition);
            case Code.Stsfld:
                return Store((FieldReference)instruction.Operand, definition);
            case Code.Stfld or Code.Stobj or Code.Stelem_Any or Code.Stelem_Ref or (>= Code.Stelem_I and <= Code.Stelem_R8)
                or (>= Code.Stind_Ref and <= Code.Stind_R8) or Code.Stind_I:
                writes = writes || !fresh.IsOwn(instruction);
                return null;
            case Code.Cpobj or Code.Cpblk or Code.Initblk:
                writes = true;
                return null;
            case Code.Initobj:
                writes |= instruction.Previous?.OpCode.Code is not (Code.Ldloca or Code.Ldloca_S);
                return null;
            case Code.Box or Code.Newarr:
                return answers.OfStructures([Closing.Close((TypeReference)instruction.Operand, method)]);
            case Code.Calli or Code.Jmp or Code.Arglist or Code.Mkrefany or Code.Refanyval:
                return Finding.Impure($"calls code that is not known ({instruction.OpCode.Name})");
            case Code.Conv_I or Code.Conv_U or (>= Code.Conv_Ovf_I_Un and <= Code.Conv_Ovf_U_Un) or Code.Conv_Ovf_I or Code.Conv_Ovf_U when PointerSize.Shows(instruction, inputs):
                return Finding.Impure("depends on the size of a pointer");
            case Code.Sizeof when PointerSize.Shows(Closing.Close((TypeReference)instruction.Operand, method), bodies):
                return Finding.Impure("depends on the size of a pointer");
            case Code.Volatile:
                return Finding.Impure("reads or writes memory shared between threads");
            default:
                return null;
        }
    }

    private Finding? Call(Instruction instruction, MethodReference callee, MethodReference caller, MethodDefinition definition, InputReader reader)
    {
        var target = Closing.Close(callee, caller);
        var constraint = instruction.Previous is { OpCode.Code: Code.Constrained, Operand: TypeReference constrained } ? Closing.Close(constrained, caller) : null;
        var isVirtual = instruction.OpCode.Code is Code.Callvirt or Code.Ldvirtftn;
        var known = instruction.OpCode.Code is Code.Ldftn or Code.Ldvirtftn ? [] : reader.Before(instruction, callee);
        if (known.Count > 0 && IsHandler(callee.DeclaringType) && HandlersAreInvariant(definition))
        {
            known = [known[0] with { IsInvariant = true }, .. known.Skip(1)];
        }

        var finding = constraint is null ? purity.Call(target, known, isVirtual) : Constrained(constraint, target, known);
        writes |= (finding.Effect == Effect.MutatesArguments && !fresh.IsOwn(instruction, callee, constraint) && !IsPrinting(callee, definition)) || (TakesDelegate(target) && IsGivenDelegates(definition));
        if (finding.IsImpure)
        {
            return finding;
        }

        return instruction.OpCode.Code == Code.Newobj && bodies.Find(target.DeclaringType) is { } made ? answers.Of(made) : null;
    }

    private Finding Constrained(TypeReference receiver, MethodReference callee, IReadOnlyList<KnownInput> known)
    {
        if (receiver is GenericParameter)
        {
            return Finding.Impure($"calls {UserNames.Of(callee)} of {UserNames.Of(receiver)}, which is not known");
        }

        if (callee is { HasThis: true, Parameters.Count: 0 } && callee.Name == "ToString")
        {
            return purity.Call(callee, [new KnownInput(receiver, receiver.IsValueType || bodies.Find(receiver) is { IsSealed: true })], isVirtual: true);
        }

        var type = bodies.Find(receiver);
        if (Numerals.IsNumber(receiver.FullName) || type is { IsEnum: true })
        {
            return purity.Find(Member(type is { IsEnum: true } ? type.BaseType : receiver, callee), known);
        }

        if (type is { IsValueType: true } or { IsSealed: true } || !callee.HasThis)
        {
            return purity.OnExact(callee, receiver, null, known);
        }

        return purity.Call(callee, known, isVirtual: true);
    }

    /// <summary>A member of a primitive, by name: primitives implement interfaces with members of their own.</summary>
    private static MethodReference Member(TypeReference receiver, MethodReference callee)
    {
        var member = new MethodReference(UserNames.Last(callee.Name), callee.ReturnType, receiver) { HasThis = callee.HasThis };
        foreach (var parameter in callee.Parameters)
        {
            member.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        }

        return member;
    }

    /// <summary>Compilers remember an iterator's thread to reuse the object; no result depends on it.</summary>
    private static bool IsIteratorsOwn(MethodReference callee, MethodDefinition caller) =>
        callee.Name == "get_CurrentManagedThreadId" && caller.DeclaringType.Name.Contains(">d") && UserNames.Last(caller.Name) is ".ctor" or "GetEnumerator";

    /// <summary>Every interpolation handler of the method is made with the invariant culture.</summary>
    private static bool HandlersAreInvariant(MethodDefinition definition)
    {
        var makers = definition.Body.Instructions.Where(instruction => instruction.Operand is MethodReference { Name: ".ctor" } made && IsHandler(made.DeclaringType)).ToList();
        return makers.Count > 0
            && makers.All(instruction => IsInvariant(instruction.Previous, definition))
            && !definition.Parameters.Any(parameter => IsHandler(parameter.ParameterType.GetElementType()));
    }

    /// <summary>What the compiler writes for a record prints its members into the builder it is given, and changes nothing else.</summary>
    private bool IsPrinting(MethodReference callee, MethodDefinition caller) =>
        callee.Name == "PrintMembers" && caller.Name == "ToString" && IsGenerated(caller)
        && bodies.UserModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.Name == "PrintMembers").All(IsGenerated)
        && bodies.Find(callee) is { } printer && IsGenerated(printer);

    /// <summary>Whether the compiler wrote the method.</summary>
    public static bool IsGenerated(MethodDefinition method) =>
        method.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.CompilerGeneratedAttribute");

    private static bool IsHandler(TypeReference type) => type.Name.EndsWith("InterpolatedStringHandler", StringComparison.Ordinal);

    /// <summary>The culture itself, or a variable that never holds another: the compiler keeps it in one.</summary>
    private static bool IsInvariant(Instruction? value, MethodDefinition definition)
    {
        if (value?.Operand is MethodReference { Name: "get_InvariantCulture" or "get_InvariantInfo" })
        {
            return true;
        }

        if (InputReader.Variable(value, definition, isStore: false) is not { } variable)
        {
            return false;
        }

        var stores = definition.Body.Instructions.Where(instruction => InputReader.Variable(instruction, definition, isStore: true) == variable).ToList();
        return stores.Count > 0 && stores.All(store => store.Previous?.Operand is MethodReference { Name: "get_InvariantCulture" or "get_InvariantInfo" });
    }

    private bool TakesDelegate(MethodReference callee) => callee.Parameters.Any(parameter => Framework.IsDelegate(bodies.Find(parameter.ParameterType)));

    /// <summary>A delegate that the method did not make may write what others see; of one it made that is known already.</summary>
    private bool IsGivenDelegates(MethodDefinition definition) =>
        definition.Parameters.Any(parameter => Framework.IsDelegate(bodies.Find(parameter.ParameterType)))
        || definition.Body.Instructions.Any(instruction => instruction.Operand switch
        {
            FieldReference field when instruction.OpCode.Code == Code.Ldfld => Framework.IsDelegate(bodies.Find(field.FieldType)) || field.FieldType is GenericParameter,
            MethodReference callee when instruction.OpCode.Code is Code.Call or Code.Callvirt => Framework.IsDelegate(bodies.Find(callee.ReturnType)),
            TypeReference type => instruction.OpCode.Code is Code.Castclass or Code.Unbox_Any && Framework.IsDelegate(bodies.Find(type)),
            _ => false,
        });

    private Finding? Load(FieldReference reference, MethodDefinition reader)
    {
        var field = bodies.Find(reference);
        if (field is null)
        {
            return Finding.Impure($"reads {UserNames.Of(reference)}, which is not there");
        }

        if (IsLambdaCache(field) || field.RVA != 0 || field.HasConstant || (reader.Name == ".cctor" && reader.DeclaringType == field.DeclaringType))
        {
            return null;
        }

        if (PurityTable.Curated.Find(field) is { } row && field.Module != bodies.UserModule && field.IsInitOnly)
        {
            return row.Effect == Effect.Impure ? Finding.Impure($"{UserNames.Of(field)} {row.Reason}")
                : immutable.Contains(reference.FieldType) || !Framework.Owns(field.DeclaringType) ? null
                : Finding.Impure($"reads {UserNames.Of(field)}, whose contents can change");
        }

        if (!field.IsInitOnly)
        {
            return Finding.Impure($"reads the mutable static field {UserNames.Of(field)}");
        }

        return immutable.Contains(reference.FieldType)
            ? Initialise(field.DeclaringType, reader, isField: true)
            : Finding.Impure($"reads {UserNames.Of(field)}, whose contents can change");
    }

    private static Finding? Store(FieldReference reference, MethodDefinition writer)
    {
        var isOwnInitialiser = writer.Name == ".cctor" && reference.DeclaringType.GetElementType().FullName == writer.DeclaringType.FullName;
        return isOwnInitialiser || IsLambdaCache(reference) ? null : Finding.Impure($"writes the static field {UserNames.Of(reference)}");
    }

    /// <summary>The static constructor runs at the latest now, all of it; field initialisers alone wait for a field to be read.</summary>
    private Finding? Initialise(TypeDefinition type, MethodDefinition toucher, bool isField)
    {
        var initialiser = type.Methods.FirstOrDefault(method => method.Name == ".cctor");
        if (initialiser is null || initialiser == toucher || (type.IsBeforeFieldInit && !isField))
        {
            return null;
        }

        var finding = purity.Find(initialiser, []);
        return finding.IsImpure ? finding : null;
    }
}
