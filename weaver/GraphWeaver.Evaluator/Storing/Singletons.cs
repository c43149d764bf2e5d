using System.Globalization;
using System.Reflection;
using System.Text;
using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>Objects of the framework that every program gets from the same place: named, not copied.</summary>
internal static class Singletons
{
    private static readonly Dictionary<object, string> named = new(ReferenceEqualityComparer.Instance)
    {
        [StringComparer.Ordinal] = "GetOrdinal",
        [StringComparer.OrdinalIgnoreCase] = "GetOrdinalIgnoreCase",
        [CultureInfo.InvariantCulture] = "GetInvariantCulture",
        [Encoding.UTF8] = "GetUtf8",
        [Encoding.ASCII] = "GetAscii",
        [Encoding.Unicode] = "GetUnicode",
        [Encoding.BigEndianUnicode] = "GetBigEndianUnicode",
        [Encoding.UTF32] = "GetUtf32",
        [Encoding.Latin1] = "GetLatin1",
    };

    public static StoredPart? Find(object value)
    {
        if (named.TryGetValue(value, out var name))
        {
            return new StoredPart { Kind = StoredKind.Made, Type = value.GetType(), Create = name, IsImmutable = true };
        }

        foreach (var (definition, create) in new[] { (typeof(Comparer<>), "GetComparer"), (typeof(EqualityComparer<>), "GetEqualityComparer") })
        {
            if (Closed(value.GetType(), definition) is { } comparer && ReferenceEquals(comparer.GetProperty("Default", BindingFlags.Static | BindingFlags.Public)!.GetValue(null), value))
            {
                return new StoredPart { Kind = StoredKind.Made, Type = comparer, Create = create, Arguments = comparer.GenericTypeArguments, IsImmutable = true };
            }
        }

        return null;
    }

    private static Type? Closed(Type? type, Type definition)
    {
        while (type is not null && !(type.IsConstructedGenericType && type.GetGenericTypeDefinition() == definition))
        {
            type = type.BaseType;
        }

        return type;
    }
}
