using GraphWeaver.Compiler.IR;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// While a block is read in order: the copies of spans that surely are still what they were made from, and the views that may be taken later
/// than they stand, since nothing that can be seen has run in between.
/// </summary>
internal sealed class ViewScope(TensorViews views)
{
    private readonly HashSet<Instruction> copiesOfSpans = [];
    private readonly HashSet<Instruction> open = [];

    public bool IsCurrent(Instruction copyOfSpan) => copiesOfSpans.Contains(copyOfSpan);

    /// <summary>The view a value is, where it may be taken now.</summary>
    public TensorView? Find(Value value) => value is Instruction instruction && open.Contains(instruction) ? views.Find(value) : null;

    /// <summary>Whether an instruction is a view, which may be taken from here on.</summary>
    public bool Open(Instruction instruction) => views.Find(instruction) is not null && open.Add(instruction);

    /// <summary>The part of a tensor that a span of ranges, given to <c>SetSlice</c>, names: all of it where there are none.</summary>
    public TensorView? SliceAt(Value ranges, Value source) => views.SliceAt(ranges, source);

    public void Keep(Instruction copyOfSpan) => copiesOfSpans.Add(copyOfSpan);

    /// <summary>Something may have been written to: a view that eager copies has the elements of before.</summary>
    public void ForgetCopies() => open.RemoveWhere(view => views.Find(view)!.Row.IsCopy);

    /// <summary>Anything may have run.</summary>
    public void Forget(bool isRead)
    {
        copiesOfSpans.Clear();
        if (!isRead)
        {
            open.Clear();
        }
    }
}
