using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>The author's word: <c>[BuildTime]</c> on a method, property or type or named by the user's assembly, and <c>[Eager]</c>.</summary>
internal sealed class Vouching
{
    private const string BuildTime = "GraphWeaver.BuildTimeAttribute";
    private const string Eager = "GraphWeaver.EagerAttribute";
    private readonly HashSet<string> types = [];
    private readonly HashSet<string> assemblies = [];

    public Vouching(ModuleDefinition? user)
    {
        foreach (var attribute in user?.Assembly?.CustomAttributes.Where(attribute => attribute.AttributeType.FullName == BuildTime) ?? [])
        {
            switch (attribute.ConstructorArguments.FirstOrDefault().Value)
            {
                case TypeReference type:
                    types.Add(type.GetElementType().FullName);
                    break;
                case string assembly:
                    assemblies.Add(assembly);
                    break;
            }
        }
    }

    /// <summary>What its author says of a method, or null when nothing. Nobody has vouched that it leaves its arguments alone.</summary>
    public PurityVerdict? Find(MethodReference method, MethodDefinition? definition)
    {
        if (definition is not null && Has(definition, Eager))
        {
            return new PurityVerdict(Effect.Impure, "is marked [Eager]");
        }

        for (var type = method.DeclaringType.GetElementType(); type is not null; type = type.DeclaringType)
        {
            if (types.Contains(type.FullName) || assemblies.Contains(PurityTable.AssemblyOf(type)))
            {
                return new PurityVerdict(Effect.MutatesArguments, "vouched for by [assembly: BuildTime]");
            }
        }

        for (var type = definition?.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (Has(type, BuildTime) || Has(definition!, BuildTime))
            {
                return new PurityVerdict(Effect.MutatesArguments, "vouched for by [BuildTime]");
            }
        }

        return null;
    }

    /// <summary>An attribute on a property is about its accessors.</summary>
    private static bool Has(MethodDefinition method, string attribute) =>
        Has((ICustomAttributeProvider)method, attribute)
        || ((method.IsGetter || method.IsSetter)
            && method.DeclaringType.Properties.Any(property => (property.GetMethod == method || property.SetMethod == method) && Has((ICustomAttributeProvider)property, attribute)));

    private static bool Has(ICustomAttributeProvider member, string attribute) =>
        member.HasCustomAttributes && member.CustomAttributes.Any(candidate => candidate.AttributeType.FullName == attribute);
}
