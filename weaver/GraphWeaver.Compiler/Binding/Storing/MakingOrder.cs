using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>
/// The order in which the objects of a graph are made and filled. What can exist empty is made before what it holds, everything else after;
/// so a cycle needs one object in it that can be empty. Collections that ask their items for hash codes or an order are filled last when
/// there are cycles, for then the items are whole.
/// </summary>
internal sealed class MakingOrder
{
    private readonly List<Step> steps = [];
    private readonly List<Step> last = [];
    private readonly Dictionary<StoredPart, bool> isDone = [];
    private readonly HashSet<StoredPart> made = [];
    private bool hasCycle;

    /// <summary>One step: an object is made, or filled.</summary>
    public readonly record struct Step(StoredPart Part, bool IsFilling);

    /// <summary>The steps, or null when the graph cannot be made.</summary>
    public static IReadOnlyList<Step>? Of(IEnumerable<StoredPart> roots)
    {
        var order = new MakingOrder();
        return roots.SelectMany(Objects).ToList().All(order.Visit) ? [.. order.steps, .. order.last] : null;
    }

    /// <summary>The objects a part refers to, through structures, which are copied.</summary>
    public static IEnumerable<StoredPart> Objects(StoredPart part) => part.IsObject ? [part] : part.Parts.SelectMany(Objects);

    private bool Visit(StoredPart root)
    {
        var open = new Stack<(StoredPart Part, IEnumerator<StoredPart> Next)>();
        if (!isDone.ContainsKey(root) && !Begin(root, open))
        {
            return false;
        }

        while (open.Count > 0)
        {
            var (part, next) = open.Peek();
            if (!next.MoveNext())
            {
                open.Pop();
                End(part);
            }
            else if (!isDone.TryGetValue(next.Current, out var done))
            {
                if (!Begin(next.Current, open))
                {
                    return false;
                }
            }
            else if (!done)
            {
                hasCycle = true;
                if (!made.Contains(next.Current))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Begin(StoredPart part, Stack<(StoredPart Part, IEnumerator<StoredPart> Next)> open)
    {
        isDone[part] = false;

        // What an empty collection is made with, a comparer, cannot wait.
        if (part.Fill is not null && !part.Parts.SelectMany(Objects).All(argument => isDone.TryGetValue(argument, out var done) ? done : Visit(argument)))
        {
            return false;
        }

        if (part.IsMadeEmpty)
        {
            Make(part);
        }

        open.Push((part, part.Parts.Concat(part.FillParts).SelectMany(Objects).GetEnumerator()));
        return true;
    }

    private void End(StoredPart part)
    {
        isDone[part] = true;
        if (!part.IsMadeEmpty)
        {
            Make(part);
            return;
        }

        (part.Fill is not null && hasCycle ? last : steps).Add(new Step(part, IsFilling: true));
    }

    private void Make(StoredPart part)
    {
        made.Add(part);
        steps.Add(new Step(part, IsFilling: false));
    }
}
