using System.Reflection;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>
/// Tensors laid out as a new one over their array would be; the array is a part of its own, for a tensor shares the one it was made over. One
/// whose array cannot be told (another version of the package) is not described.
/// </summary>
internal static class Tensors
{
    public static StoredPart? Describe(Description description, object value)
    {
        if (TensorContent.ElementType(value.GetType()) is not { } element)
        {
            return null;
        }

        if (value.GetType().GetProperty("Empty", BindingFlags.Static | BindingFlags.Public)?.GetValue(null) is { } empty && ReferenceEquals(empty, value))
        {
            return new StoredPart { Kind = StoredKind.Made, Type = value.GetType(), Create = "GetEmptyTensor", Arguments = [element], IsImmutable = true };
        }

        if (TensorContent.Of(value, element) is { IsDense: true, Count: > 0 } content && Memory(value, element) is { } memory && memory.LongLength == content.Count)
        {
            return new StoredPart
            {
                Kind = StoredKind.Made, Type = value.GetType(), Create = "NewTensor", Arguments = [element],
                Parts = [description.Slot(memory, memory.GetType()), description.Hidden(Array.ConvertAll(content.Lengths, length => checked((int)length)))],
            };
        }

        throw new NotStorableException("it holds a tensor with strides of its own or part of an array");
    }

    /// <summary>The array it begins at the first element of, or null.</summary>
    private static Array? Memory(object tensor, Type element)
    {
        var fields = tensor.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        var arrays = fields.Where(field => field.FieldType == element.MakeArrayType()).ToList();
        var isAtStart = fields.Where(field => field.FieldType == typeof(int) || field.FieldType == typeof(nint))
            .All(field => field.Name != "_start" || Convert.ToInt64(field.GetValue(tensor), System.Globalization.CultureInfo.InvariantCulture) == 0);
        return arrays.Count == 1 && isAtStart && fields.Any(field => field.Name == "_start") ? (Array?)arrays[0].GetValue(tensor) : null;
    }
}
