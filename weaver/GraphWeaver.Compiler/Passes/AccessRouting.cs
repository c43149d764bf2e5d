using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using IlInstruction = Mono.Cecil.Cil.Instruction;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Lets code that was inlined from another type use that type's private members: each such access becomes a call of an internal static method,
/// added to the type the code comes from, that does this one access. Beside a generic type's methods it would be generic as well: there it goes
/// into a class nested in the type, and names the type arguments. No member of the user's becomes more visible than it was.
/// Holds after: every member an instruction names is accessible where it stands.
/// </summary>
internal sealed class AccessRouting(ModuleDefinition module)
{
    private readonly Dictionary<(TypeDefinition Owner, string Access), MethodDefinition> accessors = [];
    private readonly Dictionary<TypeDefinition, TypeDefinition> nested = [];

    public void Run(Function function)
    {
        var from = function.Method.DeclaringType;
        foreach (var block in function.Blocks)
        {
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                var instruction = block.Instructions[i];
                if (instruction is { Operand: MemberReference member, Site.Method.DeclaringType: { } owner } && owner != from && Accessibility.HasAccessor(instruction.Code) && !Accessibility.Allows(member, from))
                {
                    instruction.Operand = AccessorFor(instruction, owner);
                    instruction.Code = Code.Call;
                    instruction.Prefixes = Prefixes.None;
                }
            }
        }
    }

    private MethodDefinition AccessorFor(Instruction access, TypeDefinition owner)
    {
        var member = (MemberReference)access.Operand!;
        var receiver = access.Inputs.Count > 0 ? StackTypes.KindOf(access.Inputs[0].Type!) : default;
        var key = (owner, $"{access.Code} {member.FullName} {receiver} {access.Prefixes}");
        if (!accessors.TryGetValue(key, out var accessor))
        {
            accessors[key] = accessor = Make(access, $"<GraphWeaver>{access.Code}_{member.Name}_{accessors.Count}");
            HolderIn(owner).Methods.Add(accessor);
        }

        return accessor;
    }

    private TypeDefinition HolderIn(TypeDefinition owner)
    {
        if (!owner.HasGenericParameters)
        {
            return owner;
        }

        if (!nested.TryGetValue(owner, out var holder))
        {
            nested[owner] = holder = GeneratedTypes.AddNestedStaticClass(owner, "Accessors");
        }

        return holder;
    }

    private MethodDefinition Make(Instruction access, string name)
    {
        var accessor = new MethodDefinition(name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, access.Type ?? module.TypeSystem.Void) { AggressiveInlining = true };
        foreach (var type in ParameterTypes(access))
        {
            accessor.Parameters.Add(new ParameterDefinition(type));
        }

        GeneratedTypes.MarkCompilerGenerated(accessor, module);
        var il = accessor.Body.GetILProcessor();
        accessor.Parameters.ToList().ForEach(parameter => il.Emit(OpCodes.Ldarg, parameter));
        if (access.Prefixes.Constrained is { } constrained)
        {
            il.Emit(OpCodes.Constrained, constrained);
        }

        if (access.Prefixes.Volatile)
        {
            il.Emit(OpCodes.Volatile);
        }

        var opCode = Emission.IlOpCodes.Of(access.Code);
        il.Append(access.Operand is MethodReference method ? IlInstruction.Create(opCode, method) : IlInstruction.Create(opCode, (FieldReference)access.Operand!));
        il.Emit(OpCodes.Ret);
        accessor.Body.OptimizeMacros();
        return accessor;
    }

    private static IEnumerable<TypeReference> ParameterTypes(Instruction access)
    {
        var member = (MemberReference)access.Operand!;
        var receivers = access.Operand is MethodReference called ? access.Inputs.Count - called.Parameters.Count : access.Code is Code.Ldfld or Code.Ldflda or Code.Stfld ? 1 : 0;
        if (receivers > 0)
        {
            yield return StackTypes.KindOf(access.Inputs[0].Type!) == StackKind.ByReference ? new ByReferenceType(access.Prefixes.Constrained ?? member.DeclaringType) : member.DeclaringType;
        }

        if (access.Operand is MethodReference method)
        {
            for (var i = 0; i < method.Parameters.Count; i++)
            {
                yield return Signatures.ParameterType(method, i);
            }
        }
        else if (access.Code is Code.Stfld or Code.Stsfld)
        {
            yield return Signatures.FieldType((FieldReference)access.Operand!);
        }
    }
}
