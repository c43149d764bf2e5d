using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// The curated rows of PurityTable.txt. Data, not code: what to trust and why is reviewed there. The most specific row about
/// a method wins: overload, member, type, enclosing namespace, assembly.
/// </summary>
internal sealed class PurityTable
{
    private readonly Dictionary<string, Row> rows = [];
    private readonly HashSet<string> immutable = [];

    private PurityTable(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split([' '], 3);
            if (parts.Length < 3 || parts[0] == "#")
            {
                continue;
            }

            if (parts[0] == "=")
            {
                immutable.Add(parts[1]);
                continue;
            }

            var effect = parts[0][0] == '+' ? Effect.Pure : parts[0][0] == '~' ? Effect.MutatesArguments : Effect.Impure;
            rows.Add(parts[1], new Row(effect, parts[0].Substring(1), parts[2]));
        }
    }

    /// <param name="Effect">The effect where the rule, if there is one, is kept.</param>
    /// <param name="Rule">What must hold of the inputs, by the name of a rule in <see cref="InputRules"/>; or empty.</param>
    /// <param name="Reason">Where the verdict comes from, said of the member.</param>
    public sealed record Row(Effect Effect, string Rule, string Reason);

    public static PurityTable Curated { get; } = Read();

    public bool IsImmutable(string fullName) => immutable.Contains(fullName);

    /// <summary>The row about a method, or null when there is none and its code has to be read.</summary>
    /// <param name="method">The method, its definition where there is one.</param>
    public Row? Find(MethodReference method)
    {
        var type = method.DeclaringType.GetElementType();
        var name = UserNames.Last(method.Name);
        var parameters = string.Join(",", method.GetElementMethod().Parameters.Select(parameter => Plain(parameter.ParameterType)));
        return About($"{type.FullName}::{name}({parameters})") ?? Find(type, name);
    }

    /// <summary>The row about a static field, or null.</summary>
    public Row? Find(FieldReference field) => Find(field.DeclaringType.GetElementType(), field.Name);

    public static string AssemblyOf(TypeReference type) => type.Scope switch
    {
        ModuleDefinition module => module.Assembly?.Name.Name ?? module.Name,
        { } scope => scope.Name,
        _ => "",
    };

    private Row? Find(TypeReference type, string name)
    {
        if (About($"{type.FullName}::{name}") is { } member)
        {
            return member;
        }

        for (var outer = type; outer is not null; outer = outer.DeclaringType)
        {
            if (About(outer.FullName) is { } row)
            {
                return row;
            }

            type = outer;
        }

        for (var scope = type.Namespace; scope.Length > 0; scope = scope.Contains('.') ? scope.Substring(0, scope.LastIndexOf('.')) : "")
        {
            if (About(scope + ".*") is { } row)
            {
                return row;
            }
        }

        return About("assembly:" + AssemblyOf(type));
    }

    private static string Plain(TypeReference type) => type switch
    {
        ArrayType array => Plain(array.ElementType) + "[]",
        ByReferenceType reference => Plain(reference.ElementType) + "&",
        RequiredModifierType modified => Plain(modified.ElementType),
        GenericParameter parameter => parameter.Name,
        _ => type.GetElementType().FullName,
    };

    private Row? About(string key) => rows.TryGetValue(key, out var row) ? row : null;

    private static PurityTable Read()
    {
        using var stream = typeof(PurityTable).Assembly.GetManifestResourceStream("GraphWeaver.Compiler.Purity.PurityTable.txt");
        using var reader = new StreamReader(stream!);
        return new PurityTable(reader);
    }
}
