using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;

namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>Types whose objects no code can change: the law leaves open whether two equal ones are one. Boxes are among them, as are delegates.</summary>
internal static class Immutability
{
    private static readonly ConcurrentDictionary<Type, bool> Known = [];

    public static bool Of(Type type)
    {
        if (Known.TryGetValue(type, out var known))
        {
            return known;
        }

        var answer = Decide(type);
        Known[type] = answer;
        return answer;
    }

    private static bool Decide(Type type) =>
        type.IsValueType || type == typeof(string) || typeof(Type).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type)
        || typeof(MemberInfo).IsAssignableFrom(type) || type == typeof(Regex)
        || type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen"
        || (type is { IsClass: true, IsArray: false } && HasOnlyImmutableFields(type));

    private static bool HasOnlyImmutableFields(Type type)
    {
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        return fields.Length > 0 && type.BaseType == typeof(object) && fields.All(field => field.IsInitOnly && field.FieldType != type && Of(field.FieldType) && (field.FieldType.IsSealed || field.FieldType == typeof(Type)));
    }
}
