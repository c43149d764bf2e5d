using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR.Text;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>
/// How generated code sets a field: itself where the field is public and writable, else by the reference an <c>UnsafeAccessor</c> gives, which
/// neither access nor <c>readonly</c> stops and trimming understands. A generic type's accessors need a class with the same parameters.
/// </summary>
internal sealed class FieldAccess(ModuleDefinition module, StoredTypes types)
{
    private const int FieldKind = 3;
    private readonly Dictionary<(TypeDefinition Container, string Field), MethodReference> accessors = [];
    private readonly Dictionary<(TypeDefinition Container, string Type), TypeDefinition> genericHolders = [];

    /// <summary>The field, for <c>stfld</c>.</summary>
    public FieldReference Field(StoredField field)
    {
        var declaring = types.Find(field.DeclaringType)!;
        return new FieldReference(field.Name, OpenType(field, declaring), declaring);
    }

    /// <summary>The field's type in the object at hand.</summary>
    public TypeReference ClosedType(StoredField field)
    {
        var declaring = types.Find(field.DeclaringType)!;
        return declaring is GenericInstanceType instance ? new Substitution(instance.GenericArguments).Of(OpenType(field, declaring)) : OpenType(field, declaring);
    }

    /// <summary>A method from the object, or a reference to the structure, to a reference to its field.</summary>
    public MethodReference Accessor(StoredField field, TypeDefinition container)
    {
        var declaring = types.Find(field.DeclaringType)!;
        var key = (container, $"{declaring.GetElementType().FullName}::{field.Name}");
        if (!accessors.TryGetValue(key, out var accessor))
        {
            accessors[key] = accessor = declaring is GenericInstanceType instance ? AddGeneric(field, instance, container) : Add(field, container, declaring, OpenType(field, declaring));
        }

        if (declaring is not GenericInstanceType closed)
        {
            return accessor;
        }

        var holder = new GenericInstanceType(accessor.DeclaringType);
        closed.GenericArguments.ToList().ForEach(holder.GenericArguments.Add);
        var result = new MethodReference(accessor.Name, accessor.ReturnType, holder);
        result.Parameters.Add(new ParameterDefinition(accessor.Parameters[0].ParameterType));
        return result;
    }

    private TypeReference OpenType(StoredField field, TypeReference declaring) =>
        types.Find(field.OpenType, declaring is GenericInstanceType instance ? StoredTypes.WithParameters(instance.ElementType, instance.GenericArguments.Count) : null)!;

    private MethodDefinition AddGeneric(StoredField field, GenericInstanceType declaring, TypeDefinition container)
    {
        var definition = declaring.ElementType.Resolve();
        var key = (container, definition.FullName);
        if (!genericHolders.TryGetValue(key, out var holder))
        {
            genericHolders[key] = holder = Passes.GeneratedTypes.AddNestedStaticClass(container, $"Fields{genericHolders.Count}");
            foreach (var parameter in definition.GenericParameters)
            {
                holder.GenericParameters.Add(new GenericParameter(parameter.Name, holder) { Attributes = parameter.Attributes });
            }

            var own = new Substitution([.. holder.GenericParameters]);
            for (var i = 0; i < definition.GenericParameters.Count; i++)
            {
                foreach (var constraint in definition.GenericParameters[i].Constraints)
                {
                    holder.GenericParameters[i].Constraints.Add(new GenericParameterConstraint(own.Of(module, constraint.ConstraintType)));
                }
            }
        }

        var inside = new GenericInstanceType(declaring.ElementType);
        holder.GenericParameters.ToList().ForEach(inside.GenericArguments.Add);
        return Add(field, holder, inside, new Substitution([.. holder.GenericParameters]).Of(OpenType(field, declaring)));
    }

    private MethodDefinition Add(StoredField field, TypeDefinition holder, TypeReference declaring, TypeReference type)
    {
        var method = new MethodDefinition($"Field{holder.Methods.Count}", MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, new ByReferenceType(type));
        method.Parameters.Add(new ParameterDefinition("owner", ParameterAttributes.None, declaring.IsValueType ? new ByReferenceType(declaring) : declaring));
        var known = ModuleTypes.Of(module);
        var kind = known.Find("System.Runtime.CompilerServices.UnsafeAccessorKind")!;
        var constructor = new MethodReference(".ctor", module.TypeSystem.Void, known.Find("System.Runtime.CompilerServices.UnsafeAccessorAttribute")!) { HasThis = true };
        constructor.Parameters.Add(new ParameterDefinition(kind));
        var attribute = new CustomAttribute(constructor);
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(kind, FieldKind));
        attribute.Properties.Add(new CustomAttributeNamedArgument("Name", new CustomAttributeArgument(module.TypeSystem.String, field.Name)));
        method.CustomAttributes.Add(attribute);
        holder.Methods.Add(method);
        return method;
    }
}
