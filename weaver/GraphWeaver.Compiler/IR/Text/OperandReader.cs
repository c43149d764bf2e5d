using System.Globalization;
using Mono.Cecil;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>Reads the parts of a line that need no other line: prefixes, operands, constants, types.</summary>
internal sealed class OperandReader(ModuleDefinition module, GenericScope scope)
{
    private readonly MemberNameReader members = new(module, scope);

    /// <summary>The slots declared so far, by their names in the text.</summary>
    public Dictionary<string, Slot> Slots { get; } = [];

    /// <summary>A colon and a type.</summary>
    public TypeReference Type(IrLine line)
    {
        line.Expect(":");
        return QuotedType(line);
    }

    /// <summary>Reads the prefixes that begin with <paramref name="word"/>, if it is one, and leaves the operation's name in it.</summary>
    public Prefixes Prefixes(ref string word, IrLine line)
    {
        var prefixes = IR.Prefixes.None;
        while (true)
        {
            switch (word)
            {
                case "constrained.":
                    prefixes = prefixes with { Constrained = QuotedType(line) };
                    break;
                case "readonly.":
                    prefixes = prefixes with { Readonly = true };
                    break;
                case "tail.":
                    prefixes = prefixes with { Tail = true };
                    break;
                case "unaligned.":
                    prefixes = prefixes with { Unaligned = byte.Parse(line.Word(), CultureInfo.InvariantCulture) };
                    break;
                case "volatile.":
                    prefixes = prefixes with { Volatile = true };
                    break;
                default:
                    return prefixes;
            }

            word = line.Word();
        }
    }

    /// <summary>A member, type, call site or slot, or null where the line goes on with inputs.</summary>
    public object? Operand(IrLine line)
    {
        if (line.Take("method "))
        {
            return members.Method(line.Quoted());
        }

        if (line.Take("field "))
        {
            return members.Field(line.Quoted());
        }

        if (line.Take("type "))
        {
            return QuotedType(line);
        }

        if (line.Take("site "))
        {
            var site = new CallSite(module.TypeSystem.Void);
            TypeNameReader.ReadSite(line.Quoted(), module, scope, site);
            return site;
        }

        if (line.NextIs("slot"))
        {
            var name = line.Word();
            return Slots.TryGetValue(name, out var slot) ? slot : throw line.Error($"there is no {name}");
        }

        return null;
    }

    /// <summary>A constant whose opening bracket has been read.</summary>
    public Constant Constant(IrLine line)
    {
        var kind = line.Word();
        var literal = kind switch
        {
            "null" => null,
            "zero" => IR.Constant.Zero,
            "str" => line.Quoted(),
            _ => IrLiterals.Parse(kind, line.Word()),
        };
        var constant = new Constant(literal, QuotedType(line));
        line.Expect(")");
        return constant;
    }

    private TypeReference QuotedType(IrLine line) => TypeNameReader.Read(line.Quoted(), module, scope);
}
