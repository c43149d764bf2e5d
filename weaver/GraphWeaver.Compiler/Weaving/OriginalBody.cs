using GraphWeaver.Compiler.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>
/// Keeps the body the compiler made as a private sibling with the same signature and generic parameters; it runs in Eager mode and can be
/// stepped through. The instructions are handed over, not copied: closures and lambdas stay shared, and a recursive call goes to the public
/// entry. Generic parameters and arguments are encoded by position, so the old body's references to them hold in the sibling.
/// Holds after <see cref="MoveTo"/>: the method's own body is empty and waits for the woven one.
/// </summary>
internal static class OriginalBody
{
    /// <summary>The sibling that holds the original body of a woven method; null for any other.</summary>
    public static MethodDefinition? Of(MethodDefinition method) => method.DeclaringType.Methods.FirstOrDefault(candidate =>
        candidate.Name == NameOf(method, "Eager")
        && candidate.GenericParameters.Count == method.GenericParameters.Count
        && candidate.Parameters.Select(parameter => parameter.ParameterType.FullName).SequenceEqual(method.Parameters.Select(parameter => parameter.ParameterType.FullName)));

    /// <summary>Makes a sibling, still without a body and not yet in the type.</summary>
    public static MethodDefinition DeclareSibling(MethodDefinition method, string role)
    {
        var attributes = MethodAttributes.Private | MethodAttributes.HideBySig | (method.Attributes & MethodAttributes.Static);
        var sibling = new MethodDefinition(NameOf(method, role), attributes, method.ReturnType)
        {
            HasThis = method.HasThis,
            ExplicitThis = method.ExplicitThis,
            CallingConvention = method.CallingConvention,
            ImplAttributes = method.ImplAttributes,
        };
        foreach (var parameter in method.GenericParameters)
        {
            sibling.GenericParameters.Add(Copy(parameter, sibling));
        }

        foreach (var parameter in method.Parameters)
        {
            sibling.Parameters.Add(new ParameterDefinition(parameter.Name, parameter.Attributes & ~(ParameterAttributes.HasDefault | ParameterAttributes.HasFieldMarshal), parameter.ParameterType));
        }

        GeneratedTypes.MarkCompilerGenerated(sibling, method.Module);
        return sibling;
    }

    public static void MoveTo(MethodDefinition sibling, MethodDefinition method)
    {
        MoveBody(method, sibling);
        method.DeclaringType.Methods.Add(sibling);
    }

    private static string NameOf(MethodDefinition method, string role) => $"<{method.Name}>{role}";

    private static GenericParameter Copy(GenericParameter parameter, MethodDefinition owner)
    {
        var copy = new GenericParameter(parameter.Name, owner) { Attributes = parameter.Attributes };
        foreach (var constraint in parameter.Constraints)
        {
            var constraintCopy = new GenericParameterConstraint(constraint.ConstraintType);
            foreach (var attribute in constraint.CustomAttributes)
            {
                constraintCopy.CustomAttributes.Add(attribute);
            }

            copy.Constraints.Add(constraintCopy);
        }

        foreach (var attribute in parameter.CustomAttributes)
        {
            copy.CustomAttributes.Add(attribute);
        }

        return copy;
    }

    private static void MoveBody(MethodDefinition from, MethodDefinition to)
    {
        var old = from.Body;
        var body = new MethodBody(to) { InitLocals = old.InitLocals, MaxStackSize = old.MaxStackSize };
        Move(old.Variables, body.Variables);
        Move(old.Instructions, body.Instructions);
        Move(old.ExceptionHandlers, body.ExceptionHandlers);
        to.Body = body;

        var (oldInformation, information) = (from.DebugInformation, to.DebugInformation);
        Move(oldInformation.SequencePoints, information.SequencePoints);
        Move(oldInformation.CustomDebugInformations, information.CustomDebugInformations);
        information.Scope = oldInformation.Scope;
        oldInformation.Scope = null;
        from.Body = new MethodBody(from);
    }

    private static void Move<T>(ICollection<T> from, ICollection<T> to)
    {
        var items = from.ToList();
        from.Clear();
        items.ForEach(to.Add);
    }
}
