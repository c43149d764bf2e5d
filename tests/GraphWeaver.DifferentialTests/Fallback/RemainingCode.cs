using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>
/// What a marked method's body still does in the woven assembly, as words: calls by name, <c>branch</c>, <c>newarr</c>, <c>stelem</c>,
/// <c>throw</c>. The mode switch, stored data and start-up cells are the weaver's own, and putting a literal of an immutable type together is
/// no work left over.
/// </summary>
internal static class RemainingCode
{
    private static readonly Lazy<AssemblyDefinition> Assembly = new(() => AssemblyDefinition.ReadAssembly(CaseFiles.Woven, new ReaderParameters { ReadSymbols = true }));

    private static readonly string[] Literals = ["Decimal", "DateTime", "TimeSpan", "DateTimeOffset", "DateOnly", "TimeOnly", "Guid", "BigInteger", "Complex", "Half", "Index", "Range", "Int128", "UInt128", "Nullable`1"];

    public static string Of(string reportName) => Of(Method(reportName));

    public static string Of(MethodDefinition method)
    {
        var words = method.Body.Instructions.Select(Word).OfType<string>().ToList();
        foreach (var _ in method.Body.Instructions.Where(instruction => instruction.Operand is MethodReference { DeclaringType.Name: "WovenEntry" }))
        {
            words.Remove("branch");
        }

        return string.Join("; ", words.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The first and last line of a marked method, lambdas in it included.</summary>
    public static (int First, int Last) Lines(string reportName)
    {
        var method = Method(reportName);
        var bodies = method.DeclaringType.Methods.Where(body => body == method || body.Name.StartsWith($"<{method.Name}>", StringComparison.Ordinal));
        var points = bodies.SelectMany(body => body.DebugInformation.SequencePoints).Where(point => !point.IsHidden).ToList();
        return (points.Min(point => point.StartLine), points.Max(point => point.EndLine));
    }

    private static MethodDefinition Method(string reportName)
    {
        var dot = reportName.LastIndexOf('.');
        var type = Assembly.Value.MainModule.GetType(reportName[..dot].Replace('+', '/'));
        return type.Methods.Single(method => method.Name == reportName[(dot + 1)..]);
    }

    private static string? Word(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Call or Code.Callvirt or Code.Newobj or Code.Ldftn or Code.Calli => Call(instruction),
        Code.Newarr => "newarr",
        Code.Stelem_Any or Code.Stelem_Ref or (>= Code.Stelem_I and <= Code.Stelem_R8) => "stelem",
        Code.Throw or Code.Rethrow => "throw",
        _ => instruction.OpCode.FlowControl == FlowControl.Cond_Branch ? "branch" : null,
    };

    private static string? Call(Instruction instruction)
    {
        if (instruction.Operand is not MethodReference method)
        {
            return "calli";
        }

        var type = method.DeclaringType.GetElementType();
        if (type.Name is "WovenEntry" || type.Name.StartsWith("<GraphWeaver>", StringComparison.Ordinal) || method.Name.EndsWith(">Eager", StringComparison.Ordinal) || method.Name.EndsWith(">Verify", StringComparison.Ordinal)
            || method.Name == "GetTypeFromHandle")
        {
            return null;
        }

        if (method.Name != ".ctor")
        {
            var name = method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal) ? method.Name[4..] : method.Name;
            return $"{Short(type)}.{name}";
        }

        return Literals.Contains(type.Name) || type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) ? null : "new " + Short(type);
    }

    private static string Short(TypeReference type) => type.Name.Split('`')[0];
}
