using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Reads one method's IL for its effects. Sound without following pointers: statics that can change are never read, so a write
/// reaches only memory the method made or was given; when everything it was given is immutable, the write is its own.
/// Whoever makes a delegate or an object with code of its own answers for that code, so calls through either are free.
/// </summary>
internal sealed class EffectAnalysis(PurityAnalysis purity, IAssemblyBodies bodies, ImmutableTypes immutable)
{
    private const int LongestBody = 4000;
    private static readonly HashSet<string> answeredFor = ["MoveNext", "GetEnumerator", "get_Current", "Compare", "CompareTo", "Equals", "GetHashCode", "ToString", "Dispose"];
    private int lowest = int.MaxValue;
    private bool writes;

    public Finding Read(MethodReference method, MethodDefinition definition, out int leansOn)
    {
        var name = UserNames.Of(definition);
        var failure = definition.Body.Instructions.Count > LongestBody
            ? Finding.Impure($"{name} is longer than what is looked at")
            : FindFailure(method, definition);
        leansOn = lowest;
        if (failure is not null)
        {
            return failure.CalledFrom(name);
        }

        return new Finding(writes && immutable.IsGivenMutable(definition) ? Effect.MutatesArguments : Effect.Pure, "its code has no other effect", []);
    }

    private Finding? FindFailure(MethodReference method, MethodDefinition definition)
    {
        var trigger = definition.IsStatic || definition.IsConstructor ? Initialise(definition.DeclaringType, definition) : null;
        if (trigger is not null)
        {
            return trigger;
        }

        foreach (var instruction in definition.Body.Instructions)
        {
            if (Look(instruction, method, definition) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private Finding? Look(Instruction instruction, MethodReference method, MethodDefinition definition)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Call or Code.Callvirt or Code.Newobj or Code.Ldftn:
                var callee = (MethodReference)instruction.Operand;
                return IsIteratorsOwn(callee, definition) ? null : Call(instruction, callee, method);
            case Code.Ldsfld or Code.Ldsflda:
                return Load((FieldReference)instruction.Operand, definition);
            case Code.Stsfld:
                return Store((FieldReference)instruction.Operand, definition);
            case Code.Stfld or Code.Stobj or Code.Stelem_Any or Code.Stelem_Ref or (>= Code.Stelem_I and <= Code.Stelem_R8)
                or (>= Code.Stind_Ref and <= Code.Stind_R8) or Code.Stind_I or Code.Cpobj or Code.Cpblk or Code.Initblk:
                writes = true;
                return null;
            case Code.Initobj:
                writes |= instruction.Previous?.OpCode.Code is not (Code.Ldloca or Code.Ldloca_S);
                return null;
            case Code.Calli or Code.Ldvirtftn or Code.Jmp or Code.Arglist or Code.Mkrefany or Code.Refanyval:
                return Finding.Impure($"calls code that is not known ({instruction.OpCode.Name})");
            case Code.Volatile:
                return Finding.Impure("reads or writes memory shared between threads");
            default:
                return null;
        }
    }

    private Finding? Call(Instruction instruction, MethodReference callee, MethodReference caller)
    {
        var target = Substitute(callee, caller);
        if (callee.DeclaringType is ArrayType)
        {
            writes |= callee.Name is "Set" or "Address";
            return null;
        }

        if (instruction.Previous is { OpCode.Code: Code.Constrained, Operand: TypeReference constraint })
        {
            var receiver = Substitute(constraint, caller);
            if (Numerals.IsNumber(receiver.FullName) || receiver.FullName == "System.String")
            {
                return OfPrimitive(receiver, callee);
            }

            if (bodies.Find(receiver) is { IsEnum: true } enumeration)
            {
                return OfPrimitive(enumeration.BaseType, callee);
            }

            if (Implementation(receiver, callee) is not { } found)
            {
                return Finding.Impure($"calls {UserNames.Of(callee)} of {UserNames.Of(receiver)}, which is not known");
            }

            target = found;
        }
        else if (callee.Name == "Invoke" && bodies.Find(callee.DeclaringType)?.BaseType?.FullName == "System.MulticastDelegate")
        {
            writes = true;
            return null;
        }
        else if (bodies.Find(callee.DeclaringType)?.BaseType?.FullName == "System.MulticastDelegate" && callee.Name == ".ctor")
        {
            return null;
        }

        if (callee.DeclaringType.FullName == "System.Object" && callee.HasThis && Result(instruction.Previous) is { } known
            && bodies.Find(known) is { IsSealed: true } exact)
        {
            target = exact.Methods.FirstOrDefault(method => method.Name == callee.Name && method.Parameters.Count == callee.Parameters.Count) ?? target;
        }

        var finding = purity.Find(target, out var leansOn);
        lowest = Math.Min(lowest, leansOn);
        writes |= finding.Effect == Effect.MutatesArguments;
        if (finding.Effect == Effect.Impure)
        {
            return finding;
        }

        var definition = bodies.Find(target);
        if (instruction.OpCode.Code == Code.Callvirt && definition is { IsVirtual: true, IsFinal: false, DeclaringType.IsSealed: false }
            && PurityTable.Curated.Find(definition) is null)
        {
            return Finding.Impure($"calls {UserNames.Of(callee)}, which may be overridden");
        }

        return instruction.OpCode.Code == Code.Newobj && definition is not null ? Answer(definition.DeclaringType) : null;
    }

    /// <summary>Compilers remember an iterator's thread to reuse the object; no result depends on it.</summary>
    private static bool IsIteratorsOwn(MethodReference callee, MethodDefinition caller) =>
        callee.Name == "get_CurrentManagedThreadId" && caller.DeclaringType.Name.Contains(">d__");

    /// <summary>The static type a call leaves on the stack for the next instruction.</summary>
    private static TypeReference? Result(Instruction? previous) => previous?.OpCode.Code switch
    {
        Code.Call or Code.Callvirt => ((MethodReference)previous.Operand).ReturnType,
        Code.Newobj => ((MethodReference)previous.Operand).DeclaringType,
        _ => null,
    };

    /// <summary>The maker of an object answers for what others will call on it: enumerators, comparers.</summary>
    public Finding? Answer(TypeDefinition type)
    {
        if (type.Module != bodies.UserModule)
        {
            return null;
        }

        foreach (var method in type.Methods.Where(method => method.IsVirtual && method.HasBody && answeredFor.Contains(Last(method.Name)) && !IsOfRecord(method)))
        {
            var finding = purity.Find(method, out var leansOn);
            lowest = Math.Min(lowest, leansOn);
            if (finding.Effect == Effect.Impure)
            {
                return finding;
            }
        }

        return null;
    }

    /// <summary>What the compiler writes for a record calls only what its members' makers answer for.</summary>
    private static bool IsOfRecord(MethodDefinition method) => method.Name is "Equals" or "GetHashCode" or "ToString"
        && method.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.CompilerGeneratedAttribute");

    private static string Last(string name) => name.Substring(name.LastIndexOf('.') + 1);

    private static Finding? OfPrimitive(TypeReference receiver, MethodReference callee)
    {
        var member = new MethodReference(Last(callee.Name), callee.ReturnType, receiver) { HasThis = callee.HasThis };
        foreach (var parameter in callee.Parameters)
        {
            member.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        }

        var verdict = Numerals.Find(member) ?? PurityTable.Curated.Find(member);
        return verdict is { Effect: not Effect.Impure } ? null : Finding.Impure($"{UserNames.Of(member)} {verdict?.Reason ?? "is not known"}");
    }

    private MethodReference? Implementation(TypeReference receiver, MethodReference callee) =>
        bodies.Find(receiver) is not { } type || (!type.IsValueType && !type.IsSealed)
            ? null
            : type.Methods.FirstOrDefault(method => method.HasBody && Last(method.Name) == callee.Name && method.Parameters.Count == callee.Parameters.Count);

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

        if (!field.IsInitOnly)
        {
            return Finding.Impure($"reads the mutable static field {UserNames.Of(field)}");
        }

        return immutable.Contains(reference.FieldType)
            ? Initialise(field.DeclaringType, reader)
            : Finding.Impure($"reads {UserNames.Of(field)}, whose contents can change");
    }

