using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// The curated rows of PurityTable.txt. Data, not code: what to trust and why is reviewed there. The most specific row about
/// a method wins: overload, member, type, enclosing namespace, assembly.
/// </summary>
internal sealed class PurityTable
{
    private readonly Dictionary<string, PurityVerdict> rows = [];
    private readonly HashSet<string> immutable = [];

    private PurityTable(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split([' '], 3);
            if (parts.Length < 2 || parts[0].Length != 1 || parts[0] == "#")
            {
                continue;
            }

            if (parts[0] == "=")
            {
                immutable.Add(parts[1]);
                continue;
            }

            var effect = parts[0] == "+" ? Effect.Pure : parts[0] == "~" ? Effect.MutatesArguments : Effect.Impure;
            rows.Add(parts[1], new PurityVerdict(effect, parts[2]));
        }
    }

    public static PurityTable Curated { get; } = Read();

    public bool IsImmutable(string fullName) => immutable.Contains(fullName);

    /// <summary>The row about a method, or null when there is none and its code has to be read.</summary>
    /// <param name="method">The method, its definition where there is one.</param>
    public PurityVerdict? Find(MethodReference method)
    {
        var type = method.DeclaringType.GetElementType();
        var parameters = string.Join(",", method.GetElementMethod().Parameters.Select(parameter => Plain(parameter.ParameterType)));
        if (Row($"{type.FullName}::{method.Name}({parameters})") is { } overload)
        {
            return overload;
        }

        if (Row($"{type.FullName}::{method.Name}") is { } member)
        {
            return member;
        }

        for (var outer = type; outer is not null; outer = outer.DeclaringType)
        {
            if (Row(outer.FullName) is { } row)
            {
                return row;
            }

            type = outer;
        }

        for (var scope = type.Namespace; scope.Length > 0; scope = scope.Contains('.') ? scope.Substring(0, scope.LastIndexOf('.')) : "")
        {
            if (Row(scope + ".*") is { } row)
            {
                return row;
            }
        }

        return Row("assembly:" + AssemblyOf(type));
    }

    public static string AssemblyOf(TypeReference type) => type.Scope switch
    {
        ModuleDefinition module => module.Assembly?.Name.Name ?? module.Name,
        { } scope => scope.Name,
        _ => "",
    };

    private static string Plain(TypeReference type) => type switch
    {
        ArrayType array => Plain(array.ElementType) + "[]",
        ByReferenceType reference => Plain(reference.ElementType) + "&",
        GenericParameter parameter => parameter.Name,
        _ => type.GetElementType().FullName,
    };

    private PurityVerdict? Row(string key) => rows.TryGetValue(key, out var row) ? row : null;

    private static PurityTable Read()
    {
        using var stream = typeof(PurityTable).Assembly.GetManifestResourceStream("GraphWeaver.Compiler.Purity.PurityTable.txt");
        using var reader = new StreamReader(stream!);
        return new PurityTable(reader);
    }
}
