using System.Reflection;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>
/// The objects that static fields of the user's assembly and its libraries lead to: the program can reach them by another way, so a copy would
/// be told apart. Caught are the statics of every type whose initializer has run, followed through fields and arrays. Not caught are statics of
/// generic types, of threads, and of the framework; past a limit everything counts as held. No initializer is set off by looking.
/// </summary>
internal sealed class ReachableStatics(IEnumerable<Assembly> assemblies)
{
    private const int MostObjects = 100_000;
    private const BindingFlags Instances = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private static readonly Dictionary<Guid, int[]> tokensOf = [];
    private static readonly Dictionary<Type, IReadOnlyList<FieldInfo>> referencesOf = [];
    private HashSet<object>? reachable;
    private bool isCut;

    public bool Holds(object value)
    {
        reachable ??= Collect();
        return isCut || reachable.Contains(value);
    }

    private HashSet<object> Collect()
    {
        var found = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>();
        void Push(object? value)
        {
            if (value is not (null or string or MemberInfo or Assembly or Module or Delegate or Pointer) && found.Add(value))
            {
                open.Push(value);
            }
        }

        foreach (var field in assemblies.SelectMany(FieldsOf).Where(field => TypeInitializers.HasRun(field.DeclaringType!)))
        {
            Push(field.GetValue(null));
        }

        while (open.TryPop(out var value))
        {
            isCut |= found.Count > MostObjects;
            if (isCut)
            {
                break;
            }

            if (value is Array array)
            {
                if (MayRefer(array.GetType().GetElementType()!))
                {
                    foreach (var item in array)
                    {
                        Push(item);
                    }
                }
            }
            else
            {
                foreach (var field in ReferencesOf(value.GetType()))
                {
                    Push(field.GetValue(value));
                }
            }
        }

        return found;
    }

    /// <summary>Each method loads its libraries anew, and listing a library's types takes long; which of its fields are meant is the same again.</summary>
    private static IEnumerable<FieldInfo> FieldsOf(Assembly assembly)
    {
        var module = assembly.ManifestModule;
        if (!tokensOf.TryGetValue(module.ModuleVersionId, out var tokens))
        {
            tokensOf[module.ModuleVersionId] = tokens =
            [
                .. TypesOf(assembly).Where(type => !type.ContainsGenericParameters).SelectMany(type => type.GetFields(Statics))
                    .Where(field => !field.IsLiteral && !field.IsDefined(typeof(ThreadStaticAttribute)) && MayRefer(field.FieldType)).Select(field => field.MetadataToken),
            ];
        }

        return tokens.Select(token => module.ResolveField(token)!);
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            // A dependency is missing; what needs it cannot have been used.
            return exception.Types.OfType<Type>();
        }
    }

    private static IReadOnlyList<FieldInfo> ReferencesOf(Type type)
    {
        if (!referencesOf.TryGetValue(type, out var fields))
        {
            var all = new List<FieldInfo>();
            for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            {
                all.AddRange(level.GetFields(Instances).Where(field => MayRefer(field.FieldType)));
            }

            referencesOf[type] = fields = all;
        }

        return fields;
    }

    private static bool MayRefer(Type type) => type is { IsPrimitive: false, IsEnum: false, IsPointer: false, IsFunctionPointer: false, IsByRef: false, IsByRefLike: false }
        && type != typeof(string) && (!type.IsValueType || IsReferring(type));

    private static bool IsReferring(Type type) => type.GetFields(Instances).Any(field => field.FieldType != type && MayRefer(field.FieldType));
}
