using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>Reads a call of <c>Graph.AtBuild(f, inputs)</c>.</summary>
internal static class AtBuildCall
{
    public static bool Is(Instruction instruction) => instruction.Method is { } method && Is(method);

    public static bool Is(Mono.Cecil.MethodReference method) => method is { Name: "AtBuild", DeclaringType.FullName: "GraphWeaver.Graph" };

    /// <summary>Places of what makes the functions given to it and to nothing else: their code is its author's business, not the analysis's.</summary>
    public static HashSet<Site> Functions(Function source)
    {
        var sites = new HashSet<Site>();
        foreach (var made in source.Instructions.Where(Is).Select(call => call.Inputs[0]).OfType<Instruction>().Where(made => made.Code is Code.Newobj or Code.Ldftn))
        {
            var isShared = source.Instructions.Any(user => user.Inputs.Contains(made) && !Is(user))
                || source.Blocks.Any(block => block.Terminator.Inputs.Contains(made) || block.Phis.Any(phi => phi.Operands.Any(operand => operand.Value == made)));
            if (!isShared)
            {
                sites.Add(made.Site);
                sites.UnionWith(made.Inputs.OfType<Instruction>().Where(input => input.Code == Code.Ldftn).Select(input => input.Site));
            }
        }

        return sites;
    }

    /// <summary>Where the body calls it; for a method that is not even lifted.</summary>
    public static IEnumerable<SourceLocation?> Places(Mono.Cecil.MethodDefinition method) => method.Body.Instructions
        .Where(il => il.Operand is Mono.Cecil.MethodReference called && Is(called))
        .Select(il => SourceLocation.From(method.DebugInformation.SequencePoints.LastOrDefault(point => !point.IsHidden && point.Offset <= il.Offset)));

    public static Diagnostic Failure(string reason, SourceLocation? location) => new(
        DiagnosticCatalogue.AtBuildFailed,
        $"'Graph.AtBuild' could not be executed in the build: {reason}. {DiagnosticCatalogue.AtBuildFailed.Advice}",
        location);

    /// <summary>The named input files as written, or null when they are not constant.</summary>
    /// <param name="call">The call.</param>
    /// <param name="instructions">The instructions around it, which make and fill the array.</param>
    /// <param name="literal">The literal a value is known to be, or the value itself.</param>
    public static IReadOnlyList<string>? Inputs(Instruction call, IEnumerable<Instruction> instructions, Func<Value, Value> literal)
    {
        var array = call.Inputs[1];
        if (array is Instruction { IsCall: true, Method: { Name: "Empty", DeclaringType.FullName: "System.Array" } })
        {
            return [];
        }

        if (array is not Instruction { Code: Code.Newarr } made || literal(made.Inputs[0]) is not Constant { Literal: int length })
        {
            return null;
        }

        var names = new string?[length];
        foreach (var store in instructions.Where(instruction => instruction.Code is Code.Stelem_Ref or Code.Stelem_Any && instruction.Inputs[0] == array))
        {
            if (literal(store.Inputs[1]) is not Constant { Literal: int index } || index < 0 || index >= length || literal(store.Inputs[2]) is not Constant { Literal: string name } || names[index] is not null)
            {
                return null;
            }

            names[index] = name;
        }

        return names.Contains(null) ? null : [.. names.Select(name => name!)];
    }
}
