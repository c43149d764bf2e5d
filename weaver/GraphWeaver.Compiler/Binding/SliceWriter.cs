using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Writes nodes as one static method of a probe assembly, by the same emitter that writes woven bodies: inputs come from the handle table,
/// values are boxed into outputs, spans stay inside. The probe may see what the user's assembly sees, private members included.
/// </summary>
internal sealed class SliceWriter
{
    private readonly ModuleDefinition user;
    private readonly BuildProgram program;
    private readonly AssemblyDefinition assembly;
    private readonly ModuleDefinition probe;
    private readonly List<int> inputs = [];
    private readonly List<BuildNode> outputs = [];
    private readonly Dictionary<Value, Value> values = [];
    private readonly Dictionary<SlotLife, Slot> slots = [];
    private readonly BasicBlock block = new();
    private Function function = null!;

    public SliceWriter(ModuleDefinition user, BuildProgram program, string name)
    {
        this.user = user;
        this.program = program;
        assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition(name, new Version(1, 0)), name, new ModuleParameters
        {
            Kind = ModuleKind.Dll,
            AssemblyResolver = new ProbeResolver(user),
        });
        probe = assembly.MainModule;

        // Cecil takes the core library for granted; the probe must name the one the user's assembly names.
        var core = (AssemblyNameReference)user.TypeSystem.CoreLibrary;
        probe.AssemblyReferences.Add(new AssemblyNameReference(core.Name, core.Version) { PublicKeyToken = core.PublicKeyToken });
    }

    /// <summary>The nodes whose values the slice gives out, in order.</summary>
    public IReadOnlyList<BuildNode> Outputs => outputs;

    public Slice Write(IReadOnlyList<BuildNode> nodes, string display)
    {
        var method = CreateMethod();
        function = new Function(method);
        foreach (var parameter in method.Parameters)
        {
            function.Arguments.Add(new Argument(parameter.Index, parameter.Name, parameter.ParameterType));
        }

        function.Blocks.Add(block);
        for (var step = 0; step < nodes.Count; step++)
        {
            WriteStep(nodes[step], step);
        }

        block.Terminator = new Terminator(Code.Ret, [], []);
        BodyEmitter.Emit(function, method);
        AccessChecks.Ignore(assembly, user.Assembly.Name.Name);
        using var stream = new MemoryStream();
        assembly.Write(stream);
        return new Slice(stream.ToArray(), "Slice", "Run", inputs, outputs.Count, display);
    }

    private MethodDefinition CreateMethod()
    {
        var type = new TypeDefinition("", "Slice", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, probe.TypeSystem.Object);
        probe.Types.Add(type);
        var method = new MethodDefinition("Run", MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig, probe.TypeSystem.Void);
        method.Parameters.Add(new ParameterDefinition("inputs", ParameterAttributes.None, new ArrayType(probe.TypeSystem.Object)));
        method.Parameters.Add(new ParameterDefinition("outputs", ParameterAttributes.None, new ArrayType(probe.TypeSystem.Object)));
        method.Parameters.Add(new ParameterDefinition("progress", ParameterAttributes.None, new ArrayType(probe.TypeSystem.Int32)));
        type.Methods.Add(method);
        return method;
    }

    private void WriteStep(BuildNode node, int step)
    {
        if (node is { Instruction.Code: Code.Newarr, IsLocal: true })
        {
            // The memory of a ref struct is a local, which is there.
            return;
        }

        Append(Code.Stelem_I4, null, null, function.Arguments[2], Int32(0), Int32(step));
        var original = node.Instruction;
        var arguments = original.Inputs.Select(Input).ToList();
        var type = original.Type is null ? null : probe.ImportReference(original.Type);
        var copy = node.Life is { } life ? AccessTo(life, original.Code, type, arguments) : Copy(original, type, arguments);
        if (type is null)
        {
            return;
        }

        values[original] = copy;
        if (!node.IsLocal && node.State == BuildState.Pending)
        {
            Value boxed = StackTypes.KindOf(type) == StackKind.Reference ? copy : Append(Code.Box, type, probe.TypeSystem.Object, copy);
            Append(Code.Stelem_Ref, null, null, function.Arguments[1], Int32(outputs.Count), boxed);
            outputs.Add(node);
        }
    }

    private Instruction Copy(Instruction original, TypeReference? type, List<Value> arguments)
    {
        if (original.Operand is StaticDelegate made)
        {
            // The worker's copy need not be the one that the program keeps.
            Value receiver = made.Receiver is null
                ? new Constant(null, probe.TypeSystem.Object)
                : Append(Code.Ldsfld, probe.ImportReference(made.Receiver), probe.ImportReference(Signatures.FieldType(made.Receiver)));
            var code = Append(Code.Ldftn, probe.ImportReference(made.Target), probe.TypeSystem.IntPtr);
            return Append(Code.Newobj, probe.ImportReference(made.Constructor), type, receiver, code);
        }

        var prefixes = original.Prefixes.Constrained is { } constrained ? new Prefixes(Constrained: probe.ImportReference(constrained)) : Prefixes.None;
        var copy = new Instruction(original.Code, Import(original.Operand), type, arguments) { Prefixes = prefixes };
        block.Instructions.Add(copy);
        return copy;
    }

    /// <summary>An access to a local: to the array that stands for it in the workers, or to a local of the slice.</summary>
    private Instruction AccessTo(SlotLife life, Code code, TypeReference? type, List<Value> arguments)
    {
        if (life.IsInSlice)
        {
            return Append(code, LocalOf(life), type, [.. arguments]);
        }

        var element = probe.ImportReference(life.Slot.Type);
        var access = code switch
        {
            Code.Ldloca => Code.Ldelema,
            Code.Ldloc => Code.Ldelem_Any,
            _ => Code.Stelem_Any,
        };
        return Append(access, element, type, [values.TryGetValue(life.Box.Instruction, out var box) ? box : FromTable(life.Box.Instruction, life.Box), Int32(0), .. arguments]);
    }

    private Value Input(Value value)
    {
        value = program.Literal(value);
        if (value is Constant constant)
        {
            return new Constant(constant.Literal, probe.ImportReference(constant.Type!));
        }

        return values.TryGetValue(value, out var known) ? known : FromTable(value, program.NodeOf(value)!);
    }

    private Value FromTable(Value value, BuildNode node)
    {
        var type = probe.ImportReference(value.Type!);
        var handle = Append(Code.Ldelem_Ref, null, probe.TypeSystem.Object, function.Arguments[0], Int32(inputs.Count));
        inputs.Add(node.Value!.Handle);
        return values[value] = Append(Code.Unbox_Any, type, type, handle);
    }

    private Slot LocalOf(SlotLife life)
    {
        if (!slots.TryGetValue(life, out var local))
        {
            slots[life] = local = new Slot(life.Slot.Name, probe.ImportReference(life.Slot.Type));
            function.Slots.Add(local);
        }

        return local;
    }

    private Instruction Append(Code code, object? operand, TypeReference? type, params Value[] arguments)
    {
        var instruction = new Instruction(code, operand, type, arguments);
        block.Instructions.Add(instruction);
        return instruction;
    }

    private Constant Int32(int value) => new(value, probe.TypeSystem.Int32);

    private object? Import(object? operand) => operand switch
    {
        MethodReference method => probe.ImportReference(method),
        FieldReference field => probe.ImportReference(field),
        TypeReference type => probe.ImportReference(type),
        CachedArray kept => kept with { Cache = probe.ImportReference(kept.Cache), ElementType = probe.ImportReference(kept.ElementType) },
        _ => operand,
    };
}
