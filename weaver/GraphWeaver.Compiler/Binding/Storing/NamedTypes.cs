using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>The types that the code which makes a graph has to name.</summary>
internal sealed class NamedTypes(StoredTypes types, StoringLibrary library)
{
    /// <summary>Asks access for all of them; false when one cannot be named, or the runtime library lacks a method.</summary>
    public bool AddTo(Access access, IEnumerable<StoredPart> roots)
    {
        var seen = new HashSet<StoredPart>();
        var known = new HashSet<string>();
        var open = new Stack<StoredPart>(roots);
        while (open.Count > 0)
        {
            var part = open.Pop();
            if (!seen.Add(part))
            {
                continue;
            }

            if (!AllOf(part).Where(type => known.Add(type.ToString())).All(type => access.Add(types.Find(type))) || !part.Fields.All(field => CanSet(field, known, access)))
            {
                return false;
            }

            if (new[] { part.Create, part.Fill }.Any(name => name is not null && library.Find(name) is null))
            {
                return false;
            }

            part.Parts.Concat(part.FillParts).ToList().ForEach(open.Push);
        }

        return true;
    }

    private static IEnumerable<RuntimeTypeName> AllOf(StoredPart part) =>
        part.Kind is StoredKind.Null or StoredKind.Scalar or StoredKind.String or StoredKind.Made or StoredKind.MadeStructure ? part.Arguments : [part.Type!];

    private bool CanSet(StoredField field, HashSet<string> known, Access access)
    {
        if (!known.Add($"{field.DeclaringType}::{field.Name}"))
        {
            return true;
        }

        if (types.Find(field.DeclaringType) is not { } declaring || !access.Add(declaring))
        {
            return false;
        }

        var owner = declaring is Mono.Cecil.GenericInstanceType instance ? StoredTypes.WithParameters(instance.ElementType, instance.GenericArguments.Count) : null;
        return types.Find(field.OpenType, owner) is { } type && access.Add(type);
    }
}
