namespace GraphWeaver.Compiler.IR;

/// <summary>Which values are still used when control enters a block: the usual backward data-flow problem. A phi's operand is used where its edge leaves.</summary>
public sealed class Liveness
{
    private readonly Dictionary<BasicBlock, HashSet<Value>> liveIn = [];

    public Liveness(ControlFlow flow)
    {
        flow.ReversePostOrder.ToList().ForEach(block => liveIn[block] = []);
        bool changed;
        do
        {
            changed = false;
            foreach (var block in flow.ReversePostOrder.Reverse())
            {
                var live = AtEntry(block);
                changed |= live.Count > liveIn[block].Count;
                liveIn[block] = live;
            }
        }
        while (changed);
    }

    /// <summary>Phis and instructions defined above the block and used in it or below; the block's own phis are not among them.</summary>
    public IReadOnlyCollection<Value> At(BasicBlock block) => liveIn[block];

    private HashSet<Value> AtEntry(BasicBlock block)
    {
        var live = new HashSet<Value>();
        foreach (var successor in block.Successors)
        {
            live.UnionWith(liveIn[successor]);
            live.UnionWith(successor.Phis.Select(phi => phi.OperandFrom(block)));
        }

        foreach (var handler in ControlFlow.ExceptionalSuccessors(block))
        {
            live.UnionWith(liveIn[handler]);
        }

        live.UnionWith(block.Terminator.Inputs);
        foreach (var instruction in block.Instructions.AsEnumerable().Reverse())
        {
            live.Remove(instruction);
            live.UnionWith(instruction.Inputs);
        }

        live.ExceptWith(block.Phis);
        live.RemoveWhere(value => value is Constant or Argument || value == block.Caught);
        return live;
    }
}
