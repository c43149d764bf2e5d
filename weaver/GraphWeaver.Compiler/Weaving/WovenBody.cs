using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.Compiler.Verifying;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>Gives a method its woven body: the mode switch, then the function; the original body becomes a sibling the switch calls, and so
/// does the code that runs both and compares.</summary>
internal static class WovenBody
{
    /// <param name="method">The method.</param>
    /// <param name="function">What it is to do.</param>
    /// <param name="plan">How its two bodies are compared in Verify mode; null when they cannot be.</param>
    public static void Replace(MethodDefinition method, Function function, VerificationPlan? plan)
    {
        var original = OriginalBody.DeclareSibling(method, "Eager");
        var verifying = plan is null ? null : OriginalBody.DeclareSibling(method, "Verify");
        if (verifying is not null)
        {
            GeneratedTypes.MarkNotOfUser(verifying, method.Module);
            VerifyingBody.Write(method, original, verifying, plan!);
        }

        EntryDispatch.Add(function, original, verifying, method);
        var install = BodyEmitter.Prepare(function, method);

        // Nothing below can fail: a method is woven whole or not at all.
        OriginalBody.MoveTo(original, method);
        if (verifying is not null)
        {
            method.DeclaringType.Methods.Add(verifying);
        }

        install();
    }
}
