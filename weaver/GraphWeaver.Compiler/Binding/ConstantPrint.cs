using System.Globalization;
using GraphWeaver.Compiler.IR;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>A <c>Console.Write</c> or <c>WriteLine</c>, of any overload, of nothing but values the build knows.</summary>
internal sealed record ConstantPrint(Instruction Call)
{
    /// <summary>What it is given, before stored data takes its place.</summary>
    private readonly IReadOnlyList<Value> given = [.. Call.Inputs];

    public static IReadOnlyList<ConstantPrint> Find(BuildProgram program) =>
    [
        .. program.ConstantCalls
            .Select(constant => constant.Call)
            .Where(call => call.Method is { Name: "Write" or "WriteLine", DeclaringType.FullName: "System.Console" })
            .Select(call => new ConstantPrint(call)),
    ];

    /// <summary>The text under the invariant culture, or null when the build does not know it exactly: what an object of the user's says of itself, it does not.</summary>
    public string? Text(BuildProgram program)
    {
        var values = new PrintedValues(program, Call, given);
        var parameters = Call.Method!.Parameters;
        try
        {
            return parameters.Count switch
            {
                0 => "",
                1 => values.TryGet(0, out var value) ? Format(value) : null,
                3 when parameters[1].ParameterType.MetadataType == Mono.Cecil.MetadataType.Int32 => Part(values),
                _ => Composite(values, parameters.Count),
            };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            // The program will throw it.
            return null;
        }
    }

    private static string? Part(PrintedValues values) =>
        values.TryGet(0, out var text) && text is char[] characters && values.TryGet(1, out var index) && values.TryGet(2, out var count)
            ? new string(characters, (int)index!, (int)count!)
            : null;

    private string? Composite(PrintedValues values, int count)
    {
        if (!values.TryGet(0, out var format) || format is not string text)
        {
            return null;
        }

        object?[]? arguments;
        if (count == 2 && Call.Method!.Parameters[1].ParameterType.FullName != "System.Object")
        {
            arguments = values.Elements(1);
        }
        else
        {
            arguments = new object?[count - 1];
            for (var i = 1; i < count; i++)
            {
                if (!values.TryGet(i, out arguments[i - 1]))
                {
                    return null;
                }
            }
        }

        return arguments is null ? null : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }

    private static string Format(object? value) => value switch
    {
        char[] characters => new string(characters),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
