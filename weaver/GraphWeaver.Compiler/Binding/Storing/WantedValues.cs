using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>
/// The values that are to be stored, as the workers describe them: all in one reading, so that the descriptions say what the values share.
/// A value the workers disagree about is left out, and then cannot be stored. In a run-time loop a value is made anew each time round; so one
/// that holds objects from outside the loop is stored only with those, and those are described too.
/// </summary>
internal sealed class WantedValues(BuildProgram program, StoredData data)
{
    private readonly HashSet<BuildNode> described = [];
    private readonly HashSet<BuildNode> differing = [];
    private readonly Dictionary<BuildNode, bool> answers = [];
    private Places? places;

    /// <summary>Sees to the descriptions; false when all were there.</summary>
    public bool Describe(IReadOnlyList<BuildNode> wanted)
    {
        places ??= new Places(program);
        var fresh = wanted.Concat(wanted.SelectMany(OuterObjects)).Where(node => IsObject(node) && described.Add(node)).ToList();
        if (fresh.Count == 0)
        {
            return false;
        }

        answers.Clear();
        if (!program.Describe(Agreed()))
        {
            differing.UnionWith(described.Where(node => !program.Describe([node])));
            if (!program.Describe(Agreed()))
            {
                differing.UnionWith(described);
            }
        }

        return true;
    }

    /// <summary>A value nobody has asked the workers about counts as one that can, until they are asked.</summary>
    public bool CanBeStored(BuildNode node)
    {
        if (!described.Contains(node))
        {
            return node.Value is not null;
        }

        if (!answers.TryGetValue(node, out var answer))
        {
            answers[node] = answer = !differing.Contains(node) && data.CanStore([node], program.Bound.Method.DeclaringType);
        }

        return answer;
    }

    /// <summary>Groups values by the objects they have in common. Objects that nobody can change may be shared or not.</summary>
    public IReadOnlyList<SharedValues> Share(IReadOnlyList<BuildNode> stored)
    {
        var owners = new Dictionary<StoredPart, List<BuildNode>>();
        var groups = new List<List<BuildNode>>();
        foreach (var node in stored.Where(node => described.Contains(node) && CanBeStored(node)).OrderBy(node => node.Order))
        {
            var group = new List<BuildNode> { node };
            var objects = Objects(node.Value!.Content!).ToList();
            foreach (var other in objects.Select(part => owners.TryGetValue(part, out var owner) ? owner : group).Distinct().Where(other => other != group).ToList())
            {
                groups.Remove(other);
                group.InsertRange(0, other);
                owners.Where(entry => entry.Value == other).Select(entry => entry.Key).ToList().ForEach(part => owners[part] = group);
            }

            objects.ForEach(part => owners[part] = group);
            groups.Add(group);
        }

        return [.. groups.Select(group => group.OrderBy(node => node.Order).ToList()).Select(nodes => new SharedValues(nodes, CanBeMadeTogether(nodes)))];
    }

    private List<BuildNode> Agreed() => [.. described.Where(node => !differing.Contains(node)).OrderBy(node => node.Order)];

    private static bool IsObject(BuildNode node) => node is { State: BuildState.Done, Value: not null, Literal: null, IsView: false };

    /// <summary>What a value may hold of objects that are made outside a loop that repeats its place.</summary>
    private IEnumerable<BuildNode> OuterObjects(BuildNode node)
    {
        var groups = new HashSet<BuildNode>(node.Touched.Select(group => group.Owner));
        return program.Nodes.Where(other => other.IsMutable && IsObject(other) && groups.Contains(other.Group) && places!.IsRepeatedMore(node, other));
    }

    /// <summary>Whether the first one's place comes before all the others on every path, and one method can make all of them there.</summary>
    private bool CanBeMadeTogether(List<BuildNode> nodes)
    {
        var first = nodes[0];
        var own = new HashSet<StoredPart>(Objects(first.Value!.Content!));
        if (OuterObjects(first).Any(outer => differing.Contains(outer) || outer.Value!.Content is not { } content || Objects(content).Any(own.Contains)))
        {
            return false;
        }

        if (nodes.Count == 1)
        {
            return true;
        }

        own.UnionWith(nodes.Where(node => !places!.IsRepeatedMore(node, first)).SelectMany(node => Objects(node.Value!.Content!)));
        return nodes.Skip(1).All(node => places!.ComesBefore(first, node) && (!places.IsRepeatedMore(node, first) || Objects(node.Value!.Content!).All(own.Contains)))
            && data.CanStore(nodes, program.Bound.Method.DeclaringType);
    }

    private static IEnumerable<StoredPart> Objects(StoredPart root)
    {
        var seen = new HashSet<StoredPart>();
        var open = new Stack<StoredPart>();
        open.Push(root);
        while (open.Count > 0)
        {
            var part = open.Pop();
            if (seen.Add(part))
            {
                part.Parts.Concat(part.FillParts).ToList().ForEach(open.Push);
                if (part is { IsObject: true, IsImmutable: false, IsHidden: false })
                {
                    yield return part;
                }
            }
        }
    }
}
