using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>
/// Whether what stays at run time only reads a value: the table's operators, none of which gives its operand's memory back, the tensor's
/// conversion to a read-only span for one of them, and the length and plain elements of an array. Everything else may keep the object, write to
/// it or ask which one it is.
/// </summary>
internal sealed class Readers
{
    private readonly Dictionary<Value, List<Instruction?>> users = [];

    public Readers(BuildProgram program, HashSet<BuildNode> kept)
    {
        foreach (var block in program.Bound.Blocks)
        {
            block.Phis.ForEach(phi => phi.Operands.ForEach(operand => Add(operand.Value, null)));
            block.Terminator.Inputs.ForEach(input => Add(input, null));
            foreach (var instruction in block.Instructions.Where(instruction => program.NodeOf(instruction) is not { } node || kept.Contains(node)))
            {
                instruction.Inputs.ForEach(input => Add(input, instruction));
            }
        }
    }

    public bool OnlyRead(IEnumerable<BuildNode> nodes) =>
        nodes.All(node => UsersOf(node.Instruction).All(user => OnlyReads(user, node.Instruction)));

    private bool OnlyReads(Instruction? user, Value value) => user is not null
        && (RunTimeReads.OnlyReads(user, value) || (IsSpan(user) && UsersOf(user).All(reader => IsReadOfSpan(reader, user))));

    private bool IsReadOfSpan(Instruction? user, Value span) => user is not null && (RunTimeReads.IsReadByOperator(user, span)
        || (user.IsAddressOfValue && UsersOf(user).All(reader => reader is not null && RunTimeReads.IsReadByOperator(reader, user))));

    private static bool IsSpan(Instruction user) => user is { Code: Code.Call, Method: { Name: "op_Implicit", DeclaringType.Namespace: "System.Numerics.Tensors" }, Type.Name: "ReadOnlyTensorSpan`1" };

    private IEnumerable<Instruction?> UsersOf(Value value) => users.TryGetValue(value, out var all) ? all : [];

    private void Add(Value value, Instruction? user)
    {
        users.TryGetValue(value, out var all);
        (users[value] = all ?? []).Add(user);
    }
}
