using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using IlInstruction = Mono.Cecil.Cil.Instruction;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Emission;

/// <summary>
/// SSA to IL. Strategy: blocks laid out by <see cref="BlockLayout"/>; expression trees on the evaluation stack (<see cref="StackScheduler"/>), every other
/// value in a local of its own; a phi is a local that its predecessors write by pushing all new values before popping any, which makes the
/// copies parallel. Holds before: the verifier accepts the function. Holds after: the method has the new body with the sequence points the
/// instructions carried, and the function is spent (edges are split).
/// </summary>
public sealed class BodyEmitter
{
    private readonly Function function;
    private readonly MethodDefinition target;
    private readonly ModuleDefinition module;
    private readonly MethodBody body;
    private readonly StackScheduler scheduler;
    private readonly Dictionary<Value, int> uses;
    private readonly Dictionary<Value, VariableDefinition> locals = [];
    private readonly Dictionary<Slot, VariableDefinition> slots = [];
    private readonly Dictionary<string, VariableDefinition> zeroes = [];
    private readonly Dictionary<BasicBlock, IlInstruction> labels = [];
    private readonly Dictionary<IlInstruction, IlInstruction> labelTargets = [];
    private readonly List<(IlInstruction Instruction, SequencePoint Point)> points = [];
    private readonly List<IlInstruction> openLabels = [];
    private readonly VariableScopes variables;
    private readonly ImportDebugInformation? import;
    private readonly Document? document;
    private readonly SequencePoint hidden = HiddenPoint();
    private SequencePoint? currentPoint;
    private SequencePoint? statementPoint;

    private BodyEmitter(Function function, MethodDefinition target)
    {
        this.function = function;
        this.target = target;
        module = target.Module;
        CriticalEdges.Split(function);
        body = new MethodBody(target) { InitLocals = true };
        uses = function.CountUses();
        scheduler = new StackScheduler(uses);
        variables = new VariableScopes(function, locals);
        import = target.DebugInformation.Scope?.Import;
        document = target.DebugInformation.SequencePoints.FirstOrDefault()?.Document;
    }

    /// <summary>Replaces the body of <paramref name="target"/> by the function's code.</summary>
    public static void Emit(Function function, MethodDefinition target) => Prepare(function, target)();

    /// <summary>Makes the body and touches nothing yet; the action returned puts it in place.</summary>
    public static Action Prepare(Function function, MethodDefinition target)
    {
        var emitter = new BodyEmitter(function, target);
        emitter.EmitBlocks();
        return emitter.Install;
    }

    private void EmitBlocks()
    {
        var layout = new BlockLayout(function);
        var blocks = layout.Blocks;
        foreach (var block in blocks)
        {
            labels[block] = IlInstruction.Create(OpCodes.Nop);
            scheduler.Schedule(block, ExitOperands(block));
        }

        for (var i = 0; i < blocks.Count; i++)
        {
            EmitBlock(blocks[i], i + 1 < blocks.Count ? blocks[i + 1] : null);
        }

        ResolveLabels();
        AddHandlers(layout);
        body.OptimizeMacros();
    }

    private void Install()
    {
        target.Body = body;
        WriteDebugInformation();
    }

    private static IReadOnlyList<Value> ExitOperands(BasicBlock block) =>
        block.Terminator.Code == Code.Br
            ? [.. Copies(block).Select(copy => copy.Value)]
            : block.Terminator.Inputs;

    private static IEnumerable<(Phi Phi, Value Value)> Copies(BasicBlock block) =>
        block.Terminator.Targets[0].Phis.Select(phi => (phi, phi.OperandFrom(block))).Where(copy => copy.phi != copy.Item2);

    private void EmitBlock(BasicBlock block, BasicBlock? next)
    {
        BeginBlock(block);
        variables.Begin(block, body.Instructions.Count);
        foreach (var instruction in block.Instructions)
        {
            foreach (var line in instruction.LinesBefore)
            {
                statementPoint = line;
                Append(IlInstruction.Create(OpCodes.Nop));
            }

            if (!scheduler.StaysOnStack(instruction) && (!instruction.IsAddressOfValue || uses.ContainsKey(instruction)))
            {
                BeginStatement(instruction.Location, instruction.Site.Method is not null);
                EmitTree(instruction);
                if (instruction.Type is not null)
                {
                    Store(instruction);
                }
            }

            variables.Define(instruction, body.Instructions.Count);
        }

        var terminator = block.Terminator;
        BeginStatement(terminator.Location, terminator.Offset >= 0);
        if (terminator.Code == Code.Br)
        {
            var copies = Copies(block).ToList();
            copies.ForEach(copy => Load(copy.Value));
            copies.Reverse();
            copies.ForEach(copy => Append(IlInstruction.Create(OpCodes.Stloc, LocalOf(copy.Phi))));
        }
        else
        {
            terminator.Inputs.ForEach(Load);
        }

        EmitTerminator(terminator, next);
    }

    /// <summary>What the compiler hid, and what the weaver put in front of the user's code, belongs to no line: a debugger goes through it.</summary>
    private void BeginStatement(SequencePoint? location, bool isInSource) =>
        statementPoint = location ?? (isInSource || points.Count == 0 ? hidden : null);

