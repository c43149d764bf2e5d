using System.Text;
using GraphWeaver.Compiler.Emission;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>
/// Prints a function as text that <see cref="IrParser"/> reads back. One line per argument, slot, phi, instruction and terminator; values are
/// numbered in program order; scopes are declared before the blocks, which name the one they lie in; types and members stand in quotes (<see cref="IrNames"/>). Source locations and IL offsets are left out.
/// </summary>
public sealed class IrWriter
{
    private readonly StringBuilder text = new();
    private readonly Dictionary<Value, string> names = [];
    private readonly Dictionary<Slot, string> slots = [];
    private readonly Dictionary<BasicBlock, string> blocks = [];
    private readonly Dictionary<Scope, string> scopes = [];
    private readonly Function function;

    private IrWriter(Function function) => this.function = function;

    public static string Write(Function function) => new IrWriter(function).Write();

    private string Write()
    {
        text.Append($"function {IrLiterals.Quote(IrNames.Of(function.Method))}\n");
        foreach (var argument in function.Arguments)
        {
            names[argument] = "arg" + IrNames.Number(argument.Index);
            text.Append($"{names[argument]} {IrLiterals.Quote(argument.Name)}{TypeText(argument.Type!)}\n");
        }

        foreach (var slot in function.Slots)
        {
            slots[slot] = "slot" + IrNames.Number(slots.Count);
            text.Append($"{slots[slot]} {IrLiterals.Quote(slot.Name)}{TypeText(slot.Type)}{(slot.IsPinned ? " pinned" : "")}\n");
        }

        function.Blocks.ForEach(block => WriteScope(block.Scope));

        foreach (var block in function.Blocks)
        {
            blocks[block] = "b" + IrNames.Number(blocks.Count);
            if (block.Caught is { } caught)
            {
                names[caught] = "%" + IrNames.Number(names.Count);
            }

            foreach (var value in block.Phis.Cast<Value>().Concat(block.Instructions.Where(instruction => instruction.Type is not null)))
            {
                names[value] = "%" + IrNames.Number(names.Count);
            }
        }

        function.Blocks.ForEach(WriteBlock);
        return text.ToString();
    }

    /// <summary>Writes the <c>try</c> a scope belongs to, after those around it.</summary>
    private void WriteScope(Scope? scope)
    {
        var guarded = scope switch
        {
            HandlerScope body => body.Guarded,
            FilterScope body => body.Handler.Guarded,
            _ => (TryScope?)scope,
        };
        if (guarded is null || scopes.ContainsKey(guarded))
        {
            return;
        }

        WriteScope(guarded.Parent);
        scopes.Add(guarded, "try" + IrNames.Number(scopes.Count));
        text.Append($"{scopes[guarded]}{(guarded.Parent is { } parent ? " in " + scopes[parent] : "")}\n");
        foreach (var handler in guarded.Handlers)
        {
            scopes.Add(handler, handler.Kind.ToString().ToLowerInvariant() + IrNames.Number(scopes.Count));
            text.Append($"{scopes[handler]} of {scopes[guarded]}");
            if (handler.Filter is { } filter)
            {
                scopes.Add(filter, "when" + IrNames.Number(scopes.Count));
                text.Append(" if ").Append(scopes[filter]);
            }

            text.Append(handler.Caught is { } caught ? TypeText(caught.Type!) : "").Append('\n');
        }
    }

    private void WriteBlock(BasicBlock block)
    {
        text.Append(blocks[block]);
        if (block.Scope is { } scope)
        {
            text.Append(" in ").Append(scopes[scope]).Append(scope.Entry == block ? " entry" : "");
        }

        text.Append(":\n");
        if (block.Caught is { } caught)
        {
            text.Append($"  {names[caught]}{TypeText(caught.Type!)} = caught\n");
        }

        foreach (var phi in block.Phis)
        {
            var operands = phi.Operands.Select(operand => $"[{blocks[operand.Predecessor]} {Name(operand.Value)}]");
            text.Append($"  {names[phi]}{TypeText(phi.Type!)} = phi {string.Join(", ", operands)}\n");
        }

        foreach (var instruction in block.Instructions)
        {
            var result = instruction.Type is null ? "" : $"{names[instruction]}{TypeText(instruction.Type)} = ";
            text.Append($"  {result}{PrefixText(instruction.Prefixes)}{Line(instruction.Code, Operand(instruction.Operand), instruction.Inputs)}\n");
        }

        var targets = string.Join(", ", block.Terminator.Targets.Select(target => blocks[target]));
        text.Append($"  {Line(block.Terminator.Code, null, block.Terminator.Inputs)}{(targets.Length > 0 ? " -> " + targets : "")}\n");
    }

    private string Line(Code code, string? operand, IReadOnlyList<Value> inputs) =>
        string.Join(" ", new[] { IlOpCodes.Of(code).Name, operand, string.Join(", ", inputs.Select(Name)) }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>A value that is not in the function, which the verifier refuses, prints as <c>?</c>.</summary>
    private string Name(Value value) => value is Constant constant
        ? $"({IrLiterals.Of(constant.Literal)} {IrLiterals.Quote(IrNames.Of(constant.Type!))})"
        : names.TryGetValue(value, out var name) ? name : "?";

    private string? Operand(object? operand) => operand switch
    {
        null => null,
        Slot slot => slots[slot],
        MethodReference method => "method " + IrLiterals.Quote(IrNames.Of(method)),
        FieldReference field => "field " + IrLiterals.Quote(IrNames.Of(field)),
        TypeReference type => "type " + IrLiterals.Quote(IrNames.Of(type)),
        StaticDelegate made => "delegate " + IrLiterals.Quote(IrNames.Of(made.Target)),
        CachedArray kept => "cached " + IrLiterals.Quote(IrNames.Of(kept.Cache)),
        CallSite site => "site " + IrLiterals.Quote(IrNames.Site(site)),
        _ => throw new NotSupportedException($"an operand of type {operand.GetType()} has no text"),
    };

    private static string TypeText(TypeReference type) => " : " + IrLiterals.Quote(IrNames.Of(type));

    private static string PrefixText(Prefixes prefixes) => string.Concat(
        prefixes.Constrained is { } type ? $"constrained. {IrLiterals.Quote(IrNames.Of(type))} " : "",
        prefixes.Readonly ? "readonly. " : "",
        prefixes.Tail ? "tail. " : "",
        prefixes.Unaligned is { } alignment ? $"unaligned. {IrNames.Number(alignment)} " : "")
        + (prefixes.Volatile ? "volatile. " : "");
}
