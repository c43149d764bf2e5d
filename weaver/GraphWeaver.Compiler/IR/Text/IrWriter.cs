using System.Globalization;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using OpCodeNames = GraphWeaver.Compiler.Emission.IlOpCodes;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>
/// Prints a function as text that <see cref="IrParser"/> reads back. One line per phi, instruction and terminator; values are numbered in
/// program order; members and types stand in quotes by their full names.
/// </summary>
public sealed class IrWriter
{
    private readonly StringBuilder text = new();
    private readonly Dictionary<Value, string> names = [];
    private readonly Dictionary<BasicBlock, int> blocks = [];
    private readonly Function function;

    private IrWriter(Function function) => this.function = function;

    public static string Write(Function function) => new IrWriter(function).Write();

    private string Write()
    {
        text.Append("function \"").Append(function.Method.FullName).Append("\"\n");
        foreach (var slot in function.Slots)
        {
            text.Append("slot ").Append(Quote(slot.Name)).Append(" : ").Append(Quote(slot.Type.FullName)).Append(slot.IsPinned ? " pinned\n" : "\n");
        }

        function.Arguments.ForEach(argument => names[argument] = "arg" + argument.Index.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < function.Blocks.Count; i++)
        {
            blocks[function.Blocks[i]] = i;
            foreach (var value in function.Blocks[i].Phis.Cast<Value>().Concat(function.Blocks[i].Instructions.Where(instruction => instruction.Type is not null)))
            {
                names[value] = "%" + names.Count.ToString(CultureInfo.InvariantCulture);
            }
        }

        function.Blocks.ForEach(WriteBlock);
        return text.ToString();
    }

    private void WriteBlock(BasicBlock block)
    {
        text.Append('b').Append(blocks[block]).Append(":\n");
        foreach (var phi in block.Phis)
        {
            var operands = phi.Operands.Select(operand => $"[b{blocks[operand.Predecessor]} {Name(operand.Value)}]");
            text.Append($"  {names[phi]} : {Quote(phi.Type!.FullName)} = phi {string.Join(", ", operands)}\n");
        }

        foreach (var instruction in block.Instructions)
        {
            var result = instruction.Type is null ? "" : $"{names[instruction]} : {Quote(instruction.Type.FullName)} = ";
            text.Append($"  {result}{PrefixText(instruction.Prefixes)}{Line(instruction.Code, Operand(instruction.Operand), instruction.Inputs)}\n");
        }

        var targets = string.Join(", ", block.Terminator.Targets.Select(target => $"b{blocks[target]}"));
        text.Append($"  {Line(block.Terminator.Code, null, block.Terminator.Inputs)}{(targets.Length > 0 ? " -> " + targets : "")}\n");
    }

    private string Line(Code code, string? operand, IReadOnlyList<Value> inputs) =>
        string.Join(" ", new[] { OpCodeNames.Of(code).Name, operand, string.Join(", ", inputs.Select(Name)) }.Where(part => !string.IsNullOrEmpty(part)));

    private string Name(Value value) => value is Constant constant ? Literal(constant) : names.TryGetValue(value, out var name) ? name : "?";

    private static string Literal(Constant constant)
    {
        var literal = constant.Literal switch
        {
            int number => "i4 " + number.ToString(CultureInfo.InvariantCulture),
            long number => "i8 " + number.ToString(CultureInfo.InvariantCulture),
            float number => "r4 " + number.ToString("R", CultureInfo.InvariantCulture),
            double number => "r8 " + number.ToString("R", CultureInfo.InvariantCulture),
            string characters => "str " + Quote(characters),
            null => "null",
            _ => "zero",
        };
        return $"({literal} {Quote(constant.Type!.FullName)})";
    }

    private static string? Operand(object? operand) => operand switch
    {
        null => null,
        Slot slot => "slot " + Quote(slot.Name),
        MethodReference method => "method " + Quote(method.FullName),
        FieldReference field => "field " + Quote(field.FullName),
        TypeReference type => "type " + Quote(type.FullName),
        _ => operand.ToString(),
    };

    private static string PrefixText(Prefixes prefixes)
    {
        var parts = new List<string>();
        if (prefixes.Constrained is { } type)
        {
            parts.Add("constrained. " + Quote(type.FullName));
        }

        if (prefixes.Readonly)
        {
            parts.Add("readonly.");
        }

        if (prefixes.Unaligned is { } alignment)
        {
            parts.Add("unaligned. " + alignment.ToString(CultureInfo.InvariantCulture));
        }

        if (prefixes.Volatile)
        {
            parts.Add("volatile.");
        }

        return parts.Count == 0 ? "" : string.Join(" ", parts) + " ";
    }

    private static string Quote(string characters) => "\"" + characters.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r") + "\"";
}
