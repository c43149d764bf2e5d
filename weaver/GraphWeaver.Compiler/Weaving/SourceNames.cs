using GraphWeaver.Compiler.IR;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>
/// What the source calls a value where an instruction takes it, by the symbols of the method the instruction came from: a helper's body that
/// was inlined speaks of the helper's variables.
/// </summary>
internal sealed class SourceNames
{
    private readonly Dictionary<MethodDefinition, BodyNames> bodies = [];

    /// <summary>The variable, parameter or field an input is read from at its use, or null when it is an expression.</summary>
    public string? OfInput(Instruction user, int index) => Body(user)?.OfInput(user, index);

    /// <summary>Whether a name is one that its author wrote.</summary>
    public static bool IsWritten(string name) => name.Length > 0 && !name.StartsWith("V_", StringComparison.Ordinal) && name.IndexOfAny(['<', '>', '$', '|']) < 0;

    private BodyNames? Body(Instruction instruction)
    {
        if (instruction.Site.Method is not { } method)
        {
            return null;
        }

        if (!bodies.TryGetValue(method, out var names))
        {
            bodies[method] = names = new BodyNames(method);
        }

        return names;
    }
}
