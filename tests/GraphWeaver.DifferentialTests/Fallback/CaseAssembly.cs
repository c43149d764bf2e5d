using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>One build of the cases in a load context of its own: with its own statics, and its own copy of the library beside it.</summary>
internal sealed class CaseAssembly : IDisposable
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private readonly Context context;
    private readonly Assembly assembly;

    public CaseAssembly(string path)
    {
        context = new Context(Path.GetDirectoryName(path)!);
        assembly = context.LoadFromAssemblyPath(path);
    }

    public IEnumerable<Type> Types => assembly.GetTypes().Where(type => type.Namespace == "Cases");

    public MethodInfo Method(string type, string method) =>
        assembly.GetType(type, throwOnError: true)!.GetMethods(Statics).Single(candidate => candidate.Name == method);

    /// <summary>The argument lists of a case: fresh ones on every call.</summary>
    public IReadOnlyList<object?[]> Arguments(Case named)
    {
        if (named.From.Length > 0)
        {
            return [.. (IEnumerable<object?[]>)Method(named.Type, named.From).Invoke(null, [])!];
        }

        var lists = Method(named.Type, named.Method).GetCustomAttributesData().Where(attribute => attribute.AttributeType.Name == "ArgumentsAttribute").ToList();
        return lists.Count == 0 ? [[]] : [.. lists.Select(list => Values(list.ConstructorArguments[0]))];
    }

    public Observation Call(Case named, object?[] arguments, out object? value)
    {
        var method = Method(named.Type, named.Method);
        return Observation.Of(() => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null), arguments, () => State(method.DeclaringType!), out value);
    }

    public void Dispose() => context.Unload();

    /// <summary>An attribute's <c>null</c> for the whole list is one null argument.</summary>
    private static object?[] Values(CustomAttributeTypedArgument list) =>
        list.Value is IEnumerable<CustomAttributeTypedArgument> items ? [.. items.Select(item => item.Value)] : [null];

    /// <summary>The static fields of a class and of those nested in it, the compiler's caches left out.</summary>
    private static string State(Type type) => string.Join("\n", new[] { type }.Concat(type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic))
        .Where(owner => !owner.IsDefined(typeof(CompilerGeneratedAttribute)) && !owner.ContainsGenericParameters)
        .SelectMany(owner => owner.GetFields(Statics))
        .Where(field => !field.IsLiteral && (!field.IsDefined(typeof(CompilerGeneratedAttribute)) || field.Name.EndsWith("k__BackingField", StringComparison.Ordinal)))
        .Select(field => $"{field.DeclaringType!.Name}.{field.Name} = {ValueText.Of(field.GetValue(null))}"));

    private sealed class Context(string directory) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name) =>
            name.Name!.StartsWith("Fallback", StringComparison.Ordinal) && Path.Combine(directory, name.Name + ".dll") is var path && File.Exists(path)
                ? LoadFromAssemblyPath(path)
                : null;
    }
}