    private static Finding? Store(FieldReference reference, MethodDefinition writer)
    {
        var isOwnInitialiser = writer.Name == ".cctor" && reference.DeclaringType.GetElementType().FullName == writer.DeclaringType.FullName;
        return isOwnInitialiser || IsLambdaCache(reference) ? null : Finding.Impure($"writes the static field {UserNames.Of(reference)}");
    }

    private static bool IsLambdaCache(FieldReference field) =>
        field.DeclaringType.Name.StartsWith("<>", StringComparison.Ordinal) && field.Name.StartsWith("<", StringComparison.Ordinal);

    /// <summary>The static constructor runs at the latest now, all of it.</summary>
    private Finding? Initialise(TypeDefinition type, MethodDefinition toucher)
    {
        var initialiser = type.Methods.FirstOrDefault(method => method.Name == ".cctor");
        if (initialiser is null || initialiser == toucher)
        {
            return null;
        }

        var finding = purity.Find(initialiser, out var leansOn);
        lowest = Math.Min(lowest, leansOn);
        return finding.Effect == Effect.Impure ? finding : null;
    }

    private static MethodReference Substitute(MethodReference callee, MethodReference caller)
    {
        if (callee is not GenericInstanceMethod generic || caller is not GenericInstanceMethod)
        {
            return callee;
        }

        var instance = new GenericInstanceMethod(generic.ElementMethod);
        foreach (var argument in generic.GenericArguments)
        {
            instance.GenericArguments.Add(Substitute(argument, caller));
        }

        return instance;
    }

    private static TypeReference Substitute(TypeReference type, MethodReference caller) => type switch
    {
        GenericParameter { Type: GenericParameterType.Method } parameter when caller is GenericInstanceMethod method => method.GenericArguments[parameter.Position],
        GenericParameter { Type: GenericParameterType.Type } parameter when caller.DeclaringType is GenericInstanceType owner => owner.GenericArguments[parameter.Position],
        _ => type,
    };
}
