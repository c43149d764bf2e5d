using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Finds the tensors that only flow from one kernel to the next: made by an operator, looked at by operators of the same block alone, and seen by
/// nobody else. They are taken from a pool, and given back where the last operator has read them, which is after both ways of its region: what
/// the original instructions made is as much nobody else's as what a kernel took from the pool. An exception keeps one from coming back; the
/// garbage collector gets it. So go tensors that a loop carries from trip to trip and a kernel cannot write over (<see cref="CarriedTensors"/>).
/// Runs before fusion, on the regions fusion is going to make kernels of, and puts what gives back behind them.
/// </summary>
internal sealed class PooledTensors
{
    private readonly TensorUses uses;
    private readonly KernelMembers members;
    private readonly HashSet<Instruction> pooled = [];
    private readonly Dictionary<Instruction, Instruction> endOfRegion = [];

    public PooledTensors(Function function, IReadOnlyCollection<Region> regions, CarriedTensors carried, TensorUses uses)
    {
        this.uses = uses;
        members = new KernelMembers(new RuntimeReferences(function.Module));
        foreach (var region in regions)
        {
            var last = region.Block.Instructions.FindLast(instruction => region.Operations.Any(operation => operation.Call == instruction));
            foreach (var operation in region.Operations)
            {
                endOfRegion[operation.Call] = last;
            }
        }

        foreach (var block in function.Blocks)
        {
            foreach (var (call, match) in block.Instructions.Select(call => (call, Made(call)!)).Where(made => made.Item2 is not null && carried.CarriedBy(made.call) is null).ToList())
            {
                if (IsSeenByOperatorsOnly(call, block) && Take(call, match, block))
                {
                    GiveBack(call, block, LastUse(call, block), match);
                }
                else if (carried.ReleasedBy(call) is { } phi && pooled.Add(call))
                {
                    GiveBack(CarriedTensors.OwnPhi(phi, call), block, endOfRegion[call], match);
                }
            }
        }
    }

    /// <summary>Whether what an operator makes is to be taken from the pool.</summary>
    public bool Contains(Instruction operation) => pooled.Contains(operation);

    /// <summary>The operator an instruction is, if that makes a tensor of its own.</summary>
    private static OperatorMatch? Made(Instruction call) => call.Code == Code.Call && OperatorTable.Find(call.Method!) is { Form: OperatorForm.Value } match
        && match.Row.Kind is OperatorKind.Unary or OperatorKind.UnaryWithInt32 or OperatorKind.UnaryWithMode or OperatorKind.UnaryWithInt32AndMode
            or OperatorKind.Binary or OperatorKind.Selection or OperatorKind.Composite or OperatorKind.Contraction
            ? match
            : null;

    /// <summary>Has a tensor that leaves its kernel taken from the pool, or a product that stays a call; no other operator knows the pool.</summary>
    private bool Take(Instruction call, OperatorMatch match, BasicBlock block)
    {
        if (endOfRegion.TryGetValue(call, out var end))
        {
            return LastUse(call, block) != end && pooled.Add(call);
        }

        if (match.Row.Kind == OperatorKind.Contraction)
        {
            call.Operand = members.PooledProduct(match.Row, members.References.Element(match.ElementType));
            return true;
        }

        return false;
    }

    private void GiveBack(Value tensor, BasicBlock block, Instruction end, OperatorMatch match) => block.Instructions.Insert(
        block.Instructions.IndexOf(end) + 1,
        new Instruction(Code.Call, members.Return(members.References.Element(match.ResultType)), null, [tensor]) { Location = end.Location });

    private bool IsSeenByOperatorsOnly(Instruction tensor, BasicBlock block) => uses.Of(tensor).Any()
        && uses.Of(tensor).All(use => use.Block == block && use.User is Instruction user && uses.IsOperator(user, block));

    /// <summary>The last instruction that looks at a tensor, or at a view of it, together with the region it is in.</summary>
    private Instruction LastUse(Instruction tensor, BasicBlock block) => Readers(tensor)
        .Select(reader => endOfRegion.TryGetValue(reader, out var end) ? end : reader).OrderBy(block.Instructions.IndexOf).Last();

    private IEnumerable<Instruction> Readers(Instruction value) => uses.Of(value).Select(use => (Instruction)use.User)
        .SelectMany(user => TensorUses.IsView(user) ? Readers(user).Append(user) : [user]);
}
