using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// The maker of an object answers for what framework code may call on it without naming its type: enumerators, comparers,
/// equality, collection interfaces, operators of generic mathematics, finalizers. Not for its text: nobody whose row allows it asks an unknown
/// object for that. Hash codes may differ between runs, because no collection shows them.
/// </summary>
internal sealed class Answers(PurityAnalysis purity, IAssemblyBodies bodies)
{
    private static readonly HashSet<string> names =
    [
        "MoveNext", "Reset", "GetEnumerator", "get_Current", "Dispose", "Compare", "CompareTo", "Equals", "GetHashCode", "Finalize",
        "Add", "Remove", "Clear", "Contains", "CopyTo", "get_Count", "get_IsReadOnly", "get_Item", "set_Item", "IndexOf", "Insert", "RemoveAt",
        "ContainsKey", "TryGetValue", "get_Keys", "get_Values", "get_Key", "GetFormat", "Clone",
        "UnionWith", "IntersectWith", "ExceptWith", "SymmetricExceptWith", "IsSubsetOf", "IsSupersetOf", "IsProperSubsetOf", "IsProperSupersetOf", "Overlaps", "SetEquals",
    ];

    /// <summary>Why an object of this type cannot be made in the build, or null when it can.</summary>
    public Finding? Of(TypeDefinition type)
    {
        for (var level = type; level is not null && IsRead(level); level = level.BaseType is { } parent ? bodies.Find(parent) : null)
        {
            foreach (var method in level.Methods.Where(method => IsAnsweredFor(method, level)))
            {
                var finding = purity.Find(method, []);
                if (finding.IsImpure && !finding.IsHash)
                {
                    return finding;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// Structures come into being without a constructor: whoever hands their type to generic framework code answers for them.
    /// </summary>
    public Finding? OfArguments(MethodReference method)
    {
        var arguments = method is GenericInstanceMethod instance ? instance.GenericArguments.AsEnumerable() : [];
        return OfStructures(method.DeclaringType is GenericInstanceType owner ? arguments.Concat(owner.GenericArguments) : arguments);
    }

    /// <summary>Why structures among these types, and those they are made of, cannot come into being in the build.</summary>
    public Finding? OfStructures(IEnumerable<TypeReference> types)
    {
        foreach (var type in types.Where(type => type is not GenericParameter))
        {
            var own = bodies.Find(type) is { IsValueType: true, IsEnum: false } definition ? Of(definition) : null;
            if ((own ?? (type is GenericInstanceType generic ? OfStructures(generic.GenericArguments) : null)) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static bool IsRead(TypeDefinition type) => !Framework.Owns(type) && PurityTable.Curated.Find(new MethodReference("", type, type)) is null;

    private bool IsAnsweredFor(MethodDefinition method, TypeDefinition type) =>
        method.HasBody
        && ((method.IsVirtual && (names.Contains(UserNames.Last(method.Name)) || OverridesFramework(type, method)) && !IsOfRecord(method))
            || (method.IsStatic && method.HasOverrides && method.Overrides.Any(overridden => bodies.Find(overridden.DeclaringType) is { } contract && Framework.Owns(contract)
                && overridden.DeclaringType.Namespace == "System.Numerics"))
            || (method.IsVirtual && type.Module != bodies.UserModule && method.Name is not ("ToString" or "PrintMembers") && !IsOfRecord(method) && Overrides(type, method)));

    /// <summary>Rows about a framework class hold for what the user derives from it as well.</summary>
    private bool OverridesFramework(TypeDefinition type, MethodDefinition method)
    {
        if (method.IsNewSlot || method.Name is "ToString")
        {
            return false;
        }

        for (var level = type.BaseType is { } parent ? bodies.Find(parent) : null; level is not null; level = level.BaseType is { } up ? bodies.Find(up) : null)
        {
            if (!IsRead(level) && level.Methods.Any(inherited => inherited.IsVirtual && inherited.Name == method.Name && inherited.Parameters.Count == method.Parameters.Count))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Virtual calls look for overrides in two assemblies only; a type in a third answers for its own.</summary>
    private bool Overrides(TypeDefinition type, MethodDefinition method) =>
        (!method.IsNewSlot || method.HasOverrides || type.HasInterfaces)
        && (type.Interfaces.Select(implemented => implemented.InterfaceType).Concat(type.BaseType is { } parent ? [parent] : [])
            .Select(bodies.Find).Any(contract => contract is not null && contract.Module != type.Module && !Framework.Owns(contract)));

    /// <summary>What the compiler writes for a record calls only what its members' makers answer for.</summary>
    private static bool IsOfRecord(MethodDefinition method) => method.Name is "Equals" or "GetHashCode"
        && method.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.CompilerGeneratedAttribute");
}
