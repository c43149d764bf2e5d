namespace GraphWeaver.Compiler.Binding;

/// <summary>What was changed since, and how to take it back: the walk tries to unroll a loop, and returns when that does not end.</summary>
internal sealed class Journal
{
    private readonly Stack<Action> undo = new();

    /// <summary>A place to return to.</summary>
    public int Mark => undo.Count;

    public void Record(Action action) => undo.Push(action);

    public void UndoTo(int mark)
    {
        while (undo.Count > mark)
        {
            undo.Pop()();
        }
    }
}
