using System.Text;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>
/// Text builders, chunk by chunk, since a program can ask for the chunks. A chunk's room is not shown by the builder, so the description is
/// tried out: one that would not give the same chunks and capacity is not used.
/// </summary>
internal static class StringBuilders
{
    public static StoredPart Describe(Description description, StringBuilder builder)
    {
        var chunks = Chunks(builder);
        foreach (var capacity in new[] { builder.Capacity, chunks.Count > 0 ? chunks[0].Length : 0, 16 }.Where(capacity => capacity <= builder.MaxCapacity).Distinct())
        {
            var again = new StringBuilder(capacity, builder.MaxCapacity);
            chunks.ForEach(chunk => again.Append(chunk));
            if (again.Capacity == builder.Capacity && Chunks(again).SequenceEqual(chunks))
            {
                return new StoredPart
                {
                    Kind = StoredKind.Made, Type = typeof(StringBuilder), Create = "NewStringBuilder", Parts = [description.Scalar(capacity), description.Scalar(builder.MaxCapacity)],
                    Fill = "FillStringBuilder", FillParts = [description.Hidden(chunks.ToArray())],
                };
            }
        }

        throw new NotStorableException("it holds a StringBuilder with a memory of its own");
    }

    private static List<string> Chunks(StringBuilder builder)
    {
        var chunks = new List<string>();
        foreach (var chunk in builder.GetChunks())
        {
            chunks.Add(chunk.ToString());
        }

        return chunks;
    }
}
