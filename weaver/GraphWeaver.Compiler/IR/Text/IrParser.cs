using System.Globalization;
using GraphWeaver.Compiler.Emission;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>
/// Reads what <see cref="IrWriter"/> prints. Lines are read in order; what uses a value or block is completed at the end, since phis and branches
/// look forward. Names of values and blocks are free; types and members must exist in the module or its references.
/// Holds after: the function prints as the text it was read from. Whether it keeps the rules of the IR is the verifier's to say.
/// </summary>
public sealed class IrParser
{
    private static readonly Dictionary<string, Code> Codes = Enum.GetValues(typeof(Code)).Cast<Code>().ToDictionary(code => IlOpCodes.Of(code).Name);

    private readonly Function function;
    private readonly OperandReader operands;
    private readonly Dictionary<string, Value> values = [];
    private readonly Dictionary<string, BasicBlock> blocks = [];
    private readonly Dictionary<string, Scope> scopes = [];
    private readonly List<Action> uses = [];
    private BasicBlock? block;

    private IrParser(MethodDefinition method)
    {
        function = new Function(method);
        operands = new OperandReader(method.Module, GenericScope.Of(method));
    }

    /// <summary>Reads one function.</summary>
    /// <exception cref="FormatException">The text is not a function of this module; the message begins with the line's number.</exception>
    public static Function Parse(string text, ModuleDefinition module)
    {
        var lines = text.Split('\n').Select((content, index) => new IrLine(content, index + 1)).Where(line => !line.AtEnd).ToList();
        if (lines.Count == 0)
        {
            throw new FormatException("line 1: 'function' expected");
        }

        return Located(lines[0], () => new IrParser(Header(lines[0], module))).Read(lines);
    }

    private static MethodDefinition Header(IrLine line, ModuleDefinition module)
    {
        line.Expect("function ");
        var name = line.Quoted();
        line.ExpectEnd();

        // A declaring type's generic parameters do not show in its own name.
        return new MemberNameReader(module, new GenericScope(module.TypeSystem.Object, module.TypeSystem.Object)).Method(name) as MethodDefinition
            ?? throw new FormatException($"'{name}' is not defined in {module.Name}");
    }

    private Function Read(IReadOnlyList<IrLine> lines)
    {
        foreach (var line in lines.Skip(1))
        {
            Located(line, () =>
            {
                ReadLine(line);
                return true;
            });
        }

        if (block is not null || function.Blocks.Count == 0)
        {
            throw lines[lines.Count - 1].Error("the last block has no terminator");
        }

        uses.ForEach(use => use());
        return function;
    }

