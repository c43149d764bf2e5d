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
    private readonly Dictionary<Slot, Slot> slots = [];
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
        Append(Code.Stelem_I4, null, null, function.Arguments[2], Int32(0), Int32(step));
        var original = node.Instruction;
        var arguments = original.Inputs.Select(Input).ToList();
        var type = original.Type is null ? null : probe.ImportReference(original.Type);
        var copy = new Instruction(original.Code, Import(original.Operand), type, arguments);
        block.Instructions.Add(copy);
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

    private Value Input(Value value)
    {
        value = program.Literal(value);
        if (value is Constant constant)
        {
            return new Constant(constant.Literal, probe.ImportReference(constant.Type!));
        }

        if (values.TryGetValue(value, out var known))
        {
            return known;
        }

        var node = program.NodeOf(value)!;
        var type = probe.ImportReference(value.Type!);
        var handle = Append(Code.Ldelem_Ref, null, probe.TypeSystem.Object, function.Arguments[0], Int32(inputs.Count));
        inputs.Add(node.Value!.Handle);
        return values[value] = Append(Code.Unbox_Any, type, type, handle);
    }

    private Slot LocalOf(Slot slot)
    {
        if (!slots.TryGetValue(slot, out var local))
        {
            slots[slot] = local = new Slot(slot.Name, probe.ImportReference(slot.Type));
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
        Slot slot => LocalOf(slot),
        _ => operand,
    };
}