    private void BeginBlock(BasicBlock block)
    {
        if (openLabels.Count > 0 && block.Scope is TryScope guarded && guarded.Entry == block)
        {
            // A branch to an empty block in front of the try must not lead into it: a leave from within would then leave nothing.
            Append(IlInstruction.Create(OpCodes.Nop));
        }

        openLabels.Add(labels[block]);
        if (block.Caught is { } caught)
        {
            Append(uses.ContainsKey(caught) ? IlInstruction.Create(OpCodes.Stloc, LocalOf(caught)) : IlInstruction.Create(OpCodes.Pop));
        }
    }

    private void EmitTerminator(Terminator terminator, BasicBlock? next)
    {
        switch (terminator.Code)
        {
            case Code.Br:
                break;
            case Code.Switch:
                var cases = terminator.Targets.Take(terminator.Targets.Count - 1).Select(block => labels[block]).ToArray();
                Append(IlInstruction.Create(OpCodes.Switch, cases));
                break;
            case Code.Ret or Code.Throw or Code.Rethrow or Code.Endfinally or Code.Endfilter:
                Append(IlInstruction.Create(IlOpCodes.Of(terminator.Code)));
                return;
            case Code.Leave:
                Append(IlInstruction.Create(OpCodes.Leave, labels[terminator.Targets[0]]));
                return;
            default:
                Append(IlInstruction.Create(IlOpCodes.Of(terminator.Code), labels[terminator.Targets[0]]));
                break;
        }

        var fallThrough = terminator.Targets[terminator.Targets.Count - 1];
        if (fallThrough != next)
        {
            Append(IlInstruction.Create(OpCodes.Br, labels[fallThrough]));
        }
    }

    private void EmitTree(Instruction instruction)
    {
        if (instruction.IsAddressOfValue)
        {
            LoadAddress(instruction.Inputs[0]);
            return;
        }

        if (instruction.Operand is StaticDelegate or CachedArray)
        {
            EmitCached(instruction.Operand);
            return;
        }

        instruction.Inputs.ForEach(Load);
        if (NonNull.IsCheck(instruction))
        {
            Append(IlInstruction.Create(OpCodes.Dup));
            Append(IlInstruction.Create(OpCodes.Callvirt, new MethodReference(nameof(GetType), TypeOfObjects(), module.TypeSystem.Object) { HasThis = true }));
            Append(IlInstruction.Create(OpCodes.Pop));
            return;
        }

        EmitPrefixes(instruction);
        var opCode = IlOpCodes.Of(instruction.Code);
        Append(instruction.Operand switch
        {
            null => IlInstruction.Create(opCode),
            Slot slot => IlInstruction.Create(opCode, LocalOf(slot)),
            MethodReference method => IlInstruction.Create(opCode, method),
            FieldReference field => IlInstruction.Create(opCode, field),
            TypeReference type => IlInstruction.Create(opCode, type),
            CallSite site => IlInstruction.Create(opCode, site),
            byte number => IlInstruction.Create(opCode, number),
            var other => throw new InvalidOperationException($"{instruction.Code} with an operand of type {other.GetType()}"),
        });
    }

    private TypeReference TypeOfObjects() => new(nameof(System), nameof(Type), module, module.TypeSystem.CoreLibrary);

    private void EmitCached(object kept)
    {
        var end = IlInstruction.Create(OpCodes.Nop);
        foreach (var il in kept is CachedArray array ? CachedValues.Load(array, end) : CachedValues.Load((StaticDelegate)kept, end))
        {
            Append(il);
        }

        openLabels.Add(end);
    }

    private void EmitPrefixes(Instruction instruction)
    {
        var prefixes = instruction.Prefixes;
        if (prefixes == Prefixes.None)
        {
            return;
        }

        if (prefixes.Constrained is { } type)
        {
            Append(IlInstruction.Create(OpCodes.Constrained, type));
        }

        if (prefixes.Readonly)
        {
            Append(IlInstruction.Create(OpCodes.Readonly));
        }

        if (prefixes.Unaligned is { } alignment)
        {
            Append(IlInstruction.Create(OpCodes.Unaligned, alignment));
        }

        // tail. is dropped: the woven body need not keep the caller's frame shape, and the call may no longer be followed by ret.
        if (prefixes.Volatile)
        {
            Append(IlInstruction.Create(OpCodes.Volatile));
        }
    }

    private void Load(Value value)
    {
        switch (value)
        {
            case Instruction instruction when scheduler.StaysOnStack(instruction):
                EmitTree(instruction);
                break;
            case Constant constant:
                LoadConstant(constant);
                break;
            case Argument argument:
                Append(IlInstruction.Create(OpCodes.Ldarg, ParameterOf(argument)));
                break;
            default:
                Append(IlInstruction.Create(OpCodes.Ldloc, LocalOf(value)));
                break;
        }
    }

