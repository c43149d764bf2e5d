using GraphWeaver.Compiler.IR;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>A method under <c>[Graph]</c>, with the settings in force for it.</summary>
/// <param name="IsMarkedItself">False when only its type is marked: then what cannot be woven is passed over, never an error.</param>
internal sealed record MarkedMethod(MethodDefinition Method, GraphSettings Settings, bool IsMarkedItself);

/// <summary>Finds what <c>[Graph]</c> marks.</summary>
internal static class MarkedMethods
{
    private const string GraphAttribute = "GraphWeaver.GraphAttribute";
    private const string EagerAttribute = "GraphWeaver.EagerAttribute";

    public static IReadOnlyList<MarkedMethod> Find(ModuleDefinition module, FallbackPolicy buildPolicy)
    {
        var marked = new List<MarkedMethod>();
        foreach (var type in module.GetTypes().Where(type => !IsExtensionDeclaration(type)))
        {
            var typeAttribute = AttributeOf(type);
            foreach (var method in type.Methods)
            {
                var own = AttributeOf(method);
                if ((own ?? typeAttribute) is { } attribute && !IsEager(method) && (own is not null || IsOrdinary(method)))
                {
                    marked.Add(new MarkedMethod(method, GraphSettings.From(own, typeAttribute, buildPolicy), own is not null));
                }
            }
        }

        return marked;
    }

    public static bool IsMarked(MethodDefinition method) => AttributeOf(method) is not null || AttributeOf(method.DeclaringType) is not null;

    public static bool IsEager(ICustomAttributeProvider member) => member.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == EagerAttribute);

    private static CustomAttribute? AttributeOf(ICustomAttributeProvider member) =>
        member.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == GraphAttribute);

    /// <summary>Where the compiler notes how an extension block's members were declared, with bodies that nobody calls.</summary>
    private static bool IsExtensionDeclaration(TypeDefinition type) => type.Name.StartsWith("<G>$", StringComparison.Ordinal);

    private static bool IsOrdinary(MethodDefinition method) => !method.IsConstructor
        && !method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute")
        && Eligibility.Obstacle(method) is null
        && TensorTypes.Touches(method);
}
