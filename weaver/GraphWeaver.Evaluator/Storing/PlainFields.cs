using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>
/// The fields that an object of a user's or library's type consists of, base classes first; and which types are no more than their fields. Not
/// those that something else keeps track of: with a finalizer, a native handle or pointer, of a framework base class with a state of its own, an
/// iterator, which knows its thread. Of the framework's own types only <see cref="object"/> and structures with public fields.
/// </summary>
internal static class PlainFields
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private static readonly Dictionary<Type, IReadOnlyList<FieldInfo>> known = [];

    public static IReadOnlyList<FieldInfo> OfClass(Type type)
    {
        if (known.TryGetValue(type, out var fields))
        {
            return fields;
        }

        if ((IsFramework(type) && type != typeof(object)) || type.IsCOMObject || typeof(Delegate).IsAssignableFrom(type) || typeof(IEnumerator).IsAssignableFrom(type)
            || typeof(IAsyncStateMachine).IsAssignableFrom(type) || typeof(MarshalByRefObject).IsAssignableFrom(type) || HasFinalizer(type))
        {
            throw Refusal(type);
        }

        var chain = new Stack<Type>();
        for (var level = type; level != typeof(object); level = level.BaseType!)
        {
            if (IsFramework(level) && level.GetFields(Own).Length > 0)
            {
                throw Refusal(type);
            }

            chain.Push(level);
        }

        var all = chain.SelectMany(level => level.GetFields(Own)).ToList();
        var hasHandle = typeof(IDisposable).IsAssignableFrom(type) && all.Any(field => field.FieldType == typeof(nint) || field.FieldType == typeof(nuint));
        if (hasHandle || !all.All(IsPlain))
        {
            throw Refusal(type);
        }

        return known[type] = all;
    }

    public static IReadOnlyList<FieldInfo> OfStructure(Type type)
    {
        if (known.TryGetValue(type, out var fields))
        {
            return fields;
        }

        var all = type.GetFields(Own);
        if ((IsFramework(type) && !all.All(field => field.IsPublic && !field.IsInitOnly)) || type.IsByRefLike || type.IsDefined(typeof(InlineArrayAttribute), inherit: false) || !all.All(IsPlain))
        {
            throw Refusal(type);
        }

        return known[type] = all;
    }

    /// <summary>Whether a type comes with the runtime or the framework's packages.</summary>
    public static bool IsFramework(Type type) =>
        AssemblyLoadContext.GetLoadContext(type.Assembly) is not UserContext || type.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal);

    private static bool IsPlain(FieldInfo field) => field.FieldType is { IsPointer: false, IsFunctionPointer: false, IsByRef: false, IsByRefLike: false }
        && field.FieldType != typeof(TypedReference) && !field.IsDefined(typeof(FixedBufferAttribute), inherit: false);

    private static bool HasFinalizer(Type type) =>
        type.GetMethod("Finalize", BindingFlags.Instance | BindingFlags.NonPublic, [])?.GetBaseDefinition().DeclaringType == typeof(object)
        && type.GetMethod("Finalize", BindingFlags.Instance | BindingFlags.NonPublic, [])!.DeclaringType != typeof(object);

    private static NotStorableException Refusal(Type type) => new($"it holds an object that is more than its fields ({TypeNames.Short(type)})");
}
