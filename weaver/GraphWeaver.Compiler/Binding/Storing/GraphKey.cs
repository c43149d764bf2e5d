using System.Text;
using GraphWeaver.Compiler.Evaluation;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>A text that two graphs share when the same code makes them.</summary>
internal static class GraphKey
{
    public static string Of(IReadOnlyList<StoredPart> roots, IReadOnlyList<TypeReference> places)
    {
        var text = new StringBuilder();
        var numbers = new Dictionary<StoredPart, int>();
        var open = new Queue<StoredPart>();
        int Number(StoredPart part)
        {
            if (!numbers.TryGetValue(part, out var number))
            {
                numbers[part] = number = numbers.Count;
                open.Enqueue(part);
            }

            return number;
        }

        for (var i = 0; i < roots.Count; i++)
        {
            text.Append(places[i].FullName).Append(' ').Append(Number(roots[i])).Append('\n');
        }

        while (open.Count > 0)
        {
            var part = open.Dequeue();
            text.Append((int)part.Kind).Append(' ').Append(part.Type).Append(' ').Append((int)part.ElementKind).Append(' ').Append(part.Bits).Append(' ')
                .Append(part.Text?.Length).Append(' ').Append(part.Text).Append(' ').Append(string.Join(",", part.Lengths)).Append(' ').Append(Blobs.Key(part.Bytes)).Append(' ')
                .Append(part.Create).Append(' ').Append(string.Join(";", part.Arguments)).Append(' ').Append(string.Join(",", part.Parts.Select(Number)))
                .Append(' ').Append(string.Join(",", part.FillParts.Select(Number))).Append('\n');
        }

        return text.ToString();
    }
}
