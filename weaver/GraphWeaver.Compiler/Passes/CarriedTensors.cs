using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Finds tensors that a loop carries from trip to trip (<c>x = x * 0.5f + y</c>) and whose memory the next trip's kernel may write over: from
/// the second trip on the loop itself has made the tensor, only operators have seen it, and nobody looks at it once the kernel that makes its
/// successor has read it. What the first trip is given is somebody else's and stays. A kernel that reads after it has written (a product) leaves
/// the memory to the trip after.
/// Runs before fusion, on the regions fusion is going to make kernels of.
/// </summary>
internal sealed class CarriedTensors
{
    private readonly Dictionary<Instruction, Phi> carriedBy = [];
    private readonly Dictionary<Instruction, Phi> releasedBy = [];
    private readonly HashSet<Instruction> overwriting = [];
    private readonly TensorUses uses;
    private readonly Dictionary<Instruction, (BasicBlock Block, HashSet<Instruction> Members)> components = [];

    public CarriedTensors(Function function, IEnumerable<Region> regions, TensorUses uses)
    {
        this.uses = uses;

        // Beside another kernel, one that has written could still have to be undone.
        foreach (var region in regions.Where(region => region.Components.Count == 1 && region.Operations.All(operation => operation.Destination is null)))
        {
            if (region.Operations.All(ReadsBeforeItWrites))
            {
                overwriting.UnionWith(region.Operations.Select(operation => operation.Call));
            }

            var members = new HashSet<Instruction>(region.Operations.SelectMany(operation => operation.Conversions.Append(operation.Call)));
            foreach (var operation in region.Operations.Where(operation => !operation.IsReduction))
            {
                components.Add(operation.Call, (region.Block, members));
            }
        }

        if (components.Count == 0)
        {
            return;
        }

        var forest = new LoopForest(new ControlFlow(function.Entry));
        foreach (var loop in function.Blocks.Select(forest.HeadedBy).OfType<Loop>())
        {
            // A handler that begins in the loop looks on from outside its body, whenever something throws.
            if (loop.Body.Any(block => block.Scope != loop.Header.Scope))
            {
                continue;
            }

            foreach (var phi in loop.Header.Phis.Where(phi => phi.Type is not null && IsTensor(phi)))
            {
                if (Successor(phi, loop) is { } successor && !carriedBy.ContainsKey(successor) && !releasedBy.ContainsKey(successor))
                {
                    (overwriting.Contains(successor) ? carriedBy : releasedBy).Add(successor, phi);
                }
            }
        }
    }

    /// <summary>The phi whose memory an operation's result may take; null where there is none.</summary>
    public Phi? CarriedBy(Instruction operation) => carriedBy.TryGetValue(operation, out var phi) ? phi : null;

    /// <summary>The phi whose tensor nobody needs once an operation's kernel has run, but that it cannot write over; null where there is none.</summary>
    public Phi? ReleasedBy(Instruction operation) => releasedBy.TryGetValue(operation, out var phi) ? phi : null;

    /// <summary>What the loop itself has put into the phi: nothing when it begins, the operation's result from then on.</summary>
    public static Phi OwnPhi(Phi phi, Instruction operation)
    {
        var own = new Phi(phi.Block, phi.Type);
        own.Operands.AddRange(phi.Operands.Select(operand => operand.Value == operation ? operand : operand with { Value = new Constant(null, phi.Type!) }));
        phi.Block.Phis.Add(own);
        return own;
    }

    /// <summary>
    /// Whether a kernel has no more need of an element once it has written there; a product reads all of its matrices again and again, and through a
    /// view elements are read elsewhere than they are written.
    /// </summary>
    private static bool ReadsBeforeItWrites(TensorOperation operation) => operation is { MayGiveUp: false, IsByRow: false, IsContraction: false }
        && operation.Memory.All(memory => memory.Views.Count == 0);

    private static bool IsTensor(Phi phi) => phi.Type!.GetElementType().FullName == OperatorTable.TensorType + "`1";

    /// <summary>The one operation every further trip takes the tensor from, if the tensor's memory is free once it has run.</summary>
    private Instruction? Successor(Phi phi, Loop loop)
    {
        var next = phi.Operands.Where(operand => loop.Contains(operand.Predecessor)).Select(operand => operand.Value).Distinct().ToList();
        return next.Count == 1 && next[0] is Instruction operation
            && components.TryGetValue(operation, out var component) && loop.Contains(component.Block) && StackTypes.Same(operation.Type!, phi.Type!)
            && uses.Of(phi).All(use => IsBefore(use, component.Block, component.Members, loop)) && IsSeenByOperatorsOnly(operation, phi, loop)
                ? operation
                : null;
    }

    /// <summary>
    /// Whether a look at the tensor comes before its memory is written: in the component itself, in the header, or outside the loop if only the
    /// header leads there.
    /// </summary>
    private bool IsBefore((BasicBlock Block, object User) use, BasicBlock writer, HashSet<Instruction> members, Loop loop)
    {
        if (IsMember(use.User, members))
        {
            return true;
        }

        return writer != loop.Header && (loop.Contains(use.Block)
            ? use.Block == loop.Header && use.User is Instruction user && uses.IsOperator(user, loop.Header)
            : loop.Body.All(block => block == loop.Header || block.Successors.All(loop.Contains)));
    }

    private bool IsMember(object user, HashSet<Instruction> members) => user is Instruction instruction && members.Contains(instruction)
        && (!TensorUses.IsView(instruction) || uses.Of(instruction).All(use => IsMember(use.User, members)));

    /// <summary>Nothing in the loop can have kept a reference to the result.</summary>
    private bool IsSeenByOperatorsOnly(Instruction operation, Phi phi, Loop loop) => uses.Of(operation).All(use =>
        !loop.Contains(use.Block) || use.User == phi || (use.User is Instruction user && uses.IsOperator(user, use.Block)));
}
