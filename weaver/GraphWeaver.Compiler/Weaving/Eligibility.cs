using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>Where <c>[Graph]</c> cannot go, and the way round (GW2002).</summary>
internal static class Eligibility
{
    private const string Namespace = "System.Runtime.CompilerServices.";

    /// <summary>Why the method cannot be woven and what to do instead, or null when it can.</summary>
    public static string? Obstacle(MethodDefinition method)
    {
        if (Has(method, "AsyncStateMachineAttribute") || method.ImplAttributes.HasFlag((MethodImplAttributes)0x2000))
        {
            return "an async method is rewritten to a state machine; put the tensor code in a method of its own, mark that, and call it between the awaits";
        }

        if (Has(method, "IteratorStateMachineAttribute") || Has(method, "AsyncIteratorStateMachineAttribute"))
        {
            return "an iterator is rewritten to a state machine; put the tensor code of one step in a method of its own and mark that";
        }

        if (method.IsAbstract)
        {
            return "an abstract method has no body; mark the methods that override or implement it";
        }

        return !method.HasBody || method.Body.Instructions.Count == 0
            ? "an extern method has no IL body; mark the method that calls it"
            : null;
    }

    private static bool Has(MethodDefinition method, string attribute) =>
        method.CustomAttributes.Any(candidate => candidate.AttributeType.FullName == Namespace + attribute);
}
