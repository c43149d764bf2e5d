using System.Reflection;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>A case as its attributes declare it. Named <c>T01 Tensors.Scalar</c>.</summary>
internal sealed class Case
{
    private readonly Dictionary<string, object?> pins;

    private Case(Type type, MethodInfo method, CustomAttributeData attribute)
    {
        Type = type.FullName!;
        Method = method.Name;
        Number = (string)attribute.ConstructorArguments[0].Value!;
        pins = attribute.NamedArguments.ToDictionary(argument => argument.MemberName, argument => argument.TypedValue.Value);
    }

    public static IReadOnlyList<Case> All { get; } = ReadAll();

    public string Number { get; }

    public string Type { get; }

    public string Method { get; }

    public string Name => $"{Number} {Type["Cases.".Length..]}.{Method}";

    public int? Folded => (int?)pins.GetValueOrDefault("Folded");

    public int? MinFolded => (int?)pins.GetValueOrDefault("MinFolded");

    public int Startup => (int?)pins.GetValueOrDefault("Startup") ?? 0;

    public int Kernels => (int?)pins.GetValueOrDefault("Kernels") ?? 0;

    public int Fallbacks => (int?)pins.GetValueOrDefault("Fallbacks") ?? 0;

    public string Codes => Text("Codes");

    public string Remaining => Text("Remaining");

    public string From => Text("From");

    public IEnumerable<string> Says => ((IEnumerable<CustomAttributeTypedArgument>?)pins.GetValueOrDefault("Says"))?.Select(piece => (string)piece.Value!) ?? [];

    /// <summary>The marked method's name in the report.</summary>
    public string Marked => Text("Of") is { Length: > 0 } other ? "Cases." + other : $"{Type}.{Method}";

    public static Case Find(string name) => All.Single(candidate => candidate.Name == name);

    private string Text(string pin) => (string?)pins.GetValueOrDefault(pin) ?? "";

    private static List<Case> ReadAll()
    {
        using var assembly = new CaseAssembly(CaseFiles.Plain);
        return
        [
            .. from type in assembly.Types
               from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
               from attribute in method.GetCustomAttributesData()
               where attribute.AttributeType.Name == "CaseAttribute"
               select new Case(type, method, attribute),
        ];
    }
}
