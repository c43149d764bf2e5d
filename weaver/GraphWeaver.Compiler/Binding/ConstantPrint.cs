using System.Globalization;
using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>A <c>Console.Write</c> or <c>WriteLine</c> of one value the build knows.</summary>
internal sealed record ConstantPrint(Instruction Call)
{
    public static IReadOnlyList<ConstantPrint> Find(BuildProgram program) =>
    [
        .. program.ConstantCalls
            .Select(constant => constant.Call)
            .Where(call => call.Method is { Name: "Write" or "WriteLine", DeclaringType.FullName: "System.Console" } && call.Inputs.Count == 1)
            .Select(call => new ConstantPrint(call)),
    ];

    /// <summary>The text under the invariant culture, or null when the value is not known after all.</summary>
    public string? Text(BuildProgram program)
    {
        var value = program.Literal(Call.Inputs[0]);
        if (value is Constant constant)
        {
            return Format(constant, Call.Method!.Parameters[0].ParameterType);
        }

        return program.NodeOf(value)?.Value?.Display;
    }

    private static string? Format(Constant constant, TypeReference type) => (constant.Literal, type.MetadataType) switch
    {
        (null, _) => "",
        (string text, _) => text,
        (int number, MetadataType.Boolean) => (number != 0).ToString(),
        (int number, MetadataType.Char) => ((char)number).ToString(),
        (int number, MetadataType.UInt32) => unchecked((uint)number).ToString(CultureInfo.InvariantCulture),
        (long number, MetadataType.UInt64) => unchecked((ulong)number).ToString(CultureInfo.InvariantCulture),
        (IFormattable number, _) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
