using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>
/// The instructions that stand for values with objects in common: one load where the first stood, made anew on each call; or one object for all
/// calls where nobody can change it, or everyone only reads it.
/// </summary>
internal sealed class LoadedValues
{
    private readonly Dictionary<BuildNode, (IReadOnlyList<Instruction> Instructions, Value Value)> byNode = [];

    public LoadedValues(SharedValues values, StoredData data, Readers readers)
    {
        var nodes = values.Nodes;
        if (nodes.All(node => node.Value!.Content == nodes[0].Value!.Content && node.Instruction.Type!.FullName == nodes[0].Instruction.Type!.FullName))
        {
            var load = IsUnchangeable(nodes[0].Value!.Content!) || (IsData(nodes[0].Value!.Content!) && readers.OnlyRead(nodes)) ? data.LoadShared(nodes[0]) : data.Load(nodes[0]);
            foreach (var node in nodes)
            {
                byNode[node] = (node == nodes[0] ? [load] : [], load);
            }

            return;
        }

        var all = data.LoadAll(nodes);
        for (var i = 0; i < nodes.Count; i++)
        {
            var taken = data.Take(all, i, nodes[i]);
            byNode[nodes[i]] = (i == 0 ? [all, .. taken] : taken, taken[taken.Count - 1]);
        }
    }

    /// <summary>What to put where a node's instruction stood, and the value for its users.</summary>
    public IReadOnlyDictionary<BuildNode, (IReadOnlyList<Instruction> Instructions, Value Value)> ByNode => byNode;

    /// <summary>An immutable collection of what cannot be changed either; one the framework shares is taken from there.</summary>
    private static bool IsUnchangeable(StoredPart root) => root is { Kind: StoredKind.Made, IsImmutable: true, Parts.Count: > 0 } && IsUnchangeable(root, []);

    private static bool IsUnchangeable(StoredPart part, HashSet<StoredPart> seen) => !seen.Add(part)
        || ((!part.IsObject || part.IsImmutable || part.IsHidden || part.Kind == StoredKind.Box) && part.Parts.All(inner => IsUnchangeable(inner, seen)));

    /// <summary>An array of numbers, or a tensor over one.</summary>
    private static bool IsData(StoredPart root) => root.Kind == StoredKind.Bytes || root is { Kind: StoredKind.Made, Create: "NewTensor" };
}