    private static T Located<T>(IrLine line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or OverflowException && !exception.Message.StartsWith("line ", StringComparison.Ordinal))
        {
            throw line.Error(exception.Message, exception);
        }
    }

    private void ReadLine(IrLine line)
    {
        if (line.NextIs("%"))
        {
            ReadResult(line);
            return;
        }

        var word = line.Word();
        if (function.Blocks.Count == 0 && ReadScope(word, line))
        {
            return;
        }

        var scope = line.Take("in ") ? ScopeNamed(line) : null;
        var isEntry = scope is not null && line.Take("entry");
        if (line.Take(":"))
        {
            StartBlock(word, scope, isEntry, line);
        }
        else if (function.Blocks.Count == 0)
        {
            ReadDeclaration(word, line);
        }
        else
        {
            ReadOperation(word, null, line);
        }

        line.ExpectEnd();
    }

    private void ReadDeclaration(string word, IrLine line)
    {
        var name = line.Quoted();
        var type = operands.Type(line);
        if (word.StartsWith("arg", StringComparison.Ordinal) && int.TryParse(word[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            var argument = new Argument(index, name, type);
            function.Arguments.Add(argument);
            values.Add(word, argument);
        }
        else if (word.StartsWith("slot", StringComparison.Ordinal))
        {
            var slot = new Slot(name, type, line.Take("pinned"));
            function.Slots.Add(slot);
            operands.Slots.Add(word, slot);
        }
        else
        {
            throw line.Error($"an argument, a slot or a block expected at '{word}'");
        }
    }

    /// <summary>A <c>try</c> or a handler; false for a line that declares something else.</summary>
    private bool ReadScope(string word, IrLine line)
    {
        if (word.StartsWith("try", StringComparison.Ordinal) && !line.NextIs(":"))
        {
            scopes.Add(word, new TryScope(line.Take("in ") ? ScopeNamed(line) : null));
        }
        else if (line.Take("of "))
        {
            ReadHandler(word, ScopeNamed(line) as TryScope ?? throw line.Error("a handler of what is no try"), line);
        }
        else
        {
            return false;
        }

        line.ExpectEnd();
        return true;
    }

    private void ReadHandler(string word, TryScope guarded, IrLine line)
    {
        if (!Enum.TryParse<ExceptionHandlerType>(word.TrimEnd("0123456789".ToCharArray()), ignoreCase: true, out var kind))
        {
            throw line.Error($"'{word}' is no kind of handler");
        }

        var filter = line.Take("if ") ? line.Word() : null;
        var type = line.AtEnd ? null : operands.Type(line);
        var handler = new HandlerScope(guarded, kind, type is null ? null : new CaughtException(type));
        guarded.Handlers.Add(handler);
        scopes.Add(word, handler);
        if (filter is not null)
        {
            handler.Filter = new FilterScope(handler, new CaughtException(function.Module.TypeSystem.Object));
            scopes.Add(filter, handler.Filter);
        }
    }

    private Scope ScopeNamed(IrLine line)
    {
        var name = line.Word();
        return scopes.TryGetValue(name, out var scope) ? scope : throw line.Error($"there is no {name}");
    }

    private void StartBlock(string name, Scope? scope, bool isEntry, IrLine line)
    {
        if (block is not null)
        {
            throw line.Error("the block before has no terminator");
        }

        block = BlockNamed(name);
        block.Scope = scope;
        if (isEntry)
        {
            scope!.Entry = block;
        }

        if (function.Blocks.Contains(block))
        {
            throw line.Error($"block {name} stands twice");
        }

        function.Blocks.Add(block);
    }

    private void ReadResult(IrLine line)
    {
        var name = line.Word();
        var type = operands.Type(line);
        line.Expect("=");
        var value = line.Take("phi ") ? (Value?)ReadPhi(type, line)
            : line.Take("caught") ? Open(line).Caught ?? throw line.Error("nothing is caught here")
            : ReadOperation(line.Word(), type, line);
        line.ExpectEnd();
        if (values.ContainsKey(name))
        {
            throw line.Error($"{name} is defined twice");
        }

        values.Add(name, value!);
    }

    private Phi ReadPhi(TypeReference type, IrLine line)
    {
        var phi = new Phi(Open(line), type);
        phi.Block.Phis.Add(phi);
        do
        {
            line.Expect("[");
            var predecessor = BlockNamed(line.Word());
            var value = ReadValue(line);
            line.Expect("]");
            uses.Add(() => phi.Operands.Add(new PhiOperand(predecessor, value())));
        }
        while (line.Take(","));

        return phi;
    }

    private Instruction? ReadOperation(string word, TypeReference? type, IrLine line)
    {
        var prefixes = operands.Prefixes(ref word, line);
        if (!Codes.TryGetValue(word, out var code))
        {
            throw line.Error($"'{word}' is no operation");
        }

        if (IlOpCodes.Of(code).FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
        {
            ReadTerminator(code, line);
            return type is null ? null : throw line.Error($"{word} has no result");
        }

        var instruction = new Instruction(code, operands.Operand(line), type, []) { Prefixes = prefixes };
        Open(line).Instructions.Add(instruction);
        var inputs = ReadValues(line);
        uses.Add(() => instruction.Inputs.AddRange(inputs.Select(input => input())));
        return instruction;
    }

    private void ReadTerminator(Code code, IrLine line)
    {
        var owner = Open(line);
        var inputs = ReadValues(line);
        var targets = new List<BasicBlock>();
        if (line.Take("->"))
        {
            do
            {
                targets.Add(BlockNamed(line.Word()));
            }
            while (line.Take(","));
        }

        uses.Add(() =>
        {
            owner.Terminator = new Terminator(code, inputs.Select(input => input()), targets);
            if (targets.FirstOrDefault(target => !function.Blocks.Contains(target)) is { } missing)
            {
                throw line.Error($"there is no block {blocks.First(entry => entry.Value == missing).Key}");
            }
        });
        block = null;
    }

    private List<Func<Value>> ReadValues(IrLine line)
    {
        var inputs = new List<Func<Value>>();
        if (line.AtEnd || line.NextIs("->"))
        {
            return inputs;
        }

        do
        {
            inputs.Add(ReadValue(line));
        }
        while (line.Take(","));

        return inputs;
    }

    private Func<Value> ReadValue(IrLine line)
    {
        if (line.Take("("))
        {
            var constant = operands.Constant(line);
            return () => constant;
        }

        var name = line.Word();
        return () => values.TryGetValue(name, out var value) ? value : throw line.Error($"{name} is not defined");
    }

    private BasicBlock Open(IrLine line) => block ?? throw line.Error("no block is open: a label comes first, and a terminator ends the block");

    private BasicBlock BlockNamed(string name)
    {
        if (!blocks.TryGetValue(name, out var known))
        {
            blocks.Add(name, known = new BasicBlock());
        }

        return known;
    }
}
