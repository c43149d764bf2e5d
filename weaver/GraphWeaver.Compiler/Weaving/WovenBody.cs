using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.IR;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>Gives a method its woven body: the mode switch, then the function; the original body becomes the sibling the switch calls.</summary>
internal static class WovenBody
{
    /// <summary>Puts the function in; the result holds the original body.</summary>
    public static MethodDefinition Replace(MethodDefinition method, Function function)
    {
        var original = OriginalBody.DeclareSibling(method);
        EntryDispatch.Add(function, original, method);
        var install = BodyEmitter.Prepare(function, method);

        // Nothing below can fail: a method is woven whole or not at all.
        OriginalBody.MoveTo(original, method);
        install();
        return original;
    }
}
