using GraphWeaver.Compiler.IR;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>
/// Types the phis of evaluation stack positions, which have no declared type: equal types stay, null gives way, references merge to their
/// nearest common base class (interfaces to <c>object</c>, as unverified IL allows), numbers to their stack type.
/// Holds after: every phi has a type.
/// </summary>
internal static class MergedTypes
{
    public static void Assign(Function function, ICollection<Phi> untyped)
    {
        var open = function.Blocks.SelectMany(block => block.Phis).Where(untyped.Contains).ToList();
        open.ForEach(phi => phi.Type = null);
        bool changed;
        do
        {
            changed = false;
            foreach (var phi in open)
            {
                var merged = Merge(phi.Operands.Select(operand => operand.Value), function.Module);
                if (merged is not null && (phi.Type is null || !StackTypes.Same(merged, phi.Type)))
                {
                    phi.Type = merged;
                    changed = true;
                }
            }
        }
        while (changed);

        // Only nulls, or only phis of nulls, meet here.
        open.Where(phi => phi.Type is null).ToList().ForEach(phi => phi.Type = function.Module.TypeSystem.Object);
    }

    private static TypeReference? Merge(IEnumerable<Value> values, ModuleDefinition module)
    {
        TypeReference? merged = null;
        foreach (var value in values)
        {
            if (value.Type is null || value is Constant { Literal: null })
            {
                continue;
            }

            merged = merged is null ? value.Type : Merge(merged, value.Type, module);
        }

        return merged;
    }

    private static TypeReference Merge(TypeReference left, TypeReference right, ModuleDefinition module)
    {
        if (StackTypes.Same(left, right))
        {
            return left;
        }

        var (leftKind, rightKind) = (StackTypes.KindOf(left), StackTypes.KindOf(right));
        if (leftKind == StackKind.Reference && rightKind == StackKind.Reference)
        {
            var bases = BaseTypes(left).Select(type => type.FullName).ToList();
            return BaseTypes(right).FirstOrDefault(type => bases.Contains(type.FullName)) is { } shared && IsKnown(shared, module)
                ? module.ImportReference(shared)
                : module.TypeSystem.Object;
        }

        // A native integer and an int32, or a byref and a native integer: the wider kind carries both.
        return leftKind == rightKind ? StackTypes.LocalType(left, module) : leftKind is StackKind.NativeInt or StackKind.ByReference ? left : right;
    }

    private static IEnumerable<TypeReference> BaseTypes(TypeReference type)
    {
        for (TypeReference? current = type; current is not null; current = current.IsArray || current.IsGenericParameter ? null : Signatures.BaseType(current))
        {
            yield return current;
        }
    }

    /// <summary>A base class may live in an assembly the module has no reference to; it need not get one.</summary>
    private static bool IsKnown(TypeReference type, ModuleDefinition module)
    {
        var assembly = type.Scope is ModuleDefinition other ? other.Assembly.Name : type.Scope as AssemblyNameReference;
        return assembly is not null && module.AssemblyReferences.Append(module.Assembly.Name).Any(reference => reference.FullName == assembly.FullName);
    }
}
