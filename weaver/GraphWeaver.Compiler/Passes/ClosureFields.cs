using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Makes locals again of the variables that the compiler has moved into a closure, where inlining has left nobody to share it with: an object or
/// structure of the compiler's whose fields are all that is used of it, and delegates that nobody calls or keeps any more (scalar replacement).
/// Holds after: such a closure is gone; each of its fields is a slot that begins as zero where the closure was made.
/// </summary>
internal static class ClosureFields
{
    public static void Run(Function function)
    {
        var uses = new Uses(function);
        foreach (var made in function.Instructions.Where(IsClosure).ToList())
        {
            var users = uses.Of(made);
            var delegates = users.Where(user => user.Code == Code.Newobj).ToList();
            if (!uses.Escapes(made) && users.All(user => IsFieldAccess(user, made) || (IsDelegateOf(user, made) && uses.IsUnused(user))))
            {
                Replace(function, users.Where(user => user.Code != Code.Newobj), made, made.Type!);
                function.Blocks.ForEach(block => block.Instructions.RemoveAll(delegates.Contains));
            }
        }

        foreach (var slot in function.Slots.Where(slot => IsCompilerMade(slot.Type) && IsOfModule(slot.Type) && slot.Type.IsValueType).ToList())
        {
            var accesses = function.Instructions.Where(instruction => instruction.Operand == slot).ToList();
            if (accesses.All(access => access.Code == Code.Ldloca && !uses.Escapes(access) && uses.Of(access).All(user => IsFieldAccess(user, access) || (user.Code == Code.Initobj))))
            {
                var clearing = accesses.SelectMany(uses.Of).Where(user => user.Code == Code.Initobj).ToList();
                Replace(function, accesses.SelectMany(uses.Of).Except(clearing), clearing, slot.Type);
                function.Blocks.ForEach(block => block.Instructions.RemoveAll(accesses.Contains));
                function.Slots.Remove(slot);
            }
        }
    }

    private static bool IsCompilerMade(TypeReference type) => type.Name.StartsWith("<>c__DisplayClass", StringComparison.Ordinal);

    private static bool IsClosure(Instruction instruction) =>
        instruction is { Code: Code.Newobj, Type: { } type } && IsCompilerMade(type) && IsOfModule(type);

    private static bool IsOfModule(TypeReference type) => !type.ContainsGenericParameter && !type.HasGenericParameters && type.GetElementType() is TypeDefinition;

    private static bool IsFieldAccess(Instruction user, Value closure) =>
        user.Code is Code.Ldfld or Code.Stfld or Code.Ldflda && user.Inputs[0] == closure && !user.Inputs.Skip(1).Contains(closure) && !user.Prefixes.Volatile;

    private static bool IsDelegateOf(Instruction user, Value closure) =>
        user.Code == Code.Newobj && user.Inputs.Count == 2 && user.Inputs[0] == closure && user.Inputs[1] is Instruction { Code: Code.Ldftn };

    private static void Replace(Function function, IEnumerable<Instruction> accesses, Instruction made, TypeReference type) => Replace(function, accesses, [made], type);

    private static void Replace(Function function, IEnumerable<Instruction> accesses, IReadOnlyCollection<Instruction> beginnings, TypeReference type)
    {
        var slots = new Dictionary<string, Slot>();
        foreach (var access in accesses)
        {
            var field = (FieldReference)access.Operand!;
            if (!slots.TryGetValue(field.Name, out var slot))
            {
                slots[field.Name] = slot = new Slot(MethodNames.OfField(field) ?? field.Name, Signatures.FieldType(field));
                function.Slots.Add(slot);
            }

            access.Operand = slot;
            access.Inputs.RemoveAt(0);
            access.Code = access.Code switch { Code.Ldfld => Code.Ldloc, Code.Stfld => Code.Stloc, _ => Code.Ldloca };
        }

        foreach (var block in function.Blocks)
        {
            for (var i = block.Instructions.Count - 1; i >= 0; i--)
            {
                if (beginnings.Contains(block.Instructions[i]))
                {
                    var cleared = slots.Values.Select(slot => new Instruction(Code.Stloc, slot, null, [Constants.Default(slot.Type, function.Module)])).ToList();
                    block.Instructions.RemoveAt(i);
                    block.Instructions.InsertRange(i, cleared);
                }
            }
        }
    }

    /// <summary>Who uses a value, read once.</summary>
    private sealed class Uses
    {
        private readonly Dictionary<Value, List<Instruction>> users = [];
        private readonly HashSet<Value> escaping = [];

        public Uses(Function function)
        {
            foreach (var block in function.Blocks)
            {
                escaping.UnionWith(block.Terminator.Inputs);
                escaping.UnionWith(block.Phis.SelectMany(phi => phi.Operands).Select(operand => operand.Value));
                foreach (var instruction in block.Instructions)
                {
                    foreach (var input in instruction.Inputs.Distinct())
                    {
                        users.TryGetValue(input, out var list);
                        (users[input] = list ?? []).Add(instruction);
                    }
                }
            }
        }

        public IReadOnlyList<Instruction> Of(Value value) => users.TryGetValue(value, out var list) ? list : [];

        public bool Escapes(Value value) => escaping.Contains(value);

        public bool IsUnused(Value value) => Of(value).Count == 0 && !Escapes(value);
    }
}