    private void LoadConstant(Constant constant) => Append(constant.Literal switch
    {
        int number => IlInstruction.Create(OpCodes.Ldc_I4, number),
        long number => IlInstruction.Create(OpCodes.Ldc_I8, number),
        float number => IlInstruction.Create(OpCodes.Ldc_R4, number),
        double number => IlInstruction.Create(OpCodes.Ldc_R8, number),
        string text => IlInstruction.Create(OpCodes.Ldstr, text),
        null => IlInstruction.Create(OpCodes.Ldnull),
        _ => IlInstruction.Create(OpCodes.Ldloc, ZeroOf(constant.Type!)),
    });

    private void LoadAddress(Value value)
    {
        switch (value)
        {
            case Argument argument:
                Append(IlInstruction.Create(OpCodes.Ldarga, ParameterOf(argument)));
                break;
            case Constant constant:
                LoadConstant(constant);
                var local = AddLocal(constant.Type!);
                Append(IlInstruction.Create(OpCodes.Stloc, local));
                Append(IlInstruction.Create(OpCodes.Ldloca, local));
                break;
            default:
                Append(IlInstruction.Create(OpCodes.Ldloca, LocalOf(value)));
                break;
        }
    }

    private void Store(Instruction instruction) => Append(
        uses.ContainsKey(instruction) ? IlInstruction.Create(OpCodes.Stloc, LocalOf(instruction)) : IlInstruction.Create(OpCodes.Pop));

    private ParameterDefinition ParameterOf(Argument argument) => !target.HasThis
        ? target.Parameters[argument.Index]
        : argument.Index == 0 ? body.ThisParameter : target.Parameters[argument.Index - 1];

    private VariableDefinition LocalOf(Value value)
    {
        if (!locals.TryGetValue(value, out var local))
        {
            locals[value] = local = AddLocal(StackTypes.LocalType(value.Type!, module));
        }

        return local;
    }

    private VariableDefinition LocalOf(Slot slot)
    {
        if (!slots.TryGetValue(slot, out var local))
        {
            slots[slot] = local = AddLocal(slot.IsPinned ? new PinnedType(slot.Type) : slot.Type);
        }

        return local;
    }

    private VariableDefinition ZeroOf(TypeReference type)
    {
        if (!zeroes.TryGetValue(type.FullName, out var local))
        {
            zeroes[type.FullName] = local = AddLocal(type);
        }

        return local;
    }

    private VariableDefinition AddLocal(TypeReference type)
    {
        var local = new VariableDefinition(type);
        body.Variables.Add(local);
        return local;
    }

    /// <summary>A statement's sequence point stands on its first instruction: the evaluation stack is empty there, and only there does the JIT keep lines.</summary>
    private void Append(IlInstruction il)
    {
        body.Instructions.Add(il);
        openLabels.ForEach(label => labelTargets[label] = il);
        openLabels.Clear();
        if (statementPoint is not null && statementPoint != currentPoint)
        {
            currentPoint = statementPoint;
            points.Add((il, statementPoint));
        }

        statementPoint = null;
    }

    private void ResolveLabels()
    {
        foreach (var il in body.Instructions)
        {
            il.Operand = il.Operand switch
            {
                IlInstruction label => labelTargets[label],
                IlInstruction[] cases => cases.Select(label => labelTargets[label]).ToArray(),
                var operand => operand,
            };
        }
    }

    private void AddHandlers(BlockLayout layout)
    {
        IlInstruction? Start(BasicBlock? block) => block is null ? null : labelTargets[labels[block]];
        foreach (var handler in layout.Tries.SelectMany(guarded => guarded.Handlers))
        {
            body.ExceptionHandlers.Add(new ExceptionHandler(handler.Kind)
            {
                TryStart = Start(layout.Start(handler.Guarded)),
                TryEnd = Start(layout.End(handler.Guarded)),
                FilterStart = handler.Filter is { } filter ? Start(layout.Start(filter)) : null,
                HandlerStart = Start(layout.Start(handler)),
                HandlerEnd = Start(layout.End(handler)),
                CatchType = handler.Kind == ExceptionHandlerType.Catch ? handler.Caught!.Type : null,
            });
        }
    }

    private void WriteDebugInformation()
    {
        var information = target.DebugInformation;
        information.SequencePoints.Clear();
        foreach (var (il, point) in points.Where(point => document is not null))
        {
            information.SequencePoints.Add(new SequencePoint(il, point.IsHidden ? document : point.Document)
            {
                StartLine = point.StartLine,
                StartColumn = point.StartColumn,
                EndLine = point.EndLine,
                EndColumn = point.EndColumn,
            });
        }

        information.Scope = new ScopeDebugInformation(body.Instructions[0], null) { Import = import };
        foreach (var (slot, local) in slots.Where(pair => pair.Key.IsOfUser).Select(pair => (pair.Key, pair.Value)))
        {
            information.Scope.Variables.Add(new VariableDebugInformation(local, slot.Name));
        }

        foreach (var scope in variables.In(body.Instructions))
        {
            information.Scope.Scopes.Add(scope);
        }
    }

    private static SequencePoint HiddenPoint()
    {
        const int hiddenLine = 0xfeefee;
        return new SequencePoint(IlInstruction.Create(OpCodes.Nop), new Document("")) { StartLine = hiddenLine, EndLine = hiddenLine };
    }
}
